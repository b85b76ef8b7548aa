"""Predict first: how the error along the steepest direction can go in the first steps, and once it is told how it went.

Each regime has a sketch in a panel of its own, which is the same for every run.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.look import BEST_LINE, NOW, NOW_LINE, REGIME_COLOURS, Figure, axis, drawable, layout, quietly
from charts.traces import Trace, figure, line, scatter
from core.checks import Array
from core.theory.limits import Regime
from wording import _

STEPS = 6
FACTORS = {Regime.CREEPING: 0.96, Regime.MONOTONE: 0.55, Regime.OVERSHOOTING: -0.75, Regime.DIVERGING: -1.15}
"""What a step leaves of the error in the sketch of each regime."""
LOOKS = {
    Regime.CREEPING: ("dot", "square"),
    Regime.MONOTONE: ("solid", "circle"),
    Regime.OVERSHOOTING: ("dash", "diamond"),
    Regime.DIVERGING: ("dashdot", "x"),
}
"""Dash and marker."""
RANGE = (-2.9, 2.9)
APART = 1.5
"""Steps between one panel and the next."""
FAINT = 0.35
OUTLINE = {"width": 1, "color": "#76828E"}
FRAME = "rgba(118, 130, 142, 0.6)"


@quietly
def guessed_regime_figure(
    names: Mapping[Regime, str], yours: Regime | None, truth: Regime | None = None, errors: Array | None = None
) -> Figure:
    """Draw the four sketches, of which `yours` stands out; once told, the `errors` of the run over it, and its name."""
    panels = list(enumerate(FACTORS))
    sketches = [_sketch(k, regime, names[regime], yours) for k, regime in panels]
    told = [_run(errors, k) for k, regime in panels if regime is yours and errors is not None]
    return figure(
        [*sketches, *(_best(k) for k, _regime in panels), *told],
        layout(
            **_axes(),
            annotations=[text for k, one in panels for text in _texts(k, names[one], one is yours, one is truth)],
            shapes=[_frame(k, NOW if regime is truth else FRAME, regime in (yours, truth)) for k, regime in panels],
            showlegend=errors is not None,
        ),
    )


def _axes() -> dict[str, Any]:
    across = axis(_("the first steps"), (-APART / 2, 4 * (STEPS + APART) - APART / 2), **_ticks())
    return {"xaxis": across, "yaxis": axis(_("share of the error"), RANGE, tickvals=[-2, -1, 0, 1, 2])}


def _places(panel: int) -> list[float]:
    return [panel * (STEPS + APART) + step for step in range(STEPS + 1)]


def _ticks() -> dict[str, Any]:
    shown = [(place, step) for panel in range(4) for step, place in enumerate(_places(panel)) if step % 2 == 0]
    return {"tickvals": [place for place, _step in shown], "ticktext": [str(step) for _place, step in shown]}


def _sketch(panel: int, regime: Regime, name: str, yours: Regime | None) -> Trace:
    (dash, symbol), colour = LOOKS[regime], REGIME_COLOURS[regime]
    heights = drawable(FACTORS[regime] ** np.arange(STEPS + 1.0), RANGE)
    look = {
        "line": {"color": colour, "width": 4, "dash": dash},
        "marker": {"color": colour, "symbol": symbol, "size": 9, "line": OUTLINE},
        "opacity": 1.0 if yours in (None, regime) else FAINT,
    }
    return scatter("lines+markers", name, _places(panel), heights, showlegend=False, **look)


def _best(panel: int) -> Trace:
    places = _places(panel)
    return line(_("best possible"), [places[0], places[-1]], [0.0, 0.0], BEST_LINE, showlegend=panel == 0)


def _run(errors: Array, panel: int) -> Trace:
    marker = {"color": NOW, "size": 9, "symbol": "circle", "line": {"width": 1.5, "color": "white"}}
    shown = drawable(errors[: STEPS + 1], RANGE)
    return scatter("lines+markers", _("this run"), _places(panel)[: len(shown)], shown, line=NOW_LINE, marker=marker)


def _texts(panel: int, name: str, is_yours: bool, is_truth: bool) -> list[dict[str, Any]]:
    """Return the name over a panel, in several lines where it has several words, and in it what it is the answer of."""
    marks = [*([f"✓ {_('so it is')}"] if is_truth else []), *([_("you")] if is_yours else [])]
    title = name.replace(" ", "<br>")
    return [
        _text(panel, RANGE[1], "top", f"<b>{title}</b>" if marks else title),
        _text(panel, RANGE[0], "bottom", "<br>".join(marks)),
    ]


def _text(panel: int, height: float, anchor: str, text: str) -> dict[str, Any]:
    middle = _places(panel)[STEPS // 2]
    return {"x": middle, "y": height, "text": text, "showarrow": False, "yanchor": anchor, "font": {"size": 16}}


def _frame(panel: int, colour: str, is_marked: bool) -> dict[str, Any]:
    left, right = _places(panel)[0] - APART / 3, _places(panel)[-1] + APART / 3
    style = {"color": colour, "width": 3 if is_marked else 1}
    ends = {"x0": left, "x1": right, "y0": RANGE[0], "y1": RANGE[1]}
    return {"type": "rect", "xref": "x", "yref": "y", **ends, "line": style, "layer": "below"}
