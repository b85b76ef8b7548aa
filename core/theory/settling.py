"""When each parameter comes near enough to its best value for good, even far beyond the run."""

from bisect import bisect_left

import numpy as np

from core.checks import Array
from core.theory.quadratic import Quadratic
from core.training import History

LONGEST_SEARCH = 10**12
"""Iterations beyond which a parameter counts as never settling."""
WINDOW = 100_000
"""How far to look back for the exact iteration, once the bound has shrunk below the tolerance."""


def near_enough(theory: Quadratic, parameters: Array, tolerance: float) -> np.ndarray:
    """Return at which of many parameters (n, n_parameters) a run has arrived, (n,): nothing but a step away matters.

    There the sum of all directions' sizes keeps each parameter within `tolerance` of its best value; at a stable
    rate it only shrinks, so whoever has arrived stays.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        directions = theory.directions[:, theory.eigenvalues > 0]  # a nudge may move a run along the flat ones
        errors = (parameters - theory.best(parameters[0])) @ directions
        return np.asarray(np.all(np.abs(errors) @ np.abs(directions.T) <= tolerance, axis=1))


def has_arrived(history: History, theory: Quadratic, tolerance: float) -> bool:
    """Return whether a run is near enough where it ends."""
    return history.diverged_at is None and bool(near_enough(theory, history.parameters[-1:], tolerance)[0])


def arrives_at(history: History, theory: Quadratic, tolerance: float, since: int = 0) -> int | None:
    """Return the first iteration after `since` at which the run arrives, from farther away; None if never."""
    near = near_enough(theory, history.parameters[since:], tolerance)
    arrivals = np.flatnonzero(near[1:] & ~near[:-1])
    return since + 1 + int(arrivals[0]) if arrivals.size else None


def arrives_in(theory: Quadratic, errors: Array, learning_rate: float, tolerance: float) -> int | None:
    """Return after how many steps at one rate a run arrives with these errors along the directions, (n_parameters,).

    None if it never does; at a stable rate only: at a greater one it would not stay.
    """
    with np.errstate(over="ignore"):
        factors = np.abs(1 - learning_rate * theory.eigenvalues)
    sizes, reach = np.abs(errors), np.abs(theory.directions)
    if np.any((factors > 1) & (sizes > 0)):
        return None

    def is_there(step: int) -> bool:
        return bool(np.all(reach @ (sizes * factors ** float(step)) <= tolerance))

    return bisect_left(range(LONGEST_SEARCH), True, key=is_there) if is_there(LONGEST_SEARCH) else None


def settled_at(history: History, theory: Quadratic, tolerance: float) -> list[int | None]:
    """Return what `settles_at` does, of a run that has been steered: it counts from its last turn or nudge.

    Where no factor of a step is known, it is what was measured in the run; None where that does not end within.
    """
    if not theory.is_plain:
        return measured_at(history, theory, tolerance)
    turns = [at for at, _what in (*history.experiment.schedule, *history.experiment.nudges) if at <= history.iterations]
    since = max(turns)
    settled = settles_at(theory, history.parameters[since], history.learning_rate, tolerance)
    return [None if iteration is None else since + iteration for iteration in settled]


def measured_at(history: History, theory: Quadratic, tolerance: float) -> list[int | None]:
    """Return from which iteration of the run on each parameter stays near enough; None where it does not within it."""
    outside = np.abs(history.parameters - theory.best(history.parameters[0])) > tolerance
    last = [np.flatnonzero(column) for column in outside.T]
    settled = [int(places[-1]) + 1 if places.size else 0 for places in last]
    return [None if iteration > history.iterations else iteration for iteration in settled]


def settles_at(theory: Quadratic, start: Array, learning_rate: float, tolerance: float) -> list[int | None]:
    """Return, for each parameter, the iteration from which on it stays within `tolerance` of its best value.

    None where it never does. The sum of all directions' sizes bounds the distance from above and only shrinks: where
    it falls below the tolerance is found by bisection, and the exact iteration by looking back from there.
    """
    errors = theory.errors(start)
    with np.errstate(over="ignore"):
        factors = 1 - learning_rate * theory.eigenvalues
    return [_settles_at(row * errors, factors, tolerance) for row in theory.directions]


def _settles_at(shares: Array, factors: Array, tolerance: float) -> int | None:
    shares, factors = shares[shares != 0], factors[shares != 0]
    if np.any((np.abs(factors) > 1) & (np.abs(shares) > 0)):
        return None

    def within(iteration: int) -> bool:
        return bool(np.abs(shares) @ np.abs(factors) ** float(iteration) <= tolerance)

    if not within(LONGEST_SEARCH):
        return None
    settled = bisect_left(range(LONGEST_SEARCH), True, key=within)
    before = np.arange(max(0.0, settled - WINDOW), settled)
    outside = np.flatnonzero(np.abs(factors ** before[:, np.newaxis] @ shares) > tolerance)
    return int(before[outside[-1]]) + 1 if outside.size else int(before[0]) if before.size else settled
