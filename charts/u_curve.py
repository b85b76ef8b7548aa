"""The U-curve: the loss after training, over the learning rate, with the regimes as its background where known."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.look import LOSS, NOW, REGIME_COLOURS, Figure, Range, decades, layout, padded, powers
from charts.traces import Trace, figure, gaps, line, mark, points, upright
from core.checks import Array
from core.theory.limits import Limits, Regime
from wording import _, number

LEAST, GREATEST = 1e-30, 1e290
"""Losses beyond these are drawn as if they were these."""
CEILING = 1e4
"""How many times the loss at the start the picture shows of what explodes."""
NARROWEST = 0.05
"""So many powers of ten are shown at least: beside nearly nothing an explosion is farther than a browser can draw."""
CROSS = {"color": REGIME_COLOURS[Regime.DIVERGING], "size": 11, "symbol": "x"}
BELOW_EDGE = 0.97
"""How high the crosses stand, as a share of the picture's height."""

Zone = tuple[Regime, float, float]
Sign = tuple[float, str, str, str]
"""A learning rate with a line of its own: the rate, its name, the line's dash, and at which end the name is held."""


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
    x_range, y_range, highest = frame_of(learning_rates, losses, first_loss)
    return figure(
        [curve_of_losses(learning_rates, losses, highest, spoken), _chosen(*chosen, 10 ** y_range[1])],
        {
            **layout_of_losses(x_range, y_range),
            **regimes_behind(limits, learning_rates[0], learning_rates[-1], names),
        },
    )


def tried_figure(
    learning_rates: Array, losses: Array, first_loss: float, chosen: tuple[float, float], signs: Sequence[Sign] = ()
) -> Figure:
    """Draw the loss that each of some rates was found to end with, as points; a cross at the top where it exploded.

    Nothing is known of the rates in between, nor of regimes; `signs` are rates with a line of their own.
    """
    x_range, y_range, highest = frame_of(learning_rates, losses, first_loss)
    seen = [sign for sign in signs if 10 ** x_range[0] <= sign[0] <= 10 ** x_range[1]]
    dots = {"mode": "lines+markers", "marker": {"color": LOSS, "size": 8}}
    return figure(
        [
            {**curve_of_losses(learning_rates, losses, highest), **dots},
            crosses(learning_rates, losses, y_range),
            _chosen(*chosen, 10 ** y_range[1]),
        ],
        {
            **layout_of_losses(x_range, y_range),
            "shapes": [*map(_sign_line, seen)],
            "annotations": [*map(_sign_name, seen)],
        },
    )


def regimes_behind(limits: Limits, least: float, greatest: float, names: dict[Regime, str]) -> dict[str, Any]:
    """Return what a layout needs to show the regimes between two rates as its background, and the limits."""
    zones, signs = _zones(limits, least, greatest), _signs(limits)
    return {
        "shapes": [*map(_zone, zones), *map(_sign_line, signs)],
        "annotations": [*(_zone_name(zone, names) for zone in zones), *map(_sign_name, signs)],
    }


def frame_of(rates: Array, losses: Array, first_loss: float) -> tuple[Range, Range, float]:
    """Return the ranges of both axes, in powers of ten, and the greatest loss between them."""
    seen = losses[np.isfinite(losses) & (losses > 0) & (losses <= CEILING * first_loss)]
    heights = np.clip(seen if seen.size else [1.0], LEAST, GREATEST)
    low, high = math.log10(heights.min()), math.log10(heights.max())
    y_range = padded(low, max(high, low + NARROWEST) if high > low else high)
    return (math.log10(rates[0]), math.log10(rates[-1])), y_range, float(heights.max())


def layout_of_losses(x_range: Range, y_range: Range) -> dict[str, Any]:
    """Return the layout of losses over learning rates, both logarithmic."""
    return layout(
        xaxis=powers(_("learning rate"), x_range, dtick=1),
        yaxis=powers(_("loss at the end"), y_range, automargin=True, **decades(y_range)),
        showlegend=False,
    )


