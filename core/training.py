"""Training: all steps of an experiment, kept with their losses."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.nudges import nudges_until
from core.optimisers import DESCENT
from core.schedule import cut, learning_rate_at
from core.stepping import Place, begin, steps

OUTPUTS_AT_ONCE = 10_000
"""Losses are computed in blocks of so many outputs: 80 kB, below what malloc fetches anew from the system each time."""
NEVER = -1
PLACES_APART = 1000
"""From so many iterations to the next, what the optimiser remembers is kept: a run can be steered from there."""


@dataclass(frozen=True, eq=False)
class History:
    """Every step of a run: index 0 is the state before training, index i the state after i updates.

    `parameters` (n + 1, n_parameters), `loss` (n + 1,). `diverged_at` is the iteration at which a parameter or the
    loss stopped being finite, or None; the history then ends just before it. Only where the start itself has an
    infinite loss (`diverged_at` 0) is that start kept all the same, with its infinite loss. From `places` the run can
    go on, longer or another way.
    """

    experiment: Experiment
    parameters: Array
    loss: Array
    diverged_at: int | None = None
    places: tuple[Place, ...] = ()

    @property
    def iterations(self) -> int:
        """The last iteration held."""
        return len(self.loss) - 1

    @property
    def learning_rate(self) -> float:
        """The rate in force where the history ends: of a run that exploded not one that was planned for later."""
        return learning_rate_at(self.experiment.schedule, self.iterations)

    @property
    def weights(self) -> Array:
        """The weights alone, (n + 1, n_features): a view of the parameters."""
        return self.parameters[:, : self.experiment.data.n_features]

    @property
    def bias(self) -> Array:
        """The bias alone, (n + 1,): a view of the parameters. Raises IndexError where the model has none."""
        return self.parameters[:, self.experiment.data.n_features]

    def until(self, iteration: int) -> "History":
        """Return the run as it was when it stood at this iteration; the run itself where it never got beyond."""
        if iteration >= self.experiment.iterations:
            return self
        now = self.experiment
        cut_short = replace(
            now, iterations=iteration, schedule=cut(now.schedule, iteration), nudges=nudges_until(now.nudges, iteration)
        )
        if self.diverged_at is not None and iteration >= self.diverged_at:
            return replace(self, experiment=cut_short)
        places = tuple(place for place in self.places if place.iteration <= iteration)
        return History(cut_short, self.parameters[: iteration + 1], self.loss[: iteration + 1], places=places)

    def outputs(self, iterations: int | list[int] | slice, inputs: Array | None = None) -> Array:
        """Return the model's outputs after so many updates, (..., n_samples), for the data or other `inputs`."""
        model, data = self.experiment.model, self.experiment.data
        with np.errstate(over="ignore", invalid="ignore"):
            return model.forward(self.parameters[iterations], model.seen(data.inputs if inputs is None else inputs))


def train(experiment: Experiment, before: History | None = None) -> History:
    """Take all steps of an experiment and keep them, with their losses.

    What a run `before` has in common with this one is taken over from it: the numbers are the same to the last bit.
    A run that explodes is a result, not an error: see `History.diverged_at`.
    """
    since = NEVER if before is None else common_until(before, experiment)
    with np.errstate(over="ignore", invalid="ignore"):
        if before is None or since == NEVER:
            parameters, places = _stepped(experiment, begin(experiment))
            return finite_history(experiment, parameters, losses(experiment, parameters), places)
        new, places = _stepped(experiment, place_at(before, since))
        parameters = np.concatenate([before.parameters[:since], new])
        done = since - since % _block(experiment)
        loss = np.concatenate([before.loss[:done], losses(experiment, parameters[done:])])
        earlier = tuple(place for place in before.places if place.iteration < since)
        return finite_history(experiment, parameters, loss, earlier + places)


def _stepped(experiment: Experiment, place: Place) -> tuple[Array, tuple[Place, ...]]:
    """Take all steps from a place on; return the parameters of each, and some places from which one can go on."""
    places: list[Place] = []

    def each() -> Iterator[Array]:
        last = place.iteration
        for last, (parameters, state) in enumerate(steps(experiment, place), place.iteration):
            if last % PLACES_APART == 0:
                places.append(Place(last, parameters, state))
            yield parameters
        if last % PLACES_APART:
            places.append(Place(last, parameters, state))

    return np.fromiter(each(), (np.float64, place.parameters.shape)), tuple(places)


def place_at(history: History, iteration: int) -> Place:
    """Return where a run stood at an iteration, with what its optimiser remembered there."""
    if history.experiment.optimiser == DESCENT:  # which remembers nothing
        return Place(iteration, history.parameters[iteration], ())
    before = max((place for place in history.places if place.iteration <= iteration), key=lambda place: place.iteration)
    with np.errstate(over="ignore", invalid="ignore"):
        parameters, state = next(islice(steps(history.experiment, before), iteration - before.iteration, None))
    return Place(iteration, parameters, state)


def common_until(before: History, experiment: Experiment) -> int:
    """Return the last iteration up to which a run is another experiment's, too; NEVER where not even the start is."""
    old, last = before.experiment, min(before.iterations, experiment.iterations)
    if (
        replace(old, schedule=experiment.schedule, iterations=experiment.iterations, nudges=experiment.nudges)
        != experiment
    ):
        return NEVER
    turns = sorted({beginning for beginning, _rate in (*old.schedule, *experiment.schedule)})
    differs = (at for at in turns if learning_rate_at(old.schedule, at) != learning_rate_at(experiment.schedule, at))
    moved = {iteration for iteration, _parameters in {*old.nudges} ^ {*experiment.nudges}}
    return min([last, next(differs, last), *(iteration - 1 for iteration in moved)])


def losses(experiment: Experiment, parameters: Array) -> Array:
    """Return the loss of many neurons at once; `parameters` (n, n_parameters), returns (n,).

    All blocks are of one size, the last one filled up: a matrix product of another size may round differently.
    """
    model, targets, block = experiment.model, experiment.data.targets, _block(experiment)
    inputs, n_blocks = model.seen(experiment.data.inputs), math.ceil(len(parameters) / block)
    padded = np.zeros((n_blocks, block, parameters.shape[1]))
    padded.reshape(-1, parameters.shape[1])[: len(parameters)] = parameters
    blocks = [experiment.loss.value(model.forward(some, inputs), targets) for some in padded]
    return np.concatenate(blocks)[: len(parameters)]


def _block(experiment: Experiment) -> int:
    return 1 + OUTPUTS_AT_ONCE // experiment.data.n_samples


def finite_history(experiment: Experiment, parameters: Array, loss: Array, places: tuple[Place, ...] = ()) -> History:
    """Return the history up to the last iteration whose numbers are all finite, and note where that ended."""
    finite = np.isfinite(parameters).all(axis=1) & np.isfinite(loss)
    if len(loss) <= experiment.iterations:
        finite[-1] = False  # no finite output, though adding in another order may have found a finite loss
    if finite.all():
        return History(experiment, parameters, loss, places=places)
    diverged_at = int(np.argmin(finite))
    end = max(diverged_at, 1)
    kept = tuple(place for place in places if place.iteration < end)
    return History(experiment, parameters[:end].copy(), loss[:end].copy(), diverged_at, kept)
