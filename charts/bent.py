"""The prediction over one feature where it is no straight line: a network's curve, or the S-curve of two classes."""

import math
from collections.abc import Collection, Iterator

import numpy as np

from charts import trail
from charts.iterations import frame_iterations
from charts.look import BEFORE_LINE, LOSS, NOW_LINE, Figure, Range, axis, drawable, layout, quietly, series_line, window
from charts.predicted import predicted, says_probabilities, shares
from charts.samples import both_parts, place_axis, sample_points, target_axis
from charts.traces import Moving, Trace, figure, line
from charts.trail_lines import At, heights, trail_of_lines, with_room
from core.checks import Array
from core.data.dataset import Dataset
from core.training import History
from wording import _

PLACES, APART, FAR_APART = 81, 2, 8
"""Where a curve is drawn, evenly over the axis; every second place for a neuron's share, every eighth for all steps."""
REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data."""
PROBABILITIES = (-0.06, 1.06)
FINEST = 2000
"""Into how many parts of the picture's height a curve is rounded: nobody sees the rest, and it would have to be sent."""
BOUNDARY = 0.5
BOUNDARY_LINE = {"color": LOSS, "width": 1.5, "dash": "dot"}
SHARE, MUTED = {"opacity": 0.45}, {"opacity": 0.22}


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
    x, y_range = np.linspace(*along["range"], PLACES), _range(history, data, along["range"])

    def at(iterations: list[int]) -> Array:
        return _rounded(predicted(history, iterations, x[:, np.newaxis], muted), y_range)

    left_at = _left_at(history, x, y_range)
    now, across = at(iterations), with_room(along)
    return figure(
        [
            *_shares(history, x[::APART], y_range, iterations, muted),
            *sample_points(history.experiment.data, held_out),
            _boundary(data, across["range"]),
            line(_("before training"), x, at([0])[0], BEFORE_LINE),
            *(trail_of_lines(history, x, at, y_range, iterations, recent) if with_trail else ()),
            Moving(line(_("now"), x, now[-1], NOW_LINE), heights(now)),
            trail.exit_mark(history, left_at, along["range"][0], y_range),
        ],
        layout(xaxis=across, yaxis=_height_axis(history, data, y_range), meta={"left_at": left_at}),
        iterations,
    )
