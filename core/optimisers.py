"""Optimisers: what a step makes of the gradient, and what it remembers for the next one.

All numbers are those of the papers; the learning rate comes with every step, for it may change on the way.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.checks import Array

State = tuple[Any, ...]
"""What an optimiser remembers from step to step."""


def update(parameters: Array, gradient: Array, learning_rate: float) -> Array:
    """Take one step downhill: parameter - learning_rate * gradient, for every parameter, (n_parameters,)."""
    return parameters - learning_rate * gradient


class Optimiser(ABC):
    """What every optimiser does. Arrays are (..., n_parameters): one run, or many side by side."""

    @abstractmethod
    def begin(self, parameters: Array) -> State:
        """Return what is remembered before the first step."""

    @abstractmethod
    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        """Return the parameters after the step, and what is remembered of it."""


@dataclass(frozen=True)
class GradientDescent(Optimiser):
    """Plain descent, which remembers nothing."""

    def begin(self, parameters: Array) -> State:
        """Return nothing."""
        return ()

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        """Return parameters - learning_rate * gradient."""
        return update(parameters, gradient, learning_rate), state


@dataclass(frozen=True)
class Momentum(Optimiser):
    """The heavy ball: a part of the last move, `momentum`, is added to the next.

    Polyak, Some methods of speeding up the convergence of iteration methods (1964).
    """

    momentum: float = 0.9

    def begin(self, parameters: Array) -> State:
        """Return a velocity of zero."""
        return (np.zeros_like(parameters),)

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        """Return parameters + velocity, where velocity = momentum * velocity - learning_rate * gradient."""
        velocity = self.momentum * state[0] - learning_rate * gradient
        return parameters + velocity, (velocity,)


@dataclass(frozen=True)
class Nesterov(Optimiser):
    """Nesterov's momentum: the gradient is taken where the velocity leads, not where the ball lies.

    The parameters kept are those places ahead, so that one gradient a step is enough: Nesterov, A method of solving a
    convex programming problem with convergence rate O(1/k²) (1983), in the form of Sutskever et al. (2013).
    """

    momentum: float = 0.9

    def begin(self, parameters: Array) -> State:
        """Return a velocity of zero."""
        return (np.zeros_like(parameters),)

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        """Return parameters + momentum * velocity - learning_rate * gradient, with the velocity of the heavy ball."""
        downhill = learning_rate * gradient
        velocity = self.momentum * state[0] - downhill
        return parameters + (self.momentum * velocity - downhill), (velocity,)


@dataclass(frozen=True)
class RMSProp(Optimiser):
    """Each gradient over the root of its mean square, which follows it with `decay`: every parameter has its own pace.

    Tieleman and Hinton, Lecture 6.5 of Neural Networks for Machine Learning (2012).
    """

    decay: float = 0.9
    epsilon: float = 1e-8

    def begin(self, parameters: Array) -> State:
        """Return a mean square of zero."""
        return (np.zeros_like(parameters),)

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        """Return parameters - learning_rate * gradient / (sqrt(square) + epsilon).

        square = decay * square + (1 - decay) * gradient².
        """
        square = self.decay * state[0] + (1 - self.decay) * gradient * gradient
        return parameters - learning_rate * gradient / (np.sqrt(square) + self.epsilon), (square,)


@dataclass(frozen=True)
class Adam(Optimiser):
    """The mean gradient over the root of the mean square, both corrected for having begun at zero.

    Kingma and Ba, Adam: a method for stochastic optimization (2015).
    """

    mean_decay: float = 0.9
    square_decay: float = 0.999
    epsilon: float = 1e-8

    def begin(self, parameters: Array) -> State:
        """Return a mean and a mean square of zero, and that no step has been taken."""
        return np.zeros_like(parameters), np.zeros_like(parameters), 0

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        """Return parameters - learning_rate * mean' / (sqrt(square') + epsilon).

        mean = b1 mean + (1 - b1) gradient and mean' = mean / (1 - b1^t), and so for the square, at the t-th step.
        """
        mean, square, steps = state[0], state[1], state[2] + 1
        mean = self.mean_decay * mean + (1 - self.mean_decay) * gradient
        square = self.square_decay * square + (1 - self.square_decay) * gradient * gradient
        size = np.sqrt(square / (1 - self.square_decay**steps)) + self.epsilon
        return parameters - learning_rate / (1 - self.mean_decay**steps) * mean / size, (mean, square, steps)


DESCENT = GradientDescent()
OPTIMISERS: Mapping[str, type[Optimiser]] = {
    "descent": GradientDescent,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "rmsprop": RMSProp,
    "adam": Adam,
}
