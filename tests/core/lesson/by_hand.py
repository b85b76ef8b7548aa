"""A network of two hidden neurons and two samples, small enough to be worked out by hand."""

from typing import Any

from core.activations import RELU, Activation
from core.experiment import Experiment
from core.lesson.step import Step, step_after
from core.network import Network
from core.training import train
from tests.core.experiments import samples

START = (0.5, -1.0, 0.1, 0.2, 3.0, -2.0, 0.5)
"""Weights and biases into the hidden neurons, their weights into the output, and its bias."""


def step_by_hand(
    activation: Activation = RELU, iteration: int = 0, *, targets: tuple[float, float] = (1.8, 0.0), **chosen: Any
) -> Step:
    """A step of the network, from START, at a learning rate of 0.1.

    The sample 2 shall become 1.8: the sums are 1.1 and -1.8, the values 1.1 and 0, the output 3.8. The sample -1 shall
    become 0: the sums are -0.4 and 1.2, the values 0 and 1.2, the output -1.9.
    """
    data = samples([[2.0], [-1.0]], targets, class_names=("no", "yes"))
    chosen = {"iterations": iteration + 1, "learning_rate": 0.1, **chosen}
    return step_after(train(Experiment.on(data, model=Network(2, activation), start=START, **chosen)), iteration)
