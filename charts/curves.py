"""Two curves over the same iterations: a value that bounces, above the loss that cannot show it.

Below the limit the loss of a full batch falls at every step, bounce or no bounce; the weight zig-zags.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.edge import edge_traces, range_of_known
from charts.epochs import epoch_line, epoch_name
from charts.iterations import IterationScale, hand_placed
from charts.look import NOW, Figure, Range, axis, drawable, layout, padded, quietly, window
from charts.loss_axis import loss_range, loss_title
from charts.loss_curve import curve, drawn_iterations, is_steered, level, loss_traces, walk
from charts.regimes import band_axis, rate_axis, rate_traces, regime_bands
from charts.traces import Moving, Trace, figure, placed, short
from charts.trail import first_outside, outside_since
from core.data.dataset import Dataset
from core.theory.forecast import Forecast
from core.theory.limits import Limits
from core.theory.watched import Watched
from core.training import History
from wording import _

UPPER, LOWER = (0.56, 0.97), (0.0, 0.4)
"""Which part of the height each curve has; its name stands above it."""
HIGH, MIDDLE, STRIP = (0.68, 0.99), (0.22, 0.57), (0.0, 0.22)
"""The same where the run is steered, and its learning rate stands below both."""
IN_STRIP = 0.115
"""Where the name of the learning rate stands: above it, in its own strip."""
Axes = Sequence[dict[str, Any]]
SECOND, THIRD, FOURTH = ({"yaxis": f"y{k}"} for k in (2, 3, 4))
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
    limits: Limits | None = None,
    ahead: Forecast | None = None,
    held_out: Dataset | None = None,
) -> Figure:
    """Draw the watched value, called `name`, over the loss, each with its marker, one frame an iteration.

    Of a run that is steered the learning rate stands below both, and behind them which regime it meant. What is
    `ahead` of a live run is dotted; such a figure has the same traces, whatever the run does. What the loss is on a
    `held_out` part is another curve, and of a run in batches the first epoch is marked.
    """
    live = ahead is not None
    upper = _watched_traces(history, watched, name, iterations, scale, live=live)
    lower = loss_traces(history, best_loss, iterations, scale, loss_axis, ahead, held_out)
    steered = is_steered(history, live=live)
    heights = (
        axis("", _upper_range(history, watched), anchor="x", nticks=5),
        loss_range(history, best_loss, loss_axis, "", n_ticks=3 if steered else 4, live=live),
    )
    names = (name, loss_title(history))
    if not steered:
        return figure([*upper, *lower], _two_panels(history, scale, heights, names), iterations)
    end = scale.last if live and history.diverged_at is None else history.iterations
    parts = [
        *regime_bands(history, limits, scale, end),
        *upper,
        *(placed(part, **FOURTH) for part in lower),
        *rate_traces(history, limits, scale, end, **THIRD),
    ]
    return figure(parts, _three_panels(history, limits, scale, heights, names), iterations)


def _two_panels(history: History, scale: IterationScale, heights: Axes, names: Sequence[str]) -> dict[str, Any]:
    return layout(
        shapes=epoch_line(history, scale),
        xaxis=scale.axis(anchor="y"),
        yaxis2={**heights[0], "domain": UPPER},
        yaxis={**heights[1], "domain": LOWER},
        annotations=[
            *(_name(text, top) for text, (_low, top) in zip(names, (UPPER, LOWER), strict=True)),
            *epoch_name(history, scale),
        ],
        showlegend=False,
    )


def _three_panels(
    history: History, limits: Limits | None, scale: IterationScale, heights: Axes, names: Sequence[str]
) -> dict[str, Any]:
    """Return the layout of a run that is steered.

    The bands have the first axis: plotly answers to the mouse in the order of the axes' numbers, the last one first.
    """
    named = zip((*names, _("learning rate")), (HIGH[1], MIDDLE[1], IN_STRIP), strict=True)
    return layout(
        shapes=epoch_line(history, scale),
        xaxis=scale.axis(anchor="y3"),
        yaxis=band_axis(domain=(STRIP[0], MIDDLE[1])),
        yaxis2={**heights[0], "domain": HIGH},
        yaxis3=rate_axis(history, limits, domain=STRIP, anchor="x"),
        yaxis4={**heights[1], "domain": MIDDLE, "anchor": "x"},
        annotations=[*(_name(text, height) for text, height in named), *epoch_name(history, scale)],
        showlegend=False,
    )


def _upper_range(history: History, watched: Watched) -> Range:
    if watched.known_at is not None:
        return range_of_known(watched)
    return watched_range(watched, hand_placed(history))


def watched_range(watched: Watched, by_hand: Sequence[int] = (0,)) -> Range:
    """Return the range that shows whatever a stable rate can reach; a run that explodes leaves it.

    It shows what the value is at the iterations at which it was put there `by_hand`.
    """
    known = [value for value in (watched.best, watched.far) if value is not None]
    anchors = np.array([*watched.values[list(by_hand)], *known])
    low, high = window(anchors, anchors if known else watched.values, 0.0 if known else REACH)
    return padded(low, high, ROOM)


def _watched_traces(
    history: History, watched: Watched, name: str, iterations: list[int], scale: IterationScale, *, live: bool
) -> list[Trace | Moving | None]:
    if watched.known_at is not None:
        return [*edge_traces(watched, scale, **SECOND), *_known_traces(watched, name, iterations, scale, live=live)]
    range_ = watched_range(watched, hand_placed(history))
    values, shown = drawable(watched.values, range_), drawn_iterations(history, iterations, scale, live=live)
    left_at = (outside_since if is_steered(history, live=live) else first_outside)(
        watched.values[:, np.newaxis], range_
    )
    shown = [i for i in shown if left_at is None or i <= left_at + AFTER]
    best = None if watched.best is None else level(_("best possible"), scale, [watched.best], **SECOND)
    style, x, y = {"color": NOW, "width": 2}, scale.places(shown).tolist(), short(values[shown]).tolist()
    return [
        *({**trace, **SECOND} for trace in curve(name, shown, x, y, style, live=live)),
        best,
        walk(iterations, scale, short(values[iterations]).tolist(), **SECOND),
    ]


def _known_traces(
    watched: Watched, name: str, iterations: list[int], scale: IterationScale, *, live: bool
) -> list[Trace | Moving | None]:
    shown = list(watched.known_at or ())
    values = drawable(watched.values, range_of_known(watched))
    x, y = scale.places(shown).tolist(), short(values[shown]).tolist()
    curves = curve(name, shown, x, y, {"color": NOW, "width": 3}, live=live)
    return [
        *({**trace, **SECOND} for trace in curves),
        walk(iterations, scale, short(values[iterations]).tolist(), **SECOND),
    ]


def _name(text: str, height: float) -> dict[str, Any]:
    """Return the name of a curve, at the left end above it."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": height, "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": f"<b>{text}</b>", "showarrow": False}
