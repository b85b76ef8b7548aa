"""What is known of the run that a class tries: what each learning rate of its dial ends with."""

from functools import lru_cache

import numpy as np

from charts.class_curve import Known
from core.experiment import Experiment
from core.theory.in_force import fixed_limits_of
from core.theory.quadratic import theory
from core.training import losses
from pages.frame.sweeps import sweep_of
from pages.settings.data import experiment_of
from pages.settings.places import rates_without_limits
from pages.settings.tasks import settings_of

CURVE_POINTS = 300


@lru_cache(maxsize=64)
def known_of(address: str) -> Known:
    """Return what is known of a task's run: computed, or where that cannot be, found by trying."""
    now = settings_of(address)
    experiment, places = experiment_of(now), rates_without_limits(now)
    rates, ends = _ends(experiment, places[0], places[-1])
    start = np.array(experiment.start)
    first = float(losses(experiment, start[np.newaxis])[0])
    return Known(rates, ends, first, fixed_limits_of(experiment))


def _ends(experiment: Experiment, least: float, greatest: float) -> tuple[np.ndarray, np.ndarray]:
    """Return learning rates, (n,), and the loss that each ends with, (n,); infinite where it explodes."""
    known = theory(experiment)
    if known is None or not known.is_closed:
        sweep = sweep_of(experiment, least, greatest)
        return sweep.rates, sweep.losses
    rates = np.geomspace(least, greatest, CURVE_POINTS)
    return rates, known.final_losses(np.array(experiment.start), rates, experiment.iterations)
