"""The sweeps: what many learning rates end with, found by trying, in portions that are kept for everybody."""

from dataclasses import dataclass, replace
from threading import Condition

import numpy as np
import streamlit as st
from cachetools import LRUCache, cached

from core.checks import Array
from core.experiment import Experiment
from core.schedule import constant
from core.sweep import swept_losses
from pages.frame import runs
from wording import _

KEPT_PORTIONS = 512
MOST_RATES, FEWEST_RATES = 30, 12
MOST_WORK, PORTION, SLOW_WORK = 10**9, 10**8, 10**8
"""Multiplications of a whole sweep, about four seconds; of a portion of it; and from which on progress is shown."""
WORK_OF_STEP = 5000
"""What a step costs besides, counted in multiplications."""
DIGITS = 3

Portion = tuple[Experiment, tuple[float, ...]]


@dataclass(frozen=True, eq=False)
class Sweep:
    """Learning rates (n,), ascending, and the loss that each ends with after so many `iterations`, (n,)."""

    rates: Array
    losses: Array
    iterations: int

    @property
    def best(self) -> int:
        """Which of the rates has the least loss."""
        return int(self.losses.argmin())


def sweep_of(experiment: Experiment, least: float, greatest: float) -> Sweep:
    """Return what rates from the least to the greatest end with; fewer, or after fewer steps, where it takes long."""
    n_rates, iterations = affordable(experiment)
    rates = tried_rates(least, greatest, n_rates)
    tried = replace(experiment, schedule=constant(0.0), nudges=(), iterations=iterations)
    return Sweep(np.array(rates), np.concatenate(_in_portions(_portions(tried, rates))), iterations)


def affordable(experiment: Experiment) -> tuple[int, int]:
    """Return how many rates can be tried, 12 to 30, and for how many iterations."""
    a_rate, iterations = _work_of_rate(experiment), max(experiment.iterations, 1)
    n_rates = int(min(max((MOST_WORK / iterations - WORK_OF_STEP) / a_rate, FEWEST_RATES), MOST_RATES))
    most = int(float(f"{MOST_WORK / (WORK_OF_STEP + n_rates * a_rate):.1g}"))
    return n_rates, min(experiment.iterations, max(most, 1))


def tried_rates(least: float, greatest: float, n_rates: int) -> tuple[float, ...]:
    """Return so many rates, evenly on a logarithmic scale, with three digits: a click takes a rate that was tried."""
    return tuple(float(f"{rate:.{DIGITS}g}") for rate in np.geomspace(least, greatest, n_rates).tolist())


def _work_of_rate(experiment: Experiment) -> int:
    """Return how many multiplications a step takes with one rate."""
    seen = experiment.batches.size if experiment.batches else experiment.data.n_samples
    return seen * len(experiment.start)


def _portions(experiment: Experiment, rates: tuple[float, ...]) -> list[Portion]:
    size = max(1, PORTION // max(1, experiment.iterations * _work_of_rate(experiment)))
    return [(experiment, rates[first : first + size]) for first in range(0, len(rates), size)]


def _in_portions(portions: list[Portion]) -> list[Array]:
    """Return what each portion ends with, with a bar that fills up where that takes long."""
    if _work([portion for portion in portions if portion not in _swept_portions]) < SLOW_WORK:
        return [_swept(portion) for portion in portions]
    bar, text, found = st.empty(), _("Trying learning rates …"), []
    for done, portion in enumerate(portions):
        bar.progress(done / len(portions), text)
        found.append(_swept(portion))
    bar.empty()
    return found


def _work(portions: list[Portion]) -> int:
    return sum(
        experiment.iterations * (WORK_OF_STEP + len(rates) * _work_of_rate(experiment))
        for experiment, rates in portions
    )


_swept_portions: LRUCache[Portion, Array] = LRUCache(KEPT_PORTIONS)


@cached(_swept_portions, key=lambda portion: portion, condition=Condition())
def _swept(portion: Portion) -> Array:
    with runs._one_at_a_time:
        return swept_losses(portion[0], np.array(portion[1]))
