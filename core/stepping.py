"""The training loop itself: forward, backward, update, again and again."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.optimisers import State
from core.schedule import learning_rates


@dataclass(frozen=True, eq=False)
class Place:
    """Where a run stands: all that its next step depends on, besides the experiment."""

    iteration: int
    parameters: Array
    state: State


def begin(experiment: Experiment) -> Place:
    """Return the place before training."""
    start = np.array(experiment.start)
    return Place(0, start, experiment.optimiser.begin(start))


def steps(experiment: Experiment, place: Place | None = None) -> Iterator[tuple[Array, State]]:
    """Yield the parameters, (n_parameters,), and what the optimiser remembers, before training and after each update.

    With a `place`, go on from there. A run that explodes ends with the first parameters that give no finite output;
    NumPy then warns of an overflow, unless the caller has told it not to.
    """
    model, loss, optimiser, nudges = experiment.model, experiment.loss, experiment.optimiser, dict(experiment.nudges)
    place = place or begin(experiment)
    parameters, state = place.parameters, place.state
    yield parameters, state
    rates = learning_rates(experiment.schedule, experiment.iterations, place.iteration)
    seen = enumerate(zip(rates, samples(experiment, place.iteration), strict=False), place.iteration + 1)
    for iteration, (learning_rate, (inputs, targets)) in seen:
        outputs = model.forward(parameters, inputs)
        if not math.isfinite(outputs[0]):  # infinity times any input, even 0, is no finite output
            return
        gradient = model.backward(parameters, inputs, outputs, targets, loss)
        parameters, state = optimiser.step(parameters, gradient, learning_rate, state)
        if iteration in nudges:  # where a hand has put the run it stands still
            parameters = np.array(nudges[iteration])
            state = optimiser.begin(parameters)
        yield parameters, state


def samples(experiment: Experiment, since: int) -> Iterator[tuple[Array, Array]]:
    """Yield the inputs, as the model sees them, and the targets of each step, all of them or a batch."""
    inputs, targets = experiment.model.seen(experiment.data.inputs), experiment.data.targets
    if experiment.batches is None:
        return repeat((inputs, targets))
    return ((inputs[rows], targets[rows]) for rows in experiment.batches.rows(len(targets), since))
