"""The run in the libraries of today: our forward, backward and update, and beside them what a library makes of them."""

import streamlit as st

from core.training import History
from pages.frame.session import settings
from pages.widgets.show import show
from programs import program
from programs.own_functions import training_functions
from wording import N_, _

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


def show_libraries(history: History) -> None:
    """Show our three functions, and the program of the library that is chosen."""
    library = settings().library
    show("library")
    text = program(history, library)
    left, right = st.columns([2, 3], gap="medium")
    with left, st.container(key="code"):
        functions = training_functions(history.experiment, says=False)
        for source, place in zip(functions, places(library, text), strict=True):
            st.code(source, wrap_lines=True)  # what scrolls could not be reached by keyboard
            if place:
                st.markdown(f"→ {_(place)}")
    with right, st.container(key="code_of_library"):
        st.code(text, wrap_lines=True)
        st.caption(
            _("The same run: with NumPy to the last digit, else but for rounding, which an unstable run amplifies.")
        )


def places(library: str, text: str) -> tuple[str, str, str]:
    """Return what takes the place of each function in a program of a library."""
    forward, backward, update = PLACES[library]
    written_out = library == "pytorch" and "optimiser.step()" not in text
    return forward, backward, BY_HAND if written_out else update
