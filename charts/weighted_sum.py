"""One sample with many features: the weights as bars, and the output as another, beside its target."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts import trail
from charts.look import BEFORE, BEST, BEST_LINE, NOW, Figure, Range, axis, drawable, layout, quietly, window
from charts.traces import Moving, Trace, Values, bars, figure, line, points
from core.checks import Array
from core.theory.outcome import mirrored
from core.theory.quadratic import Quadratic
from core.training import History
from wording import _

REACH = 1.0
"""How far beyond start and goal the picture goes, where no theory says how far a stable rate can jump."""
SECOND = {"xaxis": "x2", "yaxis": "y2"}
QUIET = {"showlegend": False}


@quietly
def weighted_sum_figure(
    history: History, theory: Quadratic | None, iterations: list[int], *, with_trail: bool = True
) -> Figure:
    """Draw weights and output as bars, with the trail of the first steps as ticks; one frame an iteration."""
    best = theory.best(history.parameters[0]) if theory else None
    far = mirrored(history, theory) if theory else None
    outputs = history.outputs(slice(None))
    weights_range, outputs_range = _weights_range(history, best, far), _outputs_range(history, far)
    weights, sums = drawable(history.weights, weights_range), drawable(outputs, outputs_range)
    left_at = trail.first_outside(sums, outputs_range)
    return figure(
        [
            *_bars(weights[iterations], best, _names(history)),
            Moving(_output_bar(sums[-1]), _heights(sums[iterations])),
            *(_trail(history, weights, sums, outputs_range, len(iterations)) if with_trail else ()),
            _still(_target(history), iterations),
            _still({**trail.exit_mark(history, left_at, 0.3, outputs_range), **SECOND}, iterations),
        ],
        {**_layout(weights_range, outputs_range), "meta": {"left_at": left_at}},
        iterations,
    )


def _names(history: History) -> list[str]:
    return [f"w{j}" for j in range(1, history.weights.shape[1] + 1)]


def _weights_range(history: History, best: Array | None, far: Array | None) -> Range:
    start = history.weights[0]
    if best is None or far is None:
        return window(np.append(start, 0.0), history.weights, REACH)
    return window(np.concatenate([start, best, [0.0]]), far, REACH)


def _outputs_range(history: History, far: Array | None) -> Range:
    outputs, model = history.outputs(slice(None)), history.experiment.model
    anchors = np.concatenate([outputs[0], history.experiment.data.targets, [0.0]])
    reach = outputs if far is None else model.forward(far, model.seen(history.experiment.data.inputs))
    return window(anchors, reach, REACH)


def _output_bar(output: Array) -> Trace:
    return bars(_("output"), [0.0], output, NOW, width=0.7, **SECOND, **QUIET)


def _heights(values: Array) -> list[Trace]:
    return [{"y": row} for row in values.tolist()]


def _bars(weights: Array, best: Array | None, names: list[str]) -> Sequence[Trace | Moving | None]:
    n_frames = len(weights)
    return (
        Moving(bars(_("now"), names, weights[-1], NOW), _heights(weights)),
        _ticks(_("before training"), names, weights[0], BEFORE, "line-ew", n_frames),
        None if best is None else _ticks(_("best possible"), names, best, BEST, "diamond-wide-open", n_frames),
    )


def _ticks(name: str, x: Values, y: Values, color: str, symbol: str, n_frames: int, **parts: Any) -> Moving:
    """Return ticks that never move, but are named in every frame: beside moving bars plotly drops what is not."""
    marker = {"symbol": symbol, "size": 18, "color": color, "line": {"color": color, "width": 3}}
    return Moving(points(name, x, y, marker, **parts), [{}] * n_frames)


def _still(trace: Trace, iterations: list[int]) -> Moving:
    return Moving(trace, [{}] * len(iterations))


def _trail(history: History, weights: Array, outputs: Array, range_: Range, n_frames: int) -> list[Moving]:
    """Return a tick on each bar for each of the first steps, and their numbers beside the output's."""
    steps, names = trail.trail_steps(history), _names(history)
    ghosts = [
        _ticks(name, x, values[step], NOW, "line-ew", n_frames, **_ghost(step), **axes)
        for step in steps
        for name, x, values, axes in (
            (_("step {step}").format(step=step), names, weights, {}),
            (_("step {step}").format(step=step), [0.0], outputs, SECOND),
        )
    ]
    numbers = trail.numbers(steps, np.full(len(steps), 0.45), outputs[steps, 0], range_, **SECOND)
    return [*ghosts, Moving(numbers, [{}] * n_frames)]


def _ghost(step: int) -> dict[str, Any]:
    return {"opacity": trail.faded(step), **QUIET, **trail.shown_from(step)}


def _target(history: History) -> Trace:
    target = float(history.experiment.data.targets[0])
    style = {**BEST_LINE, "dash": "dash"}
    return line(_("target"), [-0.6, 0.6], [target] * 2, style, **SECOND)


def _layout(weights_range: Range, outputs_range: Range) -> dict[str, Any]:
    return layout(
        bargap=0.35,
        barmode="overlay",
        xaxis=axis(_("weights"), domain=[0, 0.52], type="category"),
        yaxis=axis("", weights_range),
        xaxis2=axis("", (-0.7, 1.3), domain=[0.64, 1], anchor="y2", tickvals=[0], ticktext=[_("output")]),
        yaxis2=axis("", outputs_range, anchor="x2"),
    )
