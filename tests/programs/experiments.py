"""The runs for which the programs are written: every value of every part of an experiment occurs."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import numpy as np

from core.activations import ACTIVATIONS
from core.batches import Batches
from core.data.builtin import DATASETS, celsius, weighted_sum
from core.data.dataset import Dataset
from core.data.holding_out import hold_out
from core.data.more import MORE_DATASETS
from core.data.standardising import standardise
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.nudges import Nudges
from core.optimisers import OPTIMISERS, Momentum, Nesterov, Optimiser
from core.schedule import Schedule, constant, cosine, step_decay, warm_up

ITERATIONS = 130
"""More than the 101 iterations whose losses on 100 samples are computed at once."""
ALL_DATASETS = {**DATASETS, **MORE_DATASETS}
SHAPES: list[Callable[[float, int], Schedule]] = [step_decay, warm_up, cosine, lambda rate, _iterations: constant(rate)]
ALL_OPTIMISERS: list[Optimiser] = [
    *(make() for make in OPTIMISERS.values()),
    Momentum(0.5),
    Nesterov(0.7),
    Momentum(0.0),
    Nesterov(0.0),
]


def matrix() -> Iterator[Experiment]:
    """Every data set with every loss, and all the rest in turn, in cycles whose lengths have no factor in common."""
    optimisers, activations, models = cycle(ALL_OPTIMISERS), cycle(ACTIVATIONS.values()), cycle([False, True])
    shapes, batches = cycle([*SHAPES, SHAPES[-1]]), cycle([None, None, Batches(7, seed=3), *[None] * 4])
    changes = cycle([*[_same] * 9, standardise, _trained])
    nudged, sums = cycle([*[False] * 12, True]), cycle([*[False] * 4, True])
    for make in ALL_DATASETS.values():
        for loss in (SquaredError(next(sums)), Huber(next(sums), delta=0.33), CrossEntropy(next(sums))):
            data, is_network = next(changes)(make()), next(models)
            model = Network(3, next(activations)) if is_network and data.has_bias else Neuron(data.has_bias)
            start = model.start(data.n_features, 1) if isinstance(model, Network) else data.start
            optimiser, chosen = next(optimisers), next(batches)
            schedule = next(shapes)(_rate(data, loss, optimiser), ITERATIONS)
            nudges: Nudges = ((40, tuple(start + 0.1)), (41, tuple(start - 0.1))) if next(nudged) else ()
            yield Experiment(data, model, tuple(start), schedule, ITERATIONS, loss, optimiser, chosen, nudges)


def _same(data: Dataset) -> Dataset:
    return data


def _trained(data: Dataset) -> Dataset:
    return hold_out(data, 0.3, 0)[0] if data.n_samples > 1 else data


def said(experiment: Experiment) -> str:
    """What is to be found out from a failure: an experiment in one line."""
    model = experiment.model
    activation = model.activation.name if isinstance(model, Network) else "no activation"
    parts = experiment.loss, experiment.optimiser, experiment.batches, experiment.schedule[:2], experiment.nudges[:1]
    return f"{experiment.data.name}: {activation}, {parts}"


def _rate(data: Dataset, loss: Loss, optimiser: Optimiser) -> float:
    """A rate with which nothing swings for long, neither with a neuron nor with a small network."""
    inputs = np.column_stack([data.inputs, np.ones(data.n_samples)])
    steepest = np.linalg.eigvalsh(inputs.T @ inputs / data.n_samples)[-1] * loss.greatest_curvature
    pace = 0.01 if type(optimiser) in (OPTIMISERS["rmsprop"], OPTIMISERS["adam"]) else 0.1 / steepest
    return float(pace / loss.summands(data.targets))


def on(data: Dataset, **others: Any) -> Experiment:
    return Experiment.on(data, **others)


EXPLODING = {
    "a line": on(celsius(), learning_rate=0.0013, iterations=5000),
    "at once": on(celsius(), learning_rate=1e200, iterations=50),
    "at the start": on(celsius(), start=(1e200, 1.0), iterations=10),
    "the weighted sum": on(weighted_sum(), learning_rate=0.3, iterations=3000),
}
