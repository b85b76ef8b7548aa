"""The residuals of one step: lines from the data to the prediction, and their squares as squares."""

from typing import Any

import numpy as np

from charts.lesson_look import AFTER_LINE
from charts.look import DATA, LOSS, NOW_LINE, Figure, Range, drawable, layout, quietly, window
from charts.samples import place_axis, places, target_axis
from charts.traces import Trace, figure, gaps, line, points
from core.checks import Array
from core.lesson.step import Step
from wording import _, number

MOST = 12
"""Residuals shown at the most; of more samples, evenly chosen ones and always the chosen one."""
RING = {"color": "rgba(0,0,0,0)", "size": 16, "line": {"color": DATA, "width": 3}}
GLASS = "rgba(118,130,142,0.1)"
"""The fill of a square: the colour of the loss, and yet the edges of those behind it are seen."""
REACH = 1.0
"""How far beyond the data the picture goes, in heights of the data."""
WIDTH_TO_HEIGHT = 0.6
"""What the picture's height is of its width, so that squares look like squares."""


@quietly
def residuals_figure(step: Step, sample: int, *, after: bool, squares: bool) -> Figure:
    """Draw data, prediction and residuals before the step; with `after`, also the prediction that it leads to.

    `sample`, counted from 0, gets a ring. With `squares`, each residual gets its square.
    """
    data = step.history.experiment.data
    x, x_axis, y_range = places(data), place_axis(data, 0.1), window(step.targets, step.outputs, REACH)
    outputs = drawable(step.outputs, y_range)
    shown = _shown(data.n_samples, sample)
    ends = np.column_stack([step.targets, outputs])[shown]
    return figure(
        [
            _residuals(x[shown], ends, data.n_samples),
            points(_("data"), x, step.targets, {"color": DATA, "size": 6}),
            _prediction(_("now"), x, outputs, NOW_LINE),
            _prediction(_("after the update"), x, drawable(_outputs_after(step), y_range), AFTER_LINE)
            if after
            else None,
            points(_("this sample"), x[[sample]], step.targets[[sample]], RING),
        ],
        layout(
            xaxis=x_axis,
            yaxis=target_axis(data, y_range),
            shapes=_squares(x[shown], ends, x_axis["range"], y_range) if squares else [],
        ),
    )


def _shown(n_samples: int, sample: int) -> list[int]:
    return sorted({*np.linspace(0, n_samples - 1, min(MOST, n_samples)).round().astype(int).tolist(), sample})


def _outputs_after(step: Step) -> Array:
    return step.history.experiment.model.forward(step.after, step.inputs)


def _prediction(name: str, x: Array, outputs: Array, style: dict[str, Any]) -> Trace:
    if len(x) == 1:
        return points(name, x, outputs, {"color": style["color"], "size": 12, "symbol": "diamond"})
    order = np.argsort(x)
    return line(name, x[order], outputs[order], style)


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
