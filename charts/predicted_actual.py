"""Predicted against actual: the picture for several samples with several features."""

from typing import Any

import numpy as np

from charts.look import (
    BEFORE,
    BEST_LINE,
    NOW,
    Figure,
    axis,
    drawable,
    frame_iterations,
    frames,
    layout,
    padded,
    quietly,
    window,
    with_unit,
)
from core.checks import Array
from core.datasets import Dataset
from core.training import History
from wording import _

NOW_TRACE = 2
REACH = 0.6
"""How far beyond the targets the picture goes, in heights of the targets."""


@quietly
def predicted_actual_figure(dataset: Dataset, history: History, iterations: list[int]) -> Figure:
    """Draw each sample's output over its target, one frame an iteration; perfect ones lie on the diagonal."""
    targets: list[float] = dataset.targets.tolist()
    outputs = _outputs(dataset, history, iterations)
    ends, seen = [min(targets), max(targets)], _outputs(dataset, history, frame_iterations(history.iterations))
    y_range = window(dataset.targets, seen, REACH)
    outputs = drawable(outputs, y_range)
    unit = dataset.target_unit
    return {
        "data": [
            {"type": "scatter", "mode": "lines", "name": _("perfect"), "x": ends, "y": ends, "line": BEST_LINE},
            _cloud(_("before training"), targets, outputs[0], {"color": BEFORE, "size": 6, "symbol": "x-thin-open"}),
            _cloud(_("now"), targets, outputs[-1], {"color": NOW, "size": 8}),
        ],
        "frames": frames(iterations, [NOW_TRACE], [[{"x": targets, "y": y}] for y in outputs.tolist()]),
        "layout": layout(
            xaxis=axis(with_unit(_("actual"), unit), padded(*ends)),
            yaxis=axis(with_unit(_("predicted"), unit), y_range),
        ),
    }


def _outputs(dataset: Dataset, history: History, iterations: list[int]) -> Array:
    outputs: Array = history.weights[iterations] @ dataset.inputs.T + history.bias[iterations, np.newaxis]
    return outputs


def _cloud(name: str, x: list[float], y: Array, marker: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "name": name, "x": x, "y": y.tolist(), "marker": marker}
