"""Several runs on one map of the loss: the paths that they take from their start, in step."""

from collections.abc import Sequence

import numpy as np

from charts.contours import GREYS, Walk, contours, on_map, square
from charts.look import BEFORE, Figure, axis, layout, quietly, series_line
from charts.surface import goal
from charts.traces import Moving, figure, growing, line, mark, short, walking
from core.checks import Array
from wording import _

DIGITS = 5
"""Significant digits of a path: it is sent again with each frame."""


@quietly
def paths_figure(walks: Sequence[Walk], names: Sequence[str], iterations: list[int]) -> Figure:
    """Draw the loss as contours, and the path of each walk with a marker of its own, one frame an iteration.

    All walks are seen in the plane of the first one; `names` say what they are called. A path that is shorter than
    `iterations` waits where it ends.
    """
    x_range, y_range = square(*walks)
    shown = [np.minimum(np.arange(len(iterations)), len(walk.path) - 1) for walk in walks]
    paths = [on_map(walk.path[points], (x_range, y_range)) for walk, points in zip(walks, shown, strict=True)]
    return figure(
        [
            contours(walks[0].plane, (x_range, y_range), GREYS),
            mark(_("start"), paths[0][:1, 0], paths[0][:1, 1], BEFORE, "x", size=12),
            goal(walks[0]),
            *(_path(k, names[k], path) for k, path in enumerate(paths)),
            *(_marker(k, names[k], path) for k, path in enumerate(paths)),
        ],
        layout(
            xaxis=axis(walks[0].names[0], x_range, constrain="domain"),
            yaxis=axis(walks[0].names[1], y_range, scaleanchor="x", constrain="domain"),
        ),
        iterations,
    )


def _path(k: int, name: str, path: Array) -> Moving:
    x, y = (short(values, DIGITS).tolist() for values in path.T)
    return Moving(line(name, x, y, {**series_line(k), "width": 2.5}), growing(x=x, y=y))


def _marker(k: int, name: str, path: Array) -> Moving:
    x, y = path.T.tolist()
    return Moving(mark(name, x[-1:], y[-1:], series_line(k)["color"], size=12, showlegend=False), walking(x, y))
