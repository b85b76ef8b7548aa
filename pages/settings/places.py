"""Where the sliders stand: learning rates that follow from the data, iterations, and the places of the ball."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from core.data.dataset import Dataset
from core.experiment import Experiment
from core.optimisers import DESCENT
from core.schedule import constant
from core.theory.limits import NO_LIMITS
from core.theory.quadratic import theory
from core.theory.slices import Parabola, Slice
from pages.settings import data

MAX_ITERATIONS = 100_000
ARTICLE_INPUT = 42.0
ITERATIONS = (*(m * 10**e for e in range(5) for m in (1, 2, 5)), MAX_ITERATIONS)
GAPS = tuple(round(-2.4 + 0.2 * k, 1) for k in range(28))
HIDDEN = tuple(range(1, 17))
MOMENTA = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
HELD_OUT = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
CHECK_STEPS = tuple(10.0**e for e in range(-15, 3))
MANTISSAS = np.concatenate([np.arange(10, 30), np.arange(30, 50, 2), np.arange(50, 100, 5)]) / 10
"""Forty round numbers for each power of ten, at most a tenth apart."""
DECADES_BELOW, TIMES_ABOVE = 3, 10.0
DIAL_PLACES = (0.0, 0.2, 0.42, 0.75, 1.0)
"""Where the regimes begin and end on the dial."""
BALL_PLACES = 81
SHARES = (0.5, 1.0, 2.0, 3.0, 4.0)
"""Rates to compare where no limits are known, in usual rates: on the sine from half of the edge to beyond it."""
FAR = 1e100
"""A start farther away than this is not in the picture."""


@lru_cache(maxsize=64)
def article_sample(data: Dataset) -> int:
    """Return the number of the sample with input 42, which the article works through; the first one where none has."""
    return int(np.argmax((data.inputs == ARTICLE_INPUT).all(axis=1))) + 1


def batch_sizes(settings: Any) -> tuple[int, ...]:
    """Return the batch sizes on the slider: round ones, and all samples."""
    all_samples = data.n_trained(settings)
    return (*(size for size in ITERATIONS if size < all_samples), all_samples)


@lru_cache(maxsize=64)
def learning_rates(creeping: float, stable: float, own: float) -> tuple[float, ...]:
    """Return the learning rates on the dial: from far below the largest stable one to ten times it.

    With much momentum they begin lower, below the `creeping` ones. Where there is no limit they lie around the `own`
    rate of the data set.
    """
    middle = stable if math.isfinite(stable) else own
    lowest, highest = math.floor(math.log10(middle)) - DECADES_BELOW, math.floor(math.log10(middle)) + 2
    if math.isfinite(creeping):
        lowest = min(lowest, math.floor(math.log10(creeping)) - 1)
    grid = (float(f"{m}e{e}") for e in range(lowest, highest + 1) for m in MANTISSAS)
    return tuple(rate for rate in grid if rate <= TIMES_ABOVE * middle)


def rates_on_dial(settings: Any) -> tuple[float, ...]:
    """Return the learning rates on the dial of these settings."""
    limits = data.limits_of(settings) or NO_LIMITS
    return learning_rates(limits.creeping, limits.stable, data.own_rate(settings))


def rates_without_limits(settings: Any) -> tuple[float, ...]:
    """Return the learning rates on a dial that gives no limit away: from a hundredth to a hundred usual ones."""
    return learning_rates(NO_LIMITS.creeping, NO_LIMITS.stable, TIMES_ABOVE * data.own_rate(settings))


def scale_of_dial(settings: Any) -> tuple[tuple[float, float], ...]:
    """Return the dial's scale: places from 0 to 1 and the rates that stand there, logarithmic in between.

    It is stretched where it matters, so that each of the four regimes has at least a fifth of the track. Where there
    are no regimes, or where they move while the run trains, there are two places.
    """
    rates, limits = rates_on_dial(settings), data.limits_of(settings) or NO_LIMITS
    if math.isinf(limits.stable):
        return (0.0, rates[0]), (1.0, rates[-1])
    bounds = (rates[0], limits.creeping, limits.monotone, limits.stable, TIMES_ABOVE * limits.stable)
    return tuple(zip(DIAL_PLACES, bounds, strict=True))


def nearest(places: Sequence[float], value: float, *, logarithmic: bool) -> float:
    """Return the place nearest to the value, on a logarithmic or linear scale."""
    inside = min(max(value, places[0]), places[-1])  # from far away every place is equally far
    scale = math.log if logarithmic else float
    return min(places, key=lambda place: abs(scale(place) - scale(inside)))


def own_parameter(settings: Any) -> int:
    """Return the number of the parameter that is looked at first: a weight into the hidden neuron that counts most."""
    if settings.model != "network":
        return 1
    into_output = data.start(settings)[-1 - settings.hidden : -1]
    return int(np.abs(into_output).argmax()) + 1


def parabola(settings: Any) -> Parabola | Slice:
    """Return the loss over the chosen parameter, for all samples or for the chosen one alone."""
    experiment = data.experiment_of(
        settings, nudges=(), batches=None, optimiser=DESCENT, schedule=constant(0.0), iterations=0
    )
    if settings.samples == "one":
        experiment = replace(experiment, data=experiment.data.only(settings.sample - 1))
    if known := theory(experiment):
        with np.errstate(over="ignore", invalid="ignore"):  # the other parameters may be held far out of this world
            return known.parabola(data.start(settings), settings.parameter - 1)
    return _slice(experiment, settings.parameter - 1)


@lru_cache(maxsize=64)
def _slice(experiment: Experiment, index: int) -> Slice:
    return Slice(experiment, experiment.start, index)


def span(settings: Any) -> tuple[float, float]:
    """Return the values of the parameter that the picture shows: start and best one with room on both sides.

    Of what is no parabola it shows so much that one sees it.
    """
    found, start = parabola(settings), float(data.start(settings)[settings.parameter - 1])
    distance = abs(start - found.best)
    if isinstance(found, Slice):
        middle, half = (start + found.best) / 2, max(distance, found.reach)
        return middle - half, middle + half
    half = 1.5 * (distance if 0 < distance < FAR else abs(found.best) or 1.0)
    return found.best - half, found.best + half


def example_rates(settings: Any) -> tuple[float, ...]:
    """Return learning rates to compare: one of each regime, or where these are not known some around the usual one."""
    limits, known = data.limits_of(settings), data.theory_of(settings)
    if limits and (math.isfinite(limits.stable) or (known and known.is_flat)):
        return limits.examples()
    return tuple(float(f"{share * data.own_rate(settings):.3g}") for share in SHARES)


def ball_places(settings: Any) -> tuple[float, ...]:
    """Return where the ball can be put: evenly over the span, on the start where that is inside."""
    (low, high), start = span(settings), float(data.start(settings)[settings.parameter - 1])
    middle = start if low <= start <= high else (low + high) / 2
    grid = middle + (high - low) / BALL_PLACES * np.arange(-BALL_PLACES, BALL_PLACES)
    return tuple(dict.fromkeys(float(f"{place:.6g}") for place in grid if low <= place <= high))
