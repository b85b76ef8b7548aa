"""The prediction over one feature where it is no straight line: a network's curve, or the S-curve of two classes."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

from charts import trail
from charts.iterations import frame_iterations
from charts.look import (
    BEFORE_LINE,
    LOSS,
    NOW_LINE,
    Figure,
    Range,
    axis,
    drawable,
    layout,
    quietly,
    rounded,
    series_line,
    window,
)
from charts.predicted import predicted, says_probabilities, shares
from charts.samples import both_parts, place_axis, sample_points, target_axis
from charts.traces import Moving, Trace, figure, key, line
from charts.trail_lines import WHOLE, heights, trail_of_lines, with_room
from core.checks import Array
from core.data.dataset import Dataset
from core.training import History
from wording import _

PLACES, APART, FAR_APART = 81, 2, 8
"""Where a curve is drawn, evenly over the axis; every second place for a neuron's share, every eighth for all steps."""
REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data."""
PROBABILITIES = (-0.06, 1.06)
BOUNDARY = 0.5
BOUNDARY_LINE = {"color": LOSS, "width": 1.5, "dash": "dot"}
SHARE, FAINT, FAINTER = {"color": LOSS, "width": 1.5}, {"opacity": 0.45}, {"opacity": 0.22}


@quietly
def bent_figure(
    history: History,
    iterations: list[int],
    *,
    muted: Collection[int] = (),
    held_out: Dataset | None = None,
    with_trail: bool = True,
    recent: bool = False,
) -> Figure:
    """Draw data, the curve before training, the trail of the first steps, each hidden neuron's share, the curve now.

    One frame an iteration. The `muted` hidden neurons, counted from 0, are left out of every curve's sum, and move no
    axis. With `recent` the trail is that of the last steps; `held_out` are samples that training does not see.
    """
    data = both_parts(history.experiment.data, held_out)
    along = place_axis(data)
    low, high = along["range"]
    x = rounded(np.linspace(low, high, PLACES), (low, high))
    y_range = _range(history, data, x)

    def at(iterations: list[int]) -> Array:
        return rounded(drawable(predicted(history, iterations, x[:, np.newaxis], muted), y_range), y_range)

    now, across, left_at = at(iterations), with_room(along), _left_at(history, x, y_range)
    return figure(
        [
            *_shares(history, x[::APART], y_range, iterations, muted),
            *sample_points(history.experiment.data, held_out),
            _boundary(data, across["range"]),
            line(_("before training"), x, at([0])[0], {**BEFORE_LINE, **WHOLE}),
            *(trail_of_lines(history, x, at, y_range, iterations, recent) if with_trail else ()),
            Moving(line(_("now"), x, now[-1], {**NOW_LINE, **WHOLE}), heights(now)),
            trail.exit_mark(history, left_at, low, y_range),
        ],
        layout(xaxis=across, yaxis=_up(history, data, y_range), meta={"left_at": left_at}),
        iterations,
    )


def _everywhere(history: History, x: Array) -> Array:
    """Return what is predicted after every single step, at a few places only."""
    return predicted(history, slice(None), x[::FAR_APART, np.newaxis])


def _range(history: History, data: Dataset, x: Array) -> Range:
    if says_probabilities(history):
        return PROBABILITIES
    usual = predicted(history, frame_iterations(history.iterations), x[:, np.newaxis])
    return window(data.targets, np.append(_everywhere(history, x), usual), REACH)


def _left_at(history: History, x: Array, y_range: Range) -> int | None:
    """Return since when more than half of the curve has been out of the picture, if it is at the end."""
    half = (y_range[1] - y_range[0]) / 2
    away = np.median(np.abs(drawable(_everywhere(history, x), y_range) - y_range[0] - half), axis=1, keepdims=True)
    return trail.outside_since(away, (0.0, half))


def _up(history: History, data: Dataset, y_range: Range) -> dict[str, Any]:
    if not (says_probabilities(history) and data.has_classes):
        return target_axis(data, y_range)
    return axis(_("probability of {name}").format(name=_(data.class_names[1])), y_range, tickvals=[0, BOUNDARY, 1])


def _boundary(data: Dataset, across: Sequence[float]) -> Trace | None:
    """Return the height on whose two sides the classes are, where there are classes."""
    return line(_("boundary"), across, [BOUNDARY] * 2, BOUNDARY_LINE) if data.has_classes else None


def _shares(
    history: History, x: Array, y_range: Range, iterations: list[int], muted: Collection[int]
) -> Iterator[Trace | Moving]:
    """Yield what each hidden neuron adds to the sum, and name them."""
    added = shares(history, iterations, x[:, np.newaxis])
    for k, share in enumerate(added):
        rows = rounded(drawable(share, y_range), y_range)
        name, look = _("neuron {number}").format(number=k + 1), _look(k, k in muted)
        yield Moving(line(name, x, rows[-1], **look), heights(rows))
    if len(added):
        yield key(_("neurons"), SHARE, **FAINT)


def _look(k: int, is_muted: bool) -> Trace:
    style = {**series_line(k), "width": SHARE["width"], **WHOLE}
    style, faint = ({**style, "dash": "dot"}, FAINTER) if is_muted else (style, FAINT)
    return {"style": style, "showlegend": False, **faint}
