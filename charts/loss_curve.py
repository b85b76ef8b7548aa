"""The loss over the iterations, with a marker that walks along it."""

import math
from typing import Any

import numpy as np

from charts.look import BEST_LINE, LOSS, NOW, Figure, axis, drawable, frames, layout, padded
from core.checks import Array
from core.training import History
from wording import _

NOW_TRACE = 2
CURVE_POINTS = 300
OVERFLOW = 4.0
"""How many times the loss at the start the linear axis shows of a loss that grows."""


HIGHEST = 1e300
"""Where the linear axis ends at the latest, so that its own margins are still numbers."""


def loss_figure(
    history: History, best_loss: float, iterations: list[int], *, logarithmic: bool, unit: str = ""
) -> Figure:
    """Draw the whole loss curve, the least possible loss as a dotted line, and the marker, one frame an iteration."""
    shown = curve_iterations(history.iterations, iterations)
    loss_axis = _loss_axis(history.loss, best_loss, logarithmic, unit)
    ceiling = math.inf if logarithmic else drawable(history.loss, loss_axis["range"]).max()
    loss = {i: _on_axis(min(float(history.loss[i]), ceiling), logarithmic) for i in shown}
    return {
        "data": [
            _curve(shown, [loss[i] for i in shown]),
            _best(history.iterations, _on_axis(best_loss, logarithmic)),
            _marker([iterations[-1]], [loss[iterations[-1]]]),
        ],
        "frames": frames(iterations, [NOW_TRACE], [[{"x": [i], "y": [loss[i]]}] for i in iterations]),
        "layout": layout(
            xaxis=axis(_("iteration"), padded(0, max(history.iterations, 1), 0.03)),
            yaxis=loss_axis,
        ),
    }


def curve_iterations(last: int, iterations: list[int]) -> list[int]:
    """Return the iterations at which the curve is drawn: those of the frames, and others evenly between."""
    return sorted({*iterations, *np.linspace(0, last, min(last, CURVE_POINTS) + 1).round().astype(int).tolist()})


def _on_axis(value: float, logarithmic: bool) -> float | None:
    return value if math.isfinite(value) and (value > 0 or not logarithmic) else None


def _curve(x: list[int], y: list[float | None]) -> dict[str, Any]:
    line = {"color": LOSS, "width": 3}
    return {"type": "scatter", "mode": "lines", "name": _("loss"), "x": x, "y": y, "line": line}


def _best(last: int, loss: float | None) -> dict[str, Any]:
    name = _("least possible")
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [0, max(last, 1)],
        "y": [loss, loss],
        "line": BEST_LINE,
    }


def _marker(x: list[int], y: list[float | None]) -> dict[str, Any]:
    marker = {"color": NOW, "size": 14, "symbol": "diamond", "line": {"width": 1.5, "color": "white"}}
    return {"type": "scatter", "mode": "markers", "name": _("now"), "x": x, "y": y, "marker": marker}


def _loss_axis(loss: Array, best_loss: float, logarithmic: bool, unit: str) -> dict[str, Any]:
    title = _("loss ({unit}²)").format(unit=unit) if unit else _("loss")
    if not logarithmic:
        top = min(float(loss.max()), OVERFLOW * float(loss[0]), HIGHEST)
        return axis(title, padded(0.0, top if math.isfinite(top) and top > 0 else 1.0), rangemode="tozero")
    positive = np.append(loss, best_loss)
    positive = positive[np.isfinite(positive) & (positive > 0)]
    drawn = np.log10(positive if positive.size else [1.0])
    return axis(
        title, padded(float(drawn.min()), float(drawn.max())), type="log", exponentformat="power", dtick=_ticks(drawn)
    )


def _ticks(exponents: Array) -> int | str:
    """Return how many powers of ten lie between two ticks; within less than two powers, also label 2 and 5."""
    decades = float(np.ptp(exponents))
    return math.ceil(decades / 8) if decades >= 2 else "D2"
