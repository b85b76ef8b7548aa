"""Standardised inputs: each feature with mean 0 and standard deviation 1, which makes the valley of the loss round."""

from dataclasses import replace

import numpy as np

from core.datasets import Dataset
from core.neuron import Neuron

LEARNING_RATE, ITERATIONS = 0.1, 100
"""What suits standardised data: their largest stable learning rate is near 1 for every data set."""


def standardise(dataset: Dataset) -> Dataset:
    """Return the data set with inputs (input - mean) / deviation, and the same start in the new units.

    Only for data sets that train a bias, which takes up the means; others, and features that never change, stay.
    """
    if not dataset.trains_bias:
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


def moments(dataset: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of each feature, (n_features,); 1 for a feature that never changes."""
    means, deviations = dataset.inputs.mean(axis=0), dataset.inputs.std(axis=0)
    rounding = 1e-12 * np.abs(dataset.inputs).max(axis=0)
    return means, np.where(deviations > rounding, deviations, 1.0)


def to_standardised(dataset: Dataset, neuron: Neuron) -> Neuron:
    """Return the neuron that predicts from standardised inputs what `neuron` predicts from the original ones."""
    means, deviations = moments(dataset)
    return Neuron(neuron.weights * deviations, float(neuron.bias + neuron.weights @ means))


def to_original(dataset: Dataset, neuron: Neuron) -> Neuron:
    """Return the neuron that predicts from the original inputs what `neuron` predicts from standardised ones."""
    means, deviations = moments(dataset)
    weights = neuron.weights / deviations
    return Neuron(weights, float(neuron.bias - weights @ means))
