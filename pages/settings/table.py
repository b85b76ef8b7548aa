"""Everything a person can set, in one table: the same word is the widget's key, the field and the name in the link."""

import sys
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from core.datasets import DATASETS, Dataset
from core.neuron import Neuron
from core.standardising import standardise
from pages.settings.kinds import Kind, choice, flag, number, numbers, whole_number
from wording import LANGUAGES, N_, _, exact

MAX_ITERATIONS = 100_000
MAX_SEED = 2**31 - 1
MAX_DATA = 1e100
"""Data end here, so that their squares are still numbers."""
LOSS_AXES = ("linear", "log")
VIEWS = ("contour", "3d")
SUBSTEPS = ("all", "1", "2", "3", "4", "5")
SAMPLES = ("one", "all")
SUSPECTS = ("A", "B", "C", "D", "E", "F")
MAX_RATES = 6
ARTICLE_INPUT = 42.0


@dataclass(frozen=True)
class Settings:
    """What a run is made from; None stands for the data set's own value."""

    dataset: str = "celsius"
    learning_rate: float | None = None
    iterations: int | None = None
    weights: tuple[float, ...] | None = None
    bias: float | None = None
    seed: int | None = None
    noise: float = 10.0
    noise_seed: int = 0
    features: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    target: float = 100.0
    loss_axis: str = "linear"
    standardise: bool = False
    summed: bool = False
    tolerance: float | None = None
    rows: tuple[int, ...] = ()
    rates: tuple[float, ...] | None = None
    plane: tuple[int, ...] = (1, 2)
    view: str = "contour"
    iteration: int = 0
    sample: int | None = None
    substep: str = "all"
    squares: bool = False
    digits: bool = False
    parameter: int = 1
    samples: str = "all"
    at: float | None = None
    suspect: str = "A"
    shuffle: int = 0
    check_step: float = 1e-3
    lang: str | None = None


