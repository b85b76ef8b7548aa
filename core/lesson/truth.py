"""What is true of a run that has been asked about: the line after a step, a loss, the regime, the limit."""

import numpy as np

from core.checks import Array
from core.lesson.prediction import EXPLODES, Ends, Question, quadratic_of
from core.theory.limits import Regime
from core.theory.outcome import errors_along_directions
from core.theory.quadratic import theory
from core.training import History

SHOWN_STEPS = 8
"""So many steps show which regime it is."""


def ends_of(asked: Question) -> Ends:
    """Return the data's least and greatest input, at which a line has its ends."""
    inputs = asked.experiment.data.inputs[:, 0]
    return float(inputs.min()), float(inputs.max())


def line_at(asked: Question, history: History, ahead: int = 0) -> Ends:
    """Return the line where the question stands, or so many steps `ahead` of that."""
    left, right = history.outputs(asked.iteration + ahead, np.array(ends_of(asked))[:, np.newaxis]).tolist()
    return left, right


def best_line(asked: Question, history: History) -> Ends | None:
    """Return the line with the least loss; None where it is not known."""
    if (known := theory(asked.experiment)) is None:
        return None
    model, best = asked.experiment.model, known.best(history.parameters[0])
    left, right = model.forward(best, model.seen(np.array(ends_of(asked))[:, np.newaxis])).tolist()
    return left, right


def picture_height(asked: Question, history: History) -> float:
    """Return how high data and line are together."""
    heights = np.append(asked.experiment.data.targets, line_at(asked, history))
    return float(np.ptp(heights)) or 1.0


def loss_at(asked: Question, history: History) -> float:
    """Return the loss at the iteration that is asked for; infinite where it has exploded by then."""
    return float(history.loss[asked.iteration]) if asked.iteration <= history.iterations else EXPLODES


def is_exploding(asked: Question, history: History) -> bool:
    """Return whether the loss at that iteration is on its way out of all numbers, or is there."""
    known, grown = theory(asked.experiment), loss_at(asked, history) > history.loss[0]
    for_sure = known is not None and known.is_closed and history.learning_rate > known.limits.stable
    return bool(grown and (for_sure or history.diverged_at is not None))


def regime_of(asked: Question) -> Regime:
    """Return which regime the learning rate is in."""
    return quadratic_of(asked).limits.regime(asked.experiment.learning_rate)


def limit_of(asked: Question) -> float:
    """Return the largest stable learning rate."""
    return quadratic_of(asked).limits.stable


def first_errors(asked: Question, history: History) -> Array:
    """Return the error along the steepest direction in the first steps, as a share of that at the start."""
    return errors_along_directions(history, quadratic_of(asked), SHOWN_STEPS)[0]
