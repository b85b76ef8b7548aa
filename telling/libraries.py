"""What takes the place of forward, backward and update in the libraries of today."""

from wording import N_

PLACES = {
    "numpy": ("", "", N_("All three stand in the program as they are.")),
    "pytensor": (
        N_("`y`: the same, as a graph of symbols. Nothing is computed yet."),
        N_("`pt.grad(cost, …)`: PyTensor goes through the graph in reverse; the gradient is a graph, too."),
        N_("`updates`: what each call of the compiled function makes of the shared variables."),
    ),
    "pytorch": (
        N_("`forward`: the same, and PyTorch notes each operation while it computes."),
        N_("`cost.backward()`: autograd goes back through all that was noted, by the chain rule."),
        N_("`optimiser.step()`, from `torch.optim`."),
    ),
    "jax": (
        N_("`forward`: the same, in `jax.numpy`."),
        N_("`jax.grad(mean_loss)`: makes a function for the gradient out of the one for the loss."),
        N_("`step`: the same, compiled together with the gradient by `jax.jit`."),
    ),
}
"""What takes the place of forward, backward and update."""
BY_HAND = N_("Written out in the program: a comment says why.")


def places(library: str, text: str) -> tuple[str, str, str]:
    """Return what takes the place of each function in a program of a library."""
    forward, backward, update = PLACES[library]
    written_out = library == "pytorch" and "optimiser.step()" not in text
    return forward, backward, BY_HAND if written_out else update