def four(values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values; raise ValueError unless there are four, none too great to be squared."""
    if len(values) != 4 or max(map(abs, values)) > MAX_DATA:
        raise ValueError(values)
    return values


def some_rates(values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values; raise ValueError unless they are one to six learning rates."""
    if not 1 <= len(values) <= MAX_RATES or min(values) < 0:
        raise ValueError(values)
    return values


def whole(values: tuple[float, ...]) -> tuple[int, ...]:
    """Return the values as iterations; raise ValueError unless all are whole and within reach."""
    if any(value != int(value) or not 0 <= value <= MAX_ITERATIONS for value in values):
        raise ValueError(values)
    return tuple(int(value) for value in values)


def two_parameters(values: tuple[float, ...]) -> tuple[int, ...]:
    """Return the values; raise ValueError unless they number two different parameters, counted from 1."""
    first, second = whole(values)
    if first == second or min(first, second) < 1:
        raise ValueError(values)
    return first, second


A_SEED = N_("a whole number from 0 to 2147483647")
AN_ITERATION = N_("a whole number from 0 to 100000")
NOT_NEGATIVE = N_("a number, zero or greater")

TABLE: dict[str, Kind] = {
    "dataset": choice(N_("Data set"), *DATASETS),
    "learning_rate": number(N_("Learning rate"), NOT_NEGATIVE, low=0.0),
    "iterations": whole_number(N_("Iterations"), N_("a whole number from 1 to 100000"), 1, MAX_ITERATIONS),
    "weights": numbers(N_("Start weights"), N_("one number for each weight")),
    "bias": number(N_("Start bias")),
    "seed": whole_number(N_("Seed"), A_SEED, 0, MAX_SEED),
    "noise": number(N_("Noise"), NOT_NEGATIVE, low=0.0, high=MAX_DATA),
    "noise_seed": whole_number(N_("Seed of the noise"), A_SEED, 0, MAX_SEED),
    "features": numbers(N_("Features"), N_("four numbers"), four),
    "target": number(N_("Target"), low=-MAX_DATA, high=MAX_DATA),
    "loss_axis": choice(N_("Loss axis"), *LOSS_AXES),
    "standardise": flag(N_("Standardise the inputs")),
    "summed": flag(N_("Sum the gradient over the samples")),
    "tolerance": number(N_("Tolerance"), N_("a number greater than zero"), low=sys.float_info.min),
    "rows": numbers(N_("More iterations"), N_("a list of at most 100 iterations from 0 to 100000"), whole),
    "rates": numbers(N_("Learning rates"), N_("one to six numbers, zero or greater"), some_rates),
    "plane": numbers(N_("Parameters of the surface"), N_("the numbers of two different parameters"), two_parameters),
    "view": choice(N_("View"), *VIEWS),
    "iteration": whole_number(N_("Iteration"), AN_ITERATION, 0, MAX_ITERATIONS),
    "sample": whole_number(N_("Sample"), N_("the number of a sample, from 1"), 1, MAX_ITERATIONS),
    "substep": choice(N_("Part of the step"), *SUBSTEPS),
    "squares": flag(N_("Squares")),
    "digits": flag(N_("Every digit")),
    "parameter": whole_number(N_("Parameter"), N_("the number of a parameter, from 1"), 1, 5),
    "samples": choice(N_("Samples"), *SAMPLES),
    "at": number(N_("Value of the parameter")),
    "suspect": choice(N_("Suspect"), *SUSPECTS),
    "shuffle": whole_number(N_("Seed of the names"), A_SEED, 0, MAX_SEED),
    "check_step": number(N_("Step of the differences"), N_("a number from 1e-15 to 100"), 1e-15, 100.0),
    "lang": choice(N_("Language"), *LANGUAGES),
}

DECIDED_BY_DATA = ("learning_rate", "iterations", "weights", "bias", "tolerance", "rates", "sample", "at")
KEPT_ON_CHANGE_OF_DATASET = {"loss_axis", "lang"}
DATASET_OPTIONS = {"noisy-thermometer": ("noise", "noise_seed"), "weighted-sum": ("features", "target")}
"""Settings that the data set itself is made from."""


def make_dataset(settings: Settings) -> Dataset:
    """Return the data set that these settings describe, in its own units."""
    options = {name: getattr(settings, name) for name in DATASET_OPTIONS.get(settings.dataset, ())}
    return DATASETS[settings.dataset](**options)


def trained_dataset(settings: Settings) -> Dataset:
    """Return the data set as it is trained on: standardised, if that was chosen."""
    dataset = make_dataset(settings)
    return standardise(dataset) if settings.standardise else dataset


def summands(settings: Settings, dataset: Dataset) -> int:
    """Return what the gradient of the mean is multiplied by: the number of samples where it is summed."""
    return dataset.n_samples if settings.summed else 1


def complete(settings: Settings) -> Settings:
    """Return the settings with the data set's own values where nothing was chosen, the start included.

    A seed draws weights and bias from [0, 1); typed weights and a typed bias come before it.
    """
    dataset, trained = make_dataset(settings), trained_dataset(settings)
    start = dataset.start if settings.seed is None else drawn_start(dataset, settings.seed)
    return replace(
        settings,
        learning_rate=_given(settings.learning_rate, trained.learning_rate / summands(settings, trained)),
        iterations=_given(settings.iterations, trained.iterations),
        weights=_given(settings.weights, tuple(start.weights.tolist())),
        bias=_given(settings.bias, start.bias) if dataset.trains_bias else dataset.start.bias,
        tolerance=_given(settings.tolerance, sensible_tolerance(dataset)),
        sample=_given(settings.sample, article_sample(dataset)),
    )


def sensible_tolerance(dataset: Dataset) -> float:
    """Return one digit of a hundredth of the targets' spread: half a degree, or a cent of the tips."""
    spread = float(dataset.targets.std()) or float(np.abs(dataset.targets).max()) / 10 or 1.0
    return float(f"{spread / 100:.0e}")


def article_sample(dataset: Dataset) -> int:
    """Return the number of the sample with input 42, which the article works through; the first one where none has."""
    return int(np.argmax((dataset.inputs == ARTICLE_INPUT).all(axis=1))) + 1


def drawn_start(dataset: Dataset, seed: int) -> Neuron:
    """Draw each weight, then the bias where one is trained, uniformly from [0, 1), as the article does."""
    generator = np.random.default_rng(seed)
    weights = generator.random(dataset.n_features)
    return Neuron(weights, float(generator.random()) if dataset.trains_bias else 0.0)


def _given(chosen: Any, own: Any) -> Any:
    return own if chosen is None else chosen


def is_allowed(name: str, value: Any) -> bool:
    """Return whether a value could stand in a link."""
    try:
        return bool(TABLE[name].read(TABLE[name].write(value)) == value)
    except (TypeError, ValueError):
        return False


def as_text(value: Any) -> str:
    """Write a setting's value the way a person of this language would type it."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, tuple):
        return "; ".join(map(exact, value))
    return exact(value) if isinstance(value, int | float) else value or ""


def from_address(address: dict[str, str]) -> tuple[Settings, list[tuple[str, str]]]:
    """Read a link; return its settings, and each (name, text) that is unknown or not allowed and was left out."""
    settings, faults = Settings(), []
    for name in sorted(address, key=lambda name: name != "dataset"):
        try:
            settings = replace(settings, **{name: fitting(name, TABLE[name].read(address[name]), settings)})
        except (KeyError, ValueError, OverflowError):
            faults.append((name, address[name]))
    return settings, faults


def fitting(name: str, value: Any, settings: Settings) -> Any:
    """Return the value; raise ValueError where it does not suit the data set, as four weights for one feature."""
    dataset = make_dataset(settings)
    if name == "weights" and len(value) != dataset.n_features:
        raise ValueError(value)
    if name == "sample" and value > dataset.n_samples:
        raise ValueError(value)
    if name == "parameter" and value > dataset.n_features + dataset.trains_bias:
        raise ValueError(value)
    if name == "plane" and max(value) > dataset.n_features + dataset.trains_bias:
        raise ValueError(value)
    return value


def to_address(settings: Settings) -> dict[str, str]:
    """Return what a link must hold: every setting that differs from its default."""
    undecided: dict[str, Any] = dict.fromkeys(DECIDED_BY_DATA)
    own, used = complete(replace(settings, **undecided)), complete(settings)
    return {
        field.name: TABLE[field.name].write(value)
        for field in fields(Settings)
        if (value := getattr(settings, field.name)) not in (field.default, None)
        and (field.name not in DECIDED_BY_DATA or getattr(used, field.name) != getattr(own, field.name))
    }
