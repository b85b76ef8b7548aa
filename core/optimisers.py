"""Optimisers: what a step makes of the gradient."""

from collections.abc import Callable

from core.checks import Array

Optimiser = Callable[[Array, Array, float], Array]


def update(parameters: Array, gradient: Array, learning_rate: float) -> Array:
    """Take one step downhill: parameter - learning_rate * gradient, for every parameter, (n_parameters,)."""
    return parameters - learning_rate * gradient
