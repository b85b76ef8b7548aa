"""The suspects: backward passes with typical slips, one of them right, and neurons that learn by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.checks import Array
from core.losses import Loss
from core.neuron import Neuron

Gradients = tuple[Array, float]
"""The gradients of the weights, (n_features,), and of the bias."""
Backward = Callable[[Array, Array, Array], Gradients]


class Verdict(Enum):
    """What is to be said of a backward pass."""

    RIGHT = "right"
    RESCALED = "rescaled"
    WRONG = "wrong"


@dataclass(frozen=True)
class Suspect:
    """A backward pass, written out as the article writes it, and what is to be said of it."""

    backward: Backward
    verdict: Verdict


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


SUSPECTS: Mapping[str, Suspect] = {
    "as-derived": Suspect(as_derived, Verdict.RIGHT),
    "listing": Suspect(multiplies_by_outputs, Verdict.WRONG),
    "sign": Suspect(turns_the_sign, Verdict.WRONG),
    "missing-sum": Suspect(forgets_the_sum, Verdict.WRONG),
    "missing-two": Suspect(forgets_the_two, Verdict.RESCALED),
    "bias-inputs": Suspect(sums_inputs_for_the_bias, Verdict.WRONG),
}
"""The suspects. `core.neuron.Neuron.backward` itself computes what `as_derived` does."""


@dataclass(frozen=True)
class SuspectNeuron(Neuron):
    """A neuron that learns by the backward pass of a suspect, a key of SUSPECTS, times the number of summands."""

    suspect: str = "as-derived"

    def backward(self, parameters: Array, inputs: Array, outputs: Array, targets: Array, loss: Loss) -> Array:
        """Return what the suspect takes for the gradient, (n_parameters,)."""
        gradient = np.empty(inputs.shape[1])
        features, weights = (inputs[:, :-1], gradient[:-1]) if self.has_bias else (inputs, gradient)
        weights[:], grad_bias = SUSPECTS[self.suspect].backward(features, outputs, targets)
        if self.has_bias:
            gradient[-1] = grad_bias
        return gradient * loss.summands(targets)


def behind_letters(letters: str, shuffle: int) -> dict[str, str]:
    """Return which suspect hides behind each letter; `shuffle` seeds the draw."""
    order = np.random.default_rng(shuffle).permutation(list(SUSPECTS))
    return dict(zip(letters, order.tolist(), strict=True))
