"""The loss over the iterations, with a marker that walks along it; the curve draws itself as the run plays."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from charts.ahead import DOTTED, OPACITY, ahead_traces
from charts.iterations import IterationScale, curve_iterations, even_iterations, turns
from charts.look import BEST_LINE, DATA, LOSS, NOW, Figure, drawable, layout
from charts.loss_axis import is_logarithmic, linear_range, loss_range, loss_title, near_top
from charts.traces import Moving, Trace, figure, gaps, line, mark, scatter, short, walking
from charts.trail import BLANK, shown_from
from core.checks import Array
from core.data.dataset import Dataset
from core.theory.forecast import Forecast
from core.training import History, losses
from wording import _, number

AHEAD = {"opacity": 0.35, "showlegend": False}
"""What is to come is faint; what is past is drawn over it, up to the place where the player stands."""
MARK = 0.65
"""How much of the axis the mark of an explosion takes."""
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
    history: History,
    best_loss: float | None,
    iterations: list[int],
    scale: IterationScale,
    loss_axis: str,
    ahead: Forecast | None = None,
    held_out: Dataset | None = None,
) -> list[Trace | Moving | None]:
    """Return all curves of the loss, and what is marked on them.

    They are that of a held-out part, the run's own, the least possible (left out where it is None), the marker, and
    what ended a run that exploded.

    `loss_axis` is "linear", "log", or "auto": linear while the loss never grows above the start's. In a live picture,
    which is one with what is `ahead`, that follows last, and "auto" is logarithmic.
    """
    live = ahead is not None
    logarithmic, range_ = is_logarithmic(history, loss_axis, live=live), linear_range(history)
    shown = drawn_iterations(history, iterations, scale, live=live)

    def heights_of(losses: Array) -> list[float | None]:
        return _on_axis(short(losses if logarithmic else _leaving(losses, range_)), logarithmic)

    x, y = scale.places(shown).tolist(), heights_of(history.loss[shown])
    heights = dict(zip(shown, y, strict=True))
    return [
        *(_held_out_curve(history, held_out, shown, x, heights_of) if held_out else ()),
        *curve(_("loss"), shown, x, y, {"color": LOSS, "width": 3}, live=live),
        None if best_loss is None else level(_("least possible"), scale, _on_axis(np.array([best_loss]), logarithmic)),
        walk(iterations, scale, [heights[i] for i in iterations]),
        _end_mark(history, _beside(x[-1], scale) if live else x[-1], y[-1]),
        *(ahead_traces(history, ahead, scale, near_top(history, best_loss, loss_axis), heights_of) if ahead else ()),
    ]


def _held_out_curve(
    history: History,
    held_out: Dataset,
    shown: list[int],
    x: list[float],
    heights_of: Callable[[Array], list[float | None]],
) -> list[Trace]:
    values = losses(replace(history.experiment, data=held_out), history.parameters[shown])
    style = {"color": DATA, "width": 2, "dash": "dash"}
    return [
        line(
            _("held-out part"),
            x,
            heights_of(values),
            style,
            hovertemplate=f"{_('held-out part')}: %{{y}}<extra></extra>",
        )
    ]


def drawn_iterations(history: History, iterations: list[int], scale: IterationScale, *, live: bool) -> list[int]:
    """Return the iterations at which curves are drawn, as suits the scale and the run."""
    if not scale.logarithmic and is_steered(history, live=live):
        return even_iterations(history, iterations)
    return curve_iterations(history.iterations, [*iterations, *turns(history)])


def is_steered(history: History, *, live: bool) -> bool:
    """Return whether a run has several learning rates, or can still be given some."""
    return live or len(history.experiment.schedule) > 1


def curve(
    name: str, iterations: list[int], x: list[float], y: list[float | None], style: Trace, *, live: bool = False
) -> list[Trace]:
    """Return a curve twice: whole and faint, and over it strong, as far as the run has been played.

    While it is live what is to come is dotted, as what is forecast.
    """
    hover = {"customdata": iterations, "hovertemplate": f"{_('iteration')} %{{customdata:,d}}: %{{y}}<extra></extra>"}
    faint, parts = ({**style, **DOTTED}, {**AHEAD, "opacity": OPACITY}) if live else (style, AHEAD)
    return [line(name, x, y, faint, hoverinfo="skip", **parts), line(name, x, y, style, **hover, **GROWS)]


def level(name: str, scale: IterationScale, value: list[float | None], **parts: Any) -> Trace:
    """Return the dotted line of the best value, from the first iteration to the last."""
    return line(name, scale.places([0, max(scale.last, 1)]), value * 2, BEST_LINE, **parts)


def walk(iterations: list[int], scale: IterationScale, y: list[float | None], **parts: Any) -> Moving:
    """Return the marker that walks along a curve."""
    x = scale.places(iterations).tolist()
    return Moving(mark(_("now"), x[-1:], y[-1:], NOW, **parts), walking(x, y))


def _beside(place: float, scale: IterationScale) -> float:
    """Return where a mark ends that begins at a place near the left end of the axis; else it ends at the place."""
    end = float(scale.places([max(scale.last, 1)])[0])
    return place if place >= MARK * end else min(place + MARK * end, end)


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


def _leaving(losses: Array, range_: tuple[float, float]) -> Array:
    """Let losses too great to be drawn leave the frame; what is no number stays none."""
    return np.where(np.isnan(losses), np.nan, drawable(losses, range_))


def _on_axis(losses: Array, logarithmic: bool) -> list[float | None]:
    return gaps(losses, np.isfinite(losses) & ((losses > 0) | (not logarithmic)))
