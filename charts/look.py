"""The look all figures share: one colour, dash and marker for each meaning, fixed axes, the language's numbers."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.checks import Array
from core.theory.limits import Regime
from wording import SEPARATORS, language, number

Figure = dict[str, Any]
"""A figure as plotly writes it: data, layout and frames. `plotly.graph_objects.Figure(figure)` makes it an object.

Making these objects takes 25 ms of every rerun, for checks that the tests make once and for all.
"""
Range = tuple[float, float]
OUTERMOST = 1e300
"""No picture reaches beyond this, so that its margins are still numbers."""
FINEST = 2000
"""Of so many places in a picture's height or width each is another pixel."""
FEWEST_DECADES, FEW_DECADES, MOST_NUMBERS = 0.7, 1.7, 7
"""Of less than so many powers of ten each digit, or some, is written; and how many powers at the most."""

# From the Okabe-Ito palette, which colour-blind people can tell apart and which holds on white and on black.
DATA = "#0072B2"
BEFORE = "#D55E00"
NOW = "#009E73"
BEST = "#CC79A7"
LOSS = "#76828E"
INK = "#22303C"
"""Of thin lines on a coloured ground, in the dark theme too."""
REGIME_COLOURS = {
    Regime.CREEPING: "#C3CED6",
    Regime.MONOTONE: "#56B4E9",
    Regime.OVERSHOOTING: "#E69F00",
    Regime.DIVERGING: "#9B1B30",
}

BEFORE_LINE = {"color": BEFORE, "width": 2, "dash": "dash"}
NOW_LINE = {"color": NOW, "width": 4}
BEST_LINE = {"color": BEST, "width": 3, "dash": "dot"}

# Paul Tol's bright palette, for several of a kind: safe for colour-blind people, and none of the colours above.
SERIES_COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377")
SERIES_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

CLASS_COLOURS = ("#DE7C1E", DATA)
CLASS_SYMBOLS = ("circle", "diamond")
"""Of class 0 and of class 1: blue and orange differ for colour-blind people too, and the symbols do in any case."""


def series_line(k: int) -> dict[str, Any]:
    """Return colour and dash of the k-th of several of a kind, counted from 0; after the sixth they come again."""
    return {"color": SERIES_COLOURS[k % len(SERIES_COLOURS)], "width": 3, "dash": SERIES_DASHES[k % len(SERIES_DASHES)]}


def frames(iterations: Sequence[int], traces: list[int], data: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return plotly frames, named after their iteration; `data[k]` holds frame k's new values of the moved `traces`."""
    return [
        {"name": str(iteration), "traces": traces, "data": moved}
        for iteration, moved in zip(iterations, data, strict=True)
    ]


def layout(**parts: Any) -> dict[str, Any]:
    """Return the layout all figures share, completed by `parts`.

    Colours of text, grid and background are left to the player, which knows the page's theme.
    """
    return {
        "template": {},
        "separators": SEPARATORS[language()],
        "margin": {"l": 66, "r": 14, "t": 34, "b": 50},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 16}},
        "font": {"size": 16},
        "hovermode": "closest",
        **parts,
    }


def axis(title: str, range_: Range | None = None, **parts: Any) -> dict[str, Any]:
    """Return an axis whose range stays as it is during the whole run."""
    fixed = {"range": list(range_), "autorange": False} if range_ else {}
    return {
        "title": {"text": title},
        "zeroline": False,
        "exponentformat": "power",  # beyond ten millions: there is no room for more digits
        "minexponent": 7,
        "separatethousands": True,
        **fixed,
        **parts,
    }


def powers(title: str, range_: Range, **parts: Any) -> dict[str, Any]:
    """Return a logarithmic axis; its range is in powers of ten."""
    return axis(title, range_, type="log", minexponent=3, **parts)


def decades(range_: Range) -> dict[str, Any]:
    """Return where a logarithmic axis has its numbers: at powers of ten, or where there are few in between, too."""
    wide = range_[1] - range_[0]
    if wide >= FEW_DECADES:
        return {"dtick": max(1, round(wide / MOST_NUMBERS))}
    exponents = range(math.floor(range_[0]), math.ceil(range_[1]) + 1)
    digits = (1, 2, 5) if wide > FEWEST_DECADES else range(1, 10)
    places = [float(f"{digit}e{exponent}") for exponent in exponents for digit in digits]
    return {"tickvals": places, "ticktext": [number(place) for place in places]}


def quietly(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draw without warnings of numbers that run out of range: of a run that explodes, they are what is drawn."""
    return np.errstate(over="ignore", invalid="ignore")(draw)


def padded(low: float, high: float, share: float = 0.06) -> Range:
    """Return the range a little wider on both sides; a range without extent becomes one unit wide."""
    padding = share * (high - low) or 0.5
    if high + padding == high:  # half a unit is nothing to so great a number
        padding = 1e-6 * abs(high)
    return low - padding, high + padding


def window(anchors: Array, others: Array, reach: float) -> Range:
    """Return the range that shows all `anchors`, and of the `others` what lies within `reach` times their extent.

    So a run that explodes leaves the frame, and does not shrink everything else to a point.
    """
    low, high = np.clip(finite_ends(anchors) or (0.0, 1.0), -OUTERMOST, OUTERMOST).tolist()
    extent = reach * ((high - low) or abs(high) or 1.0)
    least, greatest = float(np.fmin.reduce(others, axis=None)), float(np.fmax.reduce(others, axis=None))
    return padded(min(low, max(least, low - extent)), max(high, min(greatest, high + extent)))


def finite_ends(values: Array) -> Range | None:
    """Return the least and the greatest of the finite values, or None where there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else None


def drawable(values: Array, range_: Range) -> Array:
    """Return the values with those far outside the range moved nearer: browsers cannot draw at 1e300.

    What is left of them is still so far off that nothing changes in the frame.
    """
    far = 1e4 * (range_[1] - range_[0])
    return np.clip(np.nan_to_num(values), range_[0] - far, range_[1] + far)


def rounded(values: Array, range_: Range) -> Array:
    """Return the values as finely as a picture can show them: the rest would have to be sent, and nobody sees it."""
    return np.round(values, math.ceil(math.log10(FINEST / (range_[1] - range_[0]))))