def crosses(rates: Array, losses: Array, y_range: Range) -> Trace | None:
    """Return a cross for each rate that exploded."""
    exploded = rates[~np.isfinite(losses)].tolist()
    height = 10 ** (y_range[0] + BELOW_EDGE * (y_range[1] - y_range[0]))
    said = [_("learning rate {rate}: exploded").format(rate=number(rate)) for rate in exploded]
    more = {"hovertext": said, "hoverinfo": "text"}
    return points(_("exploded"), exploded, [height] * len(exploded), CROSS, **more) if exploded else None


def curve_of_losses(rates: Array, losses: Array, highest: float, spoken: Sequence[str] = ()) -> Trace:
    """Return the curve; `spoken` holds the name of each rate's regime, where it is known."""
    # Above the picture a point is drawn at its edge's far side, so that the curve leaves the frame instead of ending.
    heights = np.minimum(np.nan_to_num(losses, nan=math.inf, posinf=math.inf), highest * 1e6)
    style = {"color": LOSS, "width": 3}
    said = {"hovertext": _said(rates, losses, spoken), "hoverinfo": "text"}
    return line(_("loss at the end"), rates, gaps(heights, heights > 0), style, **said)


def _said(rates: Array, losses: Array, spoken: Sequence[str]) -> list[str]:
    """Return what is said of each rate: its loss, and its regime where that is known."""
    text = _("learning rate {rate}: {regime}, loss {loss}") if spoken else _("learning rate {rate}: loss {loss}")
    regimes = spoken or [""] * len(rates)
    return [
        text.format(rate=number(rate), regime=regime, loss=number(loss))
        for rate, regime, loss in zip(rates.tolist(), regimes, losses.tolist(), strict=True)
    ]


def _chosen(rate: float, loss: float, top: float) -> Trace:
    shown = loss if math.isfinite(loss) and 0 < loss < top else top
    text = _("now: learning rate {rate}, loss {loss}").format(rate=number(rate), loss=number(loss))
    place = rate if rate > 0 else None  # a rate of zero is infinitely far to the left
    return mark(_("now"), [place], [shown], NOW, size=16, hovertext=[text], hoverinfo="text")


def _zones(limits: Limits, least: float, greatest: float) -> list[Zone]:
    """Return the regimes that can be seen, and the learning rates between which they can."""
    cut = [(regime, max(low, least), min(high, greatest)) for regime, low, high in limits.zones()]
    return [(regime, float(low), float(high)) for regime, low, high in cut if low < high]


def _zone(zone: Zone) -> dict[str, Any]:
    regime, low, high = zone
    across = {"xref": "x", "yref": "paper", "x0": low, "x1": high, "y0": 0, "y1": 1}
    paint = {"line": {"width": 0}, "fillcolor": REGIME_COLOURS[regime], "opacity": 0.18, "layer": "below"}
    return {"type": "rect", **across, **paint}


def _zone_name(zone: Zone, names: dict[Regime, str]) -> dict[str, Any]:
    regime, low, high = zone
    return _name((math.log10(low) + math.log10(high)) / 2, 0.02, names[regime], textangle=-90)


def _signs(limits: Limits) -> list[Sign]:
    signs = [(limits.fastest, "★", "dot", "right"), (limits.stable, _("limit"), "solid", "left")]
    return [sign for sign in signs if math.isfinite(sign[0])]


def _sign_line(sign: Sign) -> dict[str, Any]:
    rate, _name, dash, _anchor = sign
    return upright(rate, {"color": LOSS, "width": 1.5, "dash": dash})


def _sign_name(sign: Sign) -> dict[str, Any]:
    rate, name, _dash, anchor = sign
    return _name(math.log10(rate), 1.0, name, xanchor=anchor)


def _name(decade: float, height: float, text: str, **parts: Any) -> dict[str, Any]:
    """Return a name in the picture; on a logarithmic axis notes count in powers of ten, unlike shapes."""
    place = {"xref": "x", "yref": "paper", "x": decade, "y": height, "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False, **parts}
