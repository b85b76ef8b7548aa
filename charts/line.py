"""The prediction over the data: a line that turns and rises into place, for data sets with one feature."""

import numpy as np

from charts.look import BEFORE_LINE, BEST_LINE, DATA, NOW_LINE, Figure, drawable, layout, quietly, window
from charts.samples import place_axis, places, target_axis
from charts.traces import Moving, figure, line, points
from core.checks import Array
from core.training import History
from wording import _

REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data, to follow a line that overshoots."""


@quietly
def line_figure(history: History, best: Array | None, iterations: list[int]) -> Figure:
    """Draw the data, the line before training, the `best` possible line and the line now, one frame an iteration."""
    data, model = history.experiment.data, history.experiment.model
    ends = np.array([places(data).min(), places(data).max()])
    outputs = history.outputs(slice(None), ends[:, np.newaxis])
    y_range = window(data.targets, outputs, REACH)
    x, lines = ends.tolist(), drawable(outputs[iterations], y_range).tolist()
    return figure(
        [
            points(_("data"), places(data), data.targets, {"color": DATA, "size": 6, "opacity": 0.75}),
            line(_("before training"), x, lines[0], BEFORE_LINE),
            None
            if best is None
            else line(_("best possible"), x, model.forward(best, model.seen(ends[:, np.newaxis])), BEST_LINE),
            Moving(line(_("now"), x, lines[-1], NOW_LINE), [{"x": x, "y": y} for y in lines]),
        ],
        layout(xaxis=place_axis(data), yaxis=target_axis(data, y_range)),
        iterations,
    )
