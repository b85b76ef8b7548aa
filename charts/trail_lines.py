"""The trail of a whole line, straight or bent: what the first steps drew, or the last ones before each frame.

`at` returns what is drawn of the line after so many updates, (n, n_places).
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from charts import trail
from charts.look import NOW, Range
from charts.traces import Moving, Trace, line
from core.checks import Array
from core.training import History
from wording import _

At = Callable[[list[int]], Array]
WHOLE = {"simplify": False}
"""Plotly leaves points out of a curve at rest, and the player none of one that moves: that would be seen."""
STYLE = {"color": NOW, "width": 2, **WHOLE}
ROOM_FOR_NUMBERS = 0.14
"""What the horizontal axis is longer at its right end, as a share of its length."""


def with_room(axis: dict[str, Any]) -> dict[str, Any]:
    """Return the horizontal axis with room for the numbers of the steps at its right end."""
    low, high = axis["range"]
    return {**axis, "range": [low, high + ROOM_FOR_NUMBERS * (high - low)]}


def heights(rows: Array, **places: list[float]) -> list[Trace]:
    """Return what moves a line up and down: frame k gives its `places` the heights rows[k], (n_frames, n_places)."""
    return [{**places, "y": row} for row in rows.tolist()]


def trail_of_lines(
    history: History, x: Array, at: At, y_range: Range, iterations: list[int], recent: bool
) -> Sequence[Trace | Moving]:
    """Return the lines of the first steps, numbered at the right; if `recent` those that follow the line now."""
    return _following(x, at, iterations) if recent else _numbered(trail.trail_steps(history), x, at, y_range)


def _numbered(steps: list[int], x: Array, at: At, y_range: Range) -> list[Trace]:
    rows = at(steps)
    lines = [
        line(_("step {step}").format(step=step), x, row, STYLE, **_beneath(step))
        for step, row in zip(steps, rows, strict=True)
    ]
    ends = np.array([leaving(x, row, y_range) for row in rows]).reshape(-1, 2)
    return [*lines, trail.numbers(steps, ends[:, 0], ends[:, 1], y_range)]


def _beneath(step: int) -> Trace:
    return {"opacity": trail.faded(step), "showlegend": False, **trail.shown_from(step)}


def _following(x: Array, at: At, iterations: list[int]) -> list[Moving]:
    return [
        Moving(line(_("steps"), x, x, STYLE, opacity=opacity, showlegend=False), heights(at(past)))
        for opacity, past in trail.recent(iterations)
    ]


def leaving(x: Array, y: Array, y_range: Range) -> tuple[float, float]:
    """Return the right end of a line, or where it leaves the picture for the last time on its way there."""
    edge = float(np.clip(y[-1], *y_range))
    if edge == y[-1]:
        return float(x[-1]), edge
    inside = np.flatnonzero((y < edge) == (edge < y[-1]))
    if not inside.size:
        return float(x[0]), edge
    k = int(inside[-1])
    return float(x[k] + (edge - y[k]) / (y[k + 1] - y[k]) * (x[k + 1] - x[k])), edge
