"""The theory of a linear neuron with a squared error: its loss is a parabola in every direction of its parameters.

In the eigenbasis of the Hessian each direction is on its own: one step multiplies its distance to the best parameters
by 1 - learning_rate * eigenvalue. So the whole of training is one formula: the oracle that the stepped run is tested
against, and what makes sweeps over hundreds of learning rates free. The run that a learner watches is the stepped one.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from core.checks import Array
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR, SquaredError
from core.neuron import Neuron
from core.theory import slices
from core.theory.limits import Limits, limits_of
from core.training import History, finite_history

KEPT = 64


def theory(experiment: Experiment) -> "Quadratic | None":
    """Return the theory of an experiment, made once for its data, or None where its loss is no parabola.

    So it is for every model but the neuron itself: what a wrong backward pass follows is no loss at all.
    """
    if type(experiment.model) is not Neuron:
        return None
    return quadratic(experiment.data, experiment.model, experiment.loss)


@lru_cache(maxsize=KEPT)
def quadratic(data: Dataset, model: Neuron | None = None, loss: SquaredError = MEAN_SQUARED_ERROR) -> "Quadratic":
    """Return the theory of a neuron on these data, made once."""
    return Quadratic(data, model or Neuron(data.has_bias), loss)


@dataclass(frozen=True, eq=False)
class Quadratic:
    """What follows from the data, the model and the loss alone; everything is computed when it is first asked for."""

    data: Dataset
    model: Neuron
    loss: SquaredError

    @cached_property
    def inputs(self) -> Array:
        """The design matrix X, (n_samples, n_parameters)."""
        return self.model.seen(self.data.inputs)

    @cached_property
    def hessian(self) -> Array:
        """The second derivatives of the reported mean, 2/n X'X, (n_parameters, n_parameters)."""
        return 2 / self.data.n_samples * self.inputs.T @ self.inputs

    @cached_property
    def summands(self) -> int:
        """How many times the slope of the reported mean a step follows."""
        return self.loss.summands(self.data.targets)

    @cached_property
    def eigenvalues(self) -> Array:
        """The curvatures that a step follows, ascending, (n_parameters,); what only rounding keeps from 0 is 0."""
        values = np.linalg.eigvalsh(self.hessian) * self.summands
        return np.where(values > values[-1] * len(values) * np.finfo(float).eps, values, 0.0)

    @cached_property
    def sloping(self) -> Array:
        """The eigenvalues that are not zero, ascending."""
        return self.eigenvalues[self.eigenvalues > 0]

    @cached_property
    def directions(self) -> Array:
        """The eigenvectors, one column for each eigenvalue, (n_parameters, n_parameters)."""
        return np.linalg.eigh(self.hessian)[1]

    @cached_property
    def limits(self) -> Limits:
        """The learning rates at which training begins to overshoot and to explode."""
        return limits_of(self.eigenvalues)

    @property
    def condition_number(self) -> float:
        """The largest eigenvalue over the smallest non-zero one: how narrow the valley of the loss is."""
        return float(self.sloping[-1] / self.sloping[0]) if self.sloping.size else math.inf

    def step_factors(self, learning_rate: float) -> Array:
        """Return what a step multiplies the error along each sloping direction by: 1 - learning_rate * eigenvalue."""
        return 1 - learning_rate * self.sloping

    def best(self, start: Array) -> Array:
        """Return the parameters with the least loss, by least squares, (n_parameters,): where training goes from here.

        Where many are equally good these are the nearest ones: start + X^+ (targets - outputs of the start).
        """
        start = start if self.eigenvalues[0] == 0 else np.zeros(len(self.eigenvalues))
        with np.errstate(over="ignore", invalid="ignore"):
            missing = self.data.targets - self.model.forward(start, self.inputs)
        if not np.isfinite(missing).all():  # so far away that no number says how far: there is no way from there
            return self.best(np.zeros(len(start)))
        return np.add(start, np.linalg.lstsq(self.inputs, missing, rcond=None)[0])

    @cached_property
    def best_loss(self) -> float:
        """The least loss there is; what is only rounding error is zero."""
        best = self.best(np.zeros(len(self.eigenvalues)))
        loss = float(self.loss.value(self.model.forward(best, self.inputs), self.data.targets))
        return loss if loss > 1e-20 * float(np.mean(self.data.targets**2)) else 0.0

    def errors(self, start: Array) -> Array:
        """Return the distance of a start to its best parameters along each direction, (n_parameters,)."""
        return self.directions.T @ (start - self.best(start))

    def plane(self, held: Array, pair: tuple[int, int]) -> slices.Plane:
        """Return the loss over the `pair` of parameters (counted from 0), the others as they are in `held`."""
        return slices.plane(self.hessian, self.best(held), self.best_loss, held, pair)

    def parabola(self, held: Array, index: int) -> slices.Parabola:
        """Return the loss over one parameter (counted from 0), as a step follows it, the others as in `held`."""
        others = held.copy()
        others[index] = 0.0
        with np.errstate(over="ignore", invalid="ignore"):
            missing = self.data.targets - self.model.forward(others, self.inputs)
            mean = slices.parabola(self.inputs[:, index], missing)
        return slices.Parabola(mean.best, mean.least * self.summands, mean.curvature * self.summands)

    def trajectory(self, experiment: Experiment) -> History:
        """Return what `core.training.train` returns at one rate alone, up to rounding, without taking the steps."""
        start = np.array(experiment.start)
        iterations = np.arange(experiment.iterations + 1.0)[:, np.newaxis]
        with np.errstate(over="ignore", invalid="ignore"):
            factors = (1 - experiment.learning_rate * self.eigenvalues) ** iterations
            distances = moving(self.errors(start), factors)
            parameters = self.best(start) + distances @ self.directions.T
            return finite_history(experiment, parameters, self._loss_at(distances))

    def final_losses(self, start: Array, learning_rates: Array, iterations: int) -> Array:
        """Return the loss after `iterations` steps at each learning rate, infinite where it exploded, (n_rates,).

        best_loss + 1/2 sum_k curvature_k * (error_k * (1 - learning_rate * eigenvalue_k) ^ iterations)^2.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            factors = (1 - np.multiply.outer(learning_rates, self.eigenvalues)) ** iterations
            return self._loss_at(moving(self.errors(start), factors))

    def losses_after(self, errors: Array, learning_rate: float, steps: Array) -> Array:
        """Return the loss after each number of `steps` (n,) at one rate, from these errors along the directions."""
        with np.errstate(over="ignore", invalid="ignore"):
            factors = (1 - learning_rate * self.eigenvalues) ** steps[:, np.newaxis]
            return self._loss_at(moving(errors, factors))

    def _loss_at(self, distances: Array) -> Array:
        losses: Array = self.best_loss + distances**2 @ (self.eigenvalues / self.summands) / 2
        return losses


def moving(start: Array, factors: Array) -> Array:
    """Return start * factors, and zero where there is nothing to move, even by an infinite factor."""
    return np.multiply(start, factors, where=start != 0, out=np.zeros_like(factors))
