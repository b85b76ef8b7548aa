"""Training: forward, backward, update, again and again, with every step kept."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core.checks import Array, finite_number
from core.datasets import Dataset
from core.neuron import Gradient, Neuron, backward, forward, update

Backward = Callable[[Array, Array, Array], Gradient]

LOSS_CHUNK = 256
"""Neurons whose losses are computed together: few enough for the processor's cache."""


@dataclass(frozen=True, eq=False)
class History:
    """Every step of a run: index 0 is the neuron before training, index i the neuron after i updates.

    `weights` (n + 1, n_features), `bias` (n + 1,), `loss` (n + 1,). `diverged_at` is the iteration at which a
    parameter or the loss stopped being finite, or None; the history then ends just before it. Only where the start
    itself has an infinite loss (`diverged_at` 0) is that start kept all the same, with its infinite loss.
    """

    weights: Array
    bias: Array
    loss: Array
    diverged_at: int | None = None

    @property
    def iterations(self) -> int:
        """The last iteration held."""
        return len(self.loss) - 1

    def neuron(self, iteration: int) -> Neuron:
        """The neuron after `iteration` updates."""
        return Neuron(self.weights[iteration], float(self.bias[iteration]))


def train(
    dataset: Dataset, start: Neuron, learning_rate: float, iterations: int, backward: Backward = backward
) -> History:
    """Run `iterations` steps of full-batch gradient descent on the mean squared error, from `start`.

    Another `backward` is for finding out what a wrong one does (see `core.gradient_check`).

    A run that explodes is a result, not an error: see `History.diverged_at`. Raises ValueError, naming the argument,
    when `start` does not fit the data set or a number is not finite, or `iterations` is negative.
    """
    neuron = dataset.checked("start", start)
    learning_rate = finite_number("learning_rate", learning_rate)
    if not 0 <= iterations < math.inf:
        raise ValueError(f"iterations must be a whole number, 0 or more, not {iterations}")
    neurons = [neuron]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(iterations):
            outputs = forward(neuron, dataset.inputs)
            gradient = backward(dataset.inputs, outputs, dataset.targets)
            neuron = update(neuron, trained_part(gradient, dataset), learning_rate)
            neurons.append(neuron)
            if not math.isfinite(gradient.bias):
                break
        return _history(dataset, neurons)


def trained_part(gradient: Gradient, dataset: Dataset) -> Gradient:
    """Return the gradient that the update uses: without the bias, where the data set trains none."""
    return gradient if dataset.trains_bias else replace(gradient, bias=0.0)


def losses(dataset: Dataset, weights: Array, bias: Array) -> Array:
    """Return the mean squared error of many neurons at once.

    `weights` (n_neurons, n_features), `bias` (n_neurons,); returns (n_neurons,).
    """
    result = np.empty(len(bias))
    for first in range(0, len(bias), LOSS_CHUNK):
        chunk = slice(first, first + LOSS_CHUNK)
        # einsum and not @: on arrays of this size BLAS would start threads that cost more than they save.
        residuals = np.einsum("kj,ij->ki", weights[chunk], dataset.inputs) + bias[chunk, np.newaxis]
        residuals -= dataset.targets
        result[chunk] = np.einsum("ij,ij->i", residuals, residuals) / dataset.n_samples
    return result


def _history(dataset: Dataset, neurons: list[Neuron]) -> History:
    weights = np.concatenate([neuron.weights for neuron in neurons]).reshape(len(neurons), -1)
    bias = np.array([neuron.bias for neuron in neurons])
    loss = losses(dataset, weights, bias)
    return finite_history(weights, bias, loss)


def finite_history(weights: Array, bias: Array, loss: Array) -> History:
    """Return the history up to the last iteration whose numbers are all finite, and note where that ended."""
    finite = np.isfinite(weights).all(axis=1) & np.isfinite(bias) & np.isfinite(loss)
    if finite.all():
        return History(weights, bias, loss)
    diverged_at = int(np.argmin(finite))
    end = max(diverged_at, 1)
    return History(weights[:end], bias[:end], loss[:end], diverged_at)
