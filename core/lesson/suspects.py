"""The suspects: backward passes with typical slips, one of them right, and models that learn by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from core.checks import Array
from core.experiment import Model
from core.lesson.passes import of_classes, of_networks, of_outliers, of_squares
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from core.neuron import Neuron


class Verdict(Enum):
    """What is to be said of a backward pass."""

    RIGHT = "right"
    RESCALED = "rescaled"
    WRONG = "wrong"


@dataclass(frozen=True)
class Suspect:
    """A backward pass, written out as the article writes it, and what is to be said of it."""

    backward: Callable[..., Any]
    verdict: Verdict


LineUp = Mapping[str, Suspect]
"""Six suspects by their keys; where two line-ups share a key, the slip is the same."""

SUSPECTS: LineUp = {
    "as-derived": Suspect(of_squares.as_derived, Verdict.RIGHT),
    "listing": Suspect(of_squares.multiplies_by_outputs, Verdict.WRONG),
    "sign": Suspect(of_squares.turns_the_sign, Verdict.WRONG),
    "missing-sum": Suspect(of_squares.forgets_the_sum, Verdict.WRONG),
    "missing-two": Suspect(of_squares.forgets_the_two, Verdict.RESCALED),
    "bias-inputs": Suspect(of_squares.sums_inputs_for_the_bias, Verdict.WRONG),
}
"""Those of the article's neuron. `core.neuron.Neuron.backward` itself computes what `as_derived` does."""

OF_CLASSES: LineUp = {
    "missing-sum": Suspect(of_classes.forgets_the_sum, Verdict.WRONG),
    "slope-twice": Suspect(of_classes.takes_the_slope_twice, Verdict.WRONG),
    "missing-mean": Suspect(of_classes.forgets_the_mean, Verdict.RESCALED),
    "as-derived": Suspect(of_classes.as_derived, Verdict.RIGHT),
    "sign": Suspect(of_classes.turns_the_sign, Verdict.WRONG),
    "class": Suspect(of_classes.takes_the_class, Verdict.WRONG),
}
OF_OUTLIERS: LineUp = {
    "never-clipped": Suspect(of_outliers.never_clips, Verdict.WRONG),
    "extra-two": Suspect(of_outliers.keeps_the_two, Verdict.RESCALED),
    "bias-inputs": Suspect(of_outliers.sums_inputs_for_the_bias, Verdict.WRONG),
    "missing-sum": Suspect(of_outliers.forgets_the_sum, Verdict.WRONG),
    "as-derived": Suspect(of_outliers.as_derived, Verdict.RIGHT),
    "signs": Suspect(of_outliers.takes_the_signs, Verdict.WRONG),
}
OF_NETWORKS: LineUp = {
    "missing-mean": Suspect(of_networks.forgets_the_mean, Verdict.RESCALED),
    "missing-slope": Suspect(of_networks.forgets_the_slope, Verdict.WRONG),
    "as-derived": Suspect(of_networks.as_derived, Verdict.RIGHT),
    "transposed": Suspect(of_networks.transposes, Verdict.WRONG),
    "missing-sum": Suspect(of_networks.forgets_the_sum, Verdict.WRONG),
    "weighted-sums": Suspect(of_networks.takes_the_sums, Verdict.WRONG),
}
LINE_UPS = (SUSPECTS, OF_CLASSES, OF_OUTLIERS, OF_NETWORKS)


def line_up(model: Model, loss: Loss) -> LineUp:
    """Return the six suspects that go together with a model and a loss."""
    if isinstance(model, Network):
        return OF_NETWORKS
    return {CrossEntropy: OF_CLASSES, Huber: OF_OUTLIERS}.get(type(loss), SUSPECTS)


@dataclass(frozen=True)
class SuspectNeuron(Neuron):
    """A neuron that learns by the backward pass of a suspect, a key of its line-up, times the number of summands."""

    suspect: str = "as-derived"

    def backward(self, parameters: Array, inputs: Array, outputs: Array, targets: Array, loss: Loss) -> Array:
        """Return what the suspect takes for the gradient, (n_parameters,)."""
        gradient = np.empty(inputs.shape[1])
        features, weights = (inputs[:, :-1], gradient[:-1]) if self.has_bias else (inputs, gradient)
        known = (loss.delta,) if isinstance(loss, Huber) else ()
        weights[:], grad_bias = line_up(self, loss)[self.suspect].backward(features, outputs, targets, *known)
        if self.has_bias:
            gradient[-1] = grad_bias
        return gradient * loss.summands(targets)


@dataclass(frozen=True)
class SuspectNetwork(Network):
    """A network that learns by the backward pass of a suspect, a key of its line-up, times the number of summands."""

    suspect: str = "as-derived"

    def backward(self, parameters: Array, inputs: Array, outputs: Array, targets: Array, loss: Loss) -> Array:
        """Return what the suspect takes for the gradient, (n_parameters,)."""
        summands, n_samples = loss.summands(targets), len(targets)

        def loss_slope(outputs: Array, targets: Array) -> Array:
            return loss.slope(outputs, targets) * (n_samples / summands)

        first, second, _bias = self.layers(parameters, inputs.shape[1])
        hidden = self.hidden(parameters, inputs)
        layers = OF_NETWORKS[self.suspect].backward(
            inputs, hidden, outputs, targets, first, second, loss_slope, self.activation.slope
        )
        return np.concatenate([np.ravel(gradient) for gradient in layers]) * summands


def suspected(model: Model, suspect: str) -> Model:
    """Return the model as it would be if it learned by the backward pass of a suspect, a key of its line-up."""
    if isinstance(model, Network):
        return SuspectNetwork(model.n_hidden, model.activation, suspect)
    return SuspectNeuron(model.has_bias, suspect)


def behind_letters(letters: str, shuffle: int, suspects: LineUp = SUSPECTS) -> dict[str, str]:
    """Return which suspect hides behind each letter; `shuffle` seeds the draw."""
    order = np.random.default_rng(shuffle).permutation(list(suspects))
    return dict(zip(letters, order.tolist(), strict=True))
