"""One training step taken apart: every number that is computed on the way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.checks import Array
from core.experiment import Experiment
from core.optimisers import State
from core.schedule import learning_rate_at
from core.stepping import samples
from core.training import History, losses, place_at


@dataclass(frozen=True, eq=False)
class Step:
    """The step that follows `iteration`: from `parameters` to `after`, (n_parameters,) like the `gradient`.

    Of the samples that it sees: `rows`, their numbers in the data, counted from 0; `inputs` (n_samples, n_features and
    one more with a bias), with a 1 for the bias; `targets`, `outputs`, `grad_output` (n_samples,). `loss` and
    `next_loss` are those of all samples; the second is infinite where the step leaves the finite world. The optimiser
    remembers `state` before the step and `next_state` after it.
    """

    history: History
    iteration: int
    rows: NDArray[np.intp]
    inputs: Array
    targets: Array
    parameters: Array
    outputs: Array
    loss: float
    grad_output: Array
    gradient: Array
    learning_rate: float
    after: Array
    next_loss: float
    state: State
    next_state: State

    @property
    def experiment(self) -> Experiment:
        return self.history.experiment

    @property
    def sees_all(self) -> bool:
        """Whether the step sees all samples, and not a batch of them."""
        return len(self.rows) == self.experiment.data.n_samples

    @property
    def seen_loss(self) -> float:
        """The loss of the samples that the step sees, whose gradient it follows."""
        if self.sees_all:
            return self.loss
        with np.errstate(over="ignore", invalid="ignore"):
            return float(self.experiment.loss.value(self.outputs, self.targets))

    @property
    def predicted(self) -> Array:
        """What the loss takes the outputs for, (n_samples,): of two classes the probabilities of the second."""
        return self.experiment.loss.predicted(self.outputs)

    @property
    def losses(self) -> Array:
        """How wrong the output is for each sample, (n_samples,): the mean of these is `seen_loss`."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.experiment.loss.value(self.outputs[:, np.newaxis], self.targets[:, np.newaxis])

    def place_of(self, row: int) -> int | None:
        """Return where among the samples that the step sees a sample of the data is; None where it sees it not."""
        found = np.flatnonzero(self.rows == row).tolist()
        return found[0] if found else None


def step_after(history: History, iteration: int) -> Step:
    """Take the step that follows `iteration` apart, with the functions that trained."""
    experiment, place = history.experiment, place_at(history, iteration)
    model, parameters = experiment.model, place.parameters
    learning_rate = learning_rate_at(experiment.schedule, iteration)
    inputs, targets = next(samples(experiment, iteration))
    with np.errstate(over="ignore", invalid="ignore"):
        outputs = model.forward(parameters, inputs)
        gradient = model.backward(parameters, inputs, outputs, targets, experiment.loss)
        after, next_state = experiment.optimiser.step(parameters, gradient, learning_rate, place.state)
        return Step(
            history=history,
            iteration=iteration,
            rows=_rows(experiment, iteration),
            inputs=inputs,
            targets=targets,
            parameters=parameters,
            outputs=outputs,
            loss=float(history.loss[iteration]),
            grad_output=experiment.loss.slope(outputs, targets),
            gradient=gradient,
            learning_rate=learning_rate,
            after=after,
            next_loss=float(losses(experiment, after[np.newaxis])[0]),
            state=place.state,
            next_state=next_state,
        )


def _rows(experiment: Experiment, iteration: int) -> NDArray[np.intp]:
    n_samples = experiment.data.n_samples
    if experiment.batches is None:
        return np.arange(n_samples)
    return next(experiment.batches.rows(n_samples, iteration))
