"""The prediction over the data: a line that turns and rises into place, for data sets with one feature."""

import numpy as np

from charts.look import (
    BEFORE_LINE,
    BEST_LINE,
    DATA,
    NOW_LINE,
    Figure,
    axis,
    drawable,
    frames,
    layout,
    padded,
    quietly,
    window,
    with_unit,
)
from core.checks import Array
from core.datasets import Dataset
from core.neuron import Neuron
from core.training import History
from wording import _

NOW_TRACE = 3
REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data, to follow a line that overshoots."""


@quietly
def prediction_figure(dataset: Dataset, history: History, best: Neuron, iterations: list[int]) -> Figure:
    """Draw the data, the line before training, the best possible line and the line now, one frame an iteration."""
    feature = dataset.inputs[:, 0]
    ends = np.array([feature.min(), feature.max()])
    lines = history.weights * ends + history.bias[:, np.newaxis]
    x, y_range = ends.tolist(), window(dataset.targets, lines, REACH)
    lines = drawable(lines[iterations], y_range)
    return {
        "data": [
            _points(feature, dataset.targets),
            _line(_("before training"), x, lines[0], BEFORE_LINE),
            _line(_("best possible"), x, best.weights * ends + best.bias, BEST_LINE),
            _line(_("now"), x, lines[-1], NOW_LINE),
        ],
        "frames": frames(iterations, [NOW_TRACE], [[{"x": x, "y": line}] for line in lines.tolist()]),
        "layout": layout(
            xaxis=axis(with_unit(_(dataset.input_names[0]), dataset.input_unit), padded(*x)),
            yaxis=axis(with_unit(_(dataset.target_name), dataset.target_unit), y_range),
        ),
    }


def _points(feature: Array, targets: Array) -> dict[str, object]:
    marker = {"color": DATA, "size": 6, "opacity": 0.75}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("data"),
        "x": feature.tolist(),
        "y": targets.tolist(),
        "marker": marker,
    }


def _line(name: str, x: list[float], y: Array, line: dict[str, object]) -> dict[str, object]:
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y.tolist(), "line": line}
