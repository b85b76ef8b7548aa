"""The learner predicts the next parameter: is it right, and if not, which slip does it look like?"""

import math
from collections.abc import Callable, Collection, Mapping
from enum import Enum

from core.lesson.step import Step
from core.losses import SquaredError
from core.optimisers import DESCENT


class Slip(Enum):
    """What went wrong in a predicted parameter."""

    ADDED = "the gradient was added instead of subtracted"
    NO_RATE = "the learning rate was forgotten"
    ADDED_WITHOUT_RATE = "sign and learning rate were forgotten"
    NO_TWO = "the factor 2 was forgotten"
    NO_MEAN = "the division by the number of samples was forgotten"
    ONLY_CHANGE = "only the change was given, not the new value"
    UNCHANGED = "nothing was changed"
    PLAIN = "the step of plain descent was taken"


RESULTS: Mapping[Slip, Callable[[float, float, float, int], float]] = {
    Slip.ADDED: lambda p, g, rate, n: p + rate * g,
    Slip.NO_RATE: lambda p, g, rate, n: p - g,
    Slip.ADDED_WITHOUT_RATE: lambda p, g, rate, n: p + g,
    Slip.NO_TWO: lambda p, g, rate, n: p - rate * g / 2,
    Slip.NO_MEAN: lambda p, g, rate, n: p - rate * g * n,
    Slip.ONLY_CHANGE: lambda p, g, rate, n: -rate * g,
    Slip.UNCHANGED: lambda p, g, rate, n: p,
}
"""What each slip in plain descent makes of parameter, gradient, learning rate and number of samples."""

CLOSE = 0.02
"""A guess counts as a value when it is nearer to it than this share of the true step."""


def is_right(guess: float, before: float, after: float) -> bool:
    """Return whether the guess is the new value, to within a fiftieth of the step."""
    return abs(guess - after) <= CLOSE * abs(after - before) or math.isclose(guess, after, rel_tol=1e-9, abs_tol=1e-12)


def slip_in(step: Step, k: int, guess: float) -> Slip | None:
    """Return the slip that leads to this guess for parameter `k`, counted from 0; None where no possible one does."""
    before, after = float(step.parameters[k]), float(step.after[k])
    gradient, rate = float(step.gradient[k]), step.learning_rate
    if step.experiment.optimiser != DESCENT:
        return _found(guess, before, after, _with_memory(before, after, gradient, rate))
    loss = step.experiment.loss
    n_samples = len(step.targets) // loss.summands(step.targets)  # what is not divided cannot be forgotten
    impossible = () if isinstance(loss, SquaredError) else (Slip.NO_TWO,)
    return recognised_slip(guess, before, gradient, rate, n_samples, impossible)


def recognised_slip(
    guess: float,
    before: float,
    gradient: float,
    learning_rate: float,
    n_samples: int,
    impossible: Collection[Slip] = (),
) -> Slip | None:
    """Return the slip in plain descent that leads to this guess, or None where no slip does."""
    wrongs = {
        slip: result(before, gradient, learning_rate, n_samples)
        for slip, result in RESULTS.items()
        if slip not in impossible
    }
    return _found(guess, before, before - learning_rate * gradient, wrongs)


def _with_memory(before: float, after: float, gradient: float, learning_rate: float) -> dict[Slip, float]:
    """Return what the slips lead to that are possible with an optimiser that remembers something."""
    return {
        Slip.PLAIN: before - learning_rate * gradient,
        Slip.ONLY_CHANGE: after - before,
        Slip.UNCHANGED: before,
    }


def _found(guess: float, before: float, after: float, wrongs: Mapping[Slip, float]) -> Slip | None:
    for slip, wrong in wrongs.items():
        near = CLOSE * max(abs(after - before), abs(wrong - before))
        if abs(guess - wrong) <= near and not is_right(wrong, before, after):
            return slip
    return None
