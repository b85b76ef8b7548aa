"""Traces and figures as plotly writes them, each kind spelled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.look import Figure, frames
from core.checks import Array

Trace = dict[str, Any]
Values = Sequence[Any] | Array


@dataclass(frozen=True)
class Moving:
    """A trace that the frames move, and the new values each of them gives it; the figure at rest shows the last."""

    trace: Trace
    values: Sequence[Trace]


def figure(parts: Sequence[Trace | Moving | None], layout: dict[str, Any], iterations: Sequence[int] = ()) -> Figure:
    """Put traces together, one over the other, with a frame an iteration where some move; None is left out."""
    shown = [part for part in parts if part is not None]
    moved = {k: [_typed(part, new) for new in part.values] for k, part in enumerate(shown) if isinstance(part, Moving)}
    return {
        "data": [{**part.trace, **part.values[-1]} if isinstance(part, Moving) else part for part in shown],
        "frames": frames(iterations, list(moved), [list(new) for new in zip(*moved.values(), strict=True)]),
        "layout": layout,
    }


def placed(part: Trace | Moving | None, **parts: Any) -> Trace | Moving | None:
    """Return a part of a figure with something more said of its trace, such as the axis on which it stands."""
    return Moving({**part.trace, **parts}, part.values) if isinstance(part, Moving) else part and {**part, **parts}


def with_meta(drawn: Figure, **parts: Any) -> Figure:
    """Return the figure with something said of it that is not drawn."""
    layout = drawn["layout"]
    return {**drawn, "layout": {**layout, "meta": {**layout.get("meta", {}), **parts}}}


def with_handles(
    drawn: Figure, name: str, grips: Sequence[list[int]], ends: tuple[float, float] | None = None
) -> Figure:
    """Return the figure with what a hand can take hold of: each grip is some points of the trace of this name.

    No hand puts them beyond the `ends`, where there are any.
    """
    index = [trace["name"] for trace in drawn["data"]].index(name)
    more = {"ends": list(ends)} if ends else {}
    return with_meta(drawn, handles=[{"trace": index, "points": points, **more} for points in grips])


def _typed(part: Moving, values: Trace) -> Trace:
    """Say in the frame, too, of which type the trace is: plotly takes it for a scatter otherwise."""
    kind = part.trace["type"]
    return values if kind == "scatter" else {"type": kind, **values}


def growing(**columns: list[Any]) -> list[Trace]:
    """Return what makes a trace grow point by point: frame k gives it the columns' first k + 1 values."""
    n_frames = len(next(iter(columns.values())))
    return [{name: column[: k + 1] for name, column in columns.items()} for k in range(n_frames)]


def walking(x: list[Any], y: list[Any]) -> list[Trace]:
    """Return what makes a single point walk: frame k moves it to x[k] and y[k]."""
    return [{"x": [across], "y": [up]} for across, up in zip(x, y, strict=True)]


def line(name: str, x: Values, y: Values, style: Trace, **parts: Any) -> Trace:
    """Return a line through the points."""
    return scatter("lines", name, x, y, line=style, **parts)


def key(name: str, style: Trace, **parts: Any) -> Trace:
    """Return a line that is nowhere but in the legend, where it stands for several."""
    return line(name, [0], [None], style, **parts)


def points(name: str, x: Values, y: Values, marker: Trace, **parts: Any) -> Trace:
    """Return the points alone."""
    return scatter("markers", name, x, y, marker=marker, **parts)


def mark(name: str, x: Values, y: Values, color: str, symbol: str = "diamond", size: int = 14, **parts: Any) -> Trace:
    """Return a point that stands out: outlined in white."""
    outline = {"width": 1.5, "color": "white"}
    return points(name, x, y, {"color": color, "size": size, "symbol": symbol, "line": outline}, **parts)


def arrow(name: str, x: Values, y: Values, style: Trace, head: int) -> Trace:
    """Return an arrow from the first of two points to the second, its `head` so many pixels long."""
    tip = {"symbol": "arrow", "size": [0, head], "angleref": "previous", "color": style["color"]}
    return scatter("lines+markers", name, x, y, line=style, marker=tip)


def bars(name: str, x: Values, y: Values, color: str, **parts: Any) -> Trace:
    """Return upright bars."""
    return {"type": "bar", "name": name, "x": plain(x), "y": plain(y), "marker": {"color": color}, **parts}


def scatter(mode: str, name: str, x: Values, y: Values, **parts: Any) -> Trace:
    """Return points, joined and marked as the `mode` says."""
    return {"type": "scatter", "mode": mode, "name": name, "x": plain(x), "y": plain(y), **parts}


def upright(x: float, style: Trace) -> Trace:
    """Return the shape of a line from the bottom of the picture to its top."""
    return {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": style}


def plain(values: Values) -> list[Any]:
    """Return the values as a list of Python's own numbers, which JSON knows."""
    return values.tolist() if isinstance(values, np.ndarray) else list(values)


def short(values: Array, digits: int = 6) -> Array:
    """Return the values rounded to some significant digits: a curve is a third as long to send."""
    return np.array([float(f"{value:.{digits}g}") for value in values.tolist()])


def gaps(values: Array, drawn: np.ndarray) -> list[float | None]:
    """Return the values that are `drawn`, and None, which leaves a gap, in place of the others."""
    return [value if keep else None for value, keep in zip(values.tolist(), drawn.tolist(), strict=True)]
