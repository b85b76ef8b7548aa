"""The U-curve: the loss after training, over the learning rate, with the regimes as its background."""

import math
from typing import Any

import numpy as np

from charts.look import LOSS, NOW, REGIME_COLOURS, Figure, layout, padded, powers
from charts.traces import Trace, figure, gaps, line, mark, upright
from core.checks import Array
from core.theory.limits import Limits, Regime
from wording import _, number

LEAST, GREATEST = 1e-30, 1e290
"""Losses beyond these are drawn as if they were these."""
CEILING = 1e4
"""How many times the loss at the start the picture shows of what explodes."""

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
    seen = losses[np.isfinite(losses) & (losses > 0) & (losses <= CEILING * first_loss)]
    heights = np.clip(seen if seen.size else [1.0], LEAST, GREATEST)
    y_range = padded(math.log10(heights.min()), math.log10(heights.max()))
    x_range = (math.log10(learning_rates[0]), math.log10(learning_rates[-1]))
    zones, signs = _zones(limits, learning_rates[0], learning_rates[-1]), _signs(limits)
    return figure(
        [_curve(learning_rates, losses, float(heights.max()), spoken), _chosen(*chosen, 10 ** y_range[1])],
        layout(
            xaxis=powers(_("learning rate"), x_range, dtick=1),
            yaxis=powers(_("loss at the end"), y_range, nticks=8),
            shapes=[*map(_zone, zones), *map(_sign_line, signs)],
            annotations=[*(_zone_name(zone, names) for zone in zones), *map(_sign_name, signs)],
            showlegend=False,
        ),
    )


def _curve(rates: Array, losses: Array, highest: float, spoken: list[str]) -> Trace:
    # Above the picture a point is drawn at its edge's far side, so that the curve leaves the frame instead of ending.
    heights = np.minimum(np.nan_to_num(losses, nan=math.inf, posinf=math.inf), highest * 1e6)
    text = [
        _("learning rate {rate}: {regime}, loss {loss}").format(rate=number(rate), regime=regime, loss=number(loss))
        for rate, regime, loss in zip(rates.tolist(), spoken, losses.tolist(), strict=True)
    ]
    style = {"color": LOSS, "width": 3}
    return line(_("loss at the end"), rates, gaps(heights, heights > 0), style, hovertext=text, hoverinfo="text")


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
