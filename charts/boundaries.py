"""Over two features with classes: the boundary at which each of several runs ends."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from charts.look import CLASS_COLOURS, CLASS_SYMBOLS, Figure, axis, layout, quietly, series_line
from charts.plane import frame_of
from charts.predicted import predicted
from charts.samples import with_unit
from charts.traces import Trace, figure, points
from core.data.dataset import Dataset
from core.training import History
from wording import _

GRID = 48
BOUNDARY = 0.5
FARTHEST = 10.0
"""What is predicted beyond this is drawn as if it were this: one side or the other."""


@quietly
def boundaries_figure(histories: Sequence[History], names: Sequence[str]) -> Figure:
    """Draw the samples, and for each history the line along which it says one half where it ends; without frames."""
    data = histories[0].experiment.data
    x_range, y_range = frame_of(data)
    titles = [with_unit(_(name), data.input_unit) for name in data.input_names]
    return figure(
        [*_samples(data), *(_boundary(k, names[k], history) for k, history in enumerate(histories))],
        layout(
            xaxis=axis(titles[0], x_range, showgrid=False),
            yaxis=axis(titles[1], y_range, showgrid=False),
            showlegend=False,
            annotations=[_note(_("the boundaries where the runs end"))],
        ),
    )


def _samples(data: Dataset) -> Iterator[Trace]:
    for k, name in enumerate(data.class_names):
        x, y = data.inputs[data.targets == k].T
        yield points(_(name), x, y, {"color": CLASS_COLOURS[k], "symbol": CLASS_SYMBOLS[k], "size": 6, "opacity": 0.6})


def _boundary(k: int, name: str, history: History) -> Trace:
    x, y = (np.linspace(*range_, GRID) for range_ in frame_of(history.experiment.data))
    inputs = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    said = np.nan_to_num(predicted(history, [history.iterations], inputs)[0], nan=0.0)
    heights = np.clip(said, -FARTHEST, FARTHEST).round(4).reshape(GRID, GRID)
    return {
        "type": "contour",
        "name": name,
        "x": x.round(4).tolist(),
        "y": y.round(4).tolist(),
        "z": heights.tolist(),
        "contours": {"type": "constraint", "operation": "=", "value": BOUNDARY},
        "line": series_line(k),
        "showscale": False,
        "hoverinfo": "name",
    }


def _note(text: str) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False}
