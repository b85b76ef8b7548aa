"""What became of a run: how far it came, how fast it grew, and what is left along each direction."""

import math

import numpy as np

from core.checks import Array
from core.theory.quadratic import Quadratic
from core.training import History


def distances(history: History, theory: Quadratic, iterations: list[int]) -> Array:
    """Return the distance of each parameter to its best value at these iterations, signed, (n, n_parameters)."""
    away: Array = history.parameters[iterations] - theory.best(history.parameters[0])
    return away


def mirrored(history: History, theory: Quadratic) -> Array:
    """Return the start seen in the floor of the valley, (n_parameters,): as far as a rate just below the limit jumps.

    start - 2 (v · (start - best)) v, with v the steepest direction.
    """
    start, steep = history.parameters[0], theory.directions[:, -1]
    with np.errstate(over="ignore", invalid="ignore"):
        across: Array = start - 2 * (steep @ (start - theory.best(start))) * steep
    return across


def at_best(history: History, theory: Quadratic, iteration: int) -> bool:
    """Return whether every parameter is where it should be, but for rounding."""
    best = theory.best(history.parameters[0])
    return bool(np.allclose(history.parameters[iteration], best, rtol=1e-9, atol=1e-9))


def shares_left(history: History, theory: Quadratic) -> Array:
    """Return, for each parameter, which share of its way from the start to the best value is left at the end.

    A parameter that starts at its best value is measured by the longest way of the others; where none has a way to
    go, nothing is left.
    """
    start, end = np.abs(distances(history, theory, [0, history.iterations]))
    way = np.maximum(start, 1e-3 * start.max())
    return np.divide(end, way, out=np.zeros_like(end), where=way > 0)


def measured_growth(history: History, theory: Quadratic) -> float:
    """Return how many times as far off the last step left the run: the root of the quotient of its last two losses.

    Both are taken above the least loss; NaN where only rounding is left of them.
    """
    if not history.iterations:
        return 1.0
    before, after = (history.loss[-2:] - theory.best_loss).tolist()
    return math.sqrt(after / before) if before > 0 <= after else math.nan


def predicted_growth(history: History, theory: Quadratic) -> float:
    """Return the factor of the steepest direction: |1 - learning_rate * largest eigenvalue| without momentum."""
    if theory.is_plain:
        return abs(1 - 2 * history.learning_rate / theory.limits.stable)
    return float(np.abs(theory.step_factors(history.learning_rate))[-1]) if theory.is_closed else math.nan


def slowest_factor(history: History, theory: Quadratic) -> float:
    """Return what one step multiplies the slowest error by: the greatest |1 - learning_rate * eigenvalue|."""
    with np.errstate(over="ignore"):
        factors = np.abs(theory.step_factors(history.learning_rate))
    return float(factors.max()) if factors.size else 1.0


def errors_along_directions(history: History, theory: Quadratic, last: int) -> list[Array]:
    """Return the error along the steepest and along the flattest sloping direction, as shares of the start's.

    Measured in the run, for iterations 0 ... last. Only one, where all sloping directions are equally steep.
    """
    along = distances(history, theory, list(range(min(last, history.iterations) + 1))) @ theory.directions
    sloping = np.flatnonzero(theory.eigenvalues > 0)
    chosen = dict.fromkeys([int(sloping[-1]), int(sloping[0])]) if sloping.size else {}
    return [along[:, k] / along[0, k] if along[0, k] else along[:, k] for k in chosen]
