"""The data sets a neuron can be trained on, each with its names, units and a sensible way to start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from core.checks import Array, finite_array, finite_number, same_length
from core.neuron import Neuron


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples and how to begin learning from them.

    `inputs` (n_samples, n_features) and `targets` (n_samples,) are kept as read-only float64 copies. Without
    `trains_bias` the bias stays where it starts. Raises ValueError, naming the argument, on bad shapes or numbers.
    """

    name: str
    inputs: Array
    targets: Array
    input_names: tuple[str, ...]
    input_unit: str
    target_name: str
    target_unit: str
    start: Neuron
    learning_rate: float
    iterations: int
    trains_bias: bool = True

    def __post_init__(self) -> None:
        inputs, targets = finite_array("inputs", self.inputs, 2), finite_array("targets", self.targets, 1)
        same_length("targets", targets, len(inputs), "samples")
        object.__setattr__(self, "inputs", inputs)
        object.__setattr__(self, "targets", targets)
        object.__setattr__(self, "start", self.checked("start", self.start))

    def checked(self, name: str, neuron: Neuron) -> Neuron:
        """Return `neuron` with float64 parameters; raise ValueError unless they are finite and fit these inputs."""
        weights = finite_array(f"{name}.weights", neuron.weights, 1)
        same_length(f"{name}.weights", weights, self.n_features, "features")
        return Neuron(weights, finite_number(f"{name}.bias", neuron.bias))

    @property
    def n_samples(self) -> int:
        return self.inputs.shape[0]

    @property
    def n_features(self) -> int:
        return self.inputs.shape[1]


CELSIUS = np.arange(-50.0, 50.0)


def celsius() -> Dataset:
    """The one-neuron article's data: F = 9/5 C + 32 for the 100 whole degrees from -50 to 49."""
    return _thermometer("Celsius to Fahrenheit", CELSIUS * 9 / 5 + 32)


def noisy_thermometer(noise: float = 10.0, noise_seed: int = 0) -> Dataset:
    """The same relation read off a bad thermometer: each target is off by a normal error.

    `noise` is the error's standard deviation in degrees Fahrenheit; `noise_seed` fixes the draw.
    """
    if finite_number("noise", noise) < 0:
        raise ValueError(f"noise must not be negative, but is {noise}")
    errors = np.random.default_rng(noise_seed).standard_normal(len(CELSIUS))
    return _thermometer("Thermometer with noise", CELSIUS * 9 / 5 + 32 + noise * errors)


def _thermometer(name: str, targets: Array) -> Dataset:
    return Dataset(
        name=name,
        inputs=CELSIUS[:, np.newaxis],
        targets=targets,
        input_names=("Celsius",),
        input_unit="°C",
        target_name="Fahrenheit",
        target_unit="°F",
        start=Neuron(np.array([0.5]), 0.5),
        learning_rate=1e-4,
        iterations=10_000,
    )


def weighted_sum(features: ArrayLike = (1.0, 1.0, 1.0, 1.0), target: float = 100.0) -> Dataset:
    """The Theano article's data: one sample, whose weighted features shall sum to the target; no bias."""
    features = finite_array("features", features, 1)
    return Dataset(
        name="Weighted sum to 100",
        inputs=features[np.newaxis],
        targets=np.array([finite_number("target", target)]),
        input_names=tuple(f"f{j}" for j in range(1, len(features) + 1)),
        input_unit="",
        target_name="Output",
        target_unit="",
        start=Neuron(np.resize([0.1, 0.25, 0.15, 0.3], len(features)), 0.0),
        learning_rate=0.1,
        iterations=10,
        trains_bias=False,
    )


def tips() -> Dataset:
    """Real data: what 244 restaurant parties paid and tipped.

    Source: Bryant, P. G. and Smith, M. (1995), Practical Data Analysis: Case Studies in Business Statistics.
    """
    bills, tips = _tips_columns()
    return Dataset(
        name="Restaurant bills and tips",
        inputs=bills[:, np.newaxis],
        targets=tips,
        input_names=("Bill",),
        input_unit="$",
        target_name="Tip",
        target_unit="$",
        start=Neuron(np.array([0.0]), 0.0),
        learning_rate=1e-3,
        iterations=10_000,
    )


@cache
def _tips_columns() -> tuple[Array, Array]:
    bills, tips = np.loadtxt(Path(__file__).with_name("tips.csv"), delimiter=",", skiprows=1).T
    return bills, tips


DATASETS: Mapping[str, Callable[..., Dataset]] = {
    "celsius": celsius,
    "weighted-sum": weighted_sum,
    "noisy-thermometer": noisy_thermometer,
    "tips": tips,
}
