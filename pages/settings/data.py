"""What the settings describe: the data set, in its own units and as it is trained on, and the experiment."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np

from core.checks import Array
from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.data.holding_out import hold_out
from core.data.more import MORE_DATASETS
from core.data.standardising import standardise, to_standardised
from core.experiment import Experiment
from core.lesson.differences import usual_step
from core.lesson.landing import far_start
from core.losses import SquaredError
from core.network import Network
from core.neuron import Neuron
from core.schedule import constant
from core.theory.in_force import fixed_limits
from core.theory.limits import Limits
from core.theory.quadratic import Quadratic, quadratic
from pages.settings import learner
from pages.settings.learner import FIRST_SEED, OWN, batches_of, loss_of, model_of, optimiser_of, recipe_of
from pages.settings.own import own_data

KEPT = 64
SEED, NOISY = ("noise_seed",), ("noise", "noise_seed")
OPTIONS = {
    "weighted-sum": ("features", "target"),
    "two-clouds": ("gap", *SEED),
    **dict.fromkeys(("noisy-thermometer", "sine", "step", "moons"), NOISY),
    **dict.fromkeys(("xor", "circles", "spirals"), SEED),
    OWN: (OWN,),
}
"""Settings that a data set itself is made from."""


def has_option(settings: Any, name: str) -> bool:
    """Return whether the data set itself is made from this setting."""
    return name in OPTIONS.get(settings.dataset, ())


def original(settings: Any) -> Dataset:
    """Return the data set that these settings describe, in its own units."""
    return _made(settings.dataset, tuple((name, getattr(settings, name)) for name in OPTIONS.get(settings.dataset, ())))


@lru_cache(maxsize=KEPT)
def _made(name: str, options: tuple[tuple[str, Any], ...]) -> Dataset:
    return {**DATASETS, **MORE_DATASETS, OWN: own_data}[name](**dict(options))


@cache
def english_names() -> dict[str, str]:
    """Return the English name of each data set."""
    return {slug: make().name for slug, make in {**DATASETS, **MORE_DATASETS, OWN: own_data}.items()}


def trained(settings: Any) -> Dataset:
    """Return the data set as it is trained on: standardised, and without a held-out part, if that was chosen."""
    return _parts(settings)[0]


def held_out(settings: Any) -> Dataset | None:
    """Return the samples that training never sees, in the units that are trained on; None where it sees all."""
    return _parts(settings)[1]


def _parts(settings: Any) -> tuple[Dataset, Dataset | None]:
    data = standardised(original(settings)) if settings.standardise else original(settings)
    return parted(data, settings.held_out, settings.held_out_seed) if settings.held_out else (data, None)


standardised = lru_cache(maxsize=KEPT)(standardise)
parted = lru_cache(maxsize=KEPT)(hold_out)


def own_units(settings: Any) -> Dataset:
    """Return the samples that are trained on, in their own units."""
    data = original(settings)
    return parted(data, settings.held_out, settings.held_out_seed)[0] if settings.held_out else data


def n_trained(settings: Any) -> int:
    """Return how many samples are trained on."""
    return own_units(settings).n_samples


def theory_of(settings: Any) -> Quadratic | None:
    """Return the theory of the neuron that learns by the right gradient; None where the loss is no parabola."""
    data, loss = trained(settings), loss_of(settings)
    model = model_of(settings, data)
    if not isinstance(model, Neuron) or not isinstance(loss, SquaredError):
        return None
    return quadratic(data, model, loss, optimiser_of(settings), batches_of(settings, data) is not None)


def limits_of(settings: Any) -> Limits | None:
    """Return the limits of the learning rate that hold wherever a run stands; None where they move while it trains."""
    data = trained(settings)
    return fixed_limits(data, model_of(settings, data), loss_of(settings), optimiser_of(settings))


def own_rate(settings: Any) -> float:
    """Return the learning rate that data, model and optimiser begin with, as the data are trained on."""
    data = trained(settings)
    return learner.own_rate(settings, data) / loss_of(settings).summands(data.targets)


def own_check_step(settings: Any) -> float:
    """Return how far apart the two losses are taken for a gradient check."""
    return usual_step(model_of(settings, trained(settings)), loss_of(settings))


def own_iterations(settings: Any) -> int:
    """Return how many iterations data and model begin with."""
    return recipe_of(settings).iterations if settings.model == "network" else trained(settings).iterations


def start(settings: Any) -> Array:
    """Return the parameters before training, in the units that are trained on, (n_parameters,)."""
    data = original(settings)
    parameters = np.array([*settings.weights, settings.bias] if data.has_bias else settings.weights)
    return to_standardised(data, parameters) if settings.standardise else parameters


def experiment_of(settings: Any, **others: Any) -> Experiment:
    """Return the experiment that these settings describe; `others` are more of its fields, such as another model."""
    data = trained(settings)
    described = {
        "model": model_of(settings, data),
        "start": start(settings),
        "schedule": settings.learning_rate,
        "iterations": settings.iterations,
        "loss": loss_of(settings),
        "optimiser": optimiser_of(settings),
        "batches": batches_of(settings, data),
        "nudges": settings.nudges,
    }
    return Experiment.on(data, **{**described, **others})


def at_one_rate(settings: Any) -> Any:
    """Return the settings with the rate in the hand from the first step on, and without nudges: for a comparison."""
    return replace(settings, learning_rate=constant(settings.rate), nudges=(), iterations=max(settings.iterations, 1))


def start_of(settings: Any) -> tuple[float, ...]:
    """Return the start where none is typed: far away for a landing, drawn with a seed, or the data set's own."""
    data = original(settings)
    if settings.model == "network":
        return tuple(Network(settings.hidden).start(data.n_features, settings.seed).tolist())
    return far_start(quadratic(data), settings.land) if settings.land else own_start(data, settings.seed)


def own_seed(settings: Any) -> int | None:
    """Return the seed of the start where none is chosen: a network's is always drawn."""
    return FIRST_SEED if settings.model == "network" else None


@lru_cache(maxsize=KEPT)
def own_start(data: Dataset, seed: int | None) -> tuple[float, ...]:
    """Return the data set's own start; with a seed one drawn from [0, 1), weights first, as the article does."""
    if seed is None:
        return tuple(data.start.tolist())
    return tuple(np.random.default_rng(seed).random(len(data.start)).tolist())


@lru_cache(maxsize=KEPT)
def sensible_tolerance(data: Dataset) -> float:
    """Return one digit of a hundredth of the targets' spread: half a degree, or a cent of the tips."""
    spread = float(data.targets.std()) or float(np.abs(data.targets).max()) / 10 or 1.0
    return float(f"{spread / 100:.0e}")


def n_parameters(settings: Any) -> int:
    """Return how many parameters are trained."""
    data = original(settings)
    return model_of(settings, data).n_parameters(data.n_features)


def n_weights(settings: Any) -> int:
    """Return how many parameters there are besides the last one, the bias."""
    return n_parameters(settings) - original(settings).has_bias


def many_samples(settings: Any) -> bool:
    """Return whether there is more than one sample."""
    return original(settings).n_samples > 1


def averages(settings: Any) -> bool:
    """Return whether it makes a difference how the gradient is averaged, and the inputs scaled."""
    return original(settings).has_bias and many_samples(settings)
