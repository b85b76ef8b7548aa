"""One sample with many features: the weights as bars, and the output walking to its target."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.look import (
    BEFORE,
    BEST,
    BEST_LINE,
    NOW,
    NOW_LINE,
    Figure,
    Range,
    axis,
    drawable,
    layout,
    padded,
    quietly,
    window,
)
from charts.traces import Moving, Trace, Values, bars, figure, growing, line, mark, points, scatter, walking
from core.checks import Array
from core.training import History
from wording import _

REACH = 1.0
"""How far beyond start and goal the picture goes, to follow a run that overshoots."""
SECOND = {"xaxis": "x2", "yaxis": "y2"}


@quietly
def weighted_sum_figure(history: History, best: Array | None, iterations: list[int]) -> Figure:
    """Draw the weights as bars and the output over the iterations, one frame an iteration."""
    best_weights = None if best is None else best[: history.weights.shape[1]]
    weights_range, outputs_range = _weights_range(history.weights, best_weights), _outputs_range(history)
    weights = drawable(history.weights[iterations], weights_range)
    outputs = drawable(history.outputs(iterations)[:, 0], outputs_range)
    return figure(
        [
            *_bars(weights, best_weights),
            _target(history),
            *_walk(iterations, outputs.tolist()),
        ],
        _layout(history.iterations, weights_range, outputs_range),
        iterations,
    )


def _weights_range(weights: Array, best: Array | None) -> Range:
    return window(weights[0] if best is None else np.append(best, weights[0]), weights, REACH)


def _outputs_range(history: History) -> Range:
    outputs = history.outputs(slice(None))
    return window(np.append(outputs[0], history.experiment.data.targets), outputs, REACH)


def _bars(weights: Array, best: Array | None) -> Sequence[Trace | Moving | None]:
    names = [f"w{j}" for j in range(1, weights.shape[1] + 1)]
    listed = weights.tolist()
    return (
        Moving(bars(_("now"), names, listed[-1], NOW), [{"y": now} for now in listed]),
        _ticks(_("before training"), names, listed[0], BEFORE, "line-ew", len(listed)),
        None if best is None else _ticks(_("best possible"), names, best, BEST, "diamond-wide-open", len(listed)),
    )


def _ticks(name: str, x: list[str], y: Values, color: str, symbol: str, n_frames: int) -> Moving:
    """Return ticks that never move, but are named in every frame: beside moving bars plotly drops what is not."""
    marker = {"symbol": symbol, "size": 18, "color": color, "line": {"color": color, "width": 3}}
    return Moving(points(name, x, y, marker), [{}] * n_frames)


def _target(history: History) -> Trace:
    target = float(history.experiment.data.targets[0])
    return line(_("target"), [0, max(history.iterations, 1)], [target] * 2, {**BEST_LINE, "dash": "dash"}, **SECOND)


def _walk(x: list[int], y: list[float]) -> tuple[Moving, Moving]:
    hidden: dict[str, Any] = {"showlegend": False, **SECOND}
    path = scatter("lines+markers", _("output"), x, y, line={**NOW_LINE, "width": 2}, **hidden)
    return (
        Moving(path, growing(x=x, y=y)),
        Moving(mark(_("output"), x[-1:], y[-1:], NOW, **hidden), walking(x, y)),
    )


def _layout(last: int, weights_range: Range, outputs_range: Range) -> dict[str, Any]:
    return layout(
        bargap=0.35,
        xaxis=axis(_("weights"), domain=[0, 0.42], type="category"),
        yaxis=axis("", weights_range),
        xaxis2=axis(_("output by iteration"), padded(0, max(last, 1), 0.04), domain=[0.56, 1], anchor="y2"),
        yaxis2=axis("", outputs_range, anchor="x2"),
    )
