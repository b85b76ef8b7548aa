"""The loss over the iterations, with a marker that walks along it."""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from charts.look import (
    BEST_LINE,
    LOSS,
    NOW,
    Figure,
    axis,
    drawable,
    finite_ends,
    iteration_axis,
    layout,
    padded,
    powers,
)
from charts.traces import Moving, Trace, figure, gaps, line, mark, walking
from core.checks import Array
from core.training import History
from wording import _

CURVE_POINTS = 300
OVERFLOW = 4.0
"""How many times the loss at the start the linear axis shows of a loss that grows."""
HIGHEST = 1e300
"""Where the linear axis ends at the latest, so that its own margins are still numbers."""


def loss_figure(history: History, best_loss: float | None, iterations: list[int], *, logarithmic: bool) -> Figure:
    """Draw the whole loss curve, the least possible loss as a dotted line, and the marker, one frame an iteration.

    Without a `best_loss` its line is left out.
    """
    shown = curve_iterations(history.iterations, iterations)
    loss_axis = (_logarithmic_axis if logarithmic else _linear_axis)(history, best_loss)
    losses = history.loss[shown] if logarithmic else _leaving(history.loss[shown], loss_axis["range"])
    curve = _on_axis(losses, logarithmic)
    at = dict(zip(shown, curve, strict=True))
    y = [at[i] for i in iterations]
    return figure(
        [
            line(_("loss"), shown, curve, {"color": LOSS, "width": 3}),
            None if best_loss is None else _best(history.iterations, best_loss, logarithmic),
            Moving(mark(_("now"), iterations[-1:], y[-1:], NOW), walking(iterations, y)),
        ],
        layout(xaxis=iteration_axis(history.iterations), yaxis=loss_axis),
        iterations,
    )


def curve_iterations(last: int, iterations: list[int]) -> list[int]:
    """Return the iterations at which the curve is drawn: those of the frames, and others evenly between."""
    return sorted(_evenly(last).union(iterations))


@lru_cache
def _evenly(last: int) -> frozenset[int]:
    return frozenset(np.linspace(0, last, min(last, CURVE_POINTS) + 1).round().astype(int).tolist())


def _leaving(losses: Array, range_: list[float]) -> Array:
    """Let losses too great to be drawn leave the frame; what is no number stays none."""
    return np.where(np.isnan(losses), np.nan, drawable(losses, (range_[0], range_[1])))


def _on_axis(losses: Array, logarithmic: bool) -> list[float | None]:
    return gaps(losses, np.isfinite(losses) & ((losses > 0) | (not logarithmic)))


def _best(last: int, loss: float, logarithmic: bool) -> Trace:
    level = _on_axis(np.array([loss, loss]), logarithmic)
    return line(_("least possible"), [0, max(last, 1)], level, BEST_LINE)


def _title(history: History) -> str:
    unit = history.experiment.data.target_unit
    return _("loss ({unit}²)").format(unit=unit) if unit else _("loss")


def _linear_axis(history: History, best_loss: float | None) -> dict[str, Any]:
    top = min(float(history.loss.max()), OVERFLOW * float(history.loss[0]), HIGHEST)
    range_ = padded(0.0, top if math.isfinite(top) and top > 0 else 1.0)
    return axis(_title(history), range_, rangemode="tozero")


def _logarithmic_axis(history: History, best_loss: float | None) -> dict[str, Any]:
    losses = history.loss if best_loss is None else np.append(history.loss, best_loss)
    low, high = (math.log10(end) for end in finite_ends(losses[losses > 0]) or (1.0, 1.0))
    return powers(_title(history), padded(low, high), dtick=_ticks(high - low))


def _ticks(decades: float) -> int | str:
    """Return how many powers of ten lie between two ticks; within less than two powers, also label 2 and 5."""
    return math.ceil(decades / 8) if decades >= 2 else "D2"
