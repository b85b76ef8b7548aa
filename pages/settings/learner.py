"""What the settings say learns from the data: model, loss, optimiser and batches, and what each begins with."""

from typing import Any

from core.activations import ACTIVATIONS
from core.batches import Batches
from core.data.dataset import Dataset
from core.data.more import RECIPES, Recipe
from core.data.own import SHARE_OF_LIMIT
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.optimisers import OPTIMISERS, Momentum, Nesterov, Optimiser
from core.theory.quadratic import quadratic

NETWORKS_FIRST = {"sine", "step", "xor", "circles", "moons", "spirals"}
"""Data for which one neuron is not enough: there the network comes first."""
OWN = "own"
"""What a link calls the data that a person brought."""
NO_RECIPE = Recipe(8, 0.1, 1000, "descent")
ALL_RECIPES = {**RECIPES, OWN: Recipe(8, 0.05, 1000, "adam")}
OF_CURVES, OF_CLASSES, ADAPTIVE = 0.1, 0.5, 0.05
"""Learning rates of a network: plain or with momentum on curves and on classes; and of those that pace themselves."""
FIRST_SEED = 1
"""The start of a network where nobody has drawn another."""
ADAPTIVE_REACH = 3.0
"""What paces itself moves by about the learning rate a step: so many times its way is what it gets by default."""


def has_network(dataset: str) -> bool:
    """Return whether a network is offered: where a line is all that the data need, it would only hide that."""
    return dataset in ALL_RECIPES


def own_model(dataset: str) -> str:
    """Return which model a data set begins with."""
    return "network" if dataset in NETWORKS_FIRST else "neuron"


def recipe_of(settings: Any) -> Recipe:
    """Return what a network begins with on the data set."""
    return ALL_RECIPES.get(settings.dataset, NO_RECIPE)


def own_optimiser(settings: Any) -> str:
    """Return which optimiser the model begins with."""
    return recipe_of(settings).optimiser if settings.model == "network" else "descent"


def model_of(settings: Any, data: Dataset) -> Neuron | Network:
    """Return the model."""
    if settings.model == "network":
        return Network(settings.hidden, ACTIVATIONS[settings.activation])
    return Neuron(data.has_bias)


def loss_of(settings: Any) -> Loss:
    """Return the loss, with its gradient summed or averaged over the samples."""
    if settings.loss == "huber":
        return Huber(settings.summed, delta=settings.delta)
    return CrossEntropy(settings.summed) if settings.loss == "cross-entropy" else SquaredError(settings.summed)


def optimiser_of(settings: Any) -> Optimiser:
    """Return the optimiser."""
    kind = OPTIMISERS[settings.optimiser]
    return kind(settings.momentum) if issubclass(kind, Momentum | Nesterov) else kind()


def batches_of(settings: Any, data: Dataset) -> Batches | None:
    """Return the batches; None where each step sees all samples."""
    return Batches(settings.batch, settings.batch_seed) if settings.batch < data.n_samples else None


def own_rate(settings: Any, data: Dataset) -> float:
    """Return the learning rate that data, model and optimiser begin with, of a gradient that is averaged."""
    if settings.model == "network":
        return _of_network(settings, data)
    if is_adaptive(settings):
        return _of_pace(data)
    if data.has_classes and settings.loss != "cross-entropy":
        return float(f"{SHARE_OF_LIMIT * quadratic(data).limits.stable:.1g}")
    return data.learning_rate


def is_adaptive(settings: Any) -> bool:
    """Return whether the optimiser gives each parameter a pace of its own."""
    return settings.optimiser in ("rmsprop", "adam")


def _of_network(settings: Any, data: Dataset) -> float:
    recipe = recipe_of(settings)
    if settings.optimiser == recipe.optimiser:
        return recipe.learning_rate
    if is_adaptive(settings):
        return ADAPTIVE
    return OF_CLASSES if data.has_classes else OF_CURVES


def _of_pace(data: Dataset) -> float:
    """Return the rate with which so many steps of its own length lead from the start to the best, and some farther."""
    way = float(abs(quadratic(data).best(data.start) - data.start).max()) or 1.0
    return ADAPTIVE if data.has_classes else float(f"{ADAPTIVE_REACH * way / data.iterations:.1g}")
