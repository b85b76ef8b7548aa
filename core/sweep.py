"""The sweep: what each of many learning rates ends with, found by training with all of them side by side."""

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.stepping import samples
from core.training import losses


def swept_losses(experiment: Experiment, learning_rates: Array) -> Array:
    """Return the loss after all iterations at each constant learning rate, infinite where it exploded, (n_rates,).

    The same forward, backward and update as in training, with one row of parameters for each rate; nudges have no
    place here.
    """
    model, loss, optimiser = experiment.model, experiment.loss, experiment.optimiser
    parameters = np.tile(experiment.start, (len(learning_rates), 1))
    state, rates = optimiser.begin(parameters), learning_rates[:, np.newaxis]
    with np.errstate(all="ignore"):
        for _step, (inputs, targets) in zip(range(experiment.iterations), samples(experiment, 0), strict=False):
            outputs = model.forward(parameters, inputs)
            gradient = model.backward(parameters, inputs, outputs, targets, loss)
            parameters, state = optimiser.step(parameters, gradient, rates, state)  # type: ignore[arg-type]
        return np.nan_to_num(losses(experiment, parameters), nan=np.inf, posinf=np.inf)
