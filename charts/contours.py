"""A map of the loss over two parameters, or over two directions: which part of it is shown, and its shades."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.look import Range
from charts.traces import Trace
from core.checks import Array
from core.theory.planes import Sheet
from core.theory.slices import Plane

GRID, FINER, ENOUGH = 48, 72, 1_000_000
"""Places along each side, and where the map is of no parabola more of them, as long as the outputs are not too many."""
CLOSER = np.geomspace(1e-3, 0.3, 8)
"""Where the map's grid is denser around the goal, in halves of its side: a narrow valley would slip through."""
SHADES_DRAWN, LOWEST, LOWEST_FOUND = 20, 1e-5, 1e-4
"""Shades of the map, evenly from this share of the greatest loss to that loss on a logarithmic scale.

Where the least loss is not known, but only found on the grid, the floor of the valley is not followed as far down.
"""
DIGITS = 4
MARGIN = 0.35
HIGHEST = 1e300
"""Losses above this are drawn as if they were this."""
FAR = 1e100
"""A start farther away than this is not on the map: no picture could show it beside the goal."""
OFF_THE_MAP = 1e4
"""How far off a point of a path may be drawn, in sides of the map."""
Shades = list[list[Any]]
SHADES: Shades = [[0, "#F7FBFF"], [0.35, "#C6DBEF"], [0.7, "#6BAED6"], [1, "#2171B5"]]
GREYS: Shades = [[0, "#FFFFFF"], [1, "#A3AFBA"]]
"""For a map on which colours tell several paths apart."""
BARE = {"colorscale": SHADES, "showscale": False, "hoverinfo": "skip"}


@dataclass(frozen=True, eq=False)
class Walk:
    """A run seen in a plane: its `path` (n, 2), start first, the plane, and what its two axes are called."""

    path: Array
    plane: Plane | Sheet
    names: tuple[str, str]

    @property
    def ends(self) -> Array:
        """What the map must show, (n, 2): start and goal; of a plane without a known goal, all of the path."""
        if isinstance(self.plane, Sheet):
            return np.clip(self.plane.corners, -FAR, FAR)
        near = np.abs(self.path[0] - self.plane.best).max() < FAR
        return np.array([self.path[0] if near else self.plane.best, self.plane.best])


def square(*walks: Walk) -> tuple[Range, Range]:
    """Return the ranges of both axes: one square around what is to be seen, so that narrow looks narrow."""
    ends = np.concatenate([walk.ends for walk in walks])
    x, y = (ends.min(axis=0) + ends.max(axis=0)) / 2
    half = (0.5 + MARGIN) * max(float(np.ptp(ends, axis=0).max()) or 1.0, 1e-6 * float(np.abs(ends).max()))
    return (float(x - half), float(x + half)), (float(y - half), float(y + half))


def on_map(points: Array, ranges: tuple[Range, Range]) -> Array:
    """Return the points (n, 2), those far off the map moved nearer on the way to its middle: no browser can draw them.

    What is left of them is still so far off that nothing changes on the map.
    """
    middle = np.mean(ranges, axis=1)
    away = np.clip(np.nan_to_num(points - middle), -HIGHEST, HIGHEST)
    farthest = np.abs(away).max(axis=1, keepdims=True)
    far = OFF_THE_MAP * (ranges[0][1] - ranges[0][0])
    return np.where(farthest > far, middle + away / np.maximum(farthest, far) * far, points)


def places(plane: Plane | Sheet, ranges: tuple[Range, Range]) -> tuple[Array, Array]:
    """Return the places of the grid along both axes, evenly, and of a parabola's map closer around the goal."""
    if isinstance(plane, Sheet):
        count = FINER if FINER**2 * plane.outputs <= ENOUGH else GRID
        return np.linspace(*ranges[0], count), np.linspace(*ranges[1], count)
    x, y = (_closer(range_, goal) for range_, goal in zip(ranges, plane.best.tolist(), strict=True))
    return x, y


def even(range_: Range) -> Array:
    """Return places evenly over the range."""
    return np.linspace(*range_, GRID)


def _closer(range_: Range, goal: float) -> Array:
    steps = CLOSER * (range_[1] - range_[0]) / 2
    return np.unique(np.concatenate([even(range_), [goal], np.clip([goal - steps, goal + steps], *range_).ravel()]))


def losses_over(plane: Plane | Sheet, x: Array, y: Array) -> Array:
    """Return the loss at each place of the grid, (n_y, n_x)."""
    return np.nan_to_num(plane.loss(np.stack(np.meshgrid(x, y), axis=-1)), nan=HIGHEST, posinf=HIGHEST)


def field(kind: str, x: Array, y: Array, z: Array, **parts: Any) -> Trace:
    """Return the heights over a grid, as a contour map or a surface."""
    return {"type": kind, "x": x.tolist(), "y": y.tolist(), "z": z.tolist(), **BARE, **parts}


def contours(plane: Plane | Sheet, ranges: tuple[Range, Range], shades: Shades = SHADES) -> Trace:
    """Return the shades: of the loss above the least one, logarithmic, so that the floor of the valley has its own."""
    x, y = places(plane, ranges)
    losses, is_known = losses_over(plane, x, y), isinstance(plane, Plane)
    above = losses - min(plane.least if isinstance(plane, Plane) else float(losses.min()), HIGHEST)
    greatest, lowest = float(above.max()) or 1.0, LOWEST if is_known else LOWEST_FOUND
    top, depth = math.log10(greatest), -math.log10(lowest)
    levels = {"start": top - depth, "end": top, "size": depth / SHADES_DRAWN}
    heights = np.log10(np.maximum(above, lowest * greatest))
    return field(
        "contour",
        x,
        y,
        heights if is_known else heights.round(DIGITS),
        contours=levels,
        autocontour=False,
        line={"width": 0.5, "color": "#4A6A85"},
        colorscale=shades,
    )
