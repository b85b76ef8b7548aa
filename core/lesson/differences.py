"""The gradient check: is a gradient right? Compare it with finite differences, which need no derivation at all."""

from collections.abc import Callable

import numpy as np

from core.checks import Array
from core.experiment import Experiment, Model
from core.losses import Loss, SquaredError
from core.neuron import Neuron
from core.training import losses

DEFAULT_STEP, BENT_STEP = 1e-3, 1e-5
"""The step where the loss is a parabola, and where it bends otherwise: there a large step is not exact."""
AGREEMENT = 1e-6
"""A relative difference below this is agreement."""

Differences = Callable[[Experiment, Array, Array], Array]


def gradient_at(experiment: Experiment, parameters: Array) -> Array:
    """Return the gradient that the experiment's own backward pass finds, (n_parameters,)."""
    inputs = experiment.model.seen(experiment.data.inputs)
    outputs = experiment.model.forward(parameters, inputs)
    return experiment.model.backward(parameters, inputs, outputs, experiment.data.targets, experiment.loss)


def forward_differences(experiment: Experiment, parameters: Array, step: float | Array) -> Array:
    """Approximate each slope from one side: (loss(p + step) - loss(p)) / step. Off by step/2 times the curvature.

    One step or many, (...,); returns (..., n_parameters). Raises ValueError unless every step is greater than zero.
    """
    return _differences(experiment, parameters, np.asarray(step), 0.0)


def central_differences(experiment: Experiment, parameters: Array, step: float | Array = DEFAULT_STEP) -> Array:
    """Approximate each slope from both sides: (loss(p + step) - loss(p - step)) / 2 step. Exact for a parabola.

    One step or many, (...,); returns (..., n_parameters). Raises ValueError unless every step is greater than zero.
    """
    return _differences(experiment, parameters, np.asarray(step), -1.0)


def _differences(experiment: Experiment, parameters: Array, step: Array, behind: float) -> Array:
    if not (step > 0).all():
        raise ValueError(f"step must be greater than zero, but is {step.min()}")
    moves = step[..., np.newaxis, np.newaxis] * np.eye(len(parameters))
    there, back = parameters + moves, parameters + behind * moves
    rise = _losses(experiment, there) - _losses(experiment, back if behind else parameters[np.newaxis])
    # The step that was taken, which rounding keeps from being the one that was asked for.
    taken = (there - back).diagonal(axis1=-2, axis2=-1)
    slopes = np.divide(rise, taken, out=np.zeros_like(rise), where=taken != 0)
    return slopes * experiment.loss.summands(experiment.data.targets)


def _losses(experiment: Experiment, parameters: Array) -> Array:
    return losses(experiment, parameters.reshape(-1, parameters.shape[-1])).reshape(parameters.shape[:-1])


def relative_difference(one: Array, other: Array) -> float:
    """Return the distance of two gradients over the length of the longer one; 0 for two zeros."""
    length = max(float(np.linalg.norm(one)), float(np.linalg.norm(other)))
    return float(np.linalg.norm(one - other)) / length if length else 0.0


def agrees(experiment: Experiment, parameters: Array) -> bool:
    """Return whether the experiment's backward pass agrees with central differences here."""
    gradient, step = gradient_at(experiment, parameters), usual_step(experiment.model, experiment.loss)
    return relative_difference(gradient, central_differences(experiment, parameters, step)) < AGREEMENT


def usual_step(model: Model, loss: Loss) -> float:
    """Return a step at which central differences are as good as exact."""
    return DEFAULT_STEP if isinstance(model, Neuron) and isinstance(loss, SquaredError) else BENT_STEP


def difference_errors(experiment: Experiment, parameters: Array, steps: Array) -> tuple[Array, Array]:
    """Return how far forward and central differences are from the analytic gradient, for each step, (n_steps,)."""
    analytic = gradient_at(experiment, parameters)

    def errors(differences: Differences) -> Array:
        return np.array([relative_difference(found, analytic) for found in differences(experiment, parameters, steps)])

    return errors(forward_differences), errors(central_differences)
