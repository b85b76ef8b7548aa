"""The limit that moves: how near the edge of stability each of several runs is, above their losses."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from charts.edge import BEYOND, EDGE_LINE, round_above
from charts.iterations import IterationScale, curve_iterations, frame_iterations, sharpness_iterations
from charts.look import OUTERMOST, Figure, Range, axis, finite_ends, layout, padded, powers, series_line
from charts.traces import Moving, Trace, figure, gaps, line, mark, scatter, short, walking
from core.checks import Array
from core.theory.factors import has_factors, stable_product
from core.theory.in_force import edge_shares
from core.theory.sharpness import sharpness
from core.training import History
from wording import _, number

UPPER, LOWER = (0.42, 0.94), (0.0, 0.32)
"""Which part of the height each panel has; its name stands above it."""
SECOND = {"yaxis": "y2"}
TOP = 2.0
"""How high the upper panel is: twice the edge."""
HIGHEST = 1e4
LEAST, GREATEST = 1e-12, 1e3
"""Losses between these, in losses at the start, decide how far the lower axis reaches."""


def moving_limit_figure(histories: Sequence[History], names: Sequence[str], iterations: list[int]) -> Figure:
    """Draw for each run how near the edge it is, and its loss, each with a marker; one frame an iteration."""
    scale, is_known = IterationScale(iterations[-1]), has_factors(histories[0].experiment.optimiser)
    top = TOP if is_known else _sharpest(histories)
    traces = [part for k, run in enumerate(histories) for part in _of_run(k, names[k], run, iterations, scale, top)]
    return figure(
        [*(_edge(scale) if is_known else ()), *traces],
        layout(
            xaxis=scale.axis(anchor="y"),
            yaxis2={**axis("", (0.0, top), anchor="x", nticks=5), "domain": UPPER},
            yaxis={**_loss_axis(histories), "domain": LOWER},
            annotations=[_name(_edge_name(histories[0]), UPPER[1]), _name(_("loss"), LOWER[1])],
            legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom", "entrywidth": 34},
        ),
        iterations,
    )


def _edge(scale: IterationScale) -> list[Trace]:
    left, right = scale.places([0, scale.last]).tolist()
    x, beyond = [left, right, right, left], [1.0, 1.0, 2 * TOP, 2 * TOP]
    area = line("", x, beyond, {"width": 0}, showlegend=False, **BEYOND, **SECOND)
    quiet = {"hoverinfo": "skip", "showlegend": False, **SECOND}
    said = _("edge of stability")
    name = scatter("text", "", [left], [1.0], text=[f" {said}"], textposition="top right", **quiet)
    return [area, line(said, [left, right], [1.0, 1.0], EDGE_LINE, **quiet), name]


def _sharpest(histories: Sequence[History]) -> float:
    """Return up to where the sharpness is shown where no edge is known: a round number."""
    found = np.concatenate([_heights(run, frame_iterations(run.iterations)) for run in histories])
    return round_above(float(found[np.isfinite(found)].max(initial=0.0))) or 1.0


def _heights(history: History, iterations: list[int]) -> Array:
    """Return what is drawn above: the share of the edge, or where none is known the sharpness itself."""
    known = has_factors(history.experiment.optimiser)
    return (edge_shares if known else sharpness)(history, iterations)


def _edge_name(history: History) -> str:
    if not has_factors(history.experiment.optimiser):
        return _("sharpness")
    product = number(stable_product(history.experiment.optimiser), 3)
    return _("sharpness · learning rate / {product}").format(product=product)


def _loss_axis(histories: Sequence[History]) -> dict[str, Any]:
    low, high = padded(*_decades(histories))
    return powers("", (low, high), dtick=max(1, math.ceil((high - low) / 4)))


def _of_run(
    k: int, name: str, history: History, iterations: list[int], scale: IterationScale, top: float
) -> list[Trace | Moving | None]:
    """Return the curves of a run and their markers; where it ends before the others, they wait for them."""
    reached = [min(i, history.iterations) for i in iterations]
    shown = [i for i in sharpness_iterations(iterations[-1], iterations) if i <= history.iterations]
    shown = sorted({*shown, history.iterations})
    heights = dict(zip(shown, _drawable(_heights(history, shown)), strict=True))
    later = [i for i in curve_iterations(iterations[-1], iterations) if i <= history.iterations]
    places, style = scale.places(reached).tolist(), series_line(k)
    losses = _positive(history.loss[reached])
    said = {"hovertemplate": f"{name}: %{{y:.3g}}<extra></extra>"}
    return [
        line(name, scale.places(shown), list(heights.values()), style, **said, **SECOND),
        line(name, scale.places(later), _positive(history.loss[later]), style, showlegend=False, **said),
        _marker(name, k, places, [heights[i] for i in reached], **SECOND),
        _marker(name, k, places, losses),
        _exploded(history, places[-1], min(max(heights[history.iterations], 0.05 * top), 0.94 * top)),
    ]


def _marker(name: str, k: int, x: list[float], y: list[float | None], **parts: str) -> Moving:
    colour = series_line(k)["color"]
    return Moving(mark(name, x[-1:], y[-1:], colour, size=11, showlegend=False, **parts), walking(x, y))


def _exploded(history: History, x: float, y: float) -> Trace | None:
    """Write at a height, where a run ended that exploded, when it did; nothing of all others."""
    if history.diverged_at is None:
        return None
    text = _("✕ {rate} explodes at {iteration}").format(
        rate=number(history.learning_rate), iteration=number(history.diverged_at)
    )
    return scatter("text", _("exploded"), [x], [y], text=[f"{text} "], textposition="middle left", **_quiet())


def _quiet() -> Trace:
    return {"hoverinfo": "skip", "showlegend": False, **SECOND}


def _drawable(shares: Array) -> list[float]:
    drawn: list[float] = short(np.clip(np.nan_to_num(shares, nan=OUTERMOST), 0.0, HIGHEST)).tolist()
    return drawn


def _positive(losses: Array) -> list[float | None]:
    return gaps(losses, np.isfinite(losses) & (losses > 0))


def _decades(histories: Sequence[History]) -> Range:
    """Return the powers of ten that hold the losses of the runs, as far as these do not explode."""
    first = float(histories[0].loss[0])
    seen = np.concatenate([history.loss for history in histories])
    ends = finite_ends(seen[(seen > LEAST * first) & (seen < GREATEST * first)]) or (1.0, 1.0)
    low, high = np.log10(ends).tolist()
    return low, min(high, float(np.log10(first)) + 0.5) if first > 0 else high


def _name(text: str, height: float) -> dict[str, object]:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": height, "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": f"<b>{text}</b>", "showarrow": False}
