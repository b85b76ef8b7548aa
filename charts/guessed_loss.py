"""Predict first: the loss at the start, the one that somebody expects later, and once it is told how it went."""

import math
from typing import Any

import numpy as np

from charts.lesson_look import GUESS_LINE, GUESS_POINT
from charts.look import BEFORE, LOSS, Figure, axis, decades, layout, powers
from charts.loss_axis import loss_title
from charts.traces import Trace, figure, line, mark, scatter, upright, with_handles
from core.lesson.prediction import EXPLODES, Question
from core.lesson.scoring import loss_bounds
from core.lesson.truth import loss_at
from core.training import History
from wording import _, number

LOSS_LINE = {"color": LOSS, "width": 4}
THERE = {"color": LOSS, "width": 1, "dash": "dot"}
ROOM = 1.3
"""How long the axis of the iterations is: there is room for what is written at the end."""
PADDING = 0.5
BEYOND = 10.0**20
"""So many times beyond the picture a loss is drawn: it leaves the picture as steeply as it grows."""


def guessed_loss_figure(asked: Question, history: History, yours: float, *, told: bool) -> Figure:
    """Draw the loss at the start and `yours` at the iteration asked for; what is `told` shows the curve, too.

    A hand can take what it expects, up and down on a logarithmic axis.
    """
    first, at = float(history.loss[0]), asked.iteration
    ends = [first, _within(yours, first)]
    guess = scatter("lines+markers", _("your loss"), [0, at], ends, line=GUESS_LINE, marker=GUESS_POINT)
    truth = _truth(asked, history) if told else []
    drawn = figure([*truth, guess, mark(_("at the start"), [0], [first], BEFORE)], _axes(asked, history))
    return drawn if told else with_handles(drawn, _("your loss"), [[1]], loss_bounds(first))


def _axes(asked: Question, history: History) -> dict[str, Any]:
    low, high = map(math.log10, loss_bounds(float(history.loss[0])))
    at, range_ = asked.iteration, (low - PADDING, high + PADDING)
    return layout(
        xaxis=axis(_("iteration"), (-0.04 * at, ROOM * at)),
        yaxis=powers(loss_title(history), range_, **decades(range_)),
        shapes=[upright(at, THERE)],
    )


def _within(loss: float, first: float) -> float:
    """Return the loss, or the end of the picture where it lies beyond."""
    low, high = loss_bounds(first)
    return min(max(loss, low), high)


def _truth(asked: Question, history: History) -> list[Trace]:
    """Return how the loss went, and what it was in the end."""
    first, at = float(history.loss[0]), asked.iteration
    losses = history.loss[: at + 1]
    low, high = loss_bounds(first)
    end = _within(loss_at(asked, history), first)
    return [
        line(_("loss"), list(range(len(losses))), np.clip(losses, low / BEYOND, high * BEYOND), LOSS_LINE),
        mark(_("so it was"), [at], [end], LOSS, _symbol(loss_at(asked, history), end)),
        _label(at, end, _told(asked, history)),
    ]


def _symbol(loss: float, shown: float) -> str:
    """Return a diamond, or where the loss lies beyond the picture what points there."""
    return "diamond" if loss == shown else "triangle-up" if loss > shown else "triangle-down"


def _label(at: int, height: float, text: str) -> Trace:
    told = {"text": [f"  {text}"], "textposition": "middle right", "hoverinfo": "skip", "showlegend": False}
    return scatter("text", "", [at], [height], **told)


def _told(asked: Question, history: History) -> str:
    loss = loss_at(asked, history)
    if loss == EXPLODES:
        return _("✕ exploded at {iteration}").format(iteration=number(history.diverged_at or 0))
    return number(loss)
