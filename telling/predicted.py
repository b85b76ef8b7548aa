"""Predict first: what somebody has said beside what is true, and why it is so, from the numbers of the run."""

import math

import numpy as np

from core.lesson.prediction import EXPLODES, Answer, Ends, Kind, Question, quadratic_of
from core.lesson.scoring import FULL, apart, decades
from core.lesson.truth import (
    best_line,
    ends_of,
    is_exploding,
    limit_of,
    line_at,
    loss_at,
    regime_of,
)
from core.theory.factors import stable_product
from core.theory.limits import Regime, half_life
from core.theory.outcome import predicted_growth, slowest_factor
from core.theory.quadratic import theory
from core.training import History
from telling.names import regime_names
from wording import N_, _, number, percent, unlike

GOOD = 90
NEAR = 0.06
"""Powers of ten that two numbers are apart which are taken for the same."""
DONE = 0.05
"""A share of the error that is as good as nothing."""
AT_ONCE = 1e-9

REGIMES = {
    Regime.CREEPING: N_("even in the steepest direction a step takes away only {gone} of the error"),
    Regime.MONOTONE: N_("no step goes past the best, and each leaves {left} of the steepest error"),
    Regime.OVERSHOOTING: N_("each step goes past the best, but lands nearer, with {left} of the error"),
    Regime.BOUNCING: N_("each step goes past the best, and lands just as far away"),
    Regime.DIVERGING: N_("each step goes past the best, and lands {times} times as far away"),
}


def verdict(answer: Answer, history: History) -> str:
    """Say what was said, what was true, and why."""
    said, reason = _said_and_why(answer, history)
    return f"{said}: {reason}."


def _said_and_why(answer: Answer, history: History) -> tuple[str, str]:
    given = answer.given
    if isinstance(given, Regime):
        return _of_regime(answer.question, given)
    if isinstance(given, tuple):
        return _of_line(answer, given, history)
    if answer.question.kind is Kind.LIMIT:
        return _of_limit(answer.question, given)
    return _of_loss(answer, given, history)


def _of_line(answer: Answer, given: Ends, history: History) -> tuple[str, str]:
    asked = answer.question
    truth, before, best = line_at(asked, history, ahead=1), line_at(asked, history), best_line(asked, history)
    k = int(np.abs(np.subtract(given, truth)).argmax())
    place = f"{number(ends_of(asked)[k])} {asked.experiment.data.input_unit}".strip()
    told = {"input": place, "yours": number(given[k], 3), "truth": number(truth[k], 3)}
    said = _("At {input} you said {yours}, it was {truth}").format(**told)
    if best is not None and (past := _past_best(truth, before, best)):
        return said, past
    return said, _why_line(answer.score, given[k], truth[k], before[k], None if best is None else best[k])


def _past_best(truth: Ends, before: Ends, best: Ends) -> str:
    """Say that a step has gone past the best line, if it has: most of the line is on the other side of it then."""
    away, was = np.subtract(truth, best), np.subtract(before, best)
    if float(away @ was) >= 0:
        return ""
    if apart(truth, best) > apart(before, best):
        return _("the step went past the best line, and landed farther away than before")
    return _("the step went past the best line, to its other side, and landed nearer")


def _why_line(score: int, yours: float, truth: float, before: float, best: float | None) -> str:
    way = math.nan if best is None else best - before
    share = (truth - before) / way if way else math.nan
    if score < GOOD and (yours - before) * (truth - before) < 0:
        return _("downhill was the other way")
    if score == FULL:
        return _("that is as exact as a hand can draw")
    if not 0 <= share <= 1:
        shorter = abs(truth - before) < abs(yours - before)
        return _("the step was shorter than that") if shorter else _("the step was longer than that")
    return _("a step at this rate covered {share} of the way to the best line").format(share=percent(share))


def _of_loss(answer: Answer, given: float, history: History) -> tuple[str, str]:
    asked = answer.question
    truth, reason = loss_at(asked, history), _why_loss(answer, given, history)
    if given == EXPLODES and is_exploding(asked, history):
        return _exploding(truth, history), reason
    told = {"yours": number(given, 3), "truth": number(truth), "iteration": number(history.diverged_at or 0)}
    if given == EXPLODES:
        return _("You said that it explodes, it was {truth}").format(**told), reason
    if truth == EXPLODES:
        return _("You said {yours}, it had exploded at iteration {iteration}").format(**told), reason
    return _("You said {yours}, it was {truth}").format(**told), reason


