"""Data sets along one feature that a straight line cannot follow: a sine and a step."""

import numpy as np

from core.checks import Array, finite_number
from core.data.dataset import Dataset

POINTS = np.round(np.linspace(-3.0, 3.0, 60), 6)


def sine(noise: float = 0.1, noise_seed: int = 0) -> Dataset:
    """The sine y = sin(1.5 x) at 60 even points x from -3 to 3, each target off by a normal error.

    `noise` is the error's standard deviation, without a unit as x and y are; `noise_seed` fixes the draw.
    """
    return _curve("Sine with noise", np.sin(1.5 * POINTS) + errors(noise, noise_seed, POINTS.shape))


def step(noise: float = 0.1, noise_seed: int = 0) -> Dataset:
    """The step y = -1 for x < 0 and y = 1 for x ≥ 0, at the points and with the errors of the sine."""
    return _curve("A step with noise", np.where(POINTS < 0, -1.0, 1.0) + errors(noise, noise_seed, POINTS.shape))


def errors(noise: float, noise_seed: int, shape: tuple[int, ...]) -> Array:
    """Return normal errors with the standard deviation `noise`; ValueError names it when negative or not finite."""
    if finite_number("noise", noise) < 0:
        raise ValueError(f"noise must not be negative, but is {noise}")
    return noise * np.random.default_rng(noise_seed).standard_normal(shape)


def _curve(name: str, targets: Array) -> Dataset:
    return Dataset(
        name=name,
        inputs=POINTS[:, np.newaxis],
        targets=np.round(targets, 6),
        input_names=("x",),
        input_unit="",
        target_name="y",
        target_unit="",
        start=np.zeros(2),
        learning_rate=0.1,
        iterations=200,
    )
