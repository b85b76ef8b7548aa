"""The data sets that come with the app: the two articles' own, a noisy one and a real one."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from core.checks import Array, finite_array, finite_number
from core.data.dataset import Dataset

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
        start=np.array([0.5, 0.5]),
        learning_rate=1e-4,
        iterations=10_000,
    )


def weighted_sum(features: ArrayLike = (1.0, 1.0, 1.0, 1.0), target: float = 100.0) -> Dataset:
    """The Theano article's data: one sample, whose weighted features shall sum to the target; no bias."""
    features = finite_array("features", features, 1)
    return Dataset(
        name="Theano's weighted sum to 100",
        inputs=features[np.newaxis],
        targets=np.array([finite_number("target", target)]),
        input_names=tuple(f"f{j}" for j in range(1, len(features) + 1)),
        input_unit="",
        target_name="Output",
        target_unit="",
        start=np.resize([0.1, 0.25, 0.15, 0.3], len(features)),
        learning_rate=0.1,
        iterations=10,
        has_bias=False,
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
        start=np.array([0.0, 0.0]),
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
