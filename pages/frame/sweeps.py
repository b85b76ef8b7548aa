"""The sweeps: what many learning rates end with, found by trying, in portions that are kept for everybody."""

from dataclasses import dataclass, replace
from threading import Condition

import numpy as np
import streamlit as st
from cachetools import LRUCache, cached

from core.checks import Array
from core.experiment import Experiment
from core.network import Network
from core.schedule import constant
from core.sweep import swept_losses
from pages.frame import runs
from wording import _

KEPT_PORTIONS = 512
MOST_RATES, FEWEST_RATES = 30, 12
MOST_WORK, SLOW_WORK = 1_100_000_000, 200_000_000
"""Multiplications of a whole sweep, about four seconds; and from which on it is done in portions, with a bar."""
PORTIONS = 4
WORK_OF_STEP, WORK_OF_NETWORK = 5_000, 15_000
"""What a step of one neuron, or of a network, costs besides, counted in multiplications."""
DIGITS = 3

Portion = tuple[Experiment, tuple[float, ...]]


@dataclass(frozen=True, eq=False)
class Sweep:
    """Learning rates (n,), ascending, and the loss that each ends with after so many `iterations`, (n,)."""

    rates: Array
    losses: Array
    iterations: int


def sweep_of(experiment: Experiment, least: float, greatest: float) -> Sweep:
    """Return what rates from the least to the greatest end with; fewer, or after fewer steps, where it takes long."""
    n_rates, iterations = affordable(experiment)
    rates = tried_rates(least, greatest, n_rates)
    tried = replace(experiment, schedule=constant(0.0), nudges=(), iterations=iterations)
    return Sweep(np.array(rates), np.concatenate(_in_portions(_portions(tried, rates))), iterations)


def affordable(experiment: Experiment) -> tuple[int, int]:
    """Return how many rates can be tried, 12 to 30, and for how many iterations."""
    spare = MOST_WORK / max(experiment.iterations, 1) - PORTIONS * _work_of_step(experiment)
    n_rates = int(min(max(spare / _work_of_rate(experiment), FEWEST_RATES), MOST_RATES))
    most = MOST_WORK / _work(replace(experiment, iterations=1), n_rates, PORTIONS)
    return n_rates, min(experiment.iterations, int(float(f"{most:.1g}")))


def tried_rates(least: float, greatest: float, n_rates: int) -> tuple[float, ...]:
    """Return so many rates, evenly on a logarithmic scale, with three digits: a click takes a rate that was tried."""
    return tuple(float(f"{rate:.{DIGITS}g}") for rate in np.geomspace(least, greatest, n_rates).tolist())


def _work(experiment: Experiment, n_rates: int, n_portions: int = 1) -> int:
    """Return how many multiplications it takes to try so many rates, in so many portions."""
    a_step = n_portions * _work_of_step(experiment) + n_rates * _work_of_rate(experiment)
    return experiment.iterations * a_step


def _work_of_step(experiment: Experiment) -> int:
    return WORK_OF_NETWORK if isinstance(experiment.model, Network) else WORK_OF_STEP


def _work_of_rate(experiment: Experiment) -> int:
    seen = experiment.batches.size if experiment.batches else experiment.data.n_samples
    return seen * len(experiment.start)


def _portions(experiment: Experiment, rates: tuple[float, ...]) -> list[Portion]:
    if _work(experiment, len(rates)) < SLOW_WORK:
        return [(experiment, rates)]
    size = -(-len(rates) // PORTIONS)
    return [(experiment, rates[first : first + size]) for first in range(0, len(rates), size)]


def _in_portions(portions: list[Portion]) -> list[Array]:
    """Return what each portion ends with, with a bar that fills up where there are several to be tried."""
    if len(portions) == 1 or all(portion in _swept_portions for portion in portions):
        return [_swept(portion) for portion in portions]
    bar, text, found = st.empty(), _("Trying learning rates …"), []
    for done, portion in enumerate(portions):
        bar.progress(done / len(portions), text)
        found.append(_swept(portion))
    bar.empty()
    return found


_swept_portions: LRUCache[Portion, Array] = LRUCache(KEPT_PORTIONS)


@cached(_swept_portions, key=lambda portion: portion, condition=Condition())
def _swept(portion: Portion) -> Array:
    with runs.one_at_a_time:
        return swept_losses(portion[0], np.array(portion[1]))
