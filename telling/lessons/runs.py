"""The runs that the lessons speak of: what is stated of them is computed, never typed."""

from functools import cache

import numpy as np

from core.data.builtin import celsius
from core.data.clouds import xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.suspects import SuspectNeuron
from core.losses import CrossEntropy
from core.network import Network
from core.schedule import constant
from core.theory.quadratic import Quadratic, quadratic
from core.training import History, train

ARTICLE_INPUT = 42.0
"""The temperature that the article works through."""
ARTICLE_ROW = int(np.flatnonzero(celsius().inputs[:, 0] == ARTICLE_INPUT)[0])


@cache
def line(data: Dataset, learning_rate: float | None = None, iterations: int | None = None) -> History:
    """Return the run of one neuron on these data, without taking its steps."""
    experiment = Experiment.on(data, learning_rate=learning_rate, iterations=iterations)
    return quadratic(data).trajectory(experiment)


def thermometer(learning_rate: float | None = None, iterations: int | None = None) -> History:
    """Return a run from Celsius to Fahrenheit."""
    return line(celsius(), learning_rate, iterations)


@cache
def exploded(learning_rate: float) -> History:
    """Return a run from Celsius to Fahrenheit that explodes: only its steps say when."""
    return train(Experiment.on(celsius(), learning_rate=learning_rate))


def known_of_thermometer() -> Quadratic:
    """Return the theory of Celsius to Fahrenheit."""
    return quadratic(celsius())


@cache
def as_listed() -> History:
    """Return the run of the article's published listing, which multiplies by the outputs."""
    return train(Experiment.on(celsius(), model=SuspectNeuron(suspect="listing")))


@cache
def one_neuron_on_corners() -> History:
    """Return the run of one neuron on XOR."""
    return train(Experiment.on(xor(), loss=CrossEntropy()))


@cache
def hidden_layer_on_sine(learning_rate: float, iterations: int) -> History:
    """Return a run of eight hidden neurons on the sine."""
    data, network = sine(), Network(8)
    start = tuple(network.start(data.n_features, 1).tolist())
    return train(Experiment(data, network, start, constant(learning_rate), iterations))
