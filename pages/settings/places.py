"""Where the sliders stand: learning rates that follow from the data, iterations, and the places of the ball."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from core.theory.quadratic import quadratic
from core.theory.slices import Parabola
from pages.settings import data

MAX_ITERATIONS = 100_000
ITERATIONS = (*(m * 10**e for e in range(5) for m in (1, 2, 5)), MAX_ITERATIONS)
CHECK_STEPS = tuple(10.0**e for e in range(-15, 3))
MANTISSAS = np.concatenate([np.arange(10, 30), np.arange(30, 50, 2), np.arange(50, 100, 5)]) / 10
"""Forty round numbers for each power of ten, at most a tenth apart."""
DECADES_BELOW, TIMES_ABOVE = 3, 10.0
DIAL_PLACES = (0.0, 0.2, 0.42, 0.75, 1.0)
"""Where the regimes begin and end on the dial."""
BALL_PLACES = 81
FAR = 1e100
"""A start farther away than this is not in the picture."""


@lru_cache(maxsize=64)
def learning_rates(stable: float, own: float) -> tuple[float, ...]:
    """Return the learning rates on the dial: from far below the largest stable one to ten times it.

    The range follows from the data alone. Flat data have no limit; then it lies around the data set's `own` rate.
    """
    middle = stable if math.isfinite(stable) else own
    lowest = math.floor(math.log10(middle)) - DECADES_BELOW
    grid = (float(f"{m}e{e}") for e in range(lowest, lowest + DECADES_BELOW + 3) for m in MANTISSAS)
    return tuple(rate for rate in grid if rate <= TIMES_ABOVE * middle)


def rates_on_dial(settings: Any) -> tuple[float, ...]:
    """Return the learning rates on the dial of these settings."""
    return learning_rates(data.theory_of(settings).limits.stable, data.trained(settings).learning_rate)


def scale_of_dial(settings: Any) -> tuple[tuple[float, float], ...]:
    """Return the dial's scale: places from 0 to 1 and the rates that stand there, logarithmic in between.

    It is stretched where it matters, so that each of the four regimes has at least a fifth of the track. Flat data
    have no regimes, and two places.
    """
    rates, limits = rates_on_dial(settings), data.theory_of(settings).limits
    if math.isinf(limits.stable):
        return (0.0, rates[0]), (1.0, rates[-1])
    bounds = (rates[0], limits.creeping, limits.monotone, limits.stable, TIMES_ABOVE * limits.stable)
    return tuple(zip(DIAL_PLACES, bounds, strict=True))


def nearest(places: Sequence[float], value: float, *, logarithmic: bool) -> float:
    """Return the place nearest to the value, on a logarithmic or linear scale."""
    inside = min(max(value, places[0]), places[-1])  # from far away every place is equally far
    scale = math.log if logarithmic else float
    return min(places, key=lambda place: abs(scale(place) - scale(inside)))


def parabola(settings: Any) -> Parabola:
    """Return the loss over the chosen parameter, for all samples or for the chosen one alone."""
    theory = data.theory_of(settings)
    if settings.samples == "one":
        theory = quadratic(theory.data.only(settings.sample - 1), loss=data.loss(settings))
    with np.errstate(over="ignore", invalid="ignore"):  # the other parameters may be held far out of this world
        return theory.parabola(data.start(settings), settings.parameter - 1)


def span(settings: Any) -> tuple[float, float]:
    """Return the values of the parameter that the picture shows: start and best one with room on both sides."""
    best, start = parabola(settings).best, float(data.start(settings)[settings.parameter - 1])
    distance = abs(start - best)
    half = 1.5 * (distance if 0 < distance < FAR else abs(best) or 1.0)
    return best - half, best + half


def ball_places(settings: Any) -> tuple[float, ...]:
    """Return where the ball can be put: evenly over the span, on the start where that is inside."""
    (low, high), start = span(settings), float(data.start(settings)[settings.parameter - 1])
    middle = start if low <= start <= high else (low + high) / 2
    grid = middle + (high - low) / BALL_PLACES * np.arange(-BALL_PLACES, BALL_PLACES)
    return tuple(dict.fromkeys(float(f"{place:.6g}") for place in grid if low <= place <= high))
