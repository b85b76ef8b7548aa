"""The code of the suspects, as the learner reads it."""

import inspect
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from core.experiment import Model
from core.lesson.suspects import line_up
from core.losses import MEAN_SQUARED_ERROR, CrossEntropy, Huber, Loss
from core.network import Network
from core.neuron import Neuron

OF_ACTIVATION = {"tanh": "(1 - hidden**2)", "sigmoid": "hidden * (1 - hidden)", "relu": "(hidden > 0)", "identity": "1"}
"""The slope of each activation, written with what the hidden neurons say."""
ARTICLES_NEURON = Neuron()


@cache
def code_of(suspect: str, model: Model = ARTICLES_NEURON, loss: Loss = MEAN_SQUARED_ERROR) -> str:
    """Return a suspect's code with a neutral name and without the docstring that gives it away.

    What it is told of the loss and of the activation is written out.
    """
    backward = line_up(model, loss)[suspect].backward
    body = re.split(r'    """.*?"""\n', inspect.getsource(backward), maxsplit=1, flags=re.DOTALL)[1]
    body = body.replace("loss_slope(outputs, targets)", _slope_of(loss))
    if isinstance(model, Network):
        body = body.replace("activation_slope(hidden)", OF_ACTIVATION[model.activation.name])
    return f"def backward({', '.join(_arguments(backward))}):\n{body}"


def _arguments(backward: Callable[..., Any]) -> list[str]:
    return [name for name in inspect.signature(backward).parameters if not name.endswith("_slope")]


def _slope_of(loss: Loss) -> str:
    """Write the slope of one sample's loss."""
    if isinstance(loss, Huber):
        return f"np.clip(outputs - targets, {-loss.delta!r}, {loss.delta!r})"
    return "(sigmoid(outputs) - targets)" if isinstance(loss, CrossEntropy) else "2 * (outputs - targets)"
