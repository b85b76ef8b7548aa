"""The loss over the iterations, with a marker that walks along it; the curve draws itself as the run plays."""

import math
from typing import Any

import numpy as np

from charts.iterations import IterationScale, curve_iterations
from charts.look import BEST_LINE, LOSS, NOW, OUTERMOST, Figure, axis, drawable, finite_ends, layout, padded, powers
from charts.traces import Moving, Trace, figure, gaps, line, mark, scatter, short, walking
from charts.trail import BLANK, shown_from
from core.checks import Array
from core.training import History
from wording import _, number

ROUNDING = 1e-9
"""A loss that ends greater than the start's by a smaller share has not grown."""
AHEAD = {"opacity": 0.35, "showlegend": False}
"""What is to come is faint; what is past is drawn over it, up to the place where the player stands."""
GROWS = {"meta": {"grows": True}}


def loss_figure(history: History, best_loss: float | None, iterations: list[int], *, loss_axis: str = "auto") -> Figure:
    """Draw the loss curve alone, one frame an iteration."""
    scale = IterationScale(history.iterations)
    return figure(
        loss_traces(history, best_loss, iterations, scale, loss_axis),
        layout(xaxis=scale.axis(), yaxis=loss_range(history, best_loss, loss_axis, loss_title(history))),
        iterations,
    )


def loss_traces(
    history: History, best_loss: float | None, iterations: list[int], scale: IterationScale, loss_axis: str
) -> list[Trace | Moving | None]:
    """Return curve, least possible loss (left out where it is None), marker, and what ended a run that exploded.

    `loss_axis` is "linear", "log", or "auto": linear while the loss never grows above the start's.
    """
    logarithmic = is_logarithmic(history, loss_axis)
    shown, range_ = curve_iterations(history.iterations, iterations), _linear_range(history)
    losses = history.loss[shown] if logarithmic else _leaving(history.loss[shown], range_)
    x, y = scale.places(shown).tolist(), _on_axis(short(losses), logarithmic)
    heights = dict(zip(shown, y, strict=True))
    return [
        *curve(_("loss"), shown, x, y, {"color": LOSS, "width": 3}),
        None if best_loss is None else level(_("least possible"), scale, _on_axis(np.array([best_loss]), logarithmic)),
        walk(iterations, scale, [heights[i] for i in iterations]),
        _end_mark(history, x[-1], y[-1]),
    ]


def curve(name: str, iterations: list[int], x: list[float], y: list[float | None], style: Trace) -> list[Trace]:
    """Return a curve twice: whole and faint, and over it strong, as far as the run has been played."""
    hover = {"customdata": iterations, "hovertemplate": f"{_('iteration')} %{{customdata:,d}}: %{{y}}<extra></extra>"}
    return [line(name, x, y, style, hoverinfo="skip", **AHEAD), line(name, x, y, style, **hover, **GROWS)]


def level(name: str, scale: IterationScale, value: list[float | None], **parts: Any) -> Trace:
    """Return the dotted line of the best value, from the first iteration to the last."""
    return line(name, scale.places([0, max(scale.last, 1)]), value * 2, BEST_LINE, **parts)


def walk(iterations: list[int], scale: IterationScale, y: list[float | None], **parts: Any) -> Moving:
    """Return the marker that walks along a curve."""
    x = scale.places(iterations).tolist()
    return Moving(mark(_("now"), x[-1:], y[-1:], NOW, **parts), walking(x, y))


def _end_mark(history: History, x: float, y: float | None) -> Trace:
    """Write beside the last point of a run that exploded what happened there."""
    text = _("✕ step {step}: too large for a computer").format(step=number(history.diverged_at or 0))
    exploded = history.diverged_at is not None
    return scatter(
        "text",
        _("exploded"),
        [x],
        [y],
        text=[f"{text}   " if exploded else BLANK],
        textposition="bottom left",
        hoverinfo="skip",
        showlegend=False,
        **shown_from(history.iterations),
    )


def is_logarithmic(history: History, loss_axis: str) -> bool:
    """Return whether the loss stands on a logarithmic axis: by itself where it grows."""
    first, greatest = float(history.loss[0]), float(history.loss.max())
    grows = greatest > first * (1 + ROUNDING) or history.diverged_at is not None
    return loss_axis == "log" or (loss_axis == "auto" and grows)


def _leaving(losses: Array, range_: tuple[float, float]) -> Array:
    """Let losses too great to be drawn leave the frame; what is no number stays none."""
    return np.where(np.isnan(losses), np.nan, drawable(losses, range_))


def _on_axis(losses: Array, logarithmic: bool) -> list[float | None]:
    return gaps(losses, np.isfinite(losses) & ((losses > 0) | (not logarithmic)))


def loss_title(history: History) -> str:
    """Return what the loss is called, with its unit."""
    unit = history.experiment.data.target_unit
    return _("loss ({unit}²)").format(unit=unit) if unit else _("loss")


def loss_range(
    history: History, best_loss: float | None, loss_axis: str, title: str, *, n_ticks: int = 8, **parts: Any
) -> dict[str, Any]:
    """Return the axis of the loss, with about `n_ticks` numbers at it."""
    if is_logarithmic(history, loss_axis):
        return {**_logarithmic_axis(history, best_loss, title, n_ticks), **parts}
    return axis(title, _linear_range(history), rangemode="tozero", nticks=n_ticks, **parts)


def _linear_range(history: History) -> tuple[float, float]:
    """Return the range that shows the start, whatever the learning rate; a loss that grows leaves it."""
    top = min(float(history.loss[0]), OUTERMOST)
    return padded(0.0, top if math.isfinite(top) and top > 0 else 1.0)


def _logarithmic_axis(history: History, best_loss: float | None, title: str, n_ticks: int) -> dict[str, Any]:
    losses = history.loss if best_loss is None else np.append(history.loss, best_loss)
    low, high = (math.log10(end) for end in finite_ends(losses[losses > 0]) or (1.0, 1.0))
    return powers(title, padded(low, high), dtick=_ticks(high - low, n_ticks))


def _ticks(decades: float, n_ticks: int) -> int | str:
    """Return how many powers of ten lie between two ticks; within less than two powers, also label 2 and 5."""
    return math.ceil(decades / n_ticks) if decades >= 2 else "D2"
