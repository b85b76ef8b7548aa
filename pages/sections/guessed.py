"""The picture of a question: what somebody has put in, and once it is told the truth beside it."""

from charts.guessed_limit import guessed_limit_figure, limit_bounds
from charts.guessed_line import guessed_line_figure, line_range
from charts.guessed_loss import guessed_loss_figure
from charts.guessed_regime import guessed_regime_figure
from charts.look import Figure
from core.lesson.prediction import Given, Kind, Question, quadratic_of
from core.lesson.scoring import loss_bounds
from core.lesson.truth import first_errors, regime_of
from core.theory.limits import Regime
from core.training import History
from pages.player.player import Picture
from telling.names import regime_names
from telling.predicting import alt, handle_names


def usual_rate(question: Question) -> float:
    """Return the rate that the data propose, where the gradient is averaged: what is offered for a limit."""
    return question.experiment.data.learning_rate


def _limit_bounds(question: Question) -> tuple[float, float]:
    now = question.experiment
    return limit_bounds(usual_rate(question), now.loss.summands(now.data.targets))


def values(question: Question, history: History) -> tuple[float, float]:
    """Return between which values a hand can put its handles."""
    if question.kind is Kind.LINE:
        return line_range(question, history)
    if question.kind is Kind.LIMIT:
        return _limit_bounds(question)
    return loss_bounds(float(history.loss[0]))


def picture(question: Question, history: History, given: Given | None, *, told: str) -> Picture:
    """Return the picture; the truth is in it only where a sentence has `told` it."""
    figure = _figure(question, history, given, is_told=bool(told))
    return Picture(figure, told or alt(question), handles=() if told else handle_names(question.kind))


def _figure(question: Question, history: History, given: Given | None, *, is_told: bool) -> Figure:
    if isinstance(given, tuple):
        return guessed_line_figure(question, history, given, told=is_told)
    if isinstance(given, Regime) or given is None:
        truth = (regime_of(question), first_errors(question, history)) if is_told else ()
        return guessed_regime_figure(regime_names(), given, *truth)
    if question.kind is Kind.LOSS:
        return guessed_loss_figure(question, history, given, told=is_told)
    limits = quadratic_of(question).limits if is_told else None
    return guessed_limit_figure(_limit_bounds(question), given, limits, regime_names())
