"""The loss over two parameters, as contours or as a surface, with the path of the run on it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.look import BEFORE, BEST, NOW, Figure, axis, drawable, frames, layout, quietly
from core.checks import Array
from core.surface import Plane
from wording import _

GRID = 48
MARGIN = 0.35
ARROW = 0.18
"""The length of an eigen-direction's arrow, as a share of the map's side: the goal is never nearer to its edge."""
HIGHEST = 1e300
"""Losses above this are drawn as if they were this."""
FAR = 1e100
"""A start farther away than this is not on the map: no picture could show it beside the goal."""
SHADES = [[0, "#F7FBFF"], [0.35, "#C6DBEF"], [0.7, "#6BAED6"], [1, "#2171B5"]]


@dataclass(frozen=True, eq=False)
class Walk:
    """A run seen in a plane of two parameters: its `path` (n, 2), start first, the plane, and the two names."""

    path: Array
    plane: Plane
    names: tuple[str, str]


def square(walk: Walk) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ranges of both parameters: one square around start and goal, so that narrow looks narrow."""
    near = np.abs(walk.path[0] - walk.plane.best).max() < FAR
    ends = np.array([walk.path[0] if near else walk.plane.best, walk.plane.best])
    x, y = ends.mean(axis=0)
    half = (0.5 + MARGIN) * max(float(np.ptp(ends, axis=0).max()) or 1.0, 1e-6 * float(np.abs(ends).max()))
    return (float(x - half), float(x + half)), (float(y - half), float(y + half))


def _grid(walk: Walk) -> tuple[Array, Array, Array]:
    (x0, x1), (y0, y1) = square(walk)
    x, y = np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID)
    with np.errstate(over="ignore", invalid="ignore"):
        loss = walk.plane.loss(np.stack(np.meshgrid(x, y), axis=-1))
    return x, y, np.nan_to_num(loss, nan=HIGHEST, posinf=HIGHEST)


def _visible(walk: Walk) -> Array:
    ranges = square(walk)
    return np.stack([drawable(walk.path[:, k], ranges[k]) for k in (0, 1)], axis=-1)


@quietly
def contour_figure(walk: Walk, iterations: list[int]) -> Figure:
    """Draw the loss as contours, the path, start, goal and the eigen-directions; `iterations` index the path."""
    x, y, loss = _grid(walk)
    floor = walk.plane.least if 0 < walk.plane.least < HIGHEST else float(loss.max()) * 1e-6
    path = _visible(walk)
    walks = [_walk(path, k) for k in range(len(iterations))]
    x_range, y_range = square(walk)
    return {
        "data": [
            {
                "type": "contour",
                "x": x.tolist(),
                "y": y.tolist(),
                "z": np.log10(np.maximum(loss, floor)).tolist(),
                "colorscale": SHADES,
                "showscale": False,
                "ncontours": 18,
                "line": {"width": 0.8, "color": "#4A6A85"},
                "hoverinfo": "skip",
            },
            *_arrows(walk),
            _mark(_("start"), path[0], {"color": BEFORE, "symbol": "x", "size": 12}),
            _mark(_("best possible"), walk.plane.best, {"color": BEST, "symbol": "star", "size": 16}),
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": _("path"),
                "line": {"color": "#0B3D2E", "width": 1.5},
                "marker": {"size": 4},
                **walks[-1],
            },
            {**_mark(_("now"), path[-1], {"color": NOW, "symbol": "diamond", "size": 14})},
        ],
        "frames": frames(
            iterations,
            [5, 6],
            [[way, {"x": way["x"][-1:], "y": way["y"][-1:]}] for way in walks],
        ),
        "layout": layout(
            xaxis=axis(walk.names[0], x_range, constrain="domain"),
            yaxis=axis(walk.names[1], y_range, scaleanchor="x", constrain="domain"),
        ),
    }


def _walk(path: Array, k: int) -> dict[str, Any]:
    return {"x": path[: k + 1, 0].tolist(), "y": path[: k + 1, 1].tolist()}


def _mark(name: str, point: Array, marker: dict[str, Any]) -> dict[str, Any]:
    outline = {"width": 1.5, "color": "white"}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [float(point[0])],
        "y": [float(point[1])],
        "marker": {**marker, "line": outline},
    }


def _arrows(walk: Walk) -> list[dict[str, Any]]:
    """Return the eigen-directions from the goal: the flat one, then the steep one."""
    length = ARROW * (square(walk)[0][1] - square(walk)[0][0])
    tips = walk.plane.best + length * _pointing_right(np.linalg.eigh(walk.plane.hessian)[1].T)
    styles = ((_("flat direction"), "dot"), (_("steep direction"), "solid"))
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": [float(walk.plane.best[0]), float(tip[0])],
            "y": [float(walk.plane.best[1]), float(tip[1])],
            "line": {"color": "#333333", "width": 2, "dash": dash},
            "marker": {"symbol": "arrow", "size": [0, 13], "angleref": "previous", "color": "#333333"},
        }
        for (name, dash), tip in zip(styles, tips, strict=True)
    ]


def _pointing_right(directions: Array) -> Array:
    signs = np.where(directions.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
    return directions * signs


@quietly
def surface_figure(walk: Walk, iterations: list[int]) -> Figure:
    """Draw the loss as a surface that can be turned, with the path on it."""
    x, y, loss = _grid(walk)
    top = float(loss.max())
    (x0, x1), (y0, y1) = square(walk)
    inside = np.all((walk.path >= [x0, y0]) & (walk.path <= [x1, y1]), axis=1)
    # A little above the surface, or the path would sink into it.
    heights = 0.015 * top + np.minimum(np.nan_to_num(walk.plane.loss(np.clip(walk.path, [x0, y0], [x1, y1]))), top)
    walks = [_walk3(walk.path, heights, inside, k) for k in range(len(iterations))]
    titles = [{"title": {"text": name}} for name in (*walk.names, _("loss"))]
    return {
        "data": [
            {
                "type": "surface",
                "x": x.tolist(),
                "y": y.tolist(),
                "z": loss.tolist(),
                "colorscale": SHADES,
                "showscale": False,
                "opacity": 0.85,
                "hoverinfo": "skip",
            },
            {
                "type": "scatter3d",
                "mode": "lines+markers",
                "name": _("path"),
                "line": {"color": NOW, "width": 6},
                "marker": {"size": 3, "color": NOW},
                **walks[-1],
            },
        ],
        "frames": frames(iterations, [1], [[{"type": "scatter3d", **way}] for way in walks]),
        "layout": layout(
            scene={
                "xaxis": {**titles[0], "range": [x0, x1]},
                "yaxis": {**titles[1], "range": [y0, y1]},
                "zaxis": {**titles[2], "range": [0, top]},
                "camera": {"eye": {"x": 1.5, "y": -1.5, "z": 0.9}},
            },
            margin={"l": 0, "r": 0, "t": 24, "b": 0},
            showlegend=False,
        ),
    }


def _walk3(path: Array, heights: Array, inside: np.ndarray, k: int) -> dict[str, Any]:
    """Return the path up to k; points outside the box are gaps, for WebGL does not clip lines."""

    def shown(values: Array) -> list[float | None]:
        return [float(v) if ok else None for v, ok in zip(values[: k + 1], inside[: k + 1], strict=True)]

    return {"x": shown(path[:, 0]), "y": shown(path[:, 1]), "z": shown(heights)}
