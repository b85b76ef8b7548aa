"""What a class has answered: how many said what, and once it is revealed what is true."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from charts.look import DATA, NOW, REGIME_COLOURS, Figure, axis, layout
from charts.traces import Trace, bars, figure, upright
from core.theory.limits import Regime
from wording import _, number

BINS = 24
BEYOND = 2.0
"""How many bins to the right of the last one those stand who said that it explodes."""
ROOM, FILLED = 1.25, 0.9
"""How much higher than its highest column the picture is, and how much of its place a column takes."""
OUTLINE = {"width": 1, "color": "#76828E"}


@dataclass(frozen=True)
class Scale:
    """Where the answers can be: between two bounds, logarithmic or not; and whether it can be said that it explodes."""

    title: str
    bounds: tuple[float, float]
    is_logarithmic: bool
    can_explode: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The bounds as places in the picture: powers of ten where it is logarithmic."""
        low, high = self.bounds
        return (math.log10(low), math.log10(high)) if self.is_logarithmic else (low, high)

    @property
    def width(self) -> float:
        """How wide the place of a column is."""
        low, high = self.ends
        return (high - low) / BINS

    @property
    def explosions(self) -> float:
        """Where those stand who said that it explodes."""
        return self.ends[1] + BEYOND * self.width

    def place(self, value: float) -> float:
        """Return where a value stands: one beyond the bounds at the nearest of them, an infinite one apart."""
        if math.isinf(value):
            return self.explosions
        low, high = self.bounds
        inside = min(max(value, low), high)
        return math.log10(inside) if self.is_logarithmic else inside


def class_values_figure(values: Sequence[float], scale: Scale, truth: float | None = None) -> Figure:
    """Draw how many said which value, infinite where it explodes; a `truth` that is told has a line of its own."""
    low, high = scale.ends
    counts, edges = np.histogram([scale.place(value) for value in values if math.isfinite(value)], BINS, (low, high))
    exploding = sum(map(math.isinf, values))
    places = [*((edges[:-1] + edges[1:]) / 2).tolist(), *([scale.explosions] if scale.can_explode else [])]
    heights = [*counts.tolist(), *([exploding] if scale.can_explode else [])]
    columns = bars(_("answers"), places, heights, DATA, width=FILLED * scale.width, hoverinfo="y")
    return figure(
        [columns],
        {
            **_layout(scale, max([1, *heights])),
            "shapes": [] if truth is None else [upright(scale.place(truth), {"color": NOW, "width": 4})],
            "annotations": [] if truth is None else [_truth(scale.place(truth), truth)],
        },
    )


def class_choices_figure(
    counts: Mapping[Regime, int], names: Mapping[Regime, str], truth: Regime | None = None
) -> Figure:
    """Draw how many chose each regime; a `truth` that is told has a tick before its name, and a frame."""
    told = [f"✓ {names[regime]}" if regime is truth else names[regime] for regime in counts]
    frames = [{"width": 5, "color": NOW} if regime is truth else OUTLINE for regime in counts]
    outline = {name: [frame[name] for frame in frames] for name in ("width", "color")}
    marker = {"color": [REGIME_COLOURS[regime] for regime in counts], "line": outline}
    columns = bars(_("answers"), range(len(told)), [*counts.values()], DATA, marker=marker, hoverinfo="y")
    across = axis("", (-0.6, len(told) - 0.4), tickvals=[*range(len(told))], ticktext=told, showgrid=False)
    return figure([columns], layout(xaxis=across, yaxis=_upwards(max([1, *counts.values()])), showlegend=False))


def _layout(scale: Scale, highest: int) -> dict[str, Any]:
    low, high = scale.ends
    last = scale.explosions if scale.can_explode else high
    across = axis(scale.title, (low - scale.width, last + scale.width), **_ticks(scale))
    return layout(xaxis=across, yaxis=_upwards(highest), showlegend=False)


def _ticks(scale: Scale) -> dict[str, Any]:
    """Return where the axis has its numbers: at powers of ten, and where it explodes a word."""
    if not scale.is_logarithmic:
        return {}
    low, high = scale.ends
    exponents = [*range(math.ceil(low), math.floor(high) + 1)]
    told = [number(10.0**exponent) if exponent in (0, 1) else f"10<sup>{exponent}</sup>" for exponent in exponents]
    beyond = scale.can_explode
    return {
        "tickvals": [*map(float, exponents), *([scale.explosions] if beyond else [])],
        "ticktext": [*told, *([_("explodes")] if beyond else [])],
    }


def _upwards(highest: int) -> dict[str, Any]:
    return axis(_("how many said so"), (0, ROOM * highest), dtick=max(1, round(highest / 5)))


def _truth(place: float, truth: float) -> Trace:
    text = f"✓ {_('explodes') if math.isinf(truth) else number(truth)}"
    return {"x": place, "y": 1, "yref": "paper", "yanchor": "bottom", "text": f"<b>{text}</b>", "showarrow": False}
