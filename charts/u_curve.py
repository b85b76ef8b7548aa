"""The U-curve: the loss after training, over the learning rate, with the regimes as its background."""

import math
from typing import Any

import numpy as np

from charts.look import NOW, Figure, axis, layout, padded
from core.checks import Array
from core.learning_rate import CREEPING_SHARE, Limits, Regime
from wording import _, number

REGIME_COLOURS = {
    Regime.CREEPING: "#C3CED6",
    Regime.MONOTONE: "#56B4E9",
    Regime.OVERSHOOTING: "#E69F00",
    Regime.DIVERGING: "#9B1B30",
}
CURVE = "#76828E"
LEAST, GREATEST = 1e-30, 1e290
"""Losses beyond these are drawn as if they were these."""
CEILING = 1e4
"""How many times the loss at the start the picture shows of what explodes."""


def u_curve_figure(
    learning_rates: Array,
    losses: Array,
    first_loss: float,
    chosen: tuple[float, float],
    limits: Limits,
    names: dict[Regime, str],
    spoken: list[str],
) -> Figure:
    """Draw the loss over the learning rate, both logarithmic; `chosen` is the current rate and its loss.

    `learning_rates` and `losses` (n_rates,); `spoken` holds the name of each rate's regime, for the hover text.
    """
    visible = np.isfinite(losses) & (losses > 0) & (losses <= CEILING * first_loss)
    heights = np.clip(losses[visible] if visible.any() else [1.0], LEAST, GREATEST)
    y_range = padded(math.log10(heights.min()), math.log10(heights.max()))
    x_range = (math.log10(learning_rates[0]), math.log10(learning_rates[-1]))
    return {
        "data": [
            _curve(learning_rates, losses, visible, spoken),
            _chosen(*chosen, y_range),
        ],
        "frames": [],
        "layout": layout(
            xaxis=axis(_("learning rate"), x_range, type="log", exponentformat="power", dtick=1),
            yaxis=axis(_("loss at the end"), y_range, type="log", exponentformat="power", nticks=8),
            shapes=[*_zones(limits, x_range), *_lines(limits)],
            annotations=[*_zone_names(limits, x_range, names), *_line_names(limits)],
            showlegend=False,
        ),
    }


def _curve(rates: Array, losses: Array, visible: np.ndarray, spoken: list[str]) -> dict[str, Any]:
    # Above the picture a point is drawn at its edge's far side, so that the curve leaves the frame instead of ending.
    top = min(float(losses[visible].max()), GREATEST) * 1e6 if visible.any() else 1.0
    heights = [
        min(float(loss), top) if loss > 0 else None for loss in np.nan_to_num(losses, nan=math.inf, posinf=1e300)
    ]
    text = [
        _("learning rate {rate}: {regime}, loss {loss}").format(rate=number(rate), regime=regime, loss=number(loss))
        for rate, regime, loss in zip(rates.tolist(), spoken, losses.tolist(), strict=True)
    ]
    line = {"color": CURVE, "width": 3}
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _("loss at the end"),
        "x": rates.tolist(),
        "y": heights,
        "line": line,
        "hovertext": text,
        "hoverinfo": "text",
    }


def _chosen(rate: float, loss: float, y_range: tuple[float, float]) -> dict[str, Any]:
    shown = loss if math.isfinite(loss) and 0 < loss < 10 ** y_range[1] else 10 ** y_range[1]
    marker = {"color": NOW, "size": 16, "symbol": "diamond", "line": {"width": 1.5, "color": "white"}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("now"),
        "x": [rate],
        "y": [shown],
        "marker": marker,
        "hovertext": [_("now: learning rate {rate}, loss {loss}").format(rate=number(rate), loss=number(loss))],
        "hoverinfo": "text",
    }


def _bounds(limits: Limits, x_range: tuple[float, float]) -> list[tuple[Regime, float, float]]:
    left, right = 10 ** x_range[0], 10 ** x_range[1]
    inner = (CREEPING_SHARE * limits.monotone, limits.monotone, limits.stable)
    edges = [left, *(min(max(edge, left), right) for edge in inner), right]
    return [
        (regime, low, high) for regime, low, high in zip(REGIME_COLOURS, edges, edges[1:], strict=False) if low < high
    ]


def _zones(limits: Limits, x_range: tuple[float, float]) -> list[dict[str, Any]]:
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": low,
            "x1": high,
            "y0": 0,
            "y1": 1,
            "line": {"width": 0},
            "fillcolor": REGIME_COLOURS[regime],
            "opacity": 0.18,
            "layer": "below",
        }
        for regime, low, high in _bounds(limits, x_range)
    ]


def _zone_names(limits: Limits, x_range: tuple[float, float], names: dict[Regime, str]) -> list[dict[str, Any]]:
    return [
        {
            "xref": "x",
            "yref": "paper",
            "x": (math.log10(low) + math.log10(high)) / 2,
            "y": 0.02,
            "text": names[regime],
            "textangle": -90,
            "showarrow": False,
            "yanchor": "bottom",
        }
        for regime, low, high in _bounds(limits, x_range)
    ]


def _marks(limits: Limits) -> list[tuple[float, str, str]]:
    marks = [(limits.fastest, "★", "dot"), (limits.stable, _("limit"), "solid")]
    return [mark for mark in marks if math.isfinite(mark[0])]


def _lines(limits: Limits) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": rate,
            "x1": rate,
            "y0": 0,
            "y1": 1,
            "line": {"color": CURVE, "width": 1.5, "dash": dash},
        }
        for rate, _name, dash in _marks(limits)
    ]


def _line_names(limits: Limits) -> list[dict[str, Any]]:
    return [
        {
            "xref": "x",
            "yref": "paper",
            "x": math.log10(rate),
            "y": 1.0,
            "text": name,
            "showarrow": False,
            "yanchor": "bottom",
            "xanchor": anchor,
        }
        for (rate, name, _dash), anchor in zip(_marks(limits), ("right", "left"), strict=False)
    ]
