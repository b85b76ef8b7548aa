"""Predict first: what can be asked of a run before it is shown, and which runs it can be asked of."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from core.experiment import Experiment
from core.losses import CrossEntropy
from core.neuron import Neuron
from core.theory.in_force import LimitKind, limit_kind
from core.theory.limits import Regime
from core.theory.quadratic import Quadratic, theory
from core.training import History

LOOKED_AHEAD = 100
"""The iteration for whose loss is asked; the end of the run where that comes before."""
EXPLODES = math.inf
"""The answer that the loss has exploded by then."""
ROUNDING = 1e-9

Ends = tuple[float, float]
"""The heights of a line at the data's left and right end."""
Given = Ends | float | Regime


class Kind(Enum):
    """What is asked; the values are the names in a link."""

    LINE = "line"
    LOSS = "loss"
    REGIME = "regime"
    LIMIT = "limit"


class Unsuited(Enum):
    """Why a question does not suit a run."""

    NO_LINE = "its predictions are no straight line over one input"
    NO_LIMIT = "its loss is no parabola, or its steps have no factors: no limit decides"
    FLAT = "nothing is curved: every rate is stable"
    STEERED = "its learning rate changes on the way, or a hand moves it"
    ALREADY_THERE = "it starts where it should end"
    TOO_FAR = "there are no numbers for where it starts, or for its next step"


@dataclass(frozen=True)
class Question:
    """What is asked of which run; `iteration` is that before the step of a line, or that of a loss.

    The `variant` tells tries apart that ask for the same.
    """

    kind: Kind
    experiment: Experiment
    iteration: int = 0
    variant: int = 0


@dataclass(frozen=True)
class Answer:
    """What somebody has said to a question, and how good that was: from 0 to 100.

    A line is `given` by its ends, a loss and a limit by a number (infinite: it explodes), a regime by itself.
    """

    question: Question
    given: Given
    score: int


def question(kind: Kind, experiment: Experiment, iteration: int = 0, variant: int = 0) -> Question:
    """Return what is asked of a run of at least one iteration; `iteration` is where a line stands."""
    at = {Kind.LINE: min(iteration, experiment.iterations - 1), Kind.LOSS: min(LOOKED_AHEAD, experiment.iterations)}
    return Question(kind, experiment, at.get(kind, 0), variant)


def unsuited(asked: Question, history: History) -> Unsuited | None:
    """Return why a question does not suit its run; None where it does."""
    if not math.isfinite(float(history.loss[0])):
        return Unsuited.TOO_FAR
    return UNSUITED[asked.kind](asked, history)


def _line_unsuited(asked: Question, history: History) -> Unsuited | None:
    now = asked.experiment
    is_line = type(now.model) is Neuron and now.data.n_features == 1 and now.data.n_samples > 1
    if not is_line or now.data.has_classes or isinstance(now.loss, CrossEntropy):
        return Unsuited.NO_LINE
    return Unsuited.TOO_FAR if history.iterations <= asked.iteration else None


def _loss_unsuited(asked: Question, history: History) -> Unsuited | None:
    rounding = ROUNDING**2 * float(np.mean(asked.experiment.data.targets**2))
    return None if history.loss[0] > rounding else Unsuited.ALREADY_THERE


def _limit_unsuited(asked: Question, history: History) -> Unsuited | None:
    known = theory(asked.experiment)
    if known and known.is_flat:
        return Unsuited.FLAT
    is_exact = known is not None and known.has_limits and limit_kind(asked.experiment) is LimitKind.EXACT
    return None if is_exact else Unsuited.NO_LIMIT


def _regime_unsuited(asked: Question, history: History) -> Unsuited | None:
    if (reason := _limit_unsuited(asked, history)) is not None:
        return reason
    if len(asked.experiment.schedule) > 1 or asked.experiment.nudges:
        return Unsuited.STEERED
    start = history.parameters[0]
    steep = abs(float(quadratic_of(asked).errors(start)[-1]))
    return None if steep > ROUNDING * float(np.abs(start).max() + 1) else Unsuited.ALREADY_THERE


UNSUITED: dict[Kind, Callable[[Question, History], Unsuited | None]] = {
    Kind.LINE: _line_unsuited,
    Kind.LOSS: _loss_unsuited,
    Kind.REGIME: _regime_unsuited,
    Kind.LIMIT: _limit_unsuited,
}


def quadratic_of(asked: Question) -> Quadratic:
    """Return the theory of the run. Raises ValueError where there is none."""
    if (known := theory(asked.experiment)) is None:
        raise ValueError("there is no theory of this run")
    return known
