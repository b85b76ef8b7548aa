"""The noise floor: what small batches leave of the loss at several learning rates, and how wide the runs end."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from charts.iterations import IterationScale
from charts.look import BEST_LINE, Figure, Range, axis, decades, finite_ends, layout, padded, powers, series_line
from charts.traces import Trace, figure, gaps, line, points
from core.checks import Array
from core.training import History
from wording import _, number

STRETCHES, DOTS = 160, 200
"""Of how many stretches of a run the median is drawn, and how many dots show where it ends."""
COLUMN = 0.36
"""Half of a column's width, where the columns are one apart."""
LEAST = 1e-30
"""What is nearer to the least loss is rounding."""
GREATEST = 1e3
"""How many times the greatest floor the picture reaches at least."""
FLOOR_WIDTH = 6


def noise_floor_figure(
    histories: Sequence[History], names: Sequence[str], floors: Sequence[float], least: float | None
) -> Figure:
    """Draw the loss above the `least` one over the iterations, and each run's floor in its last quarter.

    The loss is logarithmic, and the median of each stretch of a run. Where the least is None it is the loss itself;
    `floors` may be empty.
    """
    scale = IterationScale(max(history.iterations for history in histories), logarithmic=False)
    curves = [medians(history, least) for history in histories]
    y_range = _range(curves, floors)
    name = _("loss") if least is None else _("loss above the least")
    return figure(
        [
            *(_curve(k, names[k], *curve, showlegend=not floors) for k, curve in enumerate(curves)),
            *(_floor(k, names[k], floor, scale.last) for k, floor in enumerate(floors)),
        ],
        layout(xaxis=scale.axis(nticks=6), yaxis=powers(name, y_range, automargin=True, **decades(y_range))),
    )


def medians(history: History, least: float | None) -> tuple[Array, Array]:
    """Return the middle of each stretch of a run, and the median of its losses above the `least` one there, (n,)."""
    bounds = np.unique(np.linspace(1, len(history.loss), STRETCHES + 1).astype(int))
    parts = [history.loss[low:high] for low, high in pairwise(bounds.tolist())]
    above = np.array([float(np.median(part)) for part in parts]) - (least or 0.0)
    return np.append(0, (bounds[:-1] + bounds[1:] - 1) / 2), np.append(history.loss[0] - (least or 0.0), above)


def _curve(k: int, name: str, iterations: Array, above: Array, *, showlegend: bool) -> Trace:
    style = {**series_line(k), "width": 2, "dash": "solid"}
    return line(name, iterations, gaps(above, np.isfinite(above) & (above > LEAST)), style, showlegend=showlegend)


def _floor(k: int, name: str, floor: float, last: int) -> Trace | None:
    """Return the thick line at the height of a run's last quarter; None where it is not there to be drawn."""
    if not (math.isfinite(floor) and floor > LEAST):
        return None
    said = {"hovertext": [f"{name}: {number(floor, 3)}"] * 2, "hoverinfo": "text"}
    return line(name, [3 * last / 4, last], [floor, floor], {**series_line(k), "width": FLOOR_WIDTH}, **said)


def _range(curves: Sequence[tuple[Array, Array]], floors: Sequence[float]) -> Range:
    """Return the powers of ten that are shown: all there is, but of what explodes only a beginning."""
    top = GREATEST * max([floor for floor in floors if math.isfinite(floor)] or [1.0])
    values = np.concatenate([above for _iterations, above in curves])
    ends = finite_ends(values[(values > LEAST) & (values <= max(top, float(values[0])))]) or (0.1, 1.0)
    return padded(math.log10(ends[0]), math.log10(ends[1]))


def spread_figure(errors: Sequence[Array], names: Sequence[str]) -> Figure:
    """Draw where each run is in the last quarter of its steps: its error along the steep direction, a column each."""
    shown = [error[np.unique(np.linspace(3 * len(error) // 4, len(error) - 1, DOTS).astype(int))] for error in errors]
    far = float(np.abs(np.concatenate(shown)).max()) or 1.0
    ends = (-0.5, len(errors) - 0.5)
    return figure(
        [
            line(_("best possible"), ends, [0.0, 0.0], BEST_LINE),
            *(_column(k, names[k], error) for k, error in enumerate(shown)),
        ],
        layout(
            xaxis=axis(_("learning rate"), ends, tickvals=list(range(len(errors))), ticktext=list(names)),
            yaxis=axis(_("error along the steep direction"), padded(-far, far)),
            showlegend=False,
        ),
    )


def _column(k: int, name: str, error: Array) -> Trace:
    along = k + np.linspace(-COLUMN, COLUMN, len(error))
    return points(name, along, error, {"color": series_line(k)["color"], "size": 5, "opacity": 0.6})
