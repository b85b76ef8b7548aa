"""Activations: what a hidden neuron makes of its weighted sum."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.checks import Array


@dataclass(frozen=True)
class Activation:
    """A function of the weighted sum z, and its first two derivatives, each written with the function's own value.

    `value` takes sums of any shape; `slope` and `curvature` take what `value` returned for them.
    """

    name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    curvature: Callable[[Array], Array]


def sigmoid(sums: Array) -> Array:
    """Return 1 / (1 + e^-z), as (1 + tanh z/2) / 2, which never overflows."""
    return 0.5 + 0.5 * np.tanh(0.5 * sums)


IDENTITY = Activation("identity", lambda z: z, np.ones_like, np.zeros_like)
SIGMOID = Activation("sigmoid", sigmoid, lambda a: a * (1 - a), lambda a: a * (1 - a) * (1 - 2 * a))
TANH = Activation("tanh", np.tanh, lambda a: 1 - a * a, lambda a: 2 * a * (a * a - 1))
RELU = Activation("relu", lambda z: np.maximum(z, 0.0), lambda a: (a > 0).astype(np.float64), np.zeros_like)
"""At its kink, z = 0, the slope of the rectifier is taken to be 0."""

ACTIVATIONS: Mapping[str, Activation] = {each.name: each for each in (TANH, SIGMOID, RELU, IDENTITY)}
