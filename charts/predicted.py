"""What a model predicts anywhere in the plane of its inputs, and the same without some of its hidden neurons."""

from collections.abc import Collection

import numpy as np

from core.checks import Array
from core.losses import CrossEntropy
from core.network import Network
from core.training import History


def predicted(history: History, iterations: list[int] | slice, inputs: Array, muted: Collection[int] = ()) -> Array:
    """Return what the loss takes the outputs for, (n_iterations, n_samples), for inputs (n_samples, n_features).

    The `muted` hidden neurons, counted from 0, are left out of the sum: their weights into the output are 0.
    """
    model, seen = history.experiment.model, history.experiment.model.seen(inputs)
    parameters = history.parameters[iterations]
    if muted and isinstance(model, Network):
        parameters = model.without(parameters, [k for k in muted if k < model.n_hidden])
    with np.errstate(over="ignore", invalid="ignore"):
        return history.experiment.loss.predicted(model.forward(parameters, seen))


def shares(history: History, iterations: list[int], inputs: Array) -> Array:
    """Return second_k * hidden_k(x), which add up to the output but for its bias, (n_hidden, n_iterations, n_samples).

    It is empty where there are no hidden neurons, and where the output is not yet what is predicted.
    """
    model = history.experiment.model
    if not isinstance(model, Network) or says_probabilities(history):
        return np.empty((0, len(iterations), len(inputs)))
    parameters, seen = history.parameters[iterations], model.seen(inputs)
    _first, second, _bias = model.layers(parameters, seen.shape[1])
    return np.moveaxis(model.hidden(parameters, seen) * second[:, np.newaxis], -1, 0)


def says_probabilities(history: History) -> bool:
    """Return whether what is predicted is the probability of class 1."""
    return isinstance(history.experiment.loss, CrossEntropy)
