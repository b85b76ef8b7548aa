"""Several learning rates from the same start: their loss curves in one chart, their predictions in another, in step."""

import math
from collections.abc import Sequence

import numpy as np

from charts.iterations import IterationScale, curve_iterations
from charts.look import (
    DATA,
    Figure,
    Range,
    drawable,
    finite_ends,
    layout,
    padded,
    powers,
    quietly,
    series_line,
    window,
)
from charts.samples import place_axis, places, seen_outputs, target_axis
from charts.traces import Moving, Trace, figure, gaps, line, mark, points, walking
from core.checks import Array
from core.data.dataset import Dataset
from core.training import History
from wording import _

REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data."""
LEAST = 1e-30
"""Losses below this do not widen the axis: they are rounding."""
GREATEST = 1e3
"""How many times the loss at the start may widen the axis."""


def losses_figure(histories: Sequence[History], names: Sequence[str], iterations: list[int]) -> Figure:
    """Draw each history's loss over the iterations, logarithmic, with a marker each."""
    shown, scale = curve_iterations(iterations[-1], iterations), IterationScale(iterations[-1])
    return figure(
        [
            *(_curve(k, names[k], history, shown, scale) for k, history in enumerate(histories)),
            *(_marker(k, names[k], history, iterations, scale) for k, history in enumerate(histories)),
        ],
        layout(
            xaxis=scale.axis(),
            yaxis=powers(_("loss"), padded(*_decades(histories)), nticks=8),
        ),
        iterations,
    )


def _decades(histories: Sequence[History]) -> Range:
    """Return the powers of ten between which the curves are shown: from the least loss to a little above the start."""
    top = GREATEST * float(histories[0].loss[0]) or 1.0
    found = [finite_ends(history.loss[(history.loss > LEAST) & (history.loss <= top)]) for history in histories]
    ends = [math.log10(end) for pair in found if pair for end in pair]
    return (min(ends), max(ends)) if ends else (0.0, 1.0)


def _positive(losses: Array) -> list[float | None]:
    return gaps(losses, np.isfinite(losses) & (losses > 0))


def _curve(k: int, name: str, history: History, iterations: list[int], scale: IterationScale) -> Trace:
    shown = [i for i in iterations if i <= history.iterations]
    return line(name, scale.places(shown), _positive(history.loss[shown]), series_line(k))


def _marker(k: int, name: str, history: History, iterations: list[int], scale: IterationScale) -> Moving:
    """Return the marker on a curve; where a run ends before the others, it waits for them."""
    reached = [min(i, history.iterations) for i in iterations]
    x, y = scale.places(reached).tolist(), _positive(history.loss[reached])
    return Moving(mark(name, x[-1:], y[-1:], series_line(k)["color"], size=12, showlegend=False), walking(x, y))


@quietly
def predictions_figure(histories: Sequence[History], names: Sequence[str], iterations: list[int]) -> Figure:
    """Draw each history's outputs: as a line over one feature, else over the samples; one frame an iteration."""
    data = histories[0].experiment.data
    shown = _shown(data)
    seen = [seen_outputs(history, data.inputs[shown]) for history in histories]
    y_range = window(data.targets, np.concatenate(seen), REACH)
    x = places(data)[shown].tolist()
    outputs = [drawable(_outputs(history, data.inputs[shown], iterations), y_range).tolist() for history in histories]
    return figure(
        [
            points(_("data"), places(data), data.targets, {"color": DATA, "size": 7, "opacity": 0.6}),
            *(
                Moving(_prediction(k, names[k], x, ys[-1], _joined(data)), [{"x": x, "y": y} for y in ys])
                for k, ys in enumerate(outputs)
            ),
        ],
        layout(xaxis=place_axis(data), yaxis=target_axis(data, y_range), showlegend=False),
        iterations,
    )


def _joined(data: Dataset) -> bool:
    return data.n_features == 1 and data.n_samples > 1


def _shown(data: Dataset) -> np.ndarray:
    """Return which samples' outputs are drawn: of a line its two ends, else all."""
    return np.argsort(places(data))[[0, -1]] if _joined(data) else np.arange(data.n_samples)


def _outputs(history: History, inputs: Array, iterations: list[int]) -> Array:
    return history.outputs([min(i, history.iterations) for i in iterations], inputs)


def _prediction(k: int, name: str, x: list[float], y: list[float], joined: bool) -> Trace:
    if joined:
        return line(name, x, y, series_line(k))
    return points(name, x, y, {"color": series_line(k)["color"], "size": 12})
