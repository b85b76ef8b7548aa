"""Which limits of the learning rate are in force for a run, and how far they can be relied on."""

from enum import Enum
from functools import lru_cache

import numpy as np

from core.checks import Array
from core.data.dataset import Dataset
from core.experiment import Experiment, Model
from core.losses import Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.optimisers import GradientDescent, Optimiser
from core.theory.factors import has_factors, limits_with, stable_product
from core.theory.limits import NO_LIMITS, Limits
from core.theory.sharpness import curvatures_along, sharpness
from core.training import History

KEPT = 64
NEAR, LOOKED_AT = 0.1, 9
"""A run is at the edge that stays within this share of it at so many iterations of its last half."""


class LimitKind(Enum):
    """How far a limit can be relied on, from wherever a run stands to only where it is now."""

    EXACT = "the loss is a parabola, and where there is a limit it decides"
    WHOLE = "so it would be if each step saw all samples"
    EVERYWHERE = "nowhere is the loss steeper: below the limit no run explodes"
    STEEPEST = "nowhere is the loss steeper, but with momentum that proves nothing"
    MOVING = "so it is where the run stands"


def limit_kind(experiment: Experiment) -> LimitKind:
    """Return how far the limits of an experiment can be relied on."""
    if fixed_limits_of(experiment) is None:
        return LimitKind.MOVING
    if experiment.batches is not None:
        return LimitKind.WHOLE
    if isinstance(experiment.loss, SquaredError):
        return LimitKind.EXACT
    return LimitKind.EVERYWHERE if isinstance(experiment.optimiser, GradientDescent) else LimitKind.STEEPEST


def fixed_limits_of(experiment: Experiment) -> Limits | None:
    """Return the limits that hold wherever a run stands; None for a network, where they move."""
    return fixed_limits(experiment.data, experiment.model, experiment.loss, experiment.optimiser)


@lru_cache(maxsize=KEPT)
def fixed_limits(data: Dataset, model: Model, loss: Loss, optimiser: Optimiser) -> Limits | None:
    """Return the same of its parts; of what learns by a wrong gradient nothing is known.

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
    fixed = fixed_limits_of(history.experiment)
    if fixed:
        return fixed
    return limits_at(history, history.iterations if history.diverged_at is None else int(history.loss.argmin()))


def limits_at(history: History, iteration: int) -> Limits:
    """Return the limits of the learning rate as they are where the run stands at an iteration."""
    return limits_along(history, [iteration])[0]


def limits_along(history: History, iterations: list[int]) -> list[Limits]:
    """Return the limits of the learning rate at each of these iterations; infinite where nothing is known of them."""
    optimiser = history.experiment.optimiser
    if not has_factors(optimiser):
        return [NO_LIMITS] * len(iterations)
    values = curvatures_along(history, iterations)
    return [limits_with(optimiser, row) if np.isfinite(row).all() else NO_LIMITS for row in values]


def edge_shares(history: History, iterations: list[int]) -> Array:
    """Return the sharpness over what is stable at the learning rate, (n,): 1 is the edge of stability.

    sharpness * learning_rate / 2, with momentum over what takes the 2's place.
    """
    product = stable_product(history.experiment.optimiser)
    with np.errstate(over="ignore", invalid="ignore"):
        return sharpness(history, iterations) * history.learning_rate / product


def is_at_edge(history: History) -> bool:
    """Return whether the sharpness stays at the edge of the learning rate over the last half of a run."""
    if history.diverged_at is not None or history.iterations < 2:
        return False
    last_half = np.linspace(history.iterations // 2, history.iterations, LOOKED_AT).round().astype(int).tolist()
    return bool(np.all(np.abs(edge_shares(history, last_half) - 1) <= NEAR))
