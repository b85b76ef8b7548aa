"""One training step taken apart: every number that is computed on the way."""

from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.schedule import learning_rate_at
from core.training import History


@dataclass(frozen=True, eq=False)
class Step:
    """The step that follows `iteration`: from `parameters` to `after`, (n_parameters,) like the `gradient`.

    `inputs` (n_samples, n_parameters), with a 1 for the bias; `outputs`, `grad_output` (n_samples,); `next_loss` is
    infinite where the step leaves the finite world.
    """

    history: History
    iteration: int
    inputs: Array
    parameters: Array
    outputs: Array
    loss: float
    grad_output: Array
    gradient: Array
    learning_rate: float
    after: Array
    next_loss: float

    @property
    def targets(self) -> Array:
        return self.history.experiment.data.targets


def step_after(history: History, iteration: int) -> Step:
    """Take the step that follows `iteration` apart, with the functions that trained."""
    experiment, parameters = history.experiment, history.parameters[iteration]
    model, targets = experiment.model, experiment.data.targets
    learning_rate = learning_rate_at(experiment.schedule, iteration)
    inputs = model.seen(experiment.data.inputs)
    with np.errstate(over="ignore", invalid="ignore"):
        outputs = model.forward(parameters, inputs)
        gradient = model.backward(inputs, outputs, targets, experiment.loss)
        after = experiment.optimiser(parameters, gradient, learning_rate)
        return Step(
            history=history,
            iteration=iteration,
            inputs=inputs,
            parameters=parameters,
            outputs=outputs,
            loss=float(history.loss[iteration]),
            grad_output=experiment.loss.slope(outputs, targets),
            gradient=gradient,
            learning_rate=learning_rate,
            after=after,
            next_loss=float(experiment.loss.value(model.forward(after, inputs), targets)),
        )
