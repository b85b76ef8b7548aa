"""The prediction over the data: a line that turns and rises into place, for data sets with one feature."""

import numpy as np

from charts import trail
from charts.iterations import hand_placed
from charts.look import BEFORE_LINE, BEST_LINE, NOW_LINE, Figure, Range, drawable, layout, quietly, window
from charts.samples import both_parts, place_axis, places, sample_points, target_axis
from charts.traces import Moving, figure, line, with_handles
from charts.trail_lines import heights, trail_of_lines, with_room
from core.checks import Array
from core.data.dataset import Dataset
from core.theory.outcome import mirrored
from core.theory.quadratic import Quadratic
from core.training import History
from wording import _

REACH = 0.6
"""How far beyond the data the picture goes, in heights of the data, where no theory says how far is far enough."""
BY_HAND = 0.8
"""How far it goes for a line that a hand has put somewhere, the start among them."""
GRIPS = ([0], [0, 1], [1])
"""Where a hand can take a line: at its left end, in its middle, at its right end."""


@quietly
def line_figure(
    history: History,
    theory: Quadratic | None,
    iterations: list[int],
    *,
    with_trail: bool = True,
    recent: bool = False,
    held_out: Dataset | None = None,
) -> Figure:
    """Draw data, the line before training, the trail of the first steps, the best line and the line now.

    One frame an iteration. The vertical axis holds whatever a stable learning rate can reach. With `recent` the trail
    is that of the last steps, and a hand can take the line now; else the one before training. `held_out` are samples
    that training does not see.
    """
    data = both_parts(history.experiment.data, held_out)
    ends = np.array([places(data).min(), places(data).max()])
    outputs = history.outputs(slice(None), ends[:, np.newaxis])
    y_range = _reach(history, theory, data, ends, outputs)
    drawn, across = drawable(outputs, y_range), with_room(place_axis(data))
    left_at = trail.outside_since(drawn, y_range)
    drawing = figure(
        [
            *sample_points(history.experiment.data, held_out),
            line(_("before training"), ends, drawn[0], BEFORE_LINE),
            *(trail_of_lines(history, ends, drawn.__getitem__, y_range, iterations, recent) if with_trail else ()),
            None if theory is None else line(_("best possible"), ends, _best(history, theory, ends), BEST_LINE),
            Moving(line(_("now"), ends, drawn[-1], NOW_LINE), heights(drawn[iterations], x=ends.tolist())),
            trail.exit_mark(history, left_at, across["range"][0], y_range),
        ],
        layout(xaxis=across, yaxis=target_axis(data, y_range), meta={"left_at": left_at}),
        iterations,
    )
    return with_handles(drawing, _("now") if recent else _("before training"), GRIPS)


def _outputs(history: History, parameters: Array, ends: Array) -> Array:
    model = history.experiment.model
    return model.forward(parameters, model.seen(ends[:, np.newaxis]))


def _best(history: History, theory: Quadratic, ends: Array) -> Array:
    return _outputs(history, theory.best(history.parameters[0]), ends)


def _reach(history: History, theory: Quadratic | None, data: Dataset, ends: Array, outputs: Array) -> Range:
    """Return the range of the picture: the same for every learning rate, where it is known what stable ones reach."""
    if theory is None:
        return window(data.targets, outputs, REACH)
    anchors, placed = np.append(data.targets, _best(history, theory, ends)), outputs[hand_placed(history)]
    far = np.append(_outputs(history, mirrored(history, theory), ends), outputs[0])
    reached = window(anchors, far, REACH), window(anchors, placed, BY_HAND)
    return min(low for low, _high in reached), max(high for _low, high in reached)
