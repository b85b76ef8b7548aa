"""The residuals of one step: lines from the data to the prediction, and their squares as squares."""

from typing import Any

import numpy as np

from charts.look import (
    BEFORE,
    BEFORE_LINE,
    DATA,
    NOW_LINE,
    Figure,
    axis,
    drawable,
    layout,
    padded,
    quietly,
    window,
    with_unit,
)
from core.checks import Array
from core.datasets import Dataset
from core.neuron import Neuron, forward
from wording import _

MOST = 40
"""Residuals shown at the most; of more samples, evenly chosen ones and always the chosen one."""


@quietly
def residuals_figure(dataset: Dataset, now: Neuron, after: Neuron | None, sample: int, *, squares: bool) -> Figure:
    """Draw data, prediction and residuals at `now`; with an `after`, also the prediction the update leads to."""
    x, title = _abscissa(dataset)
    y_range = window(dataset.targets, forward(now, dataset.inputs), 1.0)
    outputs = drawable(forward(now, dataset.inputs), y_range)
    shown = sorted({*np.linspace(0, len(x) - 1, min(MOST, len(x))).round().astype(int).tolist(), sample})
    lines = [_prediction(_("now"), x, outputs, NOW_LINE if after is None else BEFORE_LINE)]
    if after is not None:
        lines.append(_prediction(_("after the update"), x, drawable(forward(after, dataset.inputs), y_range), NOW_LINE))
    x_range = padded(float(x.min()), float(x.max()), 0.1)
    ring = {"color": "rgba(0,0,0,0)", "size": 16, "line": {"color": BEFORE, "width": 3}}
    return {
        "data": [
            _residuals(x, outputs, dataset.targets, shown),
            _points(_("data"), x, dataset.targets, {"color": DATA, "size": 6}),
            *lines,
            _points(_("this sample"), x[[sample]], dataset.targets[[sample]], ring),
        ],
        "frames": [],
        "layout": layout(
            xaxis=axis(title, x_range),
            yaxis=axis(with_unit(_(dataset.target_name), dataset.target_unit), y_range),
            shapes=_squares(x, outputs, dataset.targets, shown, x_range, y_range) if squares else [],
        ),
    }


def _abscissa(dataset: Dataset) -> tuple[Array, str]:
    if dataset.n_features == 1:
        return dataset.inputs[:, 0], with_unit(_(dataset.input_names[0]), dataset.input_unit)
    return np.arange(1.0, dataset.n_samples + 1), _("sample")


def _points(name: str, x: Array, y: Array, marker: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "name": name, "x": x.tolist(), "y": y.tolist(), "marker": marker}


def _prediction(name: str, x: Array, y: Array, line: dict[str, Any]) -> dict[str, Any]:
    order = np.argsort(x)
    mode = "lines" if len(x) > 1 else "markers"
    marker = {"color": line["color"], "size": 12, "symbol": "diamond"}
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": x[order].tolist(),
        "y": y[order].tolist(),
        "line": line,
        "marker": marker,
    }


def _residuals(x: Array, outputs: Array, targets: Array, shown: list[int]) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for i in shown:
        xs += [float(x[i]), float(x[i]), None]
        ys += [float(targets[i]), float(outputs[i]), None]
    line = {"color": BEFORE, "width": 1.5}
    return {"type": "scatter", "mode": "lines", "name": _("residuals"), "x": xs, "y": ys, "line": line}


def _squares(
    x: Array,
    outputs: Array,
    targets: Array,
    shown: list[int],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> list[dict[str, Any]]:
    """Return one square a residual, as wide on the screen as it is high, on the side where there is room."""
    to_x = 0.6 * (x_range[1] - x_range[0]) / (y_range[1] - y_range[0])
    middle = sum(x_range) / 2
    rects = []
    for i in shown:
        side = float(abs(outputs[i] - targets[i])) * to_x
        rects.append(
            {
                "type": "rect",
                "x0": float(x[i]),
                "x1": float(x[i]) + (side if x[i] < middle else -side),
                "y0": float(targets[i]),
                "y1": float(outputs[i]),
                "line": {"color": BEFORE, "width": 1},
                "fillcolor": BEFORE,
                "opacity": 0.12,
            }
        )
    return rects
