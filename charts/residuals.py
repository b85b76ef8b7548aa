"""The residuals of one step: lines from the data to the prediction, and their squares as squares."""

from typing import Any

import numpy as np

from charts.lesson_look import AFTER_LINE
from charts.look import DATA, INK, LOSS, NOW_LINE, Figure, Range, axis, drawable, layout, quietly, window
from charts.plane import plane_figure
from charts.predicted import says_probabilities
from charts.samples import place_axis, places, target_axis
from charts.traces import Trace, figure, gaps, line, points
from core.checks import Array
from core.data.dataset import Dataset
from core.lesson.step import Step
from wording import _, number

MOST = 12
"""Residuals shown at the most; of more samples, evenly chosen ones and always the chosen one."""
RING = {"color": "rgba(0,0,0,0)", "size": 16, "line": {"color": DATA, "width": 3}}
NOT_SEEN = {"color": DATA, "size": 4, "opacity": 0.3}
PLACES = 81
"""Where a prediction over one feature is drawn, evenly from the first sample to the last."""
GLASS = "rgba(118,130,142,0.1)"
"""The fill of a square: the colour of the loss, and yet the edges of those behind it are seen."""
REACH = 1.0
"""How far beyond the data the picture goes, in heights of the data."""
WIDTH_TO_HEIGHT = 0.6
"""What the picture's height is of its width, so that squares look like squares."""


@quietly
def residuals_figure(step: Step, sample: int, *, after: bool, squares: bool) -> Figure:
    """Draw data, prediction and residuals before the step; with `after`, also the prediction that it leads to.

    `sample`, counted from 0 among those that the step sees, gets a ring. With `squares`, each residual gets its
    square. Over two features it is the plane, coloured by the prediction, in which no residual can be drawn.
    """
    if is_plane(step):
        return _plane(step, sample)
    data = step.experiment.data
    x, x_axis = places(data)[step.rows], place_axis(data, 0.1)
    y_range = window(data.targets, step.predicted, REACH)
    shown = _shown(len(x), sample)
    ends = np.column_stack([step.targets, drawable(step.predicted, y_range)])[shown]
    return figure(
        [
            _residuals(x[shown], ends, len(x)),
            None if step.sees_all else points(_("not in this step"), places(data), data.targets, NOT_SEEN),
            points(_("data"), x, step.targets, {"color": DATA, "size": 6}),
            _prediction(_("now"), step, step.parameters, y_range, NOW_LINE),
            _prediction(_("after the update"), step, step.after, y_range, AFTER_LINE) if after else None,
            points(_("this sample"), x[[sample]], step.targets[[sample]], RING),
        ],
        layout(
            xaxis=x_axis,
            yaxis=_up(step, y_range),
            shapes=_squares(x[shown], ends, x_axis["range"], y_range) if squares else [],
        ),
    )


def is_plane(step: Step) -> bool:
    """Return whether the samples lie in a plane, where there is no room for residuals."""
    return step.experiment.data.n_features == 2 and step.experiment.data.n_samples > 1


def _plane(step: Step, sample: int) -> Figure:
    drawn = plane_figure(step.history, [step.iteration], with_trail=False)
    x, y = step.inputs[:, 0], step.inputs[:, 1]
    marks = [
        *([] if step.sees_all else _rings(_("in this step"), x, y, 13, 1.5)),
        *_rings(_("this sample"), x[[sample]], y[[sample]], 16, 3),
    ]
    return {**drawn, "data": [*drawn["data"], *marks], "frames": []}


def _rings(name: str, x: Array, y: Array, size: float, width: float) -> list[Trace]:
    """Return rings of ink, and one for the legend, for ink would not be seen on a dark page."""
    ink, quiet = ({**RING, "size": size, "line": {"color": color, "width": width}} for color in (INK, LOSS))
    return [points(name, x, y, ink, showlegend=False), points(name, [0], [None], quiet)]


def _shown(n_samples: int, sample: int) -> list[int]:
    return sorted({*np.linspace(0, n_samples - 1, min(MOST, n_samples)).round().astype(int).tolist(), sample})


def _up(step: Step, y_range: Range) -> dict[str, Any]:
    data = step.experiment.data
    if not says_probabilities(step.history):
        return target_axis(data, y_range)
    return axis(_("probability of {name}").format(name=_(data.class_names[1])), y_range, tickvals=[0, 0.5, 1])


def _prediction(name: str, step: Step, parameters: Array, y_range: Range, style: dict[str, Any]) -> Trace:
    """Return what these parameters predict: a line or a curve over one feature, else a value for each sample."""
    model, data = step.experiment.model, step.experiment.data
    x, inputs = _along(data)
    outputs = step.experiment.loss.predicted(model.forward(parameters, model.seen(inputs)))
    if len(x) == 1:
        marker = {"color": style["color"], "size": 12, "symbol": "diamond"}
        return points(name, x, drawable(outputs, y_range), marker)
    return line(name, x, drawable(outputs, y_range), style)


def _along(data: Dataset) -> tuple[Array, Array]:
    """Return places on the horizontal axis and the inputs there: evenly over one feature, else those of the samples."""
    x = places(data)
    if data.n_features > 1 or len(x) == 1:
        return x, data.inputs
    even = np.linspace(x.min(), x.max(), PLACES)
    return even, even[:, np.newaxis]


def _residuals(x: Array, ends: Array, n_samples: int) -> Trace:
    """Return an upright line a residual, with gaps between them; `ends` (n, 2) holds target and output."""
    xs, ys = (np.column_stack([pair, np.full(len(x), np.nan)]).ravel() for pair in (np.column_stack([x, x]), ends))
    drawn = np.isfinite(ys)
    few = _("residuals ({shown} of {all})").format(shown=number(len(x)), all=number(n_samples))
    name = _("residuals") if len(x) == n_samples else few
    return line(name, gaps(xs, drawn), gaps(ys, drawn), {"color": LOSS, "width": 2})


def _squares(x: Array, ends: Array, x_range: list[float], y_range: Range) -> list[dict[str, Any]]:
    """Return one square a residual, as wide on the screen as it is high, on the side where there is room."""
    to_x = WIDTH_TO_HEIGHT * (x_range[1] - x_range[0]) / (y_range[1] - y_range[0])
    sides = np.abs(ends[:, 1] - ends[:, 0]) * to_x * np.where(x < sum(x_range) / 2, 1.0, -1.0)
    corners = np.column_stack([x, x + sides, ends]).tolist()
    return [_square(dict(zip(("x0", "x1", "y0", "y1"), corner, strict=True))) for corner in corners]


def _square(corners: dict[str, float]) -> dict[str, Any]:
    return {"type": "rect", **corners, "line": {"color": LOSS, "width": 1.5}, "fillcolor": GLASS}
