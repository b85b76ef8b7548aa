"""Predict first: how the error along the steepest direction can go in the first steps, and once it is told how it went.

Each regime has a sketch, which is the same for every run.
"""

from collections.abc import Mapping

import numpy as np

from charts.look import BEST_LINE, NOW_LINE, REGIME_COLOURS, Figure, axis, drawable, layout, quietly
from charts.traces import Trace, figure, line, scatter
from core.checks import Array
from core.theory.limits import Regime
from wording import _

STEPS = 8
FACTORS = {Regime.CREEPING: 0.96, Regime.MONOTONE: 0.55, Regime.OVERSHOOTING: -0.75, Regime.DIVERGING: -1.22}
"""What a step leaves of the error in the sketch of each regime."""
LOOKS = {
    Regime.CREEPING: ("dot", "square"),
    Regime.MONOTONE: ("solid", "circle"),
    Regime.OVERSHOOTING: ("dash", "diamond"),
    Regime.DIVERGING: ("dashdot", "x"),
}
"""Dash and marker."""
RANGE = (-2.6, 2.6)
ROOM = 1.25
"""How long the axis of the steps is: there is room for the names at the end."""
FAINT = 0.3
SHOWN_AT = {Regime.DIVERGING: 4}
"""The step at which the name of a sketch stands, where that is not the last."""
OUTLINE = {"width": 1, "color": "#76828E"}


@quietly
def guessed_regime_figure(names: Mapping[Regime, str], yours: Regime | None, truth: Array | None) -> Figure:
    """Draw the four sketches, of which `yours` stands out, and the errors of the run where the `truth` is told."""
    sketches = [part for regime in FACTORS for part in _sketch(regime, names[regime], yours)]
    best = line(_("best possible"), [0, STEPS], [0.0, 0.0], BEST_LINE)
    return figure(
        [best, *sketches, None if truth is None else _run(truth)],
        layout(
            xaxis=axis(_("step"), (-0.25, ROOM * STEPS), tickvals=list(range(STEPS + 1))),
            yaxis=axis(_("error, as a share of the start's"), RANGE),
        ),
    )


def _sketch(regime: Regime, name: str, yours: Regime | None) -> list[Trace]:
    dash, symbol = LOOKS[regime]
    colour, faint = REGIME_COLOURS[regime], {"opacity": 1.0 if yours in (None, regime) else FAINT}
    heights = FACTORS[regime] ** np.arange(STEPS + 1.0)
    shown = {"line": {"color": colour, "width": 5 if yours is regime else 3, "dash": dash}, "showlegend": False}
    marker = {"color": colour, "symbol": symbol, "size": 9, "line": OUTLINE}
    told = f"{_('your answer')}: {name}" if yours is regime else name
    at = SHOWN_AT.get(regime, STEPS)
    return [
        scatter(
            "lines+markers", told, list(range(STEPS + 1)), drawable(heights, RANGE), marker=marker, **shown, **faint
        ),
        _name(told, at, float(heights[at]), **faint),
    ]


def _name(name: str, at: int, height: float, **parts: float) -> Trace:
    told = {"text": [f"  {name}"], "textposition": "middle right", "hoverinfo": "skip", "showlegend": False}
    return scatter("text", "", [at], [height], **told, **parts)


def _run(errors: Array) -> Trace:
    marker = {"color": NOW_LINE["color"], "size": 10, "symbol": "circle", "line": {"width": 1.5, "color": "white"}}
    heights = drawable(errors, RANGE)
    return scatter("lines+markers", _("so it was"), list(range(len(errors))), heights, line=NOW_LINE, marker=marker)
