"""The loss over two parameters alone, the others held: a parabola again."""

from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.closed_form import parameter_vector
from core.datasets import Dataset
from core.learning_rate import design_matrix, hessian
from core.neuron import Neuron
from core.training import losses


@dataclass(frozen=True, eq=False)
class Plane:
    """The loss over two parameters: least + 1/2 d' hessian d, with d the distance to `best`.

    `best` (2,), one of the points where the loss in this plane is `least`; `hessian` (2, 2).
    """

    best: Array
    least: float
    hessian: Array

    def loss(self, points: Array) -> Array:
        """The loss at `points` (..., 2), shape (...,)."""
        distance = points - self.best
        result: Array = self.least + np.einsum("...i,ij,...j->...", distance, self.hessian, distance) / 2
        return result


def plane(dataset: Dataset, best: Neuron, held: Neuron, pair: tuple[int, int]) -> Plane:
    """Return the loss over the `pair` of parameters (counted from 0), the others as they are in `held`.

    `best` is a neuron with the least loss of all. With d the distance of the held parameters to it, the least loss
    in the plane is where hessian · step = -H_pair,held · d.
    """
    curvature, goal = hessian(dataset), parameter_vector(dataset, best)
    distance = parameter_vector(dataset, held) - goal
    distance[list(pair)] = 0.0
    within = curvature[np.ix_(pair, pair)]
    pull = (curvature @ distance)[list(pair)]
    step = -np.linalg.lstsq(within, pull, rcond=None)[0]
    distance[list(pair)] = step
    least = float(losses(dataset, best.weights[np.newaxis], np.array([best.bias]))[0])
    return Plane(goal[list(pair)] + step, least + float(distance @ curvature @ distance) / 2, within)


def line(dataset: Dataset, held: Neuron, index: int) -> tuple[float, float, float]:
    """Return the loss over one parameter (counted from 0), the others as in `held`: best value, least loss, curvature.

    With d output_i / d parameter = x_i the curvature is 2/n sum_i x_i^2.
    """
    parameters = parameter_vector(dataset, held).copy()
    column = design_matrix(dataset)[:, index]
    parameters[index] = 0.0
    fixed = design_matrix(dataset) @ parameters + (0.0 if dataset.trains_bias else held.bias)
    missing = dataset.targets - fixed
    size = float(column @ column)
    best = float(column @ missing) / size if size else 0.0
    least = float(np.mean((missing - best * column) ** 2))
    return best, least, 2 * size / dataset.n_samples
