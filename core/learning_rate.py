"""The theory of the learning rate: the best possible neuron, and the rates at which training overshoots and explodes.

The mean squared error of a linear neuron is a parabola in every direction of its parameters. Its Hessian's
eigenvalues say how steep: along an eigenvector with eigenvalue h, one step multiplies the error by
1 - learning_rate * h.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.checks import Array
from core.datasets import Dataset
from core.neuron import Neuron

ROUNDING = 1e-12
"""Rates that differ by a smaller share than this are equal but for rounding."""
CREEPING_SHARE = 0.1
"""Below this share of the monotone limit even the steepest error shrinks by less than a tenth a step."""


@dataclass(frozen=True)
class Limits:
    """Three learning rates, from the smallest (non-zero) and the largest eigenvalue of the Hessian.

    `monotone` = 1 / max: up to here no direction overshoots. `fastest` = 2 / (min + max): the quickest in the long
    run. `stable` = 2 / max: from here on training bounces for ever or explodes. All are infinite for flat data.
    """

    monotone: float
    fastest: float
    stable: float


class Regime(Enum):
    """What a learning rate does to the error, from too small to too large."""

    CREEPING = "creeping"
    MONOTONE = "monotone"
    OVERSHOOTING = "overshooting"
    BOUNCING = "bouncing"
    DIVERGING = "diverging"


def design_matrix(dataset: Dataset) -> Array:
    """Return the inputs with one column for each trained parameter, (n_samples, n_parameters).

    A bias is the weight of one more input that is always 1.
    """
    if not dataset.trains_bias:
        return dataset.inputs
    return np.column_stack([dataset.inputs, np.ones(dataset.n_samples)])


def hessian(dataset: Dataset) -> Array:
    """Return the second derivatives of the mean squared error, 2/n X'X, (n_parameters, n_parameters)."""
    design = design_matrix(dataset)
    return 2 / dataset.n_samples * design.T @ design


def eigenvalues(dataset: Dataset) -> Array:
    """Return the Hessian's eigenvalues, ascending; what only rounding keeps from zero is zero."""
    values = np.linalg.eigvalsh(hessian(dataset))
    return np.where(values > values[-1] * len(values) * np.finfo(float).eps, values, 0.0)


def condition_number(dataset: Dataset) -> float:
    """Return the largest eigenvalue over the smallest non-zero one: how narrow the valley of the loss is."""
    sloping = eigenvalues(dataset)
    sloping = sloping[sloping > 0]
    return float(sloping[-1] / sloping[0]) if sloping.size else math.inf


def limits(dataset: Dataset) -> Limits:
    """Return the learning rates 1/max, 2/(min + max) and 2/max of the Hessian's non-zero eigenvalues."""
    sloping = eigenvalues(dataset)
    sloping = sloping[sloping > 0]
    if not sloping.size:
        return Limits(math.inf, math.inf, math.inf)
    smallest, largest = float(sloping[0]), float(sloping[-1])
    return Limits(1 / largest, 2 / (smallest + largest), 2 / largest)


def scaled_limits(limits: Limits, factor: float) -> Limits:
    """Return the limits times a factor: 1/n, where the gradient is summed over n samples instead of averaged."""
    return Limits(limits.monotone * factor, limits.fastest * factor, limits.stable * factor)


def regime(learning_rate: float, limits: Limits) -> Regime:
    """Return what training at this rate does; at the stable limit itself, to 12 digits, it bounces for ever."""
    if math.isclose(learning_rate, limits.stable, rel_tol=ROUNDING):
        return Regime.BOUNCING
    if learning_rate > limits.stable:
        return Regime.DIVERGING
    if learning_rate > limits.monotone * (1 + ROUNDING):
        return Regime.OVERSHOOTING
    return Regime.MONOTONE if learning_rate >= CREEPING_SHARE * limits.monotone else Regime.CREEPING


def step_factors(learning_rate: float, eigenvalues: Array) -> Array:
    """Return what one step multiplies the error along each sloping direction by: 1 - learning_rate * eigenvalue."""
    factors: Array = 1 - learning_rate * eigenvalues[eigenvalues > 0]
    return factors


def half_life(factor: float) -> float:
    """Return after how many steps an error is half as large that each step multiplies by `factor`.

    ln 1/2 / ln |factor|. Zero where one step does it all; infinite where it never shrinks.
    """
    size = abs(factor)
    return 0.0 if size == 0 else math.inf if size >= 1 else math.log(0.5) / math.log(size)


def exact_fit(dataset: Dataset, start: Neuron | None = None) -> Neuron:
    """Return the neuron with the least loss, by least squares: X^+ targets.

    Where many neurons are equally good it is the one nearest to `start`, which is where training from there goes:
    start + X^+ (targets - outputs of start). Without a `start`, the one with the smallest weights.
    """
    if start is None or eigenvalues(dataset)[0] > 0:
        start = Neuron(np.zeros(dataset.n_features), 0.0 if dataset.trains_bias or start is None else start.bias)
    with np.errstate(over="ignore", invalid="ignore"):
        missing = dataset.targets - dataset.inputs @ start.weights - start.bias
    if not np.isfinite(missing).all():  # so far away that no number says how far: there is no way from there
        return exact_fit(dataset)
    change = np.linalg.lstsq(design_matrix(dataset), missing, rcond=None)[0]
    bias_change = float(change[-1]) if dataset.trains_bias else 0.0
    return Neuron(start.weights + change[: dataset.n_features], start.bias + bias_change)
