"""The loss: how wrong the outputs are, as one number, and how that number changes with each output."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np

from core.activations import sigmoid
from core.checks import Array


@dataclass(frozen=True)
class Loss(ABC):
    """The mean over the samples of how wrong each output is; `summed` adds the gradient up instead of averaging it.

    Adding up makes the gradient n times as long, which only rescales the learning rate, as the article explains. The
    loss that is reported stays the mean, so that both can be compared.
    """

    summed: bool = False

    @abstractmethod
    def value(self, outputs: Array, targets: Array) -> Array:
        """Return the mean over the samples; outputs (..., n_samples) give (...,)."""

    @abstractmethod
    def slope(self, outputs: Array, targets: Array) -> Array:
        """Return d loss / d output_i, n times as large where it is summed; shapes as the outputs'."""

    @abstractmethod
    def curvature(self, outputs: Array, targets: Array) -> Array:
        """Return d² loss / d output_i², n times as large where it is summed; shapes as the outputs'."""

    @property
    @abstractmethod
    def greatest_curvature(self) -> float:
        """What the second derivative of one sample's loss over its output never exceeds."""

    def predicted(self, outputs: Array) -> Array:
        """Return what the outputs say in the units of the targets: here the outputs themselves."""
        return outputs

    def summands(self, targets: Array) -> int:
        """Return how many times the slope of the reported mean the gradient follows: n where it is summed, else 1."""
        return targets.shape[-1] if self.summed else 1


@dataclass(frozen=True)
class SquaredError(Loss):
    """The mean squared error, in squared target units."""

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

    def curvature(self, outputs: Array, targets: Array) -> Array:
        """Return 2 / n, the same everywhere: this loss is a parabola of each output."""
        return np.full(outputs.shape, 2 * self.summands(targets) / targets.shape[-1])

    @property
    def greatest_curvature(self) -> float:
        """What it is everywhere."""
        return 2.0


@dataclass(frozen=True)
class Huber(Loss):
    """Squared where it is small, and linear beyond `delta` (target units): an outlier pulls no harder than that.

    After Huber, Robust Estimation of a Location Parameter (1964).
    """

    delta: float = field(default=1.0, kw_only=True)

    def value(self, outputs: Array, targets: Array) -> Array:
        """Return the mean of r²/2 for |r| <= delta, else of delta (|r| - delta/2), with r = output - target."""
        sizes = np.abs(outputs - targets)
        near = np.minimum(sizes, self.delta)
        mean: Array = np.mean(near * (sizes - near / 2), axis=-1)
        return mean

    def slope(self, outputs: Array, targets: Array) -> Array:
        """Return r / n, but no more than delta / n either way."""
        return np.clip(outputs - targets, -self.delta, self.delta) * (self.summands(targets) / targets.shape[-1])

    def curvature(self, outputs: Array, targets: Array) -> Array:
        """Return 1 / n within delta, and 0 beyond."""
        return (np.abs(outputs - targets) <= self.delta) * (self.summands(targets) / targets.shape[-1])

    @property
    def greatest_curvature(self) -> float:
        """What it is within delta."""
        return 1.0


@dataclass(frozen=True)
class CrossEntropy(Loss):
    """The binary cross-entropy of classes 0 and 1; an output is a logit z, and p = 1 / (1 + e^-z) the probability of 1.

    It is computed from the logit: from a probability that has been rounded to 0 or 1 there is no way back.
    """

    def value(self, outputs: Array, targets: Array) -> Array:
        """Return the mean of -t ln p - (1 - t) ln (1 - p), which is max(z, 0) - t z + ln(1 + e^-|z|)."""
        with np.errstate(invalid="ignore"):  # infinity less infinity is no number: nor is that loss
            sure = np.maximum(outputs, 0.0) - targets * outputs
        mean: Array = np.mean(sure + np.log1p(np.exp(-np.abs(outputs))), axis=-1)
        return mean

    def slope(self, outputs: Array, targets: Array) -> Array:
        """Return (p_i - target_i) / n."""
        return (sigmoid(outputs) - targets) * (self.summands(targets) / targets.shape[-1])

    def curvature(self, outputs: Array, targets: Array) -> Array:
        """Return p_i (1 - p_i) / n."""
        share = sigmoid(outputs)
        return share * (1 - share) * (self.summands(targets) / targets.shape[-1])

    @property
    def greatest_curvature(self) -> float:
        """What p (1 - p) is at p = 1/2."""
        return 0.25

    def predicted(self, outputs: Array) -> Array:
        """Return the probability of class 1."""
        return sigmoid(outputs)


MEAN_SQUARED_ERROR = SquaredError()


def accuracy(predicted: Array, targets: Array) -> Array:
    """Return the share of samples on the right side of one half; predicted (..., n_samples) give (...,)."""
    share: Array = np.mean((predicted > 0.5) == (targets > 0.5), axis=-1)
    return share