def _exploding(truth: float, history: History) -> str:
    if truth == EXPLODES:
        text = _("It explodes, as you said, at iteration {iteration}")
        return text.format(iteration=number(history.diverged_at or 0))
    return _("It explodes, as you said, and was at {truth} already").format(truth=number(truth))


def _why_loss(answer: Answer, yours: float, history: History) -> str:
    asked, known = answer.question, theory(answer.question.experiment)
    truth = loss_at(asked, history)
    if truth > history.loss[0]:
        return _why_up(history)
    if answer.score >= GOOD:
        return _("that is well predicted")
    if known and yours < known.best_loss * (1 - DONE):
        return _("no line has a loss below {best}").format(best=number(known.best_loss))
    return _why_more(history, asked.iteration) if truth > yours else _why_less(history, asked.iteration)


def _why_up(history: History) -> str:
    known = theory(history.experiment)
    if known is None or not known.is_plain or predicted_growth(history, known) <= 1:
        return _("its steps are too long, and carried it up")
    growth = unlike(predicted_growth(history, known), 1.0, 3)
    return _("the bounce carried it up, and each step makes the error {growth} times as large").format(growth=growth)


def _why_more(history: History, steps: int) -> str:
    """Say why the loss has fallen less than somebody said."""
    known = theory(history.experiment)
    if known is None or not known.is_plain or known.is_flat:
        return _("it fell more slowly than that")
    if abs(predicted_growth(history, known)) ** steps > DONE and _goes_past(history):
        return _("it was still bouncing from side to side")
    halving = half_life(slowest_factor(history, known))
    if math.isfinite(halving) and halving > steps / 4:
        text = _("it is still creeping: half of the flattest error goes only every {steps} steps")
        return text.format(steps=number(math.ceil(halving)))
    return _("it fell more slowly than that")


def _why_less(history: History, steps: int) -> str:
    """Say why the loss has fallen more than somebody said."""
    known = theory(history.experiment)
    if known and known.is_plain and predicted_growth(history, known) ** steps < DONE:
        return _("the steep direction was done early, and most of the loss went with it")
    return _("it fell faster than that")


def _goes_past(history: History) -> bool:
    known = theory(history.experiment)
    return known is not None and history.learning_rate > known.limits.monotone


def _of_regime(asked: Question, given: Regime) -> tuple[str, str]:
    names, truth = regime_names(), regime_of(asked)
    if given is truth:
        return _("“{truth}”, as you said").format(truth=names[truth]), _why_regime(asked, truth)
    told = _("You said “{yours}”, it was “{truth}”").format(yours=names[given], truth=names[truth])
    return told, _why_regime(asked, truth)


def _why_regime(asked: Question, truth: Regime) -> str:
    known, rate = quadratic_of(asked), asked.experiment.learning_rate
    limit = known.limits.stable
    if not known.is_plain:
        told = {"rate": number(rate), "limit": number(limit), "share": percent(rate / limit)}
        return _("the limit is {limit}, and {rate} is {share} of it").format(**told)
    factor = 1 - rate * float(known.eigenvalues[-1])
    shares = {"left": percent(abs(factor)), "gone": percent(1 - factor), "times": unlike(abs(factor), 1.0, 3)}
    return _(REGIMES[truth]).format(**shares)


def _of_limit(asked: Question, given: float) -> tuple[str, str]:
    known, truth = quadratic_of(asked), limit_of(asked)
    said = _("You said {yours}, it is {truth}").format(yours=number(given, 3), truth=number(truth))
    if known.is_plain and decades(given, known.limits.monotone) < NEAR:
        return said, _("there overshooting begins, and exploding at twice that")
    told = {"product": number(stable_product(known.optimiser), 3), "curvature": number(float(known.eigenvalues[-1]))}
    return said, _("{product} over the curvature in the steepest direction, {curvature}").format(**told)
