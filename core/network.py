"""A network with one hidden layer: several neurons with an activation, and one neuron that weighs what they say.

Forward and backward are those of the one neuron, twice: the chain rule goes through the second layer, then the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.activations import TANH, Activation
from core.checks import Array
from core.losses import Loss

SPREAD = 1.5
"""How widely the first weights are drawn, so that the hidden neurons bend at different places."""


@dataclass(frozen=True)
class Network:
    """`n_hidden` neurons with an `activation`, and an output neuron without; all have a bias.

    One vector holds all parameters: for each input, the bias's 1 being the last, its weight into each hidden neuron;
    then the weight of each hidden neuron into the output; then the output's bias.
    """

    n_hidden: int = 8
    activation: Activation = TANH
    has_bias = True

    def n_parameters(self, n_features: int) -> int:
        """Return how many parameters there are: (n_features + 2) n_hidden + 1."""
        return (n_features + 2) * self.n_hidden + 1

    def start(self, n_features: int, seed: int) -> Array:
        """Draw a start, (n_parameters,): first weights from normal · 1.5 / sqrt(n_features), first biases from normal.

        The second weights are drawn from normal / sqrt(n_hidden), and the second bias is 0.
        """
        normal = np.random.default_rng(seed).standard_normal
        weights = normal((n_features, self.n_hidden)) * SPREAD / np.sqrt(n_features)
        biases, second = normal(self.n_hidden), normal(self.n_hidden) / np.sqrt(self.n_hidden)
        return np.concatenate([weights.ravel(), biases, second, [0.0]])

    def seen(self, inputs: Array) -> Array:
        """Return the inputs with a 1 in place of the biases' input, (n_samples, n_features + 1)."""
        return np.column_stack([inputs, np.ones(len(inputs))])

    def layers(self, parameters: Array, n_inputs: int) -> tuple[Array, Array, Array]:
        """Return views of the parameters (..., n_parameters), by layer.

        Of the first the weights and biases, (..., n_inputs, n_hidden), with n_inputs = n_features + 1; of the second
        the weights, (..., n_hidden), and the bias, (..., 1).
        """
        end = n_inputs * self.n_hidden
        first = parameters[..., :end].reshape(*parameters.shape[:-1], n_inputs, self.n_hidden)
        return first, parameters[..., end:-1], parameters[..., -1:]

    def without(self, parameters: Array, neurons: Sequence[int]) -> Array:
        """Return the parameters with which these hidden neurons, counted from 0, say nothing to the output neuron."""
        silent = parameters.copy()
        silent[..., [neuron - self.n_hidden - 1 for neuron in neurons]] = 0.0
        return silent

    def hidden(self, parameters: Array, inputs: Array) -> Array:
        """Return what each hidden neuron says, (..., n_samples, n_hidden): activation(sum_j input_ij * weight_jk)."""
        first, _second, _bias = self.layers(parameters, inputs.shape[-1])
        return self.activation.value(inputs @ first)

    def forward(self, parameters: Array, inputs: Array) -> Array:
        """Predict: hidden_ik = activation(sum_j input_ij * first_jk), output_i = sum_k hidden_ik * second_k + bias.

        `parameters` (..., n_parameters), one network or a whole history; `inputs` (n_samples, n_features + 1), as
        `seen` returns them; returns outputs (..., n_samples).
        """
        first, second, bias = self.layers(parameters, inputs.shape[-1])
        hidden = self.activation.value(inputs @ first)
        return np.matvec(hidden, second) + bias

    def backward(self, parameters: Array, inputs: Array, outputs: Array, targets: Array, loss: Loss) -> Array:
        """Find the gradient of the loss by the chain rule, in the reverse order of `forward`.

        grad_output_i  = d loss / d output_i
        grad_second_k  = sum_i grad_output_i * hidden_ik,  and that of the bias  sum_i grad_output_i
        grad_hidden_ik = grad_output_i * second_k
        grad_sum_ik    = grad_hidden_ik * activation'(sum_ik)
        grad_first_jk  = sum_i input_ij * grad_sum_ik

        Shapes as in `forward`; returns (..., n_parameters).
        """
        first, second, _bias = self.layers(parameters, inputs.shape[-1])
        hidden = self.activation.value(inputs @ first)
        grad_output = loss.slope(outputs, targets)
        grad_bias = grad_output.sum(axis=-1, keepdims=True)
        grad_second = np.vecmat(grad_output, hidden)
        grad_hidden = grad_output[..., np.newaxis] * second[..., np.newaxis, :]
        grad_sums = grad_hidden * self.activation.slope(hidden)
        grad_first = inputs.T @ grad_sums
        flat = grad_first.reshape(*parameters.shape[:-1], -1)
        return np.concatenate([flat, grad_second, grad_bias], axis=-1)
