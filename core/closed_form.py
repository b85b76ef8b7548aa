"""The whole of training in one formula: what gradient descent on a parabola does, without taking the steps.

In the eigenbasis of the loss's Hessian each direction is on its own: one step multiplies its distance to the best
parameters by 1 - learning_rate * eigenvalue. It is the oracle that the stepped run is tested against, and what makes
sweeps over hundreds of learning rates free. The run that a learner watches is always the stepped one.
"""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.datasets import Dataset
from core.learning_rate import eigenvalues, exact_fit, hessian
from core.neuron import Neuron
from core.training import History, finite_history, losses


@dataclass(frozen=True, eq=False)
class Errors:
    """The distance of a start to the best parameters, taken apart into independent directions.

    `eigenvalues` (n_parameters,), ascending; `directions` (n_parameters, n_parameters), one column each;
    `start` (n_parameters,), the distance along each; `best`, the parameters where training goes, and their loss.
    """

    eigenvalues: Array
    directions: Array
    start: Array
    best: Array
    best_loss: float


def errors(dataset: Dataset, start: Neuron) -> Errors:
    """Take the distance between `start` and the best parameters apart along the Hessian's eigenvectors."""
    fit = exact_fit(dataset, start)
    best = parameter_vector(dataset, fit)
    directions = np.linalg.eigh(hessian(dataset))[1]
    best_loss = float(losses(dataset, fit.weights[np.newaxis], np.array([fit.bias]))[0])
    distance = directions.T @ (parameter_vector(dataset, start) - best)
    return Errors(eigenvalues(dataset), directions, distance, best, best_loss)


def parameter_vector(dataset: Dataset, neuron: Neuron) -> Array:
    """Return the trained parameters, weights first and then the bias where one is trained, (n_parameters,)."""
    return np.append(neuron.weights, neuron.bias) if dataset.trains_bias else neuron.weights


def errors_at(errors: Errors, learning_rate: float, iterations: Array) -> Array:
    """Return the distance along each direction: start_k * (1 - learning_rate * eigenvalue_k) ^ iteration.

    `iterations` (n,), whole; returns (n, n_parameters).
    """
    return _moving(errors.start, (1 - learning_rate * errors.eigenvalues) ** iterations[:, np.newaxis])


def _moving(start: Array, factors: Array) -> Array:
    """Return start * factors, and zero where there is nothing to move, even by an infinite factor."""
    return np.multiply(start, factors, where=start != 0, out=np.zeros_like(factors))


def trajectory(dataset: Dataset, start: Neuron, learning_rate: float, iterations: int) -> History:
    """Return what `core.training.train` returns, up to rounding, without taking the steps."""
    parts = errors(dataset, start)
    with np.errstate(over="ignore", invalid="ignore"):
        distances = errors_at(parts, learning_rate, np.arange(iterations + 1.0))
        parameters = parts.best + distances @ parts.directions.T
        loss = parts.best_loss + distances**2 @ parts.eigenvalues / 2
    bias = parameters[:, -1] if dataset.trains_bias else np.full(iterations + 1, start.bias)
    return finite_history(parameters[:, : dataset.n_features], bias, loss)


def final_losses(dataset: Dataset, start: Neuron, learning_rates: Array, iterations: int) -> Array:
    """Return the loss after `iterations` steps for each learning rate, infinite where it exploded.

    best_loss + 1/2 sum_k eigenvalue_k * error_k^2; `learning_rates` (n_rates,), returns (n_rates,).
    """
    parts = errors(dataset, start)
    with np.errstate(over="ignore", invalid="ignore"):
        factors = (1 - np.multiply.outer(learning_rates, parts.eigenvalues)) ** iterations
        return parts.best_loss + _moving(parts.start, factors) ** 2 @ parts.eigenvalues / 2


LONGEST_SEARCH = 10**12
"""Iterations beyond which a parameter counts as never settling."""
WINDOW = 100_000
"""How far to look back for the exact iteration, once the bound has shrunk below the tolerance."""


def settles_at(parts: Errors, learning_rate: float, tolerance: float) -> list[int | None]:
    """Return, for each parameter, the iteration from which on it stays within `tolerance` of its best value.

    None where it never does. The sum of all directions' sizes bounds the distance from above and only shrinks: where
    it falls below the tolerance is found by bisection, and the exact iteration by looking back from there.
    """
    factors = 1 - learning_rate * parts.eigenvalues
    return [_settles_at(row * parts.start, factors, tolerance) for row in parts.directions]


def _settles_at(shares: Array, factors: Array, tolerance: float) -> int | None:
    shares, factors = shares[shares != 0], factors[shares != 0]
    if np.any((np.abs(factors) > 1) & (np.abs(shares) > 0)):
        return None

    def within(iteration: int) -> bool:
        return bool(np.abs(shares) @ np.abs(factors) ** float(iteration) <= tolerance)

    if not within(LONGEST_SEARCH):
        return None
    settled = bisect_left(range(LONGEST_SEARCH), True, key=within)
    before = np.arange(max(0.0, settled - WINDOW), settled)
    outside = np.flatnonzero(np.abs(factors ** before[:, np.newaxis] @ shares) > tolerance)
    return int(before[outside[-1]]) + 1 if outside.size else int(before[0]) if before.size else settled
