"""Backward passes of a network with one hidden layer, for any loss and any activation.

`inputs` (n_samples, n_inputs), the last one the biases' 1; `hidden` (n_samples, n_hidden), `outputs` and `targets`
(n_samples,), `first` (n_inputs, n_hidden), `second` (n_hidden,). `loss_slope` is that of one sample's loss. Returns the
gradients of the first layer, shaped as `first`, of the second one's weights, and of the output's bias.
"""

from collections.abc import Callable

import numpy as np

from core.checks import Array

LayerGradients = tuple[Array, Array, float]
OfLoss = Callable[[Array, Array], Array]
OfActivation = Callable[[Array], Array]
# The formatter would give each of the eight arguments a line of its own.
# fmt: off


def forgets_the_slope(
    inputs: Array, hidden: Array, outputs: Array, targets: Array, first: Array, second: Array,
    loss_slope: OfLoss, activation_slope: OfActivation,
) -> LayerGradients:
    """Leave out the slope of the activation."""
    grad_output = loss_slope(outputs, targets) / len(targets)
    grad_bias = grad_output.sum()
    grad_second = grad_output @ hidden
    grad_hidden = np.outer(grad_output, second)
    grad_first = inputs.T @ grad_hidden
    return grad_first, grad_second, grad_bias


def transposes(
    inputs: Array, hidden: Array, outputs: Array, targets: Array, first: Array, second: Array,
    loss_slope: OfLoss, activation_slope: OfActivation,
) -> LayerGradients:
    """Multiply the other way round, and make the shape fit by force: the numbers land at other weights."""
    grad_output = loss_slope(outputs, targets) / len(targets)
    grad_bias = grad_output.sum()
    grad_second = grad_output @ hidden
    grad_hidden = np.outer(grad_output, second)
    grad_sums = grad_hidden * activation_slope(hidden)
    grad_first = (grad_sums.T @ inputs).reshape(first.shape)
    return grad_first, grad_second, grad_bias


def as_derived(
    inputs: Array, hidden: Array, outputs: Array, targets: Array, first: Array, second: Array,
    loss_slope: OfLoss, activation_slope: OfActivation,
) -> LayerGradients:
    """Do what the chain rule says: the app's own backward pass, written out like the others."""
    grad_output = loss_slope(outputs, targets) / len(targets)
    grad_bias = grad_output.sum()
    grad_second = grad_output @ hidden
    grad_hidden = np.outer(grad_output, second)
    grad_sums = grad_hidden * activation_slope(hidden)
    grad_first = inputs.T @ grad_sums
    return grad_first, grad_second, grad_bias


def forgets_the_mean(
    inputs: Array, hidden: Array, outputs: Array, targets: Array, first: Array, second: Array,
    loss_slope: OfLoss, activation_slope: OfActivation,
) -> LayerGradients:
    """Add up over the samples instead of averaging."""
    grad_output = loss_slope(outputs, targets)
    grad_bias = grad_output.sum()
    grad_second = grad_output @ hidden
    grad_hidden = np.outer(grad_output, second)
    grad_sums = grad_hidden * activation_slope(hidden)
    grad_first = inputs.T @ grad_sums
    return grad_first, grad_second, grad_bias


def takes_the_sums(
    inputs: Array, hidden: Array, outputs: Array, targets: Array, first: Array, second: Array,
    loss_slope: OfLoss, activation_slope: OfActivation,
) -> LayerGradients:
    """Multiply by the weighted sums, as if there were no activation, in place of what the hidden neurons say."""
    grad_output = loss_slope(outputs, targets) / len(targets)
    grad_bias = grad_output.sum()
    grad_second = grad_output @ (inputs @ first)
    grad_hidden = np.outer(grad_output, second)
    grad_sums = grad_hidden * activation_slope(hidden)
    grad_first = inputs.T @ grad_sums
    return grad_first, grad_second, grad_bias


def forgets_the_sum(
    inputs: Array, hidden: Array, outputs: Array, targets: Array, first: Array, second: Array,
    loss_slope: OfLoss, activation_slope: OfActivation,
) -> LayerGradients:
    """Overwrite instead of adding up, so that only the last sample counts."""
    grad_output = loss_slope(outputs, targets) / len(targets)
    grad_bias = grad_output[-1]
    grad_second = grad_output[-1] * hidden[-1]
    grad_hidden = np.outer(grad_output, second)
    grad_sums = grad_hidden * activation_slope(hidden)
    grad_first = np.outer(inputs[-1], grad_sums[-1])
    return grad_first, grad_second, grad_bias
