"""The loss over one parameter: a parabola, a ball on it, the tangent, and where the next step lands."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.look import BEFORE_LINE, BEST, LOSS, NOW, Figure, axis, drawable, layout, padded, quietly
from core.checks import Array
from wording import _

POINTS = 81
HIGHEST = 1e290
"""The greatest loss that is drawn."""


@dataclass(frozen=True)
class Parabola:
    """loss(p) = least + curvature/2 (p - best)^2."""

    best: float
    least: float
    curvature: float

    def loss(self, parameter: float | Array) -> Any:
        """The loss at one parameter or at many."""
        return self.least + self.curvature / 2 * np.square(np.subtract(parameter, self.best))

    def slope(self, parameter: float) -> float:
        """The derivative of the loss at one parameter."""
        return self.curvature * (parameter - self.best)


@quietly
def parabola_figure(
    parabola: Parabola, now: float, span: tuple[float, float], name: str, *, landing: float | None = None
) -> Figure:
    """Draw the parabola over `span`, the ball at `now`, its tangent, and the arrow of the next step to a `landing`."""
    x = np.linspace(*span, POINTS)
    edges = parabola.loss(np.array([*span, float(drawable(np.array([now]), span)[0])]))
    height = min(float(np.nan_to_num(edges, nan=HIGHEST, posinf=HIGHEST).max()), HIGHEST)
    y_range = padded(min(0.0, float(np.nan_to_num(parabola.least))), height or 1.0)
    reach = 0.18 * (span[1] - span[0])
    tangent = np.array([now - reach, now + reach])
    data = [
        _line(_("loss"), x, parabola.loss(x), {"color": LOSS, "width": 3}),
        _line(_("tangent"), tangent, parabola.loss(now) + parabola.slope(now) * (tangent - now), BEFORE_LINE),
        _point(_("best possible"), parabola.best, parabola.least, BEST, "star"),
    ]
    if landing is not None:
        data += _arrow(parabola, now, landing, span, y_range)
    data.append(_point(_("now"), now, float(parabola.loss(now)), NOW, "circle"))
    return {
        "data": [_on_screen(trace, span, y_range) for trace in data],
        "frames": [],
        "layout": layout(xaxis=axis(name, padded(*span, 0.02)), yaxis=axis(_("loss"), y_range)),
    }


def _on_screen(trace: dict[str, Any], span: tuple[float, float], y_range: tuple[float, float]) -> dict[str, Any]:
    places = {axis: drawable(np.array(trace[axis]), range_).tolist() for axis, range_ in (("x", span), ("y", y_range))}
    return {**trace, **places}


def _line(name: str, x: Array, y: Array, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "name": name, "x": x.tolist(), "y": y.tolist(), "line": line}


def _point(name: str, x: float, y: float, color: str, symbol: str) -> dict[str, Any]:
    marker = {"color": color, "size": 18, "symbol": symbol, "line": {"width": 1.5, "color": "white"}}
    return {"type": "scatter", "mode": "markers", "name": name, "x": [x], "y": [y], "marker": marker}


def _arrow(
    parabola: Parabola, now: float, landing: float, span: tuple[float, float], y_range: tuple[float, float]
) -> list[dict[str, Any]]:
    there = float(drawable(np.array([landing]), span)[0])
    height = float(parabola.loss(now))
    after = float(drawable(np.array([float(parabola.loss(there))]), y_range)[0])
    arrow = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": _("the step: − learning rate · slope"),
        "x": [now, there],
        "y": [height, height],
        "line": {"color": NOW, "width": 4},
        "marker": {"symbol": "arrow", "size": [0, 16], "angleref": "previous", "color": NOW},
    }
    return [arrow, _point(_("after the step"), there, after, NOW, "diamond-open")]
