"""What a class has found together: a point for each try, the loss over the learning rate, and the theory's curve."""

from dataclasses import dataclass

import numpy as np

from charts.look import DATA, NOW, REGIME_COLOURS, Figure, Range
from charts.traces import Trace, figure, points
from charts.u_curve import (
    BELOW_EDGE,
    curve_of_losses,
    frame_of,
    layout_of_losses,
    regimes_behind,
)
from core.checks import Array
from core.theory.limits import Limits, Regime
from wording import _, number

MARGIN = 0.02
"""How far from the edge stands what lies beyond it, as a share of the width."""
NEWEST = 5
"""So many of the last tries stand out."""


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of the run: the loss of the start, and of some rates, (n,), ascending, that of the end, (n,).

    There may be limits, too. The axes of the picture hold all of this, whatever the class tries.
    """

    rates: Array
    losses: Array
    first_loss: float
    limits: Limits | None


@dataclass(frozen=True)
class Point:
    """A try: the learning rate, the loss at the end, None where it exploded, and whose it is."""

    rate: float
    loss: float | None
    name: str


def class_curve_figure(tries: list[Point], known: Known, names: dict[Regime, str], *, is_revealed: bool) -> Figure:
    """Draw the tries, the latest ones larger; behind them, once it is revealed, the theory's curve and the regimes."""
    x_range, y_range, highest = frame_of(known.rates, known.losses, known.first_loss)
    behind = is_revealed and known.limits is not None
    shown = [
        curve_of_losses(known.rates, known.losses, highest) if is_revealed else None,
        *_settled(tries, x_range, y_range),
        _exploded([point for point in tries if point.loss is None], x_range, y_range),
    ]
    layout = layout_of_losses(x_range, y_range)
    if behind and known.limits:
        layout |= regimes_behind(known.limits, float(known.rates[0]), float(known.rates[-1]), names)
    return figure(shown, layout)


def _settled(tries: list[Point], x_range: Range, y_range: Range) -> list[Trace | None]:
    """Return the points of what has not exploded: those from before, and the newest ones."""
    lasting = [point for point in tries if point.loss is not None]
    newest = [point for point in tries[-NEWEST:] if point.loss is not None]
    return [
        _points(_("tries"), lasting, x_range, y_range, {"color": DATA, "size": 11, "opacity": 0.6}),
        _points(_("the latest"), newest, x_range, y_range, {"color": NOW, "size": 15, "symbol": "diamond"}),
    ]


def _points(name: str, tries: list[Point], x_range: Range, y_range: Range, marker: Trace) -> Trace | None:
    heights = _inside([point.loss or 0.0 for point in tries], y_range)
    told = _("{name}: {rate}, loss {loss}")
    said = [told.format(name=point.name, rate=number(point.rate), loss=number(point.loss or 0.0)) for point in tries]
    return _scatter(name, tries, heights, x_range, said, marker) if tries else None


def _exploded(tries: list[Point], x_range: Range, y_range: Range) -> Trace | None:
    """Return a cross at the top for each try that exploded."""
    height = float(10 ** (y_range[0] + BELOW_EDGE * (y_range[1] - y_range[0])))
    said = [_("{name}: {rate}, exploded").format(name=point.name, rate=number(point.rate)) for point in tries]
    marker = {"color": REGIME_COLOURS[Regime.DIVERGING], "size": 12, "symbol": "x", "opacity": 0.7}
    return _scatter(_("exploded"), tries, [height] * len(tries), x_range, said, marker) if tries else None


def _scatter(
    name: str, tries: list[Point], heights: list[float], x_range: Range, said: list[str], marker: Trace
) -> Trace:
    rates = _inside([point.rate for point in tries], x_range)
    return points(name, rates, heights, marker, hovertext=said, hoverinfo="text")


def _inside(values: list[float], range_: Range) -> list[float]:
    """Return the values, with those beyond the edges a little inside of them; the range is in powers of ten."""
    room = MARGIN * (range_[1] - range_[0])
    clipped: list[float] = np.clip(values, 10 ** (range_[0] + room), 10 ** (range_[1] - room)).tolist()
    return clipped
