"""The parameters in parts, as the libraries keep them: the weights and the bias of each layer."""

from typing import Any

import numpy as np

from core.experiment import Experiment
from core.network import Network
from programs.lines import listed, numbers, row


def by_layers(experiment: Experiment, parameters: tuple[float, ...]) -> list[Any]:
    """Return parameters as lists: weights and bias, of a network those of the first layer and then of the second."""
    model, n_features = experiment.model, experiment.data.n_features
    if not isinstance(model, Network):
        return [list(parameters[:n_features]), *parameters[n_features:]]
    first, second, bias = model.layers(np.array(parameters), n_features + 1)
    return [first[:-1].tolist(), first[-1].tolist(), second.tolist(), float(bias[0])]


def layer(part: list[Any] | float, array: str) -> str:
    """Return one of these parts as an array."""
    if not isinstance(part, list):
        return f"{array}({part!r})"
    return listed(map(row, part), array) if isinstance(part[0], list) else numbers(part, array)


def layer_names(experiment: Experiment) -> list[str]:
    """Return what the programs call these parts."""
    if isinstance(experiment.model, Network):
        return ["first_weights", "first_bias", "second_weights", "second_bias"]
    return ["weights", "bias"] if experiment.model.has_bias else ["weights"]
