"""Backward passes of one neuron with the mean squared error.

`inputs` (n_samples, n_features), `outputs` and `targets` (n_samples,); returns the gradients of the weights,
(n_features,), and of the bias.
"""

import numpy as np

from core.checks import Array

Gradients = tuple[Array, float]


def multiplies_by_outputs(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Do what the article's published listing does: multiply by the output instead of the input."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = np.full(inputs.shape[1], grad_output @ outputs)
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def turns_the_sign(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Take the residual the wrong way round."""
    grad_output = 2 * (targets - outputs) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def forgets_the_sum(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Overwrite instead of adding up, so that only the last sample counts."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = grad_output[-1] * inputs[-1]
    grad_bias = grad_output[-1]
    return grad_weights, grad_bias


def forgets_the_two(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Leave out the factor 2 of the square's derivative."""
    grad_output = (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def sums_inputs_for_the_bias(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Multiply the bias's gradient by the inputs, as if the bias were a weight."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = (grad_output @ inputs).sum()
    return grad_weights, grad_bias


def as_derived(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Do what the chain rule says: the app's own backward pass, written out like the others."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias
