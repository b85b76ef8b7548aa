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
from core.losses import MEAN_SQUARED_ERROR, Loss, SquaredError
from core.neuron import Neuron
from core.optimisers import DESCENT, GradientDescent, Optimiser
from core.theory import slices
from core.theory.factors import has_factors, limits_with, moving, radius, share_left
from core.theory.limits import Limits
from core.training import History, finite_history

KEPT = 64


def theory(experiment: Experiment) -> "Quadratic | None":
    """Return the theory of an experiment, made once for its data, or None where its loss is no parabola.

    So it is for every model but the neuron itself: what a wrong backward pass follows is no loss at all.
    """
    now = experiment
    if type(now.model) is not Neuron or not isinstance(now.loss, SquaredError):
        return None
    return quadratic(now.data, now.model, now.loss, now.optimiser, now.batches is not None)


@lru_cache(maxsize=KEPT)
def quadratic(
    data: Dataset,
    model: Neuron | None = None,
    loss: Loss = MEAN_SQUARED_ERROR,
    optimiser: Optimiser = DESCENT,
    in_batches: bool = False,
) -> "Quadratic":
    """Return the theory of a neuron with a squared error on these data, made once."""
    return Quadratic(data, model or Neuron(data.has_bias), loss, optimiser, in_batches)


@dataclass(frozen=True, eq=False)
class Quadratic:
    """What follows without taking a step: of the loss always, of a run only where its steps have known factors.

    These are plain descent and momentum, with all samples in each step.
    """

    data: Dataset
    model: Neuron
    loss: Loss
    optimiser: Optimiser = DESCENT
    in_batches: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether a run has a closed form."""
        return has_factors(self.optimiser) and not self.in_batches

    @property
    def is_plain(self) -> bool:
        """Whether a step multiplies the error along each direction by 1 - learning_rate * eigenvalue."""
        return isinstance(self.optimiser, GradientDescent) and not self.in_batches

    @property
    def is_flat(self) -> bool:
        """Whether no parameter can change the output."""
        return not self.sloping.size

    @property
    def has_limits(self) -> bool:
        """Whether it is known from which learning rate on a run explodes."""
        return math.isfinite(self.limits.stable)

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
        """Those that are not zero, ascending."""
        return self.eigenvalues[self.eigenvalues > 0]

    @cached_property
    def directions(self) -> Array:
        """The eigenvectors, one column for each eigenvalue, (n_parameters, n_parameters)."""
        return np.linalg.eigh(self.hessian)[1]

    @cached_property
    def limits(self) -> Limits:
        """The learning rates at which training begins to overshoot and to explode."""
        return limits_with(self.optimiser, self.eigenvalues)

    @property
    def condition_number(self) -> float:
        """The largest eigenvalue over the smallest non-zero one: how narrow the valley of the loss is."""
        return math.inf if self.is_flat else float(self.sloping[-1] / self.sloping[0])

    def step_factors(self, learning_rate: float) -> Array:
        """Return what a step multiplies the error along each sloping direction by: 1 - learning_rate * eigenvalue.

        With momentum it is the size of the larger factor, which is what counts in the long run.
        """
        if self.is_plain:
            return 1 - learning_rate * self.sloping
        return radius(self.optimiser, learning_rate * self.sloping)

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
            factors = share_left(self.optimiser, experiment.learning_rate * self.eigenvalues, iterations)
            distances = moving(self.errors(start), factors)
            parameters = self.best(start) + distances @ self.directions.T
            return finite_history(experiment, parameters, self._loss_at(distances))

    def final_losses(self, start: Array, learning_rates: Array, iterations: int) -> Array:
        """Return the loss after `iterations` steps at each learning rate, infinite where it exploded, (n_rates,).

        best_loss + 1/2 sum_k curvature_k * (error_k * (1 - learning_rate * eigenvalue_k) ^ iterations)^2, without
        momentum.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            factors = share_left(self.optimiser, np.multiply.outer(learning_rates, self.eigenvalues), iterations)
            losses = self._loss_at(moving(self.errors(start), factors))
        return np.where(np.isnan(losses), np.inf, losses)

    def losses_after(self, errors: Array, learning_rate: float, steps: Array) -> Array:
        """Return the loss after each number of `steps` (n,) at one rate, from these errors along the directions."""
        with np.errstate(over="ignore", invalid="ignore"):
            factors = (1 - learning_rate * self.eigenvalues) ** steps[:, np.newaxis]
            return self._loss_at(moving(errors, factors))

    def _loss_at(self, distances: Array) -> Array:
        losses: Array = self.best_loss + distances**2 @ (self.eigenvalues / self.summands) / 2
        return losses
