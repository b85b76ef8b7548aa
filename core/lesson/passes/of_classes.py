"""Backward passes of one neuron with the cross-entropy of two classes: its outputs are logits.

Shapes as in `core.lesson.passes.of_squares`.
"""

from core.activations import sigmoid
from core.checks import Array
from core.lesson.passes.of_squares import Gradients


def as_derived(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Do what the chain rule says: the slopes of cross-entropy and sigmoid together are p - target."""
    grad_output = (sigmoid(outputs) - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def takes_the_slope_twice(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Multiply by the slope of the sigmoid, which p - target already holds."""
    p = sigmoid(outputs)
    grad_output = (p - targets) * p * (1 - p) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def takes_the_class(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Take the class that is guessed for its probability, as the perceptron does."""
    grad_output = ((outputs > 0) - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def turns_the_sign(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Take the residual the wrong way round."""
    grad_output = (targets - sigmoid(outputs)) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias


def forgets_the_sum(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Overwrite instead of adding up, so that only the last sample counts."""
    grad_output = (sigmoid(outputs) - targets) / len(targets)
    grad_weights = grad_output[-1] * inputs[-1]
    grad_bias = grad_output[-1]
    return grad_weights, grad_bias


def forgets_the_mean(inputs: Array, outputs: Array, targets: Array) -> Gradients:
    """Add up over the samples instead of averaging."""
    grad_output = sigmoid(outputs) - targets
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return grad_weights, grad_bias
