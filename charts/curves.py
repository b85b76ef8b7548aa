"""Two curves over the same iterations: a value that bounces, above the loss that cannot show it.

Below the limit the loss of a full batch falls at every step, bounce or no bounce; the weight zig-zags.
"""

from typing import Any

import numpy as np

from charts.iterations import IterationScale, curve_iterations
from charts.look import NOW, Figure, Range, axis, drawable, layout, padded, quietly, window
from charts.loss_curve import curve, level, loss_range, loss_title, loss_traces, walk
from charts.traces import Moving, Trace, figure, short
from charts.trail import first_outside
from core.theory.watched import Watched
from core.training import History
from wording import _

UPPER, LOWER = (0.56, 0.97), (0.0, 0.4)
"""Which part of the height each curve has; its name stands above it."""
SECOND = {"yaxis": "y2"}
REACH = 1.0
ROOM = 0.2
"""What the upper curve has above and below, as a share of its height, for the first steps of one that flies off."""
AFTER = 2
"""Steps for which a value is still drawn that has left the picture: then it would only fill it."""


@quietly
def curves_figure(
    history: History,
    best_loss: float | None,
    watched: Watched,
    name: str,
    iterations: list[int],
    *,
    scale: IterationScale,
    loss_axis: str = "auto",
) -> Figure:
    """Draw the watched value, called `name`, over the loss, each with its marker, one frame an iteration."""
    return figure(
        [
            *_watched_traces(watched, name, iterations, scale),
            *loss_traces(history, best_loss, iterations, scale, loss_axis),
        ],
        layout(
            xaxis=scale.axis(anchor="y"),
            yaxis2=axis("", watched_range(watched), domain=UPPER, anchor="x", nticks=5),
            yaxis=loss_range(history, best_loss, loss_axis, "", domain=LOWER, n_ticks=4),
            annotations=[_name(name, UPPER[1]), _name(loss_title(history), LOWER[1])],
            showlegend=False,
        ),
        iterations,
    )


def watched_range(watched: Watched) -> Range:
    """Return the range that shows whatever a stable rate can reach; a run that explodes leaves it."""
    known = [value for value in (watched.best, watched.far) if value is not None]
    anchors = np.array([watched.values[0], *known])
    low, high = window(anchors, anchors if known else watched.values, 0.0 if known else REACH)
    return padded(low, high, ROOM)


def _watched_traces(
    watched: Watched, name: str, iterations: list[int], scale: IterationScale
) -> list[Trace | Moving | None]:
    range_ = watched_range(watched)
    values, left_at = drawable(watched.values, range_), first_outside(watched.values[:, np.newaxis], range_)
    shown = [i for i in curve_iterations(scale.last, iterations) if left_at is None or i <= left_at + AFTER]
    best = None if watched.best is None else level(_("best possible"), scale, [watched.best], **SECOND)
    style, x, y = {"color": NOW, "width": 2}, scale.places(shown).tolist(), short(values[shown]).tolist()
    return [
        *({**trace, **SECOND} for trace in curve(name, shown, x, y, style)),
        best,
        walk(iterations, scale, short(values[iterations]).tolist(), **SECOND),
    ]


def _name(text: str, height: float) -> dict[str, Any]:
    """Return the name of a curve, at the left end above it."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": height, "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": f"<b>{text}</b>", "showarrow": False}
