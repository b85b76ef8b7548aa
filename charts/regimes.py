"""The regimes of a run that was steered: as bands behind its loss, and as the steps of its learning rate."""

import math
from itertools import pairwise
from typing import Any

from charts.iterations import IterationScale
from charts.look import LOSS, REGIME_COLOURS, Range, axis, powers
from charts.traces import Trace, line
from core.theory.limits import Limits, Regime
from core.theory.stretches import stretches
from core.training import History
from wording import _

OPACITIES = {Regime.CREEPING: 0.25, Regime.MONOTONE: 0.2, Regime.OVERSHOOTING: 0.2, Regime.DIVERGING: 0.2}
"""Of the bands: the palest colour needs most."""
RIM, CORE = {"color": LOSS, "width": 7}, {"width": 4}
"""The learning rate is a line in its regime's colour with a rim, so that it is seen on the band of the same colour."""
LEAST, GREATEST = 1e-300, 1e300
"""Learning rates beyond these are drawn as if they were these: of zero there is no logarithm."""
BELOW, ABOVE = 0.15, 1.0
"""What the learning rate has below and above, as shares of its height: above it stands its name."""
EXPLOSIVE = 2.0
"""How many times the stable limit the axis of the learning rate shows in any case."""

Step = tuple[float, int, int]
"""A learning rate, the iteration from which it holds, and the one at which it ends."""


def regime_bands(history: History, limits: Limits | None, scale: IterationScale, end: int, **parts: Any) -> list[Trace]:
    """Return a band from bottom to top for each stretch of the run, those of a regime as one trace.

    The last stretch is drawn as far as the iteration `end`. There is always a trace for each regime, some without any
    extent: the bands of another run are moved to their places, not drawn anew.
    """
    found = [] if limits is None else stretches(history, limits)
    ends = [*(stretch.last for stretch in found[:-1]), end]
    spans = [(_looks_like(s.regime), (s.first, last)) for s, last in zip(found, ends, strict=False)]
    return [_band([span for regime, span in spans if regime is one], one, scale, **parts) for one in REGIME_COLOURS]


def _band(spans: list[tuple[int, int]], regime: Regime, scale: IterationScale, **parts: Any) -> Trace:
    ends = [scale.places(span).tolist() for span in spans or [(0, 0)]]
    x = [place for left, right in ends for place in (left, right, right, left, None)]
    paint = {"fill": "toself", "fillcolor": _translucent(regime), "hoverinfo": "skip"}
    return line("", x[:-1], ([0, 0, 1, 1, None] * len(ends))[:-1], {"width": 0}, **paint, **parts)


def _translucent(regime: Regime) -> str:
    red, green, blue = bytes.fromhex(REGIME_COLOURS[regime][1:])
    return f"rgba({red}, {green}, {blue}, {OPACITIES[regime]})"


def _looks_like(regime: Regime) -> Regime:
    """Return the regime in whose colour this one is drawn."""
    return Regime.DIVERGING if regime is Regime.BOUNCING else regime


def rate_traces(history: History, limits: Limits | None, scale: IterationScale, end: int, **parts: Any) -> list[Trace]:
    """Return the steps of the learning rate up to the iteration `end`: their rim, and over it a trace for each regime.

    Where limits are known there are always all of them, as of the bands.
    """
    steps, said = _steps(history, end), {"hovertemplate": f"{_('learning rate')}: %{{y}}<extra></extra>"}
    rim = _stairs(steps, steps, scale, RIM, **said, **parts)
    if limits is None:
        return [rim]
    regimes = [_looks_like(limits.regime(rate)) for rate, _first, _last in steps]
    return [rim, *(_of_one(regime, steps, regimes, scale, **parts) for regime in REGIME_COLOURS)]


def _of_one(regime: Regime, steps: list[Step], regimes: list[Regime], scale: IterationScale, **parts: Any) -> Trace:
    chosen = [step for step, its_own in zip(steps, regimes, strict=True) if its_own is regime]
    return _stairs(chosen, steps, scale, {**CORE, "color": REGIME_COLOURS[regime]}, hoverinfo="skip", **parts)


def _steps(history: History, end: int) -> list[Step]:
    begun = [entry for entry in history.experiment.schedule if entry[0] <= history.iterations]
    ends = [*(beginning for beginning, _rate in begun[1:]), end]
    return [(_drawable(rate), first, last) for (first, rate), last in zip(begun, ends, strict=True)]


def _stairs(chosen: list[Step], steps: list[Step], scale: IterationScale, style: Trace, **parts: Any) -> Trace:
    """Return the chosen steps, each with the way up or down to it, and a gap after it."""
    before = {later: sooner[0] for sooner, later in pairwise(steps)}
    outside = -1.0 - float(scale.places([scale.last])[0])
    # Even where no step is chosen there is a line, out of sight: it can be moved to where it will be needed.
    corners: list[tuple[float, float | None]] = [(outside, steps[0][0])] * 2 + [(outside, None)]
    for step in chosen:
        rate, first, last = step
        left, right = scale.places([first, last]).tolist()
        corners += [(left, before.get(step, rate)), (left, rate), (right, rate), (right, None)]
    x, heights = zip(*corners, strict=True)
    return line(_("learning rate"), x, heights, style, meta={"grows": True}, **parts)


def _drawable(rate: float) -> float:
    return min(max(rate, LEAST), GREATEST)


def rate_axis(history: History, limits: Limits | None, **parts: Any) -> dict[str, Any]:
    """Return the axis of the learning rate, without numbers: from creeping to explosive, farther in whole decades."""
    rates = [math.log10(_drawable(rate)) for _first, rate in history.experiment.schedule if rate > 0]
    usual = _usual(limits) or (math.floor(min(rates, default=0)), math.ceil(max(rates, default=1)))
    low = usual[0] - max(0, math.ceil(usual[0] - min(rates, default=usual[0])))
    high = usual[1] + max(0, math.ceil(max(rates, default=usual[1]) - usual[1]))
    span = high - low or 1.0
    bare = {"showticklabels": False, "showgrid": False, "fixedrange": True, "exponentformat": "none"}
    return {**powers("", (low - BELOW * span, high + ABOVE * span)), **bare, **parts}


def _usual(limits: Limits | None) -> Range | None:
    if limits is None or math.isinf(limits.stable):
        return None
    return math.log10(limits.creeping), math.log10(EXPLOSIVE * limits.stable)


def band_axis(**parts: Any) -> dict[str, Any]:
    """Return the axis of the bands: they reach from its one end to its other."""
    return axis("", (0.0, 1.0), visible=False, fixedrange=True, **parts)
