"""Several runs from the same start: their loss curves in one chart, their predictions in another, in step."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.bent import PROBABILITIES
from charts.boundaries import boundaries_figure
from charts.iterations import IterationScale, curve_iterations, frame_iterations
from charts.look import (
    DATA,
    Figure,
    Range,
    axis,
    decades,
    drawable,
    finite_ends,
    layout,
    padded,
    powers,
    quietly,
    rounded,
    series_line,
    window,
)
from charts.predicted import predicted, says_probabilities
from charts.samples import place_axis, places, target_axis
from charts.traces import Moving, Trace, figure, gaps, line, mark, points, short, walking
from core.checks import Array
from core.data.dataset import Dataset
from core.neuron import Neuron
from core.training import History
from wording import _

PLACES = 61
"""At how many places a curve is drawn, evenly over the axis."""
REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data."""
LEAST = 1e-30
"""Losses below this do not widen the axis: they are rounding."""
NARROWEST = 0.05
"""So many powers of ten are shown at least: beside nearly nothing an explosion is farther than a browser can draw."""
GREATEST = 1e3
"""How many times the loss at the start may widen the axis."""


def losses_figure(histories: Sequence[History], names: Sequence[str], iterations: list[int]) -> Figure:
    """Draw each history's loss over the iterations, logarithmic, with a marker each."""
    shown, scale = curve_iterations(iterations[-1], iterations), IterationScale(iterations[-1])
    y_range = padded(*_decades(histories))
    return figure(
        [
            *(_curve(k, names[k], history, shown, scale) for k, history in enumerate(histories)),
            *(_marker(k, names[k], history, iterations, scale) for k, history in enumerate(histories)),
        ],
        layout(
            xaxis=scale.axis(),
            yaxis=powers(_("loss"), y_range, automargin=True, **decades(y_range)),
        ),
        iterations,
    )


def _decades(histories: Sequence[History]) -> Range:
    """Return the powers of ten between which the curves are shown: from the least loss to a little above the start."""
    top = GREATEST * float(histories[0].loss[0]) or 1.0
    found = [finite_ends(history.loss[(history.loss > LEAST) & (history.loss <= top)]) for history in histories]
    ends = [math.log10(end) for pair in found if pair for end in pair]
    return (min(ends), max(max(ends), min(ends) + NARROWEST)) if ends else (0.0, 1.0)


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
    """Draw what each history predicts: over one feature as a line or a curve, else over the samples; with frames.

    Over two features with classes it is the boundary between these where each run ends, without frames.
    """
    data = histories[0].experiment.data
    if data.n_features == 2 and data.has_classes:
        return boundaries_figure(histories, names)
    x = _places(histories[0])
    y_range = _range(histories, x)
    outputs = [_drawn(history, iterations, x, y_range) for history in histories]
    along = _along(data, x)
    return figure(
        [
            points(_("data"), places(data), data.targets, {"color": DATA, "size": 7, "opacity": 0.6}),
            *(
                Moving(_prediction(k, names[k], along, ys[-1], _joined(data)), [{"x": along, "y": y} for y in ys])
                for k, ys in enumerate(outputs)
            ),
        ],
        layout(xaxis=place_axis(data), yaxis=_up(histories[0], y_range), showlegend=False),
        iterations,
    )


def _joined(data: Dataset) -> bool:
    return data.n_features == 1 and data.n_samples > 1


def _places(history: History) -> Array:
    """Return the inputs at which something is drawn, (n, n_features): of a line its ends, of a curve many, else all."""
    data = history.experiment.data
    if not _joined(data):
        return data.inputs
    if is_straight(history):
        return data.inputs[np.argsort(places(data))[[0, -1]]]
    low, high = place_axis(data)["range"]
    return np.linspace(float(low), float(high), PLACES)[:, np.newaxis]


def is_straight(history: History) -> bool:
    """Return whether what is predicted is a straight line of the inputs."""
    return isinstance(history.experiment.model, Neuron) and not says_probabilities(history)


def _along(data: Dataset, inputs: Array) -> list[float]:
    """Return where on the horizontal axis these inputs stand."""
    along: list[float] = (short(inputs[:, 0]) if _joined(data) else places(data)).tolist()
    return along


def _range(histories: Sequence[History], inputs: Array) -> Range:
    if says_probabilities(histories[0]):
        return PROBABILITIES
    seen = [predicted(history, frame_iterations(history.iterations), inputs) for history in histories]
    return window(histories[0].experiment.data.targets, np.concatenate(seen), REACH)


def _drawn(history: History, iterations: list[int], inputs: Array, y_range: Range) -> list[list[float]]:
    """Return what is predicted at each iteration; where a run ends before the others, it waits for them."""
    said = drawable(predicted(history, [min(i, history.iterations) for i in iterations], inputs), y_range)
    heights: list[list[float]] = (said if is_straight(history) else rounded(said, y_range)).tolist()
    return heights


def _up(history: History, y_range: Range) -> dict[str, Any]:
    data = history.experiment.data
    if not (says_probabilities(history) and data.has_classes):
        return target_axis(data, y_range)
    return axis(_("probability of {name}").format(name=_(data.class_names[1])), y_range, tickvals=[0, 0.5, 1])


def _prediction(k: int, name: str, x: list[float], y: list[float], joined: bool) -> Trace:
    if joined:
        return line(name, x, y, series_line(k))
    return points(name, x, y, {"color": series_line(k)["color"], "size": 12})
