"""Predicted against actual: the picture for several samples with several features."""

from charts.look import BEFORE, BEST_LINE, NOW, Figure, axis, drawable, layout, padded, quietly, window
from charts.samples import seen_outputs, with_unit
from charts.traces import Moving, figure, line, points
from core.training import History
from wording import _

REACH = 0.6
"""How far beyond the targets the picture goes, in heights of the targets."""


@quietly
def predicted_actual_figure(history: History, iterations: list[int]) -> Figure:
    """Draw each sample's output over its target, one frame an iteration.

    Perfect ones lie on the diagonal.
    """
    data = history.experiment.data
    y_range = window(data.targets, seen_outputs(history), REACH)
    targets = data.targets.tolist()
    ends, outputs = [min(targets), max(targets)], drawable(history.outputs([0, *iterations]), y_range).tolist()
    before, now = {"color": BEFORE, "size": 6, "symbol": "x-thin-open"}, {"color": NOW, "size": 8}
    return figure(
        [
            line(_("perfect"), ends, ends, BEST_LINE),
            points(_("before training"), targets, outputs[0], before),
            Moving(points(_("now"), targets, outputs[-1], now), [{"x": targets, "y": y} for y in outputs[1:]]),
        ],
        layout(
            xaxis=axis(with_unit(_("actual"), data.target_unit), padded(*ends)),
            yaxis=axis(with_unit(_("predicted"), data.target_unit), y_range),
        ),
        iterations,
    )
