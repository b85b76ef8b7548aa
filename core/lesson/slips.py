"""The learner predicts the next parameter: is it right, and if not, which slip does it look like?"""

import math
from collections.abc import Callable, Mapping
from enum import Enum


class Slip(Enum):
    """What went wrong in a predicted parameter."""

    ADDED = "the gradient was added instead of subtracted"
    NO_RATE = "the learning rate was forgotten"
    ADDED_WITHOUT_RATE = "sign and learning rate were forgotten"
    NO_TWO = "the factor 2 was forgotten"
    NO_MEAN = "the division by the number of samples was forgotten"
    ONLY_CHANGE = "only the change was given, not the new value"
    UNCHANGED = "nothing was changed"


RESULTS: Mapping[Slip, Callable[[float, float, float, int], float]] = {
    Slip.ADDED: lambda p, g, rate, n: p + rate * g,
    Slip.NO_RATE: lambda p, g, rate, n: p - g,
    Slip.ADDED_WITHOUT_RATE: lambda p, g, rate, n: p + g,
    Slip.NO_TWO: lambda p, g, rate, n: p - rate * g / 2,
    Slip.NO_MEAN: lambda p, g, rate, n: p - rate * g * n,
    Slip.ONLY_CHANGE: lambda p, g, rate, n: -rate * g,
    Slip.UNCHANGED: lambda p, g, rate, n: p,
}
"""What each slip makes of parameter, gradient, learning rate and number of samples."""

CLOSE = 0.02
"""A guess counts as a value when it is nearer to it than this share of the true step."""


def is_right(guess: float, before: float, after: float) -> bool:
    """Return whether the guess is the new value, to within a fiftieth of the step."""
    return abs(guess - after) <= CLOSE * abs(after - before) or math.isclose(guess, after, rel_tol=1e-9, abs_tol=1e-12)


def recognised_slip(guess: float, before: float, gradient: float, learning_rate: float, n_samples: int) -> Slip | None:
    """Return the slip that leads to this guess, or None where no slip does."""
    step = abs(learning_rate * gradient)
    for slip, result in RESULTS.items():
        wrong = result(before, gradient, learning_rate, n_samples)
        if abs(guess - wrong) <= CLOSE * max(step, abs(wrong - before)) and not is_right(
            wrong, before, before - learning_rate * gradient
        ):
            return slip
    return None
