"""One sample with many features: the weights as bars, and the output walking to its target."""

from typing import Any

import numpy as np

from charts.look import (
    BEFORE,
    BEST,
    BEST_LINE,
    NOW,
    NOW_LINE,
    Figure,
    axis,
    drawable,
    frames,
    layout,
    padded,
    quietly,
    window,
)
from core.checks import Array
from core.datasets import Dataset
from core.neuron import Neuron
from core.training import History
from wording import _

MOVED = [0, 1, 2, 4, 5]
"""Bars, ticks, path and marker. The ticks never move, but beside moving bars plotly drops what no frame names."""

REACH = 1.0
"""How far beyond start and goal the picture goes, to follow a run that overshoots."""


@quietly
def weighted_sum_figure(dataset: Dataset, history: History, best: Neuron, iterations: list[int]) -> Figure:
    """Draw the weights as bars and the output over the iterations, one frame an iteration."""
    outputs = history.weights @ dataset.inputs[0] + history.bias
    weights, target = history.weights[iterations], float(dataset.targets[0])
    weights_range = window(np.append(best.weights, weights[0]), history.weights, REACH)
    outputs_range = window(np.array([outputs[0], target]), outputs, REACH)
    weights, outputs = drawable(weights, weights_range), drawable(outputs, outputs_range)
    walks = [(list(iterations[: k + 1]), outputs[iterations[: k + 1]].tolist()) for k in range(len(iterations))]
    return {
        "data": [
            *_bars(weights, best),
            _target([0, max(history.iterations, 1)], target),
            *_walk(*walks[-1]),
        ],
        "frames": frames(
            iterations,
            MOVED,
            [
                [{"type": "bar", "y": bars}, {}, {}, {"x": x, "y": y}, {"x": x[-1:], "y": y[-1:]}]
                for bars, (x, y) in zip(weights.tolist(), walks, strict=True)
            ],
        ),
        "layout": layout(
            bargap=0.35,
            xaxis=axis(_("weights"), domain=[0, 0.42], type="category"),
            yaxis=axis("", weights_range),
            xaxis2=axis(
                _("output by iteration"), padded(0, max(history.iterations, 1), 0.04), domain=[0.56, 1], anchor="y2"
            ),
            yaxis2=axis("", outputs_range, anchor="x2"),
        ),
    }


def _bars(weights: Array, best: Neuron) -> list[dict[str, Any]]:
    names = [f"w{j}" for j in range(1, len(best.weights) + 1)]
    return [
        {"type": "bar", "name": _("now"), "x": names, "y": weights[-1].tolist(), "marker": {"color": NOW}},
        _ticks(_("before training"), names, weights[0], BEFORE, "line-ew"),
        _ticks(_("best possible"), names, best.weights, BEST, "diamond-wide-open"),
    ]


def _ticks(name: str, x: list[str], y: Array, color: str, symbol: str) -> dict[str, Any]:
    marker = {"symbol": symbol, "size": 18, "color": color, "line": {"color": color, "width": 3}}
    return {"type": "scatter", "mode": "markers", "name": name, "x": x, "y": y.tolist(), "marker": marker}


def _target(x: list[int], target: float) -> dict[str, Any]:
    line = {**BEST_LINE, "dash": "dash"}
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _("target"),
        "x": x,
        "y": [target] * 2,
        "line": line,
        **SECOND,
    }


def _walk(x: list[int], y: list[float]) -> list[dict[str, Any]]:
    marker = {"color": NOW, "size": 14, "symbol": "diamond", "line": {"width": 1.5, "color": "white"}}
    walk = {"type": "scatter", "showlegend": False, "name": _("output"), **SECOND}
    return [
        {**walk, "mode": "lines+markers", "x": x, "y": y, "line": {**NOW_LINE, "width": 2}},
        {**walk, "mode": "markers", "x": x[-1:], "y": y[-1:], "marker": marker},
    ]


SECOND = {"xaxis": "x2", "yaxis": "y2"}
