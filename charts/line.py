"""The prediction over the data: a line that turns and rises into place, for data sets with one feature."""

from typing import Any

import numpy as np

from charts import trail
from charts.iterations import hand_placed
from charts.look import BEFORE_LINE, BEST_LINE, DATA, NOW, NOW_LINE, Figure, Range, drawable, layout, quietly, window
from charts.samples import place_axis, places, target_axis
from charts.traces import Moving, Trace, figure, line, points, with_handles
from core.checks import Array
from core.theory.outcome import mirrored
from core.theory.quadratic import Quadratic
from core.training import History
from wording import _

REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data, where no theory says how far is far enough."""
BY_HAND = 0.8
"""How far it goes for a line that a hand has put somewhere, the start among them."""
ROOM_FOR_NUMBERS = 0.14
"""What the horizontal axis is longer at its right end, as a share of its length."""
GRIPS = ([0], [0, 1], [1])
"""Where a hand can take a line: at its left end, in its middle, at its right end."""


@quietly
def line_figure(
    history: History,
    theory: Quadratic | None,
    iterations: list[int],
    *,
    with_trail: bool = True,
    recent: bool = False,
) -> Figure:
    """Draw data, the line before training, the trail of the first steps, the best line and the line now.

    One frame an iteration. The vertical axis holds whatever a stable learning rate can reach. With `recent` the trail
    is that of the last steps, and a hand can take the line now; else the one before training.
    """
    data = history.experiment.data
    ends = np.array([places(data).min(), places(data).max()])
    outputs = history.outputs(slice(None), ends[:, np.newaxis])
    y_range = _reach(history, theory, ends, outputs)
    x, drawn = ends.tolist(), drawable(outputs, y_range)
    left_at, steps = trail.outside_since(drawn, y_range), _recent if recent else _trail
    drawing = figure(
        [
            points(_("data"), places(data), data.targets, {"color": DATA, "size": 6, "opacity": 0.75}),
            line(_("before training"), x, drawn[0], BEFORE_LINE),
            *(steps(history, x, drawn, y_range, iterations) if with_trail else ()),
            None if theory is None else line(_("best possible"), x, _best(history, theory, ends), BEST_LINE),
            Moving(line(_("now"), x, drawn[iterations[-1]], NOW_LINE), _heights(x, drawn, iterations)),
            trail.exit_mark(history, left_at, _axis(history)["range"][0], y_range),
        ],
        layout(xaxis=_axis(history), yaxis=target_axis(data, y_range), meta={"left_at": left_at}),
        iterations,
    )
    return with_handles(drawing, _("now") if recent else _("before training"), GRIPS)


def _heights(x: list[float], drawn: Array, iterations: list[int]) -> list[Trace]:
    return [{"x": x, "y": y} for y in drawn[iterations].tolist()]


def _axis(history: History) -> dict[str, Any]:
    axis = place_axis(history.experiment.data)
    low, high = axis["range"]
    return {**axis, "range": [low, high + ROOM_FOR_NUMBERS * (high - low)]}


def _outputs(history: History, parameters: Array, ends: Array) -> Array:
    model = history.experiment.model
    return model.forward(parameters, model.seen(ends[:, np.newaxis]))


def _best(history: History, theory: Quadratic, ends: Array) -> Array:
    return _outputs(history, theory.best(history.parameters[0]), ends)


def _reach(history: History, theory: Quadratic | None, ends: Array, outputs: Array) -> Range:
    """Return the range of the picture: the same for every learning rate, where it is known what stable ones reach."""
    targets = history.experiment.data.targets
    if theory is None:
        return window(targets, outputs, REACH)
    anchors, placed = np.append(targets, _best(history, theory, ends)), outputs[hand_placed(history)]
    far = np.append(_outputs(history, mirrored(history, theory), ends), outputs[0])
    reached = window(anchors, far, REACH), window(anchors, placed, BY_HAND)
    return min(low for low, _high in reached), max(high for _low, high in reached)


def _recent(_history: History, x: list[float], drawn: Array, _range: Range, iterations: list[int]) -> list[Moving]:
    """Return the lines of the last steps, which follow the line now."""
    return [
        Moving(
            line(_("steps"), x, drawn[0], {"color": NOW, "width": 2}, opacity=opacity, showlegend=False),
            _heights(x, drawn, past),
        )
        for opacity, past in trail.recent(iterations)
    ]


def _trail(history: History, x: list[float], drawn: Array, y_range: Range, _iterations: list[int]) -> list[Trace]:
    steps = trail.trail_steps(history)
    lines = [line(_("step {step}").format(step=step), x, drawn[step], _style(step), **_beneath(step)) for step in steps]
    ends = [_leaving(x, drawn[step].tolist(), y_range) for step in steps]
    across, up = (np.array(part, float) for part in (zip(*ends, strict=True) if ends else ((), ())))
    return [*lines, trail.numbers(steps, across, up, y_range)]


def _style(step: int) -> Trace:
    return {"color": NOW, "width": 2}


def _beneath(step: int) -> Trace:
    return {"opacity": trail.faded(step), "showlegend": False, **trail.shown_from(step)}


def _leaving(x: list[float], y: list[float], y_range: Range) -> tuple[float, float]:
    """Return the right end of a line, or where it leaves the picture on its way there."""
    edge = min(max(y[1], y_range[0]), y_range[1])
    share = 1.0 if edge == y[1] or y[1] == y[0] else (edge - y[0]) / (y[1] - y[0])
    return x[0] + max(share, 0.0) * (x[1] - x[0]), edge
