"""The loss over two parameters, as contours or as a surface, with the path of the run on it."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.look import BEFORE, BEST, NOW, Figure, Range, axis, drawable, layout, quietly
from charts.traces import Moving, Trace, arrow, figure, gaps, growing, mark, scatter, walking
from core.checks import Array
from core.theory.slices import Plane
from wording import _, number

GRID = 48
CLOSER = np.geomspace(1e-3, 0.3, 8)
"""Where the map's grid is denser around the goal, in halves of its side: a narrow valley would slip through."""
SHADES_DRAWN, LOWEST = 20, 1e-5
"""Shades of the map, evenly from this share of the greatest loss to that loss on a logarithmic scale."""
NUMBERED, APART = 8, 0.05
"""How many of the path's points are numbered at the most, and how far apart, as a share of the map's side."""
MARGIN = 0.35
ARROW = 0.18
"""The length of an eigen-direction's arrow, as a share of the map's side: the goal is never nearer to its edge."""
ARROW_LINE = {"color": "#333333", "width": 2}
NUMBERS = {
    "textposition": "middle right",
    "textfont": {"size": 13, "color": "#0B3D2E"},
    "showlegend": False,
    "hoverinfo": "skip",
}
PATH_LINE = {"color": "#0B3D2E", "width": 1.5}
LIFT = 0.015
"""How far above the surface the path runs, as a share of the box's height, or it would sink into it."""
HIGHEST = 1e300
"""Losses above this are drawn as if they were this."""
FAR = 1e100
"""A start farther away than this is not on the map: no picture could show it beside the goal."""
SHADES = [[0, "#F7FBFF"], [0.35, "#C6DBEF"], [0.7, "#6BAED6"], [1, "#2171B5"]]
BARE = {"colorscale": SHADES, "showscale": False, "hoverinfo": "skip"}


@dataclass(frozen=True, eq=False)
class Walk:
    """A run seen in a plane of two parameters: its `path` (n, 2), start first, the plane, and the two names."""

    path: Array
    plane: Plane
    names: tuple[str, str]


def square(walk: Walk) -> tuple[Range, Range]:
    """Return the ranges of both parameters: one square around start and goal, so that narrow looks narrow."""
    near = np.abs(walk.path[0] - walk.plane.best).max() < FAR
    ends = np.array([walk.path[0] if near else walk.plane.best, walk.plane.best])
    x, y = ends.mean(axis=0)
    half = (0.5 + MARGIN) * max(float(np.ptp(ends, axis=0).max()) or 1.0, 1e-6 * float(np.abs(ends).max()))
    return (float(x - half), float(x + half)), (float(y - half), float(y + half))


@quietly
def contour_figure(walk: Walk, iterations: list[int]) -> Figure:
    """Draw the loss as contours, the path, start, goal and the eigen-directions, one frame a point of the path.

    `iterations` (n,) names the points of the path.
    """
    x_range, y_range = square(walk)
    path = np.column_stack([drawable(walk.path[:, 0], x_range), drawable(walk.path[:, 1], y_range)])
    return figure(
        [
            _contours(walk),
            *_arrows(walk, ARROW * (x_range[1] - x_range[0])),
            mark(_("start"), path[:1, 0], path[:1, 1], BEFORE, "x", size=12),
            mark(_("best possible"), walk.plane.best[:1], walk.plane.best[1:], BEST, "star", size=16),
            *_walk(path[:, 0].tolist(), path[:, 1].tolist()),
            _numbers(path, iterations, APART * (x_range[1] - x_range[0])),
        ],
        layout(
            xaxis=axis(walk.names[0], x_range, constrain="domain"),
            yaxis=axis(walk.names[1], y_range, scaleanchor="x", constrain="domain"),
        ),
        iterations,
    )


def _even(range_: Range) -> Array:
    return np.linspace(*range_, GRID)


def _closer(range_: Range, goal: float) -> Array:
    """Return places evenly over the range, and closer ones around the goal."""
    steps = CLOSER * (range_[1] - range_[0]) / 2
    return np.unique(np.concatenate([_even(range_), [goal], np.clip([goal - steps, goal + steps], *range_).ravel()]))


def _losses(walk: Walk, x: Array, y: Array) -> Array:
    loss = walk.plane.loss(np.stack(np.meshgrid(x, y), axis=-1))
    return np.nan_to_num(loss, nan=HIGHEST, posinf=HIGHEST)


