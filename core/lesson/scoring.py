"""How good a prediction is: from 0 to 100, the less the farther it is from the truth."""

import math

import numpy as np

from core.lesson.prediction import EXPLODES, Answer, Ends, Given, Kind, Question
from core.lesson.truth import is_exploding, limit_of, line_at, loss_at, picture_height, regime_of
from core.theory.limits import Regime
from core.training import History

FULL = 100
NEAR_ENOUGH = 0.02
"""A hand that draws is not more exact than this share of the picture."""
LEAST_WAY = 0.25
"""A line is measured by the way that it goes, or by this share of the picture where that is longer."""
BELOW, ABOVE = 4, 4
"""Powers of ten below and above the loss at the start that count: what lies beyond is as good as there."""
DECADES_OF_LOSS, DECADES_OF_LIMIT = 2.0, 1.0
"""Powers of ten beside the truth at which nothing of the score is left."""
SCORE_OF_REGIME = {0.0: FULL, 0.5: 70, 1.0: 40}
"""By how many regimes the answer is beside the truth: bouncing for ever is between overshooting and exploding."""
PLACE_OF_REGIME = {
    Regime.CREEPING: 0.0,
    Regime.MONOTONE: 1.0,
    Regime.OVERSHOOTING: 2.0,
    Regime.BOUNCING: 2.5,
    Regime.DIVERGING: 3.0,
}


def answer(asked: Question, history: History, given: Given) -> Answer:
    """Return the answer with its score; `history` is the run of the question's experiment."""
    return Answer(asked, given, score(asked, history, given))


def score(asked: Question, history: History, given: Given) -> int:
    """Return how good an answer is."""
    if isinstance(given, Regime):
        return regime_score(given, regime_of(asked))
    if isinstance(given, tuple):
        ends, before = line_at(asked, history, ahead=1), line_at(asked, history)
        return line_score(given, ends, before, picture_height(asked, history))
    if asked.kind is Kind.LIMIT:
        return limit_score(given, limit_of(asked))
    if given == EXPLODES and is_exploding(asked, history):
        return FULL
    return loss_score(given, loss_at(asked, history), float(history.loss[0]))


def line_score(given: Ends, truth: Ends, before: Ends, height: float) -> int:
    """Return the score of a line: 1 - distance / way, in hundredths, but for what a hand cannot draw better.

    Distances are root mean squares over both ends; the way is that from `before` to the truth, or a quarter of the
    picture's `height` where that is longer.
    """
    way = max(apart(truth, before), LEAST_WAY * height)
    return _share(max(apart(given, truth) - NEAR_ENOUGH * height, 0.0) / way)


def apart(one: Ends, other: Ends) -> float:
    """Return how far apart two lines are: the root mean square over both ends."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.mean(np.subtract(one, other) ** 2)))


def _share(lost: float) -> int:
    return round(FULL * min(max(1 - lost, 0.0), 1.0)) if math.isfinite(lost) else 0


def loss_bounds(start: float) -> tuple[float, float]:
    """Return the least and the greatest loss that count, from that at the `start`."""
    return max(start * 10.0**-BELOW, 1e-300), min(start * 10.0**ABOVE, 1e300)


def loss_score(given: float, truth: float, start: float) -> int:
    """Return the score of a loss: half of it for each power of ten is lost, among the losses that count."""
    low, high = loss_bounds(start)
    given, truth = (min(max(value, low), high) for value in (given, truth))
    return _share((decades(given, truth) - NEAR_ENOUGH) / DECADES_OF_LOSS)


def limit_score(given: float, truth: float) -> int:
    """Return the score of a limit: for a power of ten all of it is lost."""
    return _share((decades(given, truth) - NEAR_ENOUGH) / DECADES_OF_LIMIT)


def decades(one: float, other: float) -> float:
    """Return how many powers of ten two positive numbers are apart."""
    return abs(math.log10(one) - math.log10(other))


def regime_score(given: Regime, truth: Regime) -> int:
    """Return the score of a regime: some of it for the neighbour."""
    return SCORE_OF_REGIME.get(abs(PLACE_OF_REGIME[given] - PLACE_OF_REGIME[truth]), 0)
