"""What the settings describe: the data set, in its own units and as it is trained on, and the experiment."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np

from core.checks import Array
from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.data.standardising import standardise, to_standardised
from core.experiment import Experiment
from core.lesson.landing import far_start
from core.losses import SquaredError
from core.neuron import Neuron
from core.schedule import constant
from core.theory.quadratic import Quadratic, quadratic

KEPT = 64
ARTICLE_INPUT = 42.0
OPTIONS = {"noisy-thermometer": ("noise", "noise_seed"), "weighted-sum": ("features", "target")}
"""Settings that a data set itself is made from."""


def original(settings: Any) -> Dataset:
    """Return the data set that these settings describe, in its own units."""
    return _made(settings.dataset, tuple((name, getattr(settings, name)) for name in OPTIONS.get(settings.dataset, ())))


@lru_cache(maxsize=KEPT)
def _made(name: str, options: tuple[tuple[str, Any], ...]) -> Dataset:
    return DATASETS[name](**dict(options))


@cache
def dataset_names() -> dict[str, str]:
    """Return the English name of each data set."""
    return {slug: make().name for slug, make in DATASETS.items()}


def trained(settings: Any) -> Dataset:
    """Return the data set as it is trained on: standardised, if that was chosen."""
    return standardised(original(settings)) if settings.standardise else original(settings)


standardised = lru_cache(maxsize=KEPT)(standardise)


def loss(settings: Any) -> SquaredError:
    """Return the loss: with its gradient summed or averaged over the samples."""
    return SquaredError(summed=settings.summed)


def theory_of(settings: Any) -> Quadratic:
    """Return the theory of the data as they are trained on: of the neuron that learns by the right gradient."""
    data = trained(settings)
    return quadratic(data, Neuron(data.has_bias), loss(settings))


def own_rate(settings: Any) -> float:
    """Return the data set's own learning rate, as it is trained on."""
    return trained(settings).learning_rate / theory_of(settings).summands


def start(settings: Any) -> Array:
    """Return the parameters before training, in the units that are trained on, (n_parameters,)."""
    data = original(settings)
    parameters = np.array([*settings.weights, settings.bias] if data.has_bias else settings.weights)
    return to_standardised(data, parameters) if settings.standardise else parameters


def experiment_of(settings: Any, **others: Any) -> Experiment:
    """Return the experiment that these settings describe; `others` are more of its fields, such as another model."""
    return Experiment.on(
        trained(settings),
        start=start(settings),
        schedule=settings.learning_rate,
        iterations=settings.iterations,
        loss=loss(settings),
        nudges=settings.nudges,
        **others,
    )


def at_one_rate(settings: Any) -> Any:
    """Return the settings with the rate in the hand from the first step on, and without nudges: for a comparison."""
    return replace(settings, learning_rate=constant(settings.rate), nudges=(), iterations=max(settings.iterations, 1))


def start_of(settings: Any) -> tuple[float, ...]:
    """Return the start where none is typed: far away for a landing, drawn with a seed, or the data set's own."""
    data = original(settings)
    return far_start(quadratic(data), settings.land) if settings.land else own_start(data, settings.seed)


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


@lru_cache(maxsize=KEPT)
def article_sample(data: Dataset) -> int:
    """Return the number of the sample with input 42, which the article works through; the first one where none has."""
    return int(np.argmax((data.inputs == ARTICLE_INPUT).all(axis=1))) + 1


def n_parameters(settings: Any) -> int:
    """Return how many parameters the data set trains."""
    return len(original(settings).start)


def many_samples(settings: Any) -> bool:
    """Return whether there is more than one sample."""
    return original(settings).n_samples > 1


def averages(settings: Any) -> bool:
    """Return whether it makes a difference how the gradient is averaged, and the inputs scaled."""
    return original(settings).has_bias and many_samples(settings)
