"""One neuron without activation: forward, backward and update, as the article derives them.

The three functions are the whole of gradient descent and run thousands of times a second, so they check nothing:
data are checked where they enter, in `core.datasets.Dataset` and `core.training.train`.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from core.checks import Array
from core.losses import mean_squared_error_slope


@dataclass(frozen=True, slots=True, eq=False)
class Neuron:
    """The parameters: `weights` of shape (n_features,), in target units per input unit, and `bias`, in target units."""

    weights: Array
    bias: float


@dataclass(frozen=True, slots=True, eq=False)
class Gradient:
    """How the loss changes with each parameter: d loss / d weights, shape (n_features,), and d loss / d bias."""

    weights: Array
    bias: float


def forward(neuron: Neuron, inputs: Array) -> Array:
    """Predict: output = sum_j input_j * weight_j + bias.

    `inputs` (n_samples, n_features); returns outputs (n_samples,), in target units.
    """
    return inputs.dot(neuron.weights) + neuron.bias


def backward(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Find the gradient of the mean squared error by the chain rule, in the reverse order of `forward`.

    grad_output_i  = 2 (output_i - target_i) / n
    grad_weights_j = sum_i grad_output_i * input_ij,  because d output_i / d weight_j = input_ij
    grad_bias      = sum_i grad_output_i,             because d output_i / d bias = 1

    `inputs` (n_samples, n_features), `outputs` and `targets` (n_samples,).
    """
    grad_output = mean_squared_error_slope(outputs, targets)
    grad_weights = grad_output.dot(inputs)
    grad_bias = grad_output.dot(ones(len(targets)))
    return Gradient(grad_weights, grad_bias)


@cache
def ones(n_samples: int) -> Array:
    """Return d output_i / d bias for every sample. A product with it is the sum, in half the time of `sum`."""
    return np.ones(n_samples)


def update(neuron: Neuron, gradient: Gradient, learning_rate: float) -> Neuron:
    """Take one step downhill: parameter - learning_rate * gradient, for every parameter."""
    return Neuron(
        neuron.weights - learning_rate * gradient.weights,
        neuron.bias - learning_rate * gradient.bias,
    )
