"""The loss: how wrong the outputs are, as one number, and how that number changes with each output."""

import numpy as np

from core.checks import Array, finite_array, same_length


def mean_squared_error(outputs: Array, targets: Array) -> float:
    """Return the mean (not the sum) of the squared residuals: sum_i (output_i - target_i)^2 / n.

    `outputs` and `targets` (n_samples,); the result is in squared target units.
    Raises ValueError on empty, non-finite or unequally long arguments.
    """
    outputs, targets = finite_array("outputs", outputs, 1), finite_array("targets", targets, 1)
    same_length("outputs", outputs, len(targets), "samples")
    return float(np.mean((outputs - targets) ** 2))


def mean_squared_error_slope(outputs: Array, targets: Array) -> Array:
    """Return d loss / d output_i = 2 (output_i - target_i) / n, shape (n_samples,).

    The 2 comes from the square, the 1/n from the mean.
    """
    return (outputs - targets) * (2 / len(targets))
