"""Standardised inputs: each feature with mean 0 and standard deviation 1, which makes the valley of the loss round."""

from dataclasses import replace

import numpy as np

from core.checks import Array
from core.data.dataset import Dataset

LEARNING_RATE, ITERATIONS = 0.1, 100
"""What suits standardised data: their largest stable learning rate is near 1 for every data set."""


def standardise(dataset: Dataset) -> Dataset:
    """Return the data set with inputs (input - mean) / deviation, and the same start in the new units.

    Only for data sets with a bias, which takes up the means; others are returned as they are, and features that never
    change stay.
    """
    if not dataset.has_bias:
        return dataset
    means, deviations = moments(dataset)
    return replace(
        dataset,
        inputs=(dataset.inputs - means) / deviations,
        input_unit="σ",
        start=to_standardised(dataset, dataset.start),
        learning_rate=LEARNING_RATE,
        iterations=ITERATIONS,
    )


def moments(dataset: Dataset) -> tuple[Array, Array]:
    """Return mean and standard deviation of each feature, (n_features,); 1 for a feature that never changes."""
    means, deviations = dataset.inputs.mean(axis=0), dataset.inputs.std(axis=0)
    rounding = 1e-12 * np.abs(dataset.inputs).max(axis=0)
    return means, np.where(deviations > rounding, deviations, 1.0)


def to_standardised(dataset: Dataset, parameters: Array) -> Array:
    """Return the parameters that predict from standardised inputs what these predict from the original ones.

    weight_j * deviation_j, and bias + sum_j weight_j * mean_j; `parameters` (n_features + 1,), the bias last.
    """
    means, deviations = moments(dataset)
    weights, bias = parameters[:-1], parameters[-1]
    return np.append(weights * deviations, bias + weights @ means)


def to_original(dataset: Dataset, parameters: Array) -> Array:
    """Return the parameters that predict from the original inputs what these predict from standardised ones.

    weight_j / deviation_j, and bias - sum_j of these times mean_j; `parameters` (n_features + 1,), the bias last.
    """
    means, deviations = moments(dataset)
    weights, bias = parameters[:-1] / deviations, parameters[-1]
    return np.append(weights, bias - weights @ means)
