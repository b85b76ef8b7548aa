"""The loss over one or two parameters alone, the others held: of a neuron with a squared error a parabola again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.lesson.differences import gradient_at
from core.network import Network
from core.training import losses

FAR_AROUND, LOOKED_AT, CLOSER = 4.0, 81, 6
"""How far around a parameter its best value is looked for, in sizes of it; at how many places, and how often closer."""
WIDER, AT_MOST = 4.0, 8
"""So many times as far a single neuron's is looked for where the loss still falls at the edge, and how often."""


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


@dataclass(frozen=True)
class Parabola:
    """The loss over one parameter p: least + curvature/2 (p - best)^2."""

    best: float
    least: float
    curvature: float

    def loss(self, parameter: float | Array) -> Any:
        """The loss at one parameter or at many."""
        return self.least + self.curvature / 2 * np.square(np.subtract(parameter, self.best))

    def slope(self, parameter: float) -> float:
        """The derivative of the loss at one parameter."""
        return self.curvature * (parameter - self.best)


@dataclass(frozen=True)
class Slice:
    """The loss over one parameter of any model, the others as they are in `held`; its bottom is found by looking.

    Losses and slopes are those that a step follows, as of a `Parabola`.
    """

    experiment: Experiment
    held: tuple[float, ...]
    index: int

    def loss(self, parameter: float | Array) -> Any:
        """The loss at one parameter or at many."""
        values = np.atleast_1d(np.asarray(parameter, float))
        summands = self.experiment.loss.summands(self.experiment.data.targets)
        with np.errstate(over="ignore", invalid="ignore"):
            found = losses(self.experiment, self._at(values)) * summands
        return found if np.ndim(parameter) else float(found[0])

    def slope(self, parameter: float) -> float:
        """The derivative of the loss at one parameter."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(gradient_at(self.experiment, self._at(np.array([parameter]))[0])[self.index])

    def _at(self, values: Array) -> Array:
        parameters = np.tile(self.held, (len(values), 1))
        parameters[:, self.index] = values
        return parameters

    @property
    def reach(self) -> float:
        """How far around the held parameter is near."""
        return FAR_AROUND * max(1.0, abs(self.held[self.index]))

    @cached_property
    def best(self) -> float:
        """The bottom of the valley in which the held parameter lies; without one, how far down it goes nearby."""
        low, high = self._bottom or self._nearby
        for _closer in range(CLOSER):
            places, found = self._look(low, high)
            k = int(found.argmin())
            low, high = places[max(k - 1, 0)], places[min(k + 1, LOOKED_AT - 1)]
        return float(places[k])

    @property
    def has_bottom(self) -> bool:
        """Whether the loss rises again behind the best parameter, as far as is looked."""
        return self._bottom is not None

    @cached_property
    def _bottom(self) -> tuple[float, float] | None:
        """Two places between which the bottom is; the one valley of a single neuron is followed farther."""
        widths = 1 if isinstance(self.experiment.model, Network) else AT_MOST
        for reach in self.reach * WIDER ** np.arange(widths):
            places, found = self._look(self.held[self.index] - reach, self.held[self.index] + reach)
            k = _downhill(found)
            if 0 < k < LOOKED_AT - 1 and (found[k] < found[[k - 1, k + 1]]).all():
                return places[k - 1], places[k + 1]
        return None

    @property
    def _nearby(self) -> tuple[float, float]:
        """Where the loss is least between the held parameter and where it rises, or where one stops looking."""
        places, found = self._look(self.held[self.index] - self.reach, self.held[self.index] + self.reach)
        k = _downhill(found)
        return places[k], places[k]

    def _look(self, low: float, high: float) -> tuple[Array, Array]:
        """Return places from low to high, and their losses."""
        places = np.linspace(low, high, LOOKED_AT)
        return places, np.nan_to_num(self.loss(places), nan=np.inf, posinf=np.inf)

    @property
    def least(self) -> float:
        """The loss there."""
        return float(self.loss(self.best))


def _downhill(losses: Array) -> int:
    """Return where one comes to from the middle, step by step, as long as the next loss is less."""
    k = len(losses) // 2
    step = -1 if losses[k - 1] < losses[k + 1] else 1
    while 0 < k < len(losses) - 1 and losses[k + step] < losses[k]:
        k += step
    return k


OneParameter = Parabola | Slice


def plane(hessian: Array, best: Array, least: float, held: Array, pair: tuple[int, int]) -> Plane:
    """Return the loss over the `pair` of parameters (counted from 0), the others as they are in `held`.

    `best` (n_parameters,) has the `least` loss of all. With d the distance of the held parameters to it, the least
    loss in the plane is where hessian_pair · step = -(hessian · d)_pair.
    """
    chosen = list(pair)
    distance = held - best
    distance[chosen] = 0.0
    within = hessian[np.ix_(chosen, chosen)]
    step = -np.linalg.lstsq(within, (hessian @ distance)[chosen], rcond=None)[0]
    distance[chosen] = step
    return Plane(best[chosen] + step, least + float(distance @ hessian @ distance) / 2, within)


def parabola(column: Array, missing: Array) -> Parabola:
    """Return the mean squared error over one parameter, the others held.

    `column` (n_samples,) is x_i = d output_i / d parameter, `missing` (n_samples,) what the outputs lack of the targets
    while the parameter is zero. The curvature is 2/n sum_i x_i^2.
    """
    size = float(column @ column)
    best = float(column @ missing) / size if size else 0.0
    left = missing - best * column
    return Parabola(best, float(np.mean(left**2)), 2 * size / len(missing))
