"""Training: forward, backward, update, again and again, with every step kept."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.schedule import learning_rates

OUTPUTS_AT_ONCE = 10_000
"""Losses are computed in blocks of so many outputs: 80 kB, below what malloc fetches anew from the system each time."""


@dataclass(frozen=True, eq=False)
class History:
    """Every step of a run: index 0 is the state before training, index i the state after i updates.

    `parameters` (n + 1, n_parameters), `loss` (n + 1,). `diverged_at` is the iteration at which a parameter or the
    loss stopped being finite, or None; the history then ends just before it. Only where the start itself has an
    infinite loss (`diverged_at` 0) is that start kept all the same, with its infinite loss.
    """

    experiment: Experiment
    parameters: Array
    loss: Array
    diverged_at: int | None = None

    @property
    def iterations(self) -> int:
        """The last iteration held."""
        return len(self.loss) - 1

    @property
    def weights(self) -> Array:
        """The weights alone, (n + 1, n_features): a view of the parameters."""
        return self.parameters[:, : self.experiment.data.n_features]

    @property
    def bias(self) -> Array:
        """The bias alone, (n + 1,): a view of the parameters. Raises IndexError where the model has none."""
        return self.parameters[:, self.experiment.data.n_features]

    def outputs(self, iterations: int | list[int] | slice, inputs: Array | None = None) -> Array:
        """Return what the neuron predicts after so many updates, (..., n_samples), for the data or other `inputs`."""
        model, data = self.experiment.model, self.experiment.data
        with np.errstate(over="ignore", invalid="ignore"):
            return model.forward(self.parameters[iterations], model.seen(data.inputs if inputs is None else inputs))


def steps(experiment: Experiment) -> Iterator[Array]:
    """Yield the parameters before training and after each update, (n_parameters,).

    A run that explodes ends with the first parameters that give no finite output; NumPy then warns of an overflow,
    unless the caller has told it not to.
    """
    model, loss, update = experiment.model, experiment.loss, experiment.optimiser
    inputs, targets = model.seen(experiment.data.inputs), experiment.data.targets
    parameters = np.array(experiment.start)
    yield parameters
    for learning_rate in learning_rates(experiment.schedule, experiment.iterations):
        outputs = model.forward(parameters, inputs)
        if not math.isfinite(outputs[0]):  # infinity times any input, even 0, is no finite output
            return
        gradient = model.backward(inputs, outputs, targets, loss)
        parameters = update(parameters, gradient, learning_rate)
        yield parameters


def train(experiment: Experiment) -> History:
    """Take all steps of an experiment and keep them, with their losses.

    A run that explodes is a result, not an error: see `History.diverged_at`.
    """
    one_state = (np.float64, (len(experiment.start),))
    with np.errstate(over="ignore", invalid="ignore"):
        parameters = np.fromiter(steps(experiment), one_state)
        return finite_history(experiment, parameters, losses(experiment, parameters))


def losses(experiment: Experiment, parameters: Array) -> Array:
    """Return the loss of many neurons at once; `parameters` (n, n_parameters), returns (n,)."""
    model, targets = experiment.model, experiment.data.targets
    inputs, result = model.seen(experiment.data.inputs), np.empty(len(parameters))
    block = 1 + OUTPUTS_AT_ONCE // len(targets)
    for first in range(0, len(parameters), block):
        some = slice(first, first + block)
        result[some] = experiment.loss.value(model.forward(parameters[some], inputs), targets)
    return result


def finite_history(experiment: Experiment, parameters: Array, loss: Array) -> History:
    """Return the history up to the last iteration whose numbers are all finite, and note where that ended."""
    finite = np.isfinite(parameters).all(axis=1) & np.isfinite(loss)
    if len(loss) <= experiment.iterations:
        finite[-1] = False  # no finite output, though adding in another order may have found a finite loss
    if finite.all():
        return History(experiment, parameters, loss)
    diverged_at = int(np.argmin(finite))
    end = max(diverged_at, 1)
    return History(experiment, parameters[:end].copy(), loss[:end].copy(), diverged_at)