def _field(kind: str, x: Array, y: Array, z: Array, **parts: Any) -> Trace:
    return {"type": kind, "x": x.tolist(), "y": y.tolist(), "z": z.tolist(), **BARE, **parts}


def _contours(walk: Walk) -> Trace:
    """Return the shades: of the loss above the least one, logarithmic, so that the floor of the valley has its own."""
    x, y = (_closer(range_, goal) for range_, goal in zip(square(walk), walk.plane.best.tolist(), strict=True))
    above = _losses(walk, x, y) - min(walk.plane.least, HIGHEST)
    greatest = float(above.max()) or 1.0
    top, depth = math.log10(greatest), -math.log10(LOWEST)
    levels = {"start": top - depth, "end": top, "size": depth / SHADES_DRAWN}
    heights = np.log10(np.maximum(above, LOWEST * greatest))
    return _field("contour", x, y, heights, contours=levels, autocontour=False, line={"width": 0.5, "color": "#4A6A85"})


def _arrows(walk: Walk, length: float) -> list[Trace]:
    """Return the eigen-directions from the goal: the flat one, then the steep one."""
    goal = walk.plane.best.tolist()
    tips = walk.plane.best + length * _pointing_right(np.linalg.eigh(walk.plane.hessian)[1].T)
    styles = ((_("flat direction"), "dot"), (_("steep direction"), "solid"))
    return [
        arrow(name, [goal[0], tip[0]], [goal[1], tip[1]], {**ARROW_LINE, "dash": dash}, head=13)
        for (name, dash), tip in zip(styles, tips.tolist(), strict=True)
    ]


def _pointing_right(directions: Array) -> Array:
    signs = np.where(directions.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
    return directions * signs


def _walk(x: list[float], y: list[float]) -> tuple[Moving, Moving]:
    path = scatter("lines+markers", _("path"), x, y, line=PATH_LINE, marker={"size": 4})
    return Moving(path, growing(x=x, y=y)), Moving(mark(_("now"), x[-1:], y[-1:], NOW), walking(x, y))


def _numbers(path: Array, iterations: list[int], apart: float) -> Trace | None:
    """Return the iterations as numbers at the path's first points; they never move, for moving text is slow."""
    chosen = _far_enough(path.tolist(), apart)
    text = [f"\u00a0{number(iterations[k])}" for k in chosen]
    return scatter("text", _("iteration"), path[chosen, 0], path[chosen, 1], text=text, **NUMBERS) if chosen else None


def _far_enough(points: list[list[float]], apart: float) -> list[int]:
    """Return the first points after the start that are so far from it and from each other that numbers fit between."""
    chosen = [0]
    for k, point in enumerate(points):
        if len(chosen) <= NUMBERED and min(math.dist(point, points[other]) for other in chosen) >= apart:
            chosen.append(k)
    return chosen[1:]


@quietly
def surface_figure(walk: Walk, iterations: list[int]) -> Figure:
    """Draw the loss as a surface that can be turned, with the path on it, one frame a point of the path."""
    x, y = map(_even, square(walk))
    loss = _losses(walk, x, y)
    box = (*square(walk), (0.0, float(loss.max())))
    titles = (*walk.names, _("loss"))
    sides = {
        f"{letter}axis": {"title": {"text": title}, "range": list(range_)}
        for letter, title, range_ in zip("xyz", titles, box, strict=True)
    }
    return figure(
        [_field("surface", x, y, loss, opacity=0.85), _path_on_surface(walk, box[2][1])],
        layout(
            scene={**sides, "camera": {"eye": {"x": 1.5, "y": -1.5, "z": 0.9}}},
            margin={"l": 0, "r": 0, "t": 24, "b": 0},
            showlegend=False,
        ),
        iterations,
    )


def _path_on_surface(walk: Walk, top: float) -> Moving:
    """Return the path, a little above the surface; points outside the box are gaps, for WebGL does not clip lines."""
    low, high = np.transpose(square(walk))
    inside = np.all((walk.path >= low) & (walk.path <= high), axis=1)
    heights = LIFT * top + np.minimum(np.nan_to_num(walk.plane.loss(np.clip(walk.path, low, high))), top)
    x, y, z = (gaps(values, inside) for values in (walk.path[:, 0], walk.path[:, 1], heights))
    path = scatter(
        "lines+markers", _("path"), x, y, z=z, line={"color": NOW, "width": 6}, marker={"size": 3, "color": NOW}
    )
    return Moving({**path, "type": "scatter3d"}, growing(x=x, y=y, z=z))
