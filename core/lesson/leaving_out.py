"""What a hidden neuron contributes: the loss without it."""

from collections.abc import Sequence

from core.network import Network
from core.training import History, losses


def loss_without(history: History, neurons: Sequence[int]) -> float:
    """Return the loss at the end of a run if these hidden neurons, counted from 0, said nothing."""
    model, parameters = history.experiment.model, history.parameters[-1:]
    silent = model.without(parameters, neurons) if isinstance(model, Network) else parameters
    return float(losses(history.experiment, silent)[0])
