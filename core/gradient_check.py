"""Is a gradient right? Backward passes with typical slips, and the check that finds them: compare with differences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.checks import Array
from core.datasets import Dataset
from core.neuron import Gradient, Neuron, backward
from core.training import Backward, losses

DEFAULT_STEP = 1e-3


class Verdict(Enum):
    """What is to be said of a backward pass."""

    RIGHT = "right"
    RESCALED = "rescaled"
    WRONG = "wrong"


@dataclass(frozen=True)
class Rule:
    """A backward pass, and what is to be said of it."""

    backward: Backward
    verdict: Verdict


def multiplies_by_outputs(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Do what the article's published listing does: multiply by the output instead of the input."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = np.full(inputs.shape[1], grad_output @ outputs)
    grad_bias = grad_output.sum()
    return Gradient(grad_weights, grad_bias)


def turns_the_sign(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Take the residual the wrong way round."""
    grad_output = 2 * (targets - outputs) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return Gradient(grad_weights, grad_bias)


def forgets_the_sum(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Overwrite instead of adding up, so that only the last sample counts."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = grad_output[-1] * inputs[-1]
    grad_bias = grad_output[-1]
    return Gradient(grad_weights, grad_bias)


def forgets_the_two(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Leave out the factor 2 of the square's derivative."""
    grad_output = (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return Gradient(grad_weights, grad_bias)


def sums_inputs_for_the_bias(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Multiply the bias's gradient by the inputs, as if the bias were a weight."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = (grad_output @ inputs).sum()
    return Gradient(grad_weights, grad_bias)


def as_derived(inputs: Array, outputs: Array, targets: Array) -> Gradient:
    """Do what the chain rule says: the app's own backward pass, written out like the others."""
    grad_output = 2 * (outputs - targets) / len(targets)
    grad_weights = grad_output @ inputs
    grad_bias = grad_output.sum()
    return Gradient(grad_weights, grad_bias)


RULES: Mapping[str, Rule] = {
    "as-derived": Rule(as_derived, Verdict.RIGHT),
    "listing": Rule(multiplies_by_outputs, Verdict.WRONG),
    "sign": Rule(turns_the_sign, Verdict.WRONG),
    "missing-sum": Rule(forgets_the_sum, Verdict.WRONG),
    "missing-two": Rule(forgets_the_two, Verdict.RESCALED),
    "bias-inputs": Rule(sums_inputs_for_the_bias, Verdict.WRONG),
}
"""The suspects. `core.neuron.backward` itself computes what `as_derived` does."""


def forward_differences(dataset: Dataset, neuron: Neuron, step: float) -> Gradient:
    """Approximate each slope from one side: (loss(p + step) - loss(p)) / step. Off by step/2 times the curvature."""
    return _differences(dataset, neuron, step, 0.0)


def central_differences(dataset: Dataset, neuron: Neuron, step: float = DEFAULT_STEP) -> Gradient:
    """Approximate each slope from both sides: (loss(p + step) - loss(p - step)) / 2 step. Exact for a parabola."""
    return _differences(dataset, neuron, step, -step)


def _differences(dataset: Dataset, neuron: Neuron, ahead: float, behind: float) -> Gradient:
    if not ahead > 0:
        raise ValueError(f"step must be greater than zero, but is {ahead}")
    count = dataset.n_features + 1
    moves = np.eye(count)
    parameters = np.append(neuron.weights, neuron.bias)
    there, back = (parameters + shift * moves for shift in (ahead, behind))
    rise = losses(dataset, there[:, :-1], there[:, -1]) - losses(dataset, back[:, :-1], back[:, -1])
    # The step that was taken, which rounding keeps from being the one that was asked for.
    taken = (there - back).diagonal()
    slopes = np.divide(rise, taken, out=np.zeros_like(rise), where=taken != 0)
    return Gradient(slopes[:-1], float(slopes[-1]))


def gradient_vector(dataset: Dataset, gradient: Gradient) -> Array:
    """Return the slopes of the trained parameters, weights first, (n_parameters,)."""
    return np.append(gradient.weights, gradient.bias) if dataset.trains_bias else gradient.weights


def relative_difference(one: Array, other: Array) -> float:
    """Return the distance of two gradients over the length of the longer one; 0 for two zeros."""
    length = max(float(np.linalg.norm(one)), float(np.linalg.norm(other)))
    return float(np.linalg.norm(one - other)) / length if length else 0.0


def difference_errors(dataset: Dataset, neuron: Neuron, steps: Array) -> tuple[Array, Array]:
    """Return how far forward and central differences are from the analytic gradient, for each step, (n_steps,)."""
    outputs = dataset.inputs @ neuron.weights + neuron.bias
    analytic = gradient_vector(dataset, backward(dataset.inputs, outputs, dataset.targets))

    def errors(differences: Callable[[Dataset, Neuron, float], Gradient]) -> Array:
        vectors = (gradient_vector(dataset, differences(dataset, neuron, step)) for step in steps.tolist())
        return np.array([relative_difference(vector, analytic) for vector in vectors])

    return errors(forward_differences), errors(central_differences)
