"""The edge of stability: the line that the sharpness must not cross, and how much of both is shown."""

import math

import numpy as np

from charts.iterations import IterationScale
from charts.look import REGIME_COLOURS, Range, drawable, padded
from charts.traces import Trace, line, short
from core.theory.limits import Regime
from core.theory.watched import Watched
from wording import _

ROOM = 1.3
"""How high the picture is, in heights of the highest thing that it shows."""
MARGIN = 0.1
ROUND = (1.0, 1.2, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 12.0)
FAR = 3.0
"""An edge that is so many times higher than the sharpness at the start is out of the picture."""
RED = REGIME_COLOURS[Regime.DIVERGING]
EDGE_LINE = {"color": RED, "width": 2, "dash": "dash"}
BEYOND = {"fill": "toself", "fillcolor": "rgba(155, 27, 48, 0.12)", "hoverinfo": "skip"}


def range_of_known(watched: Watched) -> Range:
    """Return the span of the value, if it has one; else from 0 to above the edge.

    Of a sharpness that is to above it, too, as long as it is not far beyond the edge.
    """
    if watched.span is not None:
        return padded(*watched.span, MARGIN)
    known = watched.values[list(watched.known_at or ())]
    first = float(known[0]) if np.isfinite(known[0]) and known[0] > 0 else 1.0
    if watched.edge is None:
        greatest = float(np.nanmax(np.where(np.isfinite(known), known, 0.0)))
        return 0.0, round_above(min(greatest, FAR * FAR * first)) or 1.0
    edges = watched.edge[np.isfinite(watched.edge)]
    near = edges[edges <= FAR * max(first, float(np.nanmedian(np.where(np.isfinite(known), known, np.nan))))]
    return 0.0, ROOM * max(first, *near[:1].tolist(), float(near.max(initial=0.0)))


def round_above(value: float) -> float:
    """Return the next of some round numbers: which iterations are known shall not move the axis."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(round_ * power for round_ in ROUND if round_ * power >= value)


def edge_traces(watched: Watched, scale: IterationScale, **parts: str) -> list[Trace]:
    """Return what lies beyond the edge as an area, and the edge: 2 / learning rate, in steps where the rate changes."""
    if watched.edge is None:
        return []
    range_ = range_of_known(watched)
    turns = np.flatnonzero(np.diff(watched.edge)) + 1
    starts = [0, *turns.tolist()]
    ends = [*turns.tolist(), max(scale.last, 1)]
    x = scale.places(np.column_stack([starts, ends]).ravel()).tolist()
    y = short(drawable(watched.edge[starts].repeat(2), range_)).tolist()
    top = 2 * range_[1]
    area = line("", [*x, x[-1], x[0]], [*y, top, top], {"width": 0}, showlegend=False, **BEYOND, **parts)
    said = f"{_('edge')}: %{{y}}<extra></extra>"
    return [area, line(_("edge"), x, y, EDGE_LINE, hovertemplate=said, **parts)]
