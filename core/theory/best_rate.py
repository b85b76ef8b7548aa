"""The learning rate that gets farthest in so many iterations: not always the fastest one in the long run."""

import numpy as np

from core.checks import Array
from core.theory.quadratic import Quadratic

FINER = 300
ROUNDING = 1e-9
"""Losses that differ by a smaller share than this are equal but for rounding."""


def best_rate(theory: Quadratic, start: Array, rates: Array, iterations: int) -> float:
    """Return the rate of the least loss after so many iterations, looked for around the best of `rates` (n_rates,).

    They ascend. It is the fastest in the long run, unless another is better by more than rounding.
    """
    nearest = int(_losses(theory, start, rates, iterations).argmin())
    finer = np.geomspace(rates[max(nearest - 1, 0)], rates[min(nearest + 1, len(rates) - 1)], FINER)
    losses = _losses(theory, start, finer, iterations)
    fastest = theory.limits.fastest
    if _losses(theory, start, np.array([fastest]), iterations)[0] <= losses.min() * (1 + ROUNDING):
        return fastest
    return float(finer[losses.argmin()])


def _losses(theory: Quadratic, start: Array, rates: Array, iterations: int) -> Array:
    return np.nan_to_num(theory.final_losses(start, rates, iterations), nan=np.inf, posinf=np.inf)
