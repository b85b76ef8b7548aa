"""The look all figures share: one colour, dash and marker for each meaning, fixed axes, the language's numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.checks import Array
from wording import SEPARATORS, language

Figure = dict[str, Any]
"""A figure as plotly writes it: data, layout and frames. `plotly.graph_objects.Figure(figure)` makes it an object.

Making these objects takes 25 ms of every rerun, for checks that the tests make once and for all.
"""

# From the Okabe-Ito palette, which colour-blind people can tell apart and which holds on white and on black.
DATA = "#0072B2"
BEFORE = "#D55E00"
NOW = "#009E73"
BEST = "#CC79A7"
LOSS = "#76828E"

BEFORE_LINE = {"color": BEFORE, "width": 2, "dash": "dash"}
NOW_LINE = {"color": NOW, "width": 4}
BEST_LINE = {"color": BEST, "width": 3, "dash": "dot"}

FIRST_FRAMES = 12
LATER_FRAMES = 24
"""Few are enough, for the player moves smoothly from one to the next, and every frame costs the server time."""


def frame_iterations(last: int, chosen: tuple[int, ...] = ()) -> list[int]:
    """Return the iterations that get a frame: each of the first ones, then geometrically up to the last.

    The `chosen` ones among 0 ... last are always there.
    """
    first = range(min(last, FIRST_FRAMES) + 1)
    later = np.geomspace(FIRST_FRAMES, last, LATER_FRAMES + 1).round().astype(int) if last > FIRST_FRAMES else ()
    return sorted({*first, *(int(i) for i in later), *(i for i in chosen if 0 <= i <= last)})


def frames(iterations: list[int], traces: list[int], data: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
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
        "margin": {"l": 62, "r": 14, "t": 34, "b": 46},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 13}},
        "font": {"size": 14},
        "hovermode": "closest",
        **parts,
    }


def axis(title: str, range_: tuple[float, float] | None = None, **parts: Any) -> dict[str, Any]:
    """Return an axis whose range stays as it is during the whole run."""
    fixed = {"range": list(range_), "autorange": False} if range_ else {}
    return {
        "title": {"text": title},
        "zeroline": False,
        "exponentformat": "none",
        "separatethousands": True,
        **fixed,
        **parts,
    }


def quietly(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draw without warnings of numbers that run out of range: of a run that explodes, they are what is drawn."""
    return np.errstate(over="ignore", invalid="ignore")(draw)


def padded(low: float, high: float, share: float = 0.06) -> tuple[float, float]:
    """Return the range a little wider on both sides; a range without extent becomes one unit wide."""
    padding = share * (high - low) or 0.5
    if high + padding == high:  # half a unit is nothing to so great a number
        padding = 1e-6 * abs(high)
    return low - padding, high + padding


def window(anchors: Array, others: Array, reach: float) -> tuple[float, float]:
    """Return the range that shows all `anchors`, and of the `others` what lies within `reach` times their extent.

    So a run that explodes leaves the frame, and does not shrink everything else to a point.
    """
    anchors = anchors[np.isfinite(anchors)]
    low, high = (float(anchors.min()), float(anchors.max())) if anchors.size else (0.0, 1.0)
    extent = reach * ((high - low) or abs(high) or 1.0)
    within = np.clip(np.nan_to_num(others, nan=low), low - extent, high + extent)
    return padded(min(low, float(np.min(within))), max(high, float(np.max(within))))


def drawable(values: Array, range_: tuple[float, float]) -> Array:
    """Return the values with those far outside the range moved nearer: browsers cannot draw at 1e300.

    What is left of them is still so far off that nothing changes in the frame.
    """
    far = 1e4 * (range_[1] - range_[0])
    return np.clip(np.nan_to_num(values), range_[0] - far, range_[1] + far)


def with_unit(name: str, unit: str) -> str:
    """Return an axis title: the name, and the unit where there is one."""
    return f"{name} ({unit})" if unit else name
