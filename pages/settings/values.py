"""Which lists of numbers a setting takes, and what the values of some are called."""

from itertools import combinations
from typing import Any

from pages.settings import data
from pages.settings.places import MAX_ITERATIONS
from telling.names import parameter_names

MAX_DATA = 1e100
"""Data end here, so that their squares are still numbers."""
MAX_RATES = 6


def four(values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values; raise ValueError unless there are four, none too great to be squared."""
    if len(values) != 4 or max(map(abs, values)) > MAX_DATA:
        raise ValueError(values)
    return values


def some_rates(values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values; raise ValueError unless they are one to six learning rates."""
    if not 1 <= len(values) <= MAX_RATES or min(values) < 0:
        raise ValueError(values)
    return values


def whole_iterations(values: tuple[float, ...]) -> tuple[int, ...]:
    """Return the values as iterations; raise ValueError unless all are whole and within reach."""
    if any(value != int(value) or not 0 <= value <= MAX_ITERATIONS for value in values):
        raise ValueError(values)
    return tuple(int(value) for value in values)


def two_parameters(values: tuple[float, ...]) -> tuple[int, ...]:
    """Return the values in order; raise ValueError unless they number two different parameters, counted from 1."""
    first, second = sorted(whole_iterations(values))
    if first == second or first < 1:
        raise ValueError(values)
    return first, second


def pairs(settings: Any) -> dict[tuple[int, int], str]:
    """Return each pair of parameters, counted from 1, with its name."""
    named = dict(enumerate(parameter_names(data.original(settings)), start=1))
    return {pair: f"{named[pair[0]]}, {named[pair[1]]}" for pair in combinations(named, 2)}
