"""The walks of several runs over one map of the loss."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from charts.contours import Walk, square
from charts.look import Figure, padded
from core.checks import Array
from core.theory.planes import along_paths, gets_down, over_pair
from core.theory.quadratic import theory
from core.training import History
from telling.surface import axis_names

PAIR = (0, 1)
NARROW, FLAT = 4.0, 1e4
"""Paths so many times as long as wide are not drawn to scale: on a square they would be one line, and are it beyond."""


def walks_of(histories: Sequence[History], iterations: list[int]) -> list[Walk]:
    """Return each run's walk over one plane, a point for each iteration it has; none where there is one parameter.

    Of two parameters it is their plane, of more the two directions in which the paths that lead down are longest.
    """
    n_parameters, known = histories[0].parameters.shape[1], theory(histories[0].experiment)
    if n_parameters < 2:
        return []
    pair = PAIR if n_parameters == 2 else None
    names = axis_names(histories[0], pair)
    reached = [_places(history, iterations) for history in histories]
    if known and pair:
        plane = known.plane(known.best(histories[0].parameters[0]), pair)
        return [Walk(path, plane, names) for path in reached]
    down = [history for history in histories if gets_down(history)] or histories
    sheet = over_pair(down, pair) if pair else along_paths(down)
    return [Walk(sheet.seen(path), sheet, names) for path in reached]


def stopped(walks: Sequence[Walk], histories: Sequence[History]) -> list[Walk]:
    """Return the walks, each of which that does not lead down only until it leaves the map."""
    x_range, y_range = square(*walks)
    low, high = np.transpose([x_range, y_range])
    return [
        walk if gets_down(history) else replace(walk, path=_until_outside(walk.path, low, high))
        for walk, history in zip(walks, histories, strict=True)
    ]


def _until_outside(path: Array, low: Array, high: Array) -> Array:
    outside = np.flatnonzero(np.any((path < low) | (path > high), axis=1))
    end = path[: int(outside[0]) + 1] if outside.size else path
    return np.clip(end, low - (high - low), high + (high - low))


def _places(history: History, iterations: list[int]) -> Array:
    """Return the parameters at those of the iterations that a run has."""
    places: Array = history.parameters[[i for i in iterations if i <= history.iterations]]
    return places


def closer(figure: Figure, walks: Sequence[Walk]) -> Figure:
    """Return a map without a legend, and where these walks on it are narrow with axes of their own scales."""
    x_range, y_range = (_seen(walks, k) for k in (0, 1))
    wide, high = x_range[1] - x_range[0], y_range[1] - y_range[0]
    layout = {**figure["layout"], "showlegend": False}
    if not NARROW < max(wide / high, high / wide) < FLAT:
        return {**figure, "layout": layout}
    sides = {
        "xaxis": {**layout["xaxis"], "range": list(x_range)},
        "yaxis": {key: part for key, part in layout["yaxis"].items() if key != "scaleanchor"}
        | {"range": list(y_range)},
    }
    return {**figure, "layout": {**layout, **sides}}


def _seen(walks: Sequence[Walk], side: int) -> tuple[float, float]:
    """Return the range of one axis: start and goal, and what lies on the square map of the paths."""
    low, high = square(*walks)[side]
    values = np.concatenate([walks[0].ends[:, side], *(walk.path[:, side] for walk in walks)])
    inside = np.clip(values[np.isfinite(values)], low, high)
    return padded(float(inside.min()), float(inside.max()), 0.1)
