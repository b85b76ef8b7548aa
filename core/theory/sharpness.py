"""The sharpness: the largest eigenvalue of the loss's Hessian where a run stands.

A step at a rate above 2 / sharpness overshoots along the steepest direction, and farther each time. Where the loss is
no parabola that limit moves while the run trains: Cohen, Kaur, Li, Kolter and Talwalkar, Gradient descent on neural
networks typically occurs at the edge of stability (2021).
"""

from functools import lru_cache

import numpy as np

from core.checks import Array
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.network import Network
from core.training import History

KEPT = 8


def sharpness(history: History, iterations: list[int]) -> Array:
    """Return the sharpness at these iterations, (n,); infinite where the Hessian is too large for a computer."""
    return curvatures_along(history, iterations)[..., -1]


def curvatures_along(history: History, iterations: list[int]) -> Array:
    """Return the eigenvalues of the Hessian at these iterations, (n, n_parameters), each worked out once for a run."""
    known = _known_of(history)
    if new := [iteration for iteration in dict.fromkeys(iterations) if iteration not in known]:
        known.update(zip(new, curvatures(history.experiment, history.parameters[new]), strict=True))
    return np.array([known[iteration] for iteration in iterations])


@lru_cache(maxsize=KEPT)
def _known_of(history: History) -> dict[int, Array]:
    """Return where what is known of a run is kept: several parts of a page ask for it."""
    return {}


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
