"""Backward passes of one neuron with Huber's loss, which grows evenly beyond `delta`, so that outliers pull no harder.

Shapes as in `core.lesson.passes.of_squares`.
"""

import numpy as np

from core.checks import Array
from core.lesson.passes.of_squares import Gradients


def as_derived(inputs: Array, outputs: Array, targets: Array, delta: float) -> Gradients:
    """Do what the chain rule says: the error, but no more than delta either way."""
    grad_output = np.clip(outputs - targets, -delta, delta) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def never_clips(inputs: Array, outputs: Array, targets: Array, delta: float) -> Gradients:
    """Follow the square of the errors, large ones too."""
    grad_output = (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def takes_the_signs(inputs: Array, outputs: Array, targets: Array, delta: float) -> Gradients:
    """Follow the sizes of the errors, small ones too."""
    grad_output = delta * np.sign(outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def keeps_the_two(inputs: Array, outputs: Array, targets: Array, delta: float) -> Gradients:
    """Keep the factor 2 of the squared error's derivative, which Huber's loss has not got."""
    grad_output = 2 * np.clip(outputs - targets, -delta, delta) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def forgets_the_sum(inputs: Array, outputs: Array, targets: Array, delta: float) -> Gradients:
    """Overwrite instead of adding up, so that only the last sample counts."""
    grad_output = np.clip(outputs - targets, -delta, delta) / len(targets)
    grad_weights = grad_output[-1] * inputs[-1]
    grad_bias = grad_output[-1]
    return grad_weights, grad_bias


def sums_inputs_for_the_bias(inputs: Array, outputs: Array, targets: Array, delta: float) -> Gradients:
    """Multiply the bias's gradient by the inputs, as if the bias were a weight."""
    grad_output = np.clip(outputs - targets, -delta, delta) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = (grad_output @ inputs).sum()
    return grad_weights, grad_bias
