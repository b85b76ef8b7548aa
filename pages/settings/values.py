"""Which lists of numbers a setting takes, and what the values of some are called."""

from collections.abc import Callable
from typing import Any, Literal

from core.data.builtin import DATASETS
from pages.settings import data
from pages.settings.kinds import Kind, several
from pages.settings.learner import OWN, has_network, model_of
from pages.settings.places import MAX_ITERATIONS
from telling.names import parameter_names
from wording import N_, _

MAX_DATA = 1e100
"""Data end here, so that their squares are still numbers."""
MAX_RATES = 6
PATH: Literal["path"] = "path"
"""The plane of the path's own two directions."""


def is_of_lines(dataset: str) -> bool:
    """Return whether one neuron's line is enough for a data set, or may be."""
    return dataset in DATASETS or dataset == OWN


def dataset_names(settings: Any) -> dict[str, str]:
    """Return the data sets and their names: those of one neuron's lines, and once more neurons are opened all."""
    names = {slug: _(name) for slug, name in data.english_names().items() if settings.more or is_of_lines(slug)}
    is_withheld = OWN in settings.hide and settings.dataset != OWN
    return {slug: name for slug, name in names.items() if slug != OWN or not is_withheld}


def model_names(settings: Any) -> dict[str, str]:
    """Return the models that go together with the data."""
    names = {"neuron": _("one neuron"), "network": _("hidden layer")}
    return names if has_network(settings.dataset) else {"neuron": names["neuron"]}


def activation_names(settings: Any) -> dict[str, str]:
    """Return the activations."""
    return {"tanh": "tanh", "sigmoid": "sigmoid", "relu": "ReLU", "identity": _("none")}


def loss_names(settings: Any) -> dict[str, str]:
    """Return the losses that go together with the data."""
    names = {"squared": _("mean squared error"), "huber": _("Huber")}
    return {**names, "cross-entropy": _("cross-entropy")} if data.original(settings).has_classes else names


def optimiser_names(settings: Any) -> dict[str, str]:
    """Return the optimisers."""
    return {
        "descent": _("plain descent"),
        "momentum": _("momentum (heavy ball)"),
        "nesterov": _("Nesterov's momentum"),
        "rmsprop": "RMSProp",
        "adam": "Adam",
    }


def muted_neurons(values: tuple[float, ...]) -> tuple[int, ...]:
    """Return the numbers of neurons, from 1, in order; raise ValueError unless they are whole numbers."""
    if any(value < 1 for value in values):
        raise ValueError(values)
    return tuple(sorted(set(whole_iterations(values))))


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


def whole_iterations(values: tuple[float, ...]) -> tuple[int, ...]:
    """Return the values as iterations; raise ValueError unless all are whole and within reach."""
    if any(value != int(value) or not 0 <= value <= MAX_ITERATIONS for value in values):
        raise ValueError(values)
    return tuple(int(value) for value in values)


def two_parameters(values: tuple[float, ...]) -> tuple[int, int]:
    """Return the values in order; raise ValueError unless they number two different parameters, counted from 1."""
    first, second = sorted(whole_iterations(values))
    if first == second or first < 1:
        raise ValueError(values)
    return first, second


def watched_names(settings: Any) -> dict[str, str]:
    """Return what can be watched: of classes which share is right; the error of a parabola, else the sharpness."""
    names = {"weight": _("weight"), "output": _("output")}
    if data.original(settings).has_classes:
        names = {"accuracy": _("share right"), **names}
    if data.theory_of(settings):
        return {**names, "error": _("error, steep")}
    return {"sharpness": _("sharpness"), **names}


def own_watched(settings: Any) -> str:
    """Return what is watched where nothing else was chosen."""
    if data.original(settings).has_classes:
        return "accuracy"
    if data.theory_of(settings) is None:
        return "sharpness"
    return "weight" if data.many_samples(settings) else "output"


def names_of_parameters(settings: Any) -> list[str]:
    """Return what the parameters are called."""
    made = data.original(settings)
    return parameter_names(made, model_of(settings, made))


def numbered_parameters(settings: Any) -> dict[int, str]:
    """Return what the parameters are called, by their numbers, counted from 1."""
    return dict(enumerate(names_of_parameters(settings), start=1))


def plane() -> Kind:
    """Two parameters, or the two directions in which the path is longest."""
    pair = several(N_("the numbers of two different parameters, or path"), two_parameters)

    def or_path(read: Callable[[str], Any]) -> Callable[[str], Any]:
        return lambda text: PATH if text.strip() == PATH else read(text)

    def write(value: Any) -> str:
        return PATH if value == PATH else pair.write(value)

    return Kind(pair.allowed, or_path(pair.read), or_path(pair.parse), write)


def has_parameters(settings: Any, chosen: tuple[int, int] | Literal["path"]) -> bool:
    """Return whether there are the parameters of a plane."""
    return chosen == PATH or max(chosen) <= data.n_parameters(settings)
