"""Predict first: the line before a step, the one that somebody draws, and once it is told the one after the step."""

import numpy as np

from charts.lesson_look import AFTER_LINE, GUESS_LINE, GUESS_POINT
from charts.look import BEFORE_LINE, Figure, Range, drawable, layout, quietly, window
from charts.samples import place_axis, sample_points, target_axis
from charts.traces import figure, line, scatter, with_handles
from core.lesson.prediction import Ends, Question
from core.lesson.truth import best_line, ends_of, line_at
from core.training import History
from wording import _

FARTHEST = 3.0
"""The picture has room for a step of so many times the way to the best line, whatever the learning rate."""
REACH = 1.0


@quietly
def guessed_line_figure(asked: Question, history: History, yours: Ends, *, told: bool) -> Figure:
    """Draw data, the line before the step and `yours`, at whose ends a hand can take it; what is `told` shows more."""
    data, ends, range_ = asked.experiment.data, ends_of(asked), line_range(asked, history)
    before, after = (drawable(np.array(line_at(asked, history, ahead)), range_) for ahead in (0, 1))
    lines = [
        line(_("before the step"), ends, before, BEFORE_LINE),
        line(_("after the step"), ends, after, AFTER_LINE) if told else None,
        scatter("lines+markers", _("your line"), ends, yours, line=GUESS_LINE, marker=GUESS_POINT),
    ]
    axes = layout(xaxis=place_axis(data), yaxis=target_axis(data, range_))
    drawn = figure([*sample_points(data, None), *lines], axes)
    return drawn if told else with_handles(drawn, _("your line"), ([0], [1]))


def line_range(asked: Question, history: History) -> Range:
    """Return the range of the picture, which does not depend on the learning rate."""
    before, best = line_at(asked, history), best_line(asked, history)
    anchors = np.append(asked.experiment.data.targets, before)
    far = before if best is None else np.add(before, FARTHEST * np.subtract(best, before))
    return window(anchors, np.asarray(far, float), REACH)
