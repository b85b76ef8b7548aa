"""The loss over two parameters, as contours or as a surface, with the path of the run on it."""

import math

import numpy as np

from charts.contours import Walk, contours, even, field, losses_over, on_map, square
from charts.look import BEFORE, BEST, NOW, Figure, axis, layout, quietly
from charts.traces import Moving, Trace, arrow, figure, gaps, growing, mark, scatter, walking
from core.checks import Array
from core.theory.slices import Plane
from wording import _, number

NUMBERED, APART = 8, 0.05
"""How many of the path's points are numbered at the most, and how far apart, as a share of the map's side."""
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
OPAQUE, CLEAR = 0.85, 0.7
"""A surface that bends several ways lets the path behind it be seen."""
LIFT = 0.015
"""How far above the surface the path runs, as a share of the box's height, or it would sink into it."""


@quietly
def contour_figure(walk: Walk, iterations: list[int]) -> Figure:
    """Draw the loss as contours, the path, start, goal and the eigen-directions, one frame a point of the path.

    Goal and eigen-directions are those of a parabola. `iterations` (n,) names the points of the path.
    """
    x_range, y_range = square(walk)
    path = on_map(walk.path, (x_range, y_range))
    return figure(
        [
            contours(walk.plane, (x_range, y_range)),
            *(_arrows(walk.plane, ARROW * (x_range[1] - x_range[0])) if isinstance(walk.plane, Plane) else ()),
            mark(_("start"), path[:1, 0], path[:1, 1], BEFORE, "x", size=12),
            goal(walk),
            *_walk(path[:, 0].tolist(), path[:, 1].tolist()),
            _numbers(path, iterations, APART * (x_range[1] - x_range[0])),
        ],
        layout(
            xaxis=axis(walk.names[0], x_range, constrain="domain"),
            yaxis=axis(walk.names[1], y_range, scaleanchor="x", constrain="domain"),
        ),
        iterations,
    )


def goal(walk: Walk) -> Trace | None:
    """Return the star at the best there is, where it is known."""
    if not isinstance(walk.plane, Plane):
        return None
    return mark(_("best possible"), walk.plane.best[:1], walk.plane.best[1:], BEST, "star", size=16)


def _arrows(plane: Plane, length: float) -> list[Trace]:
    """Return the eigen-directions from the goal: the flat one, then the steep one."""
    goal = plane.best.tolist()
    tips = plane.best + length * _pointing_right(np.linalg.eigh(plane.hessian)[1].T)
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
    x, y = map(even, square(walk))
    loss = losses_over(walk.plane, x, y)
    box = (*square(walk), (0.0, float(loss.max())))
    titles = (*walk.names, _("loss"))
    sides = {
        f"{letter}axis": {"title": {"text": title}, "range": list(range_)}
        for letter, title, range_ in zip("xyz", titles, box, strict=True)
    }
    return figure(
        [
            field("surface", x, y, loss, opacity=OPAQUE if isinstance(walk.plane, Plane) else CLEAR),
            _path_on_surface(walk, box[2][1]),
        ],
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
