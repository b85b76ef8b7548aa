"""The learning rates on the slider: a logarithmic scale that follows from the data and goes past where they explode."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from core.learning_rate import Limits, limits, scaled_limits
from pages.settings.table import Settings, summands, trained_dataset

MANTISSAS = np.concatenate([np.arange(10, 30), np.arange(30, 50, 2), np.arange(50, 100, 5)]) / 10
"""Forty round numbers for each power of ten, at most a tenth apart."""
DECADES_BELOW, TIMES_ABOVE = 3, 10.0


@lru_cache(maxsize=64)
def learning_rates(stable: float, own: float) -> tuple[float, ...]:
    """Return the learning rates on the slider: from far below the largest stable one to ten times it.

    The range follows from the data alone. Flat data have no limit; then it lies around the data set's `own` rate.
    """
    middle = stable if math.isfinite(stable) else own
    lowest = math.floor(math.log10(middle)) - DECADES_BELOW
    grid = (float(f"{m}e{e}") for e in range(lowest, lowest + DECADES_BELOW + 3) for m in MANTISSAS)
    return tuple(rate for rate in grid if rate <= TIMES_ABOVE * middle)


def nearest(options: Sequence[float], value: float) -> float:
    """Return the option nearest to the value, on a logarithmic scale."""
    return min(options, key=lambda option: abs(math.log(option) - math.log(max(value, 1e-300))))


def slider_limits(settings: Settings) -> Limits:
    """Return the limits of the learning rate, for the mean or the sum of the gradient."""
    dataset = trained_dataset(settings)
    return scaled_limits(limits(dataset), 1 / summands(settings, dataset))


def slider_rates(settings: Settings) -> tuple[float, ...]:
    """Return the learning rates on the slider of these settings."""
    return learning_rates(slider_limits(settings).stable, trained_dataset(settings).learning_rate)
