"""One training step taken apart: every number that is computed on the way."""

from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.schedule import learning_rate_at
from core.stepping import samples
from core.training import History, losses, place_at


@dataclass(frozen=True, eq=False)
class Step:
    """The step that follows `iteration`: from `parameters` to `after`, (n_parameters,) like the `gradient`.

    Of the samples that it sees: `inputs` (n_samples, n_features and one more with a bias), with a 1 for the bias;
    `targets`, `outputs`, `grad_output` (n_samples,). `loss` and `next_loss` are those of all samples; the second is
    infinite where the step leaves the finite world.
    """

    history: History
    iteration: int
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


def step_after(history: History, iteration: int) -> Step:
    """Take the step that follows `iteration` apart, with the functions that trained."""
    experiment, parameters, model = history.experiment, history.parameters[iteration], history.experiment.model
    learning_rate = learning_rate_at(experiment.schedule, iteration)
    inputs, targets = next(samples(experiment, iteration))
    with np.errstate(over="ignore", invalid="ignore"):
        outputs = model.forward(parameters, inputs)
        gradient = model.backward(parameters, inputs, outputs, targets, experiment.loss)
        state = place_at(history, iteration).state
        after, _state = experiment.optimiser.step(parameters, gradient, learning_rate, state)
        return Step(
            history=history,
            iteration=iteration,
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
        )
