"""When each parameter comes near enough to its best value for good, even far beyond the run."""

from bisect import bisect_left

import numpy as np

from core.checks import Array
from core.theory.quadratic import Quadratic

LONGEST_SEARCH = 10**12
"""Iterations beyond which a parameter counts as never settling."""
WINDOW = 100_000
"""How far to look back for the exact iteration, once the bound has shrunk below the tolerance."""


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
