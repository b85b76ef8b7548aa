"""The optimisers as PyTensor has them: pairs of a shared variable, and what a call of the function makes of it."""

from collections.abc import Mapping

from core.optimisers import Adam, GradientDescent, Momentum, Nesterov, Optimiser, RMSProp
from programs.lines import indented, stacked
from programs.own_functions import constants

ZEROS = "[pytensor.shared(np.zeros_like(part.get_value())) for part in parts]"
VELOCITY = "moved = momentum * velocity - learning_rate * gradient"
MOVES: Mapping[type[Optimiser], tuple[str, tuple[str, ...]]] = {
    Momentum: ("velocity", (VELOCITY, "updates += [(velocity, moved), (part, part + moved)]")),
    Nesterov: (
        "velocity",
        (VELOCITY, "updates += [(velocity, moved), (part, part + momentum * moved - learning_rate * gradient)]"),
    ),
    RMSProp: (
        "square",
        (
            "mixed = decay * square + (1 - decay) * gradient**2",
            "updates += [(square, mixed), (part, part - learning_rate * gradient / (pt.sqrt(mixed) + epsilon))]",
        ),
    ),
}
"""What each optimiser remembers, and the lines that write its updates."""
ADAM = f"""\
means = {ZEROS}
squares = {ZEROS}
steps = pytensor.shared(0.0, name="steps")
updates = [(steps, steps + 1)]
for part, gradient, mean, square in zip(parts, gradients, means, squares):
    mixed = mean_decay * mean + (1 - mean_decay) * gradient
    mixed_square = square_decay * square + (1 - square_decay) * gradient**2
    size = pt.sqrt(mixed_square / (1 - square_decay ** (steps + 1))) + epsilon
    move = learning_rate / (1 - mean_decay ** (steps + 1)) * mixed / size
    updates += [(mean, mixed), (square, mixed_square), (part, part - move)]"""


def updates_of(optimiser: Optimiser) -> str:
    """Return the lines that write what a call of the function makes of the parameters, and of what is remembered."""
    if isinstance(optimiser, GradientDescent):
        return "updates = [(part, part - learning_rate * gradient) for part, gradient in zip(parts, gradients)]"
    if isinstance(optimiser, Adam):
        return stacked(constants(optimiser), ADAM, apart=0)
    remembered, moves = MOVES[type(optimiser)]
    head = f"for part, gradient, {remembered} in zip(parts, gradients, remembered):"
    return stacked(constants(optimiser), f"remembered = {ZEROS}", "updates = []", head, indented(*moves), apart=0)


def still(optimiser: Optimiser) -> str:
    """Return the lines after which the optimiser remembers nothing."""
    if isinstance(optimiser, GradientDescent):
        return ""
    remembered = "[*means, *squares]" if isinstance(optimiser, Adam) else "remembered"
    still = f"for each in {remembered}:\n    each.set_value(np.zeros_like(each.get_value()))"
    return stacked(still, "steps.set_value(0.0)" if isinstance(optimiser, Adam) else "", apart=0)
