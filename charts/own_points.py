"""Somebody's own data while they are put together: there is room all around, for points that are yet to come."""

import math
from collections.abc import Sequence

import numpy as np

from charts.look import CLASS_COLOURS, CLASS_SYMBOLS, DATA, Figure, Range, axis, drawable, layout, padded
from charts.traces import Trace, figure, points
from core.checks import Array
from wording import _

EMPTY: Range = (0.0, 10.0)
CLASS_RANGE: Range = (-0.3, 1.3)
PARTS = 5
"""The axes end at multiples of about a fifth of the extent: a point that is added in the picture moves none of them."""


def own_points_figure(
    names: Sequence[str], rows: Array, class_names: Sequence[str] = (), *, is_from_scratch: bool = False
) -> Figure:
    """Draw the target over the first feature, or two features of classes over each other; `rows` (n, n_features + 1).

    There may be no row yet. The axes of what `is_from_scratch` go from 0 to 10, as long as all points are there.
    """
    over_each_other = bool(class_names) and len(names) == 3
    across, up = (0, 1) if over_each_other else (0, len(names) - 1)
    x_range = roomy(rows[:, across], is_from_scratch)
    is_class = bool(class_names) and not over_each_other
    y_range = CLASS_RANGE if is_class else roomy(rows[:, up], is_from_scratch)
    ticks = {"tickvals": [0, 1], "ticktext": list(class_names)} if is_class else {}
    x, y = drawable(rows[:, across], x_range), drawable(rows[:, up], y_range)
    return figure(
        _classes(x, y, rows[:, -1], class_names) if class_names else [_points(_("data"), x, y, DATA, "circle")],
        layout(xaxis=axis(names[across], x_range), yaxis=axis(names[up], y_range, **ticks)),
    )


def roomy(values: Array, is_from_scratch: bool = False) -> Range:
    """Return a range of round numbers with all values in it, and room at both ends."""
    if not values.size or (is_from_scratch and EMPTY[0] <= values.min() and values.max() <= EMPTY[1]):
        return EMPTY
    low, high = float(values.min()), float(values.max())
    extent = (high - low) or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(extent / 2 or 1.0))
    while extent / step > PARTS:
        step *= 2
    ends = math.floor(low / step - 0.5) * step, math.ceil(high / step + 0.5) * step
    return ends if ends[0] < low <= high < ends[1] else padded(low, high)


def _classes(x: Array, y: Array, targets: Array, class_names: Sequence[str]) -> list[Trace]:
    looks = zip(class_names, CLASS_COLOURS, CLASS_SYMBOLS, strict=True)
    return [
        _points(name, x[targets == k], y[targets == k], colour, symbol)
        for k, (name, colour, symbol) in enumerate(looks)
    ]


def _points(name: str, x: Array, y: Array, colour: str, symbol: str) -> Trace:
    return points(name, np.asarray(x), np.asarray(y), {"color": colour, "symbol": symbol, "size": 8, "opacity": 0.8})
