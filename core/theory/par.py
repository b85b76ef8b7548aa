"""Par: in how many iterations one learning rate, the best one, lands within the tolerance."""

from bisect import bisect_left

import numpy as np

from core.checks import Array
from core.theory.quadratic import Quadratic

RATES, ZOOMS = 100, 8
LONGEST = 10**6


def par(theory: Quadratic, start: Array, tolerance: float) -> int:
    """Return the fewest iterations in which a constant stable rate arrives from this start.

    The data must not be flat. It arrives where, for each parameter j, the sizes of all directions' errors together are
    no more than the tolerance: sum_k |v_jk error_k| |1 - rate eigenvalue_k|^iterations.
    """
    shares = np.abs(theory.directions * theory.errors(start))

    def one_is_there(iterations: int) -> bool:
        return _nearest(theory, shares, iterations) <= tolerance

    return bisect_left(range(LONGEST), True, key=one_is_there)


def _nearest(theory: Quadratic, shares: Array, iterations: int) -> float:
    """Return how near the best rate brings the farthest parameter; that is convex in the rate, so one can zoom in."""
    low, high = 0.0, theory.limits.stable
    for _zoom in range(ZOOMS):
        rates = np.linspace(low, high, RATES)
        factors = np.abs(1 - np.multiply.outer(rates, theory.eigenvalues)) ** float(iterations)
        farthest = (factors @ shares.T).max(axis=1)
        best = int(farthest.argmin())
        low, high = rates[max(best - 1, 0)], rates[min(best + 1, RATES - 1)]
    return float(farthest[best])
