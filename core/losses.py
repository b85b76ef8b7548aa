"""The loss: how wrong the outputs are, as one number, and how that number changes with each output."""

from dataclasses import dataclass

import numpy as np

from core.checks import Array


@dataclass(frozen=True)
class SquaredError:
    """The mean squared error; `summed` adds the gradient up over the samples instead of averaging it.

    Adding up makes the gradient n times as long, which only rescales the learning rate, as the article explains. The
    loss that is reported stays the mean, in squared target units, so that both can be compared.
    """

    summed: bool = False

    def value(self, outputs: Array, targets: Array) -> Array:
        """Return sum_i (output_i - target_i)^2 / n; outputs (..., n_samples) give (...,)."""
        residuals = outputs - targets
        mean: Array = np.einsum("...i,...i->...", residuals, residuals) / targets.shape[-1]
        return mean

    def slope(self, outputs: Array, targets: Array) -> Array:
        """Return d loss / d output_i = 2 (output_i - target_i) / n, or without the 1/n where it is summed.

        The 2 comes from the square, the 1/n from the mean; shapes as the outputs'.
        """
        return (outputs - targets) * (2 * self.summands(targets) / targets.shape[-1])

    def summands(self, targets: Array) -> int:
        """Return how many times the slope of the reported mean the gradient follows: n where it is summed, else 1."""
        return targets.shape[-1] if self.summed else 1


MEAN_SQUARED_ERROR = SquaredError()
