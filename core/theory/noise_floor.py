"""The noise floor of mini-batches: the same experiment at several constant rates and at one that falls."""

from dataclasses import dataclass, replace

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.schedule import Schedule, constant, step_decay
from core.theory.least import best_parameters
from core.theory.sharpness import hessian
from core.training import History, losses

SHARES = (1.0, 1 / 3, 1 / 10)
MOST_ITERATIONS = 20_000
NO_NOISE = 1e-20
"""A least loss below this share of the one at the start is only rounding: then all batches have the same best."""
ARRIVED = 2.0
"""Of what has arrived the floor is no more than so many times as high as of what began there."""


@dataclass(frozen=True, eq=False)
class Floor:
    """What is to be run for a noise floor: `schedules`, of which the last one falls, from one start.

    `best` are the parameters with the least loss, and `least` is that loss; None where they are not known.
    """

    experiment: Experiment
    schedules: tuple[Schedule, ...]
    best: Array | None
    least: float | None

    @property
    def has_noise(self) -> bool:
        """Whether the samples disagree at the best parameters: else there is nothing to keep a run away from them."""
        first = float(losses(self.experiment, np.array([self.experiment.start]))[0])
        return self.least is None or self.least > NO_NOISE * first

    def from_start(self) -> list[Experiment]:
        """Return the experiments, begun where the run begins."""
        return [replace(self.experiment, schedule=schedule) for schedule in self.schedules]

    def from_best(self) -> list[Experiment]:
        """Return the experiments, begun at the best parameters."""
        start = self.experiment.start if self.best is None else tuple(self.best.tolist())
        return [replace(one, start=start) for one in self.from_start()]


def floor_of(experiment: Experiment) -> Floor:
    """Return what is to be run: at the rate in force, a third and a tenth of it, and from it in stairs down."""
    rate, iterations = experiment.learning_rate, min(experiment.iterations, MOST_ITERATIONS)
    rates = [float(f"{share * rate:.3g}") for share in SHARES]
    schedules = (*map(constant, rates), step_decay(rate, iterations))
    best = best_parameters(experiment)
    least = None if best is None else float(losses(experiment, best[np.newaxis])[0])
    return Floor(replace(experiment, iterations=iterations, nudges=()), schedules, best, least)


def height(history: History, least: float | None) -> float:
    """Return the median of the loss above the least one over the last quarter of a run; infinite if it exploded."""
    if history.diverged_at is not None:
        return np.inf
    return float(np.median(history.loss[3 * history.iterations // 4 :])) - (least or 0.0)


def steep_errors(history: History, best: Array) -> Array:
    """Return the distance to the best parameters along the steepest direction there, at each iteration, (n + 1,)."""
    steepest = np.linalg.eigh(hessian(history.experiment, best))[1][:, -1]
    errors: Array = (history.parameters - best) @ steepest
    return errors


def has_arrived(from_start: History, from_best: History, least: float | None) -> bool:
    """Return whether a run is as low as one that began at the best parameters."""
    return height(from_start, least) <= ARRIVED * height(from_best, least)
