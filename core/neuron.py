"""One neuron without activation: forward and backward, as the article derives them.

Both run thousands of times a second, so they check nothing: data are checked where they enter, in
`core.data.dataset.Dataset` and `core.experiment.Experiment`.
"""

from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.losses import Loss


@dataclass(frozen=True)
class Neuron:
    """A weight for each feature and, with `has_bias`, a bias: one vector of parameters, the bias last.

    The bias is the weight of one more input that is always 1, which `seen` adds to the data.
    """

    has_bias: bool = True

    def n_parameters(self, n_features: int) -> int:
        """Return how many parameters there are."""
        return n_features + self.has_bias

    def seen(self, inputs: Array) -> Array:
        """Return the inputs as the neuron sees them, (n_samples, n_parameters): with a 1 in place of the bias's input.

        `inputs` (n_samples, n_features).
        """
        return np.column_stack([inputs, np.ones(len(inputs))]) if self.has_bias else inputs

    def forward(self, parameters: Array, inputs: Array) -> Array:
        """Predict: output_i = sum_j input_ij * parameter_j, with an input of 1 for the bias.

        `parameters` (..., n_parameters), one neuron or a whole history; `inputs` (n_samples, n_parameters), as `seen`
        returns them; returns outputs (..., n_samples), in target units.
        """
        return parameters.dot(inputs.T)

    def backward(self, parameters: Array, inputs: Array, outputs: Array, targets: Array, loss: Loss) -> Array:
        """Find the gradient of the loss by the chain rule, in the reverse order of `forward`.

        grad_output_i    = d loss / d output_i, which is 2 (output_i - target_i) / n for the mean squared error
        grad_parameter_j = sum_i grad_output_i * input_ij,  because d output_i / d parameter_j = input_ij

        For the bias input_ij = 1, so its gradient is the sum of grad_output. `inputs` (n_samples, n_parameters),
        `outputs` and `targets` (n_samples,); returns (n_parameters,). The parameters themselves have no say in it.
        """
        grad_output = loss.slope(outputs, targets)
        grad_parameters = grad_output.dot(inputs)
        return grad_parameters
