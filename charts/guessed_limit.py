"""Predict first: the largest stable learning rate that somebody expects, and once it is told the regimes around it."""

import math
from collections.abc import Mapping

from charts.lesson_look import GUESS_LINE
from charts.look import INK, REGIME_COLOURS, Figure, Range, axis, decades, layout, powers
from charts.traces import Trace, figure, line, scatter, with_handles
from core.theory.limits import Limits, Regime
from wording import _, number

BELOW, ABOVE = 2, 3
"""Powers of ten below and above the usual learning rate that the picture shows."""
PADDING = 0.2
OPACITY = 0.45
LIMIT_LINE = {"color": REGIME_COLOURS[Regime.DIVERGING], "width": 4}
WIDTH = (0.0, 1.0)
ROOM = 1.25
"""How wide the picture is: there is room for the names of the regimes."""


def limit_bounds(usual: float, summands: int = 1) -> tuple[float, float]:
    """Return between which learning rates the picture's limits lie, around the rate that the data propose.

    Where the gradient is added up over many samples there is as much more room below.
    """
    exponent = math.floor(math.log10(usual))
    return 10.0 ** (exponent - max(BELOW, math.ceil(math.log10(summands)))), 10.0 ** (exponent + ABOVE)


def guessed_limit_figure(
    bounds: tuple[float, float], yours: float, limits: Limits | None, names: Mapping[Regime, str]
) -> Figure:
    """Draw `yours` on an axis of learning rates, where a hand can take it; `limits` that are told paint the regimes."""
    range_ = (math.log10(bounds[0]) - PADDING, math.log10(bounds[1]) + PADDING)
    height = min(max(yours, bounds[0]), bounds[1])
    beneath = [*_bands(limits, range_, names), *_limit(limits.stable)] if limits else _sides(bounds, names)
    across = axis("", (0.0, ROOM), showticklabels=False, showgrid=False, fixedrange=True)
    drawn = figure(
        [*beneath, line(_("your limit"), WIDTH, [height, height], GUESS_LINE)],
        layout(xaxis=across, yaxis=powers(_("learning rate"), range_, **decades(range_))),
    )
    return drawn if limits else with_handles(drawn, _("your limit"), [[0, 1]], bounds)


def _sides(bounds: tuple[float, float], names: Mapping[Regime, str]) -> list[Trace]:
    """Return what is above a limit, and what is below."""
    quiet = {"hoverinfo": "skip", "showlegend": False, "textposition": "middle right"}
    above, below = _("↑ above: {explodes}"), _("↓ below: settles")
    told = [f"  {above.format(explodes=names[Regime.DIVERGING])}", f"  {below}"]
    return [scatter("text", "", [0.0, 0.0], [bounds[1], bounds[0]], text=told, **quiet)]


def _limit(stable: float) -> list[Trace]:
    told = {"text": [f"  {number(stable)}"], "textposition": "top right", "hoverinfo": "skip", "showlegend": False}
    return [line(_("the limit"), WIDTH, [stable, stable], LIMIT_LINE), scatter("text", "", [0.0], [stable], **told)]


def _bands(limits: Limits, range_: Range, names: Mapping[Regime, str]) -> list[Trace]:
    """Return the band of each regime that is in the picture, with its name inside."""
    found = []
    for regime, low, high in limits.zones():
        bottom, top = (min(max(_power(end), range_[0]), range_[1]) for end in (low, high))
        if top > bottom:
            found += _band(regime, 10.0**bottom, 10.0**top, names[regime])
    return found


def _power(rate: float) -> float:
    return math.log10(rate) if 0 < rate < math.inf else -math.inf if rate <= 0 else math.inf


def _band(regime: Regime, low: float, high: float, name: str) -> list[Trace]:
    quiet = {"hoverinfo": "skip", "showlegend": False}
    paint = {"fill": "toself", "fillcolor": REGIME_COLOURS[regime], "opacity": OPACITY}
    x, y = [0.0, 1.0, 1.0, 0.0], [low, low, high, high]
    told = {"text": [f"  {name}"], "textposition": "middle right"}
    middle = math.sqrt(low * high)
    return [
        line("", x, y, {"width": 1, "color": INK}, **paint, **quiet),
        scatter("text", "", [1.0], [middle], **told, **quiet),
    ]
