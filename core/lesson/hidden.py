"""The hidden layer in one training step: every number of it, forwards and backwards."""

from dataclasses import dataclass

import numpy as np

from core.activations import Activation
from core.checks import Array
from core.lesson.step import Step
from core.network import Network


@dataclass(frozen=True, eq=False)
class HiddenLayer:
    """The hidden neurons, for each sample that the step sees, (n_samples, n_hidden), and their parameters.

    Forwards: the weighted `sums`, the `values` that the activation makes of them, and the `products`, values times
    weights into the output. Backwards: `grad_values` = d loss / d values, the activation's own `slopes`, and
    `grad_sums` = grad_values * slopes. `first` (n_features + 1, n_hidden) holds weights and, last, biases; `second`
    (n_hidden,) the weights into the output.
    """

    activation: Activation
    first: Array
    second: Array
    sums: Array
    values: Array
    products: Array
    grad_values: Array
    slopes: Array
    grad_sums: Array

    @property
    def n_hidden(self) -> int:
        return len(self.second)

    def strongest(self, sample: int) -> int:
        """Return which neuron, counted from 0, adds most to the output of a sample, up or down."""
        return int(np.argmax(np.abs(self.products[sample])))


def hidden_layer(step: Step) -> HiddenLayer | None:
    """Return what the hidden layer computes in a step; None where the model has none."""
    model = step.experiment.model
    if not isinstance(model, Network):
        return None
    first, second, _bias = model.layers(step.parameters, step.inputs.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        sums = step.inputs @ first
        values = model.activation.value(sums)
        grad_values, slopes = step.grad_output[:, np.newaxis] * second, model.activation.slope(values)
        return HiddenLayer(
            activation=model.activation,
            first=first,
            second=second,
            sums=sums,
            values=values,
            products=values * second,
            grad_values=grad_values,
            slopes=slopes,
            grad_sums=grad_values * slopes,
        )
