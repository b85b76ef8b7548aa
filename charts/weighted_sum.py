"""One sample with many features: the weights as bars, and the output as another, beside its target."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts import trail
from charts.iterations import hand_placed
from charts.look import BEFORE, BEST, BEST_LINE, NOW, Figure, Range, axis, drawable, layout, quietly, window
from charts.traces import Moving, Trace, Values, bars, figure, line, points, with_handles
from core.checks import Array
from core.theory.outcome import mirrored
from core.theory.quadratic import Quadratic
from core.training import History
from wording import _

REACH = 1.0
"""How far beyond start and goal the picture goes, where no theory says how far a stable rate can jump."""
SECOND = {"xaxis": "x2", "yaxis": "y2"}
QUIET = {"showlegend": False}
LEFT_END = -0.6
"""Where the axis of the weights begins; the first bar stands at 0, the next at 1."""


@quietly
def weighted_sum_figure(
    history: History,
    theory: Quadratic | None,
    iterations: list[int],
    *,
    with_trail: bool = True,
    recent: bool = False,
) -> Figure:
    """Draw weights and output as bars, with the trail of the first steps as ticks; one frame an iteration.

    With `recent` the trail is that of the last steps, and a hand can take the bars; else the ticks before training.
    """
    best = theory.best(history.parameters[0]) if theory else None
    far = mirrored(history, theory) if theory else None
    outputs = history.outputs(slice(None))
    weights_range, outputs_range = _weights_range(history, best, far), _outputs_range(history, far)
    weights, sums = drawable(history.weights, weights_range), drawable(outputs, outputs_range)
    left_at, ticks = trail.outside_since(sums, outputs_range), _recent if recent else _trail
    drawing = figure(
        [
            *_bars(weights, best, iterations),
            Moving(_output_bar(sums[-1]), _heights(sums[iterations])),
            *(ticks(history, weights, sums, outputs_range, iterations) if with_trail else ()),
            _still(_target(history), iterations),
            _still(trail.exit_mark(history, left_at, LEFT_END, weights_range), iterations),
        ],
        {**_layout(weights.shape[1], weights_range, outputs_range), "meta": {"left_at": left_at}},
        iterations,
    )
    return with_handles(drawing, _("now") if recent else _("before training"), [[j] for j in range(weights.shape[1])])


def _weights_range(history: History, best: Array | None, far: Array | None) -> Range:
    placed = history.weights[hand_placed(history)].ravel()
    if best is None or far is None:
        return window(np.append(placed, 0.0), history.weights, REACH)
    return window(np.concatenate([placed, best, [0.0]]), far, REACH)


def _outputs_range(history: History, far: Array | None) -> Range:
    outputs, model = history.outputs(slice(None)), history.experiment.model
    anchors = np.concatenate([outputs[hand_placed(history)].ravel(), history.experiment.data.targets, [0.0]])
    reach = outputs if far is None else model.forward(far, model.seen(history.experiment.data.inputs))
    return window(anchors, reach, REACH)


def _output_bar(output: Array) -> Trace:
    return bars(_("output"), [0.0], output, NOW, width=0.7, **SECOND, **QUIET)


def _heights(values: Array) -> list[Trace]:
    return [{"y": row} for row in values.tolist()]


def _names(n_weights: int) -> list[str]:
    return [f"w{j}" for j in range(1, n_weights + 1)]


def _bars(weights: Array, best: Array | None, iterations: list[int]) -> Sequence[Trace | Moving | None]:
    n_frames, n_weights = len(iterations), weights.shape[1]
    x, named = list(range(n_weights)), {"hovertext": _names(n_weights), "hoverinfo": "text+y"}
    return (
        Moving(bars(_("now"), x, weights[-1], NOW, **named), _heights(weights[iterations])),
        _ticks(_("before training"), x, weights[0], BEFORE, "line-ew", n_frames),
        None if best is None else _ticks(_("best possible"), x, best, BEST, "diamond-wide-open", n_frames),
    )


def _ticks(name: str, x: Values, y: Values, color: str, symbol: str, n_frames: int, **parts: Any) -> Moving:
    """Return ticks that never move, but are named in every frame: beside moving bars plotly drops what is not."""
    marker = {"symbol": symbol, "size": 18, "color": color, "line": {"color": color, "width": 3}}
    return Moving(points(name, x, y, marker, **parts), [{}] * n_frames)


def _still(trace: Trace, iterations: list[int]) -> Moving:
    return Moving(trace, [{}] * len(iterations))


def _recent(_history: History, weights: Array, outputs: Array, _range: Range, iterations: list[int]) -> list[Moving]:
    """Return a tick on each bar for each of the last steps; they follow the bars."""
    places: list[tuple[Values, Array, Trace]] = [(range(weights.shape[1]), weights, {}), ([0.0], outputs, SECOND)]
    return [
        Moving(
            _ticks(_("steps"), x, values[0], NOW, "line-ew", 0, opacity=opacity, **QUIET, **axes).trace,
            _heights(values[past]),
        )
        for opacity, past in trail.recent(iterations)
        for x, values, axes in places
    ]


def _trail(history: History, weights: Array, outputs: Array, range_: Range, iterations: list[int]) -> list[Moving]:
    """Return a tick on each bar for each of the first steps, and their numbers beside the output's."""
    steps, places, n_frames = trail.trail_steps(history), list(range(weights.shape[1])), len(iterations)
    ghosts = [
        _ticks(name, x, values[step], NOW, "line-ew", n_frames, **_ghost(step), **axes)
        for step in steps
        for name, x, values, axes in (
            (_("step {step}").format(step=step), places, weights, {}),
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


def _layout(n_weights: int, weights_range: Range, outputs_range: Range) -> dict[str, Any]:
    places, ends = list(range(n_weights)), (LEFT_END, n_weights - 1 - LEFT_END)
    return layout(
        bargap=0.35,
        barmode="overlay",
        xaxis=axis(_("weights"), ends, domain=[0, 0.52], tickvals=places, ticktext=_names(n_weights)),
        yaxis=axis("", weights_range),
        xaxis2=axis("", (-0.7, 1.3), domain=[0.64, 1], anchor="y2", tickvals=[0], ticktext=[_("output")]),
        yaxis2=axis("", outputs_range, anchor="x2"),
    )
