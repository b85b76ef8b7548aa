"""The least loss of one neuron: by formula where its loss is a parabola, else by Newton's method."""

from functools import lru_cache

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.lesson.differences import gradient_at
from core.losses import CrossEntropy, accuracy
from core.neuron import Neuron
from core.theory.quadratic import quadratic, theory
from core.theory.sharpness import hessian

KEPT = 64
MOST_STEPS, MOST_HALVINGS = 60, 40
CONVERGED = 1e-9
"""A gradient smaller than this share of the one where all parameters are zero is none."""


def best_parameters(experiment: Experiment) -> Array | None:
    """Return the parameters with the least loss, (n_parameters,): where training goes, if it can go on for ever.

    None where they are not known: of a network; and of classes that a line parts, for there is no best.
    """
    if known := theory(experiment):
        return known.best(np.array(experiment.start))
    return _by_newton(_without_run(experiment)) if type(experiment.model) is Neuron else None


def _without_run(experiment: Experiment) -> Experiment:
    """Return an experiment that is the same for all runs over the same loss."""
    return Experiment.on(experiment.data, model=experiment.model, loss=experiment.loss)


@lru_cache(maxsize=KEPT)
def _by_newton(experiment: Experiment) -> Array | None:
    """Go down from the least squares by Newton's steps, each halved until the loss falls."""
    place = quadratic(experiment.data).best(experiment.data.start)
    least = CONVERGED * _slope(experiment, np.zeros(len(place)))
    with np.errstate(all="ignore"):
        for _step in range(MOST_STEPS):
            if _slope(experiment, place) <= least:
                return None if _are_parted(experiment, place) else place
            place = _downhill(experiment, place)
    return None


def _downhill(experiment: Experiment, place: Array) -> Array:
    curved = hessian(experiment, place)
    step = np.linalg.lstsq(curved, gradient_at(experiment, place), rcond=None)[0]
    before = _loss(experiment, place)
    for _halving in range(MOST_HALVINGS):
        if _loss(experiment, place - step) < before:
            return place - step
        step = step / 2
    return place


def _slope(experiment: Experiment, place: Array) -> float:
    return float(np.linalg.norm(gradient_at(experiment, place)))


def _loss(experiment: Experiment, place: Array) -> float:
    model, data = experiment.model, experiment.data
    return float(experiment.loss.value(model.forward(place, model.seen(data.inputs)), data.targets))


def _are_parted(experiment: Experiment, place: Array) -> bool:
    """Return whether all classes are on their sides: then larger parameters are always better."""
    loss, model, data = experiment.loss, experiment.model, experiment.data
    said = loss.predicted(model.forward(place, model.seen(data.inputs)))
    return isinstance(loss, CrossEntropy) and float(accuracy(said, data.targets)) == 1
