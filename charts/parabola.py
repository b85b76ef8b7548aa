"""The loss over one parameter, often a parabola: a ball on it, the tangent, and where the next step lands."""

import numpy as np

from charts.lesson_look import AFTER, AFTER_LINE, GRADIENT_LINE
from charts.look import BEST, LOSS, NOW, Figure, Range, axis, drawable, layout, padded, quietly
from charts.traces import Trace, arrow, figure, line, mark
from core.network import Network
from core.theory.slices import OneParameter, Slice
from wording import _

POINTS = 81
TANGENT = 0.18
"""How far the tangent reaches to either side, as a share of the span."""
STEP_LINE = {**AFTER_LINE, "dash": "solid"}
HIGHEST = 1e290
"""The greatest loss that is drawn."""
MOST = 0.25


@quietly
def parabola_figure(
    parabola: OneParameter,
    now: float,
    span: Range,
    name: str,
    *,
    landing: float | None = None,
    with_bottom: bool = True,
) -> Figure:
    """Draw the parabola over `span`, the ball at `now`, its tangent, and the arrow of the next step to a `landing`.

    The star at the bottom can be left out, for whoever is asked where it is.
    """
    y_range = _heights(parabola, now, span)
    x, height = np.linspace(*span, POINTS), float(parabola.loss(now))
    traces = [
        line(_("loss"), x, parabola.loss(x), {"color": LOSS, "width": 3}),
        _tangent(parabola, now, TANGENT * (span[1] - span[0])),
        *(_bottom(parabola) if with_bottom else []),
        *([] if landing is None else _step(parabola, now, _drawn(landing, span))),
        mark(_("now"), [now], [height], NOW, "circle", size=18),
    ]
    return figure(
        [_on_screen(trace, span, y_range) for trace in traces],
        layout(xaxis=axis(name, padded(*span, 0.02)), yaxis=axis(_("loss"), y_range)),
    )


def _heights(parabola: OneParameter, now: float, span: Range) -> Range:
    """Return the range of the losses: from 0 to the greatest over the span and at the ball.

    Of what is no parabola it begins at the least loss where that is most of the greatest.
    """
    places = np.array([*span, _drawn(now, span)])
    if isinstance(parabola, Slice):
        places = np.append(places, np.linspace(*span, POINTS))
    losses = np.nan_to_num(parabola.loss(places), nan=HIGHEST, posinf=HIGHEST)
    least, greatest = float(losses.min()), min(float(losses.max()), HIGHEST)
    if isinstance(parabola, Slice) and MOST * greatest < least < greatest:
        return padded(least, greatest)
    return padded(min(0.0, float(np.nan_to_num(parabola.least))), greatest or 1.0)


def _bottom(parabola: OneParameter) -> list[Trace]:
    """Return the star at the bottom, where there is one: of a network there may be others, and lower ones."""
    name = _("best possible")
    if isinstance(parabola, Slice) and isinstance(parabola.experiment.model, Network):
        name = _("least nearby")
    star = mark(name, [parabola.best], [parabola.least], BEST, "star", size=18)
    return [] if isinstance(parabola, Slice) and not parabola.has_bottom else [star]


def _drawn(place: float, range_: Range) -> float:
    return float(drawable(np.array([place]), range_)[0])


def _tangent(parabola: OneParameter, now: float, reach: float) -> Trace:
    x = np.array([now - reach, now + reach])
    return line(_("tangent"), x, parabola.loss(now) + parabola.slope(now) * (x - now), GRADIENT_LINE)


def _step(parabola: OneParameter, now: float, there: float) -> list[Trace]:
    height = float(parabola.loss(now))
    return [
        arrow(_("the step: − learning rate · slope"), [now, there], [height, height], STEP_LINE, head=16),
        mark(_("after the step"), [there], [float(parabola.loss(there))], AFTER, "diamond-open", size=18),
    ]


def _on_screen(trace: Trace, span: Range, y_range: Range) -> Trace:
    places = {axis: drawable(np.array(trace[axis]), range_).tolist() for axis, range_ in (("x", span), ("y", y_range))}
    return {**trace, **places}
