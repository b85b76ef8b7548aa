"""Runs of networks and on classes to draw: ordinary ones, and those that explode, stand still or are held out."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from charts.look import Figure
from charts.prediction import prediction_figure
from core.activations import RELU
from core.checks import Array
from core.data.clouds import two_clouds, xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.data.holding_out import hold_out
from core.data.more import hours, iris
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber
from core.network import Network
from core.optimisers import Adam
from core.training import History
from tests.charts.runs import iterations, several_features, trained

CLASSES = CrossEntropy()


def neuron(data: Dataset, learning_rate: float, iterations: int, **others: Any) -> Experiment:
    """A single neuron."""
    return Experiment.on(data, learning_rate=learning_rate, iterations=iterations, **others)


def network(
    data: Dataset, learning_rate: float, iterations: int, model: Network | None = None, **others: Any
) -> Experiment:
    """A network of four hidden neurons, if no other model is wanted."""
    chosen = model or Network(4)
    start = chosen.start(data.n_features, seed=0)
    return neuron(data, learning_rate, iterations, model=chosen, start=start, **others)


def two_features() -> Dataset:
    """Six samples with two features whose scales have nothing in common, and targets that are no classes."""
    data = several_features()
    inputs = data.inputs[:, :2] * [1.0, 100.0]
    return replace(data, inputs=inputs, input_names=data.input_names[:2], start=np.zeros(3))


def from_zero(experiment: Experiment) -> Experiment:
    """The experiment, begun where the model says 0 everywhere."""
    return replace(experiment, start=(0.0,) * len(experiment.start))


CURVES: dict[str, Callable[[], Experiment]] = {
    "a curve that settles": lambda: network(sine(), 0.1, 300),
    "a curve with kinks": lambda: network(sine(), 0.02, 300, Network(6, RELU), loss=Huber(delta=0.5), optimiser=Adam()),
    "a curve that explodes": lambda: network(sine(), 30.0, 2000, Network(4, RELU)),
    "a curve that explodes at once": lambda: network(sine(), 1e300, 10),
    "a curve at rest": lambda: network(sine(), 0.0, 20),
    "a curve from zero": lambda: from_zero(network(sine(), 0.1, 20)),
    "a curve after one iteration": lambda: network(sine(), 0.1, 1),
    "a curve that is not trained": lambda: network(sine(), 0.1, 0),
    "a curve through one sample": lambda: network(sine().only(7), 0.1, 20),
    "an S-curve": lambda: neuron(hours(), 0.1, 400, loss=CLASSES),
    "an S-curve that jumps": lambda: neuron(hours(), 1e4, 50, loss=CLASSES),
    "an S-curve at the edge of the numbers": lambda: neuron(hours(), 1e308, 10, loss=CLASSES),
    "an S-curve that is not trained": lambda: neuron(hours(), 0.1, 0, loss=CLASSES),
    "a network's S-curve": lambda: network(hours(), 0.05, 200, loss=CLASSES, optimiser=Adam()),
    "a line through classes": lambda: neuron(hours(), 0.02, 100),
    "a line through classes that explodes": lambda: neuron(hours(), 1.0, 2000),
}
PLANES: dict[str, Callable[[], Experiment]] = {
    "a plane in four parts": lambda: network(xor(), 0.05, 200, loss=CLASSES, optimiser=Adam()),
    "a plane by the squared error": lambda: network(xor(), 0.05, 200),
    "a plane that explodes": lambda: network(xor(), 1e3, 500, Network(4, RELU)),
    "a plane at the edge of the numbers": lambda: network(xor(), 1e300, 10, loss=CLASSES),
    "a plane from zero": lambda: from_zero(network(xor(), 0.05, 20, loss=CLASSES)),
    "a plane that is not trained": lambda: network(xor(), 0.05, 0, loss=CLASSES),
    "a plane in two halves": lambda: neuron(two_clouds(), 0.5, 100, loss=CLASSES),
    "a plane in two halves by the squared error": lambda: neuron(iris(), 0.01, 100),
    "a plane in two halves that explodes": lambda: neuron(iris(), 1.0, 2000),
    "a plane in two halves at the edge of the numbers": lambda: neuron(iris(), 1e308, 10, loss=CLASSES),
    "a plane without classes": lambda: network(two_features(), 0.01, 50),
}


@cache
def run(name: str) -> History:
    """Train a run."""
    return trained((CURVES | PLANES)[name]())


def drawn(name: str, **parts: Any) -> Figure:
    """What the model of a run predicts, at the frames of a page."""
    return prediction_figure(run(name), None, iterations(run(name)), **parts)


@cache
def parted(name: str) -> tuple[History, Dataset]:
    """A run that sees three quarters of its samples, and those that it does not see."""
    experiment = (CURVES | PLANES)[name]()
    data, held_out = hold_out(experiment.data, 0.25, 0)
    return trained(replace(experiment, data=data)), held_out


def drawn_parted(name: str, **parts: Any) -> Figure:
    """What the model of such a run predicts."""
    history, held_out = parted(name)
    return prediction_figure(history, None, iterations(history), held_out=held_out, **parts)


def outputs(history: History, iteration: int, inputs: Array) -> Array:
    """The outputs of a network with tanh, (n_samples,), worked out once more; inputs (n_samples, n_features)."""
    n_hidden, (n, n_features) = history.experiment.model.n_hidden, inputs.shape  # type: ignore[union-attr]
    parameters = history.parameters[iteration]
    first = parameters[: (n_features + 1) * n_hidden].reshape(n_features + 1, n_hidden)
    hidden = np.tanh(inputs @ first[:-1] + first[-1])
    return np.array([hidden[i] @ parameters[-n_hidden - 1 : -1] + parameters[-1] for i in range(n)])
