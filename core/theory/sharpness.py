"""The sharpness: the largest eigenvalue of the loss's Hessian where a run stands.

A step at a rate above 2 / sharpness overshoots along the steepest direction, and farther each time. Where the loss is
no parabola that limit moves while the run trains: Cohen, Kaur, Li, Kolter and Talwalkar, Gradient descent on neural
networks typically occurs at the edge of stability (2021).
"""

from functools import lru_cache

import numpy as np

from core.checks import Array
from core.data.dataset import Dataset
from core.experiment import Experiment, Model
from core.losses import Loss
from core.network import Network
from core.neuron import Neuron
from core.optimisers import Optimiser
from core.theory.factors import has_factors, limits_with, stable_product
from core.theory.limits import NO_LIMITS, Limits
from core.training import History

KEPT = 64


def sharpness(history: History, iterations: list[int]) -> Array:
    """Return the sharpness at these iterations, (n,); infinite where the Hessian is too large for a computer."""
    return curvatures(history.experiment, history.parameters[iterations])[..., -1]


def edge_shares(history: History, iterations: list[int]) -> Array:
    """Return the sharpness over what is stable at the learning rate, (n,): 1 is the edge of stability.

    sharpness * learning_rate / 2, with momentum over what takes the 2's place.
    """
    product = stable_product(history.experiment.optimiser)
    with np.errstate(over="ignore", invalid="ignore"):
        return sharpness(history, iterations) * history.learning_rate / product


def limits_at(history: History, iteration: int) -> Limits:
    """Return the limits of the learning rate as they are where the run stands at an iteration."""
    return limits_along(history, [iteration])[0]


def limits_along(history: History, iterations: list[int]) -> list[Limits]:
    """Return the limits of the learning rate at each of these iterations; infinite where nothing is known of them."""
    optimiser = history.experiment.optimiser
    if not has_factors(optimiser):
        return [NO_LIMITS] * len(iterations)
    values = curvatures(history.experiment, history.parameters[iterations])
    return [limits_with(optimiser, row) if np.isfinite(row).all() else NO_LIMITS for row in values]


@lru_cache(maxsize=KEPT)
def fixed_limits(data: Dataset, model: Model, loss: Loss, optimiser: Optimiser) -> Limits | None:
    """Return the limits of the learning rate that hold wherever a run stands; None for a network, where they move.

    Of what learns by a wrong gradient nothing is known.

    The Hessian of one neuron's loss is at most greatest_curvature/n X'X: for the squared error it is that everywhere,
    for the cross-entropy, 1/4n X'X, where all probabilities are one half.
    """
    if type(model) is not Neuron:
        return None if type(model) is Network else NO_LIMITS
    inputs = model.seen(data.inputs)
    most = loss.greatest_curvature * loss.summands(data.targets) / data.n_samples * inputs.T @ inputs
    values = np.linalg.eigvalsh(most)
    return limits_with(optimiser, np.where(values > values[-1] * len(values) * np.finfo(float).eps, values, 0.0))


def limits_in_force(history: History) -> Limits:
    """Return the limits that always hold, or else those of the place where a run ends.

    Of a run that exploded it is the place with the least loss.
    """
    now = history.experiment
    fixed = fixed_limits(now.data, now.model, now.loss, now.optimiser)
    if fixed:
        return fixed
    return limits_at(history, history.iterations if history.diverged_at is None else int(history.loss.argmin()))


def curvatures(experiment: Experiment, parameters: Array) -> Array:
    """Return the eigenvalues of the Hessian that a step follows, ascending; (..., n_parameters) like the parameters."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = hessian(experiment, parameters)
        known = np.isfinite(found).all(axis=(-2, -1))
        values = np.full(parameters.shape, np.inf)
        values[known] = np.linalg.eigvalsh(found[known])
    return values


def hessian(experiment: Experiment, parameters: Array, data: Dataset | None = None) -> Array:
    """Return the second derivatives of the loss that a step follows, (..., n_parameters, n_parameters).

    sum_i loss''_i J_i J_i' + loss'_i H_i, with J_i the slopes and H_i the second derivatives of output i: exact, from
    the same chain rule as the backward pass.
    """
    model, loss, data = experiment.model, experiment.loss, data or experiment.data
    inputs, targets = model.seen(data.inputs), data.targets
    outputs = model.forward(parameters, inputs)
    slopes = jacobian(experiment, parameters, inputs)
    gauss_newton = (slopes.swapaxes(-1, -2) * loss.curvature(outputs, targets)[..., np.newaxis, :]) @ slopes
    if not isinstance(model, Network):
        return gauss_newton
    return gauss_newton + _bending(model, parameters, inputs, loss.slope(outputs, targets))


def jacobian(experiment: Experiment, parameters: Array, inputs: Array) -> Array:
    """Return the slopes of each output over each parameter, (..., n_samples, n_parameters)."""
    model = experiment.model
    if not isinstance(model, Network):
        return np.broadcast_to(inputs, (*parameters.shape[:-1], *inputs.shape))
    hidden = model.hidden(parameters, inputs)
    _first, second, _bias = model.layers(parameters, inputs.shape[-1])
    over_sums = second[..., np.newaxis, :] * model.activation.slope(hidden)
    over_first = inputs[:, :, np.newaxis] * over_sums[..., np.newaxis, :]
    flat = over_first.reshape(*hidden.shape[:-1], -1)
    return np.concatenate([flat, hidden, np.ones((*hidden.shape[:-1], 1))], axis=-1)


def _bending(model: Network, parameters: Array, inputs: Array, grad_output: Array) -> Array:
    """Return sum_i grad_output_i H_i, of the second derivatives of the outputs.

    Only what belongs to the same hidden neuron bends: its first weights with each other, by second · activation'' ·
    input · input, and each of them with its second weight, by activation' · input.
    """
    hidden, n_inputs, n_hidden = model.hidden(parameters, inputs), inputs.shape[-1], model.n_hidden
    _first, second, _bias = model.layers(parameters, n_inputs)
    inner = grad_output[..., np.newaxis] * model.activation.curvature(hidden) * second[..., np.newaxis, :]
    outer = grad_output[..., np.newaxis] * model.activation.slope(hidden)
    within = np.einsum("...ik,ij,il->...kjl", inner, inputs, inputs)
    across = np.einsum("...ik,ij->...kj", outer, inputs)
    result = np.zeros((*parameters.shape, parameters.shape[-1]))
    for k in range(n_hidden):
        own, weight = np.arange(n_inputs) * n_hidden + k, n_inputs * n_hidden + k
        result[..., own[:, np.newaxis], own] = within[..., k, :, :]
        result[..., own, weight] = result[..., weight, own] = across[..., k, :]
    return result
