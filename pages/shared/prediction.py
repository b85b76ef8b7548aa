"""The learner predicts the next parameters: how far off, and which slip it looks like."""

import math
from collections.abc import Callable, Mapping

from wording import N_

Slip = Callable[[float, float, float, int], float]

SLIPS: Mapping[str, Slip] = {
    N_("the gradient was added instead of subtracted"): lambda p, g, rate, n: p + rate * g,
    N_("the learning rate was forgotten"): lambda p, g, rate, n: p - g,
    N_("sign and learning rate were forgotten"): lambda p, g, rate, n: p + g,
    N_("the factor 2 was forgotten"): lambda p, g, rate, n: p - rate * g / 2,
    N_("the division by the number of samples was forgotten"): lambda p, g, rate, n: p - rate * g * n,
    N_("only the change was given, not the new value"): lambda p, g, rate, n: -rate * g,
    N_("nothing was changed"): lambda p, g, rate, n: p,
}
"""What each slip makes of parameter, gradient, learning rate and number of samples."""

CLOSE = 0.02
"""A guess counts as a value when it is nearer to it than this share of the true step."""


def is_right(guess: float, before: float, after: float) -> bool:
    """Return whether the guess is the new value, to within a fiftieth of the step."""
    return abs(guess - after) <= CLOSE * abs(after - before) or math.isclose(guess, after, rel_tol=1e-9, abs_tol=1e-12)


def recognised_slip(guess: float, before: float, gradient: float, learning_rate: float, n_samples: int) -> str | None:
    """Return the slip that leads to this guess, in English for `_`, or None where no slip does."""
    step = abs(learning_rate * gradient)
    for name, slip in SLIPS.items():
        wrong = slip(before, gradient, learning_rate, n_samples)
        if abs(guess - wrong) <= CLOSE * max(step, abs(wrong - before)) and not is_right(
            wrong, before, before - learning_rate * gradient
        ):
            return name
    return None
