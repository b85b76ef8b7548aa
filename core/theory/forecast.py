"""The forecast: where the loss goes from here if nothing is touched, and when it leaves the finite world."""

import math
import sys
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from core.checks import Array
from core.nudges import nudges_until
from core.schedule import cut
from core.theory.quadratic import Quadratic
from core.training import History, train

LONGEST_SEARCH = 10**12
"""Iterations ahead beyond which nothing is announced."""
AHEAD = 300
"""So many steps are tried where no factor of a step is known."""
KEPT = 4
LARGEST = math.log(sys.float_info.max)


@dataclass(frozen=True, eq=False)
class Forecast:
    """The loss at some iterations to come, (n,), and the iteration at which the run explodes; None if it does not.

    Without a known factor of each step it is no longer than a few hundred steps, and knows of no later explosion.
    """

    iterations: Array
    loss: Array
    explodes_at: int | None


def forecast(history: History, theory: Quadratic | None, ahead: Array) -> Forecast:
    """Look ahead from the end of a run, at the learning rate in force there; `ahead` (n,) counts steps from there."""
    if history.diverged_at is not None:
        return Forecast(np.array([]), np.array([]), history.diverged_at)
    if theory is None or not theory.is_plain:
        return _tried(history, ahead)
    errors, rate = theory.errors(history.parameters[-1]), history.learning_rate
    loss = theory.losses_after(errors, rate, ahead)
    left = explodes_in(theory, errors, rate)
    return Forecast(history.iterations + ahead, loss, None if left is None else history.iterations + left)


def explodes_in(theory: Quadratic, errors: Array, learning_rate: float) -> int | None:
    """Return after how many steps the squared errors of the samples are too much for a computer; None if never.

    The sum of n squared errors overflows where ln(n loss) > ln(largest). The loss above the least is the sum over the
    directions k of curvature_k/2 (error_k (1 - learning_rate eigenvalue_k)^i)^2, whose logarithm is convex in i: once
    above a bound it stays there. `errors` (n_parameters,) along the directions.
    """
    with np.errstate(divide="ignore", over="ignore"):
        factors = np.abs(1 - learning_rate * theory.eigenvalues)
        weights = np.log(theory.eigenvalues / theory.summands / 2) + 2 * np.log(np.abs(errors))
        growths = 2 * np.log(factors)
    alive = np.isfinite(weights) & np.isfinite(growths)
    weights, growths = weights[alive] + math.log(theory.data.n_samples), growths[alive]
    if not growths.size or growths.max() <= 0:
        return None

    def exploded(step: int) -> bool:
        return bool(np.logaddexp.reduce(weights + growths * step) > LARGEST)

    return bisect_left(range(LONGEST_SEARCH), True, key=exploded) if exploded(LONGEST_SEARCH) else None


def _tried(history: History, ahead: Array) -> Forecast:
    tried = _longer(history)
    known = history.iterations + ahead[history.iterations + ahead <= tried.iterations].astype(int)
    return Forecast(known, tried.loss[known], tried.diverged_at)


@lru_cache(maxsize=KEPT)
def _longer(history: History) -> History:
    """Return the run with some more steps at the rate in force; kept, for it is asked for twice in a row."""
    now, end = history.experiment, history.iterations
    as_it_is = replace(now, schedule=cut(now.schedule, end), nudges=nudges_until(now.nudges, end))
    return train(replace(as_it_is, iterations=end + AHEAD), history)
