"""What is ahead of a run that is live: the loss as it is forecast, and the iteration at which it would explode."""

from collections.abc import Callable

import numpy as np

from charts.iterations import IterationScale
from charts.look import LOSS, OUTERMOST
from charts.traces import Trace, line, scatter
from charts.trail import BLANK
from core.checks import Array
from core.theory.forecast import Forecast
from core.training import History
from wording import _, number

DOTTED = {"width": 2, "dash": "dot"}
"""How a curve is drawn that has not been played yet, whether it is computed or forecast."""
OPACITY = 0.75
NEAREST = 0.6
"""How far from the left end of the axis the mark of an explosion ends at least, as a share of it: it has to fit in."""


def ahead_traces(
    history: History,
    ahead: Forecast,
    scale: IterationScale,
    top: float,
    on_axis: Callable[[Array], list[float | None]],
) -> list[Trace]:
    """Return the forecast, from the last iteration to the end of the axis, and the mark of an explosion at the `top`.

    `on_axis` says where losses stand on their axis.
    """
    known = np.searchsorted(ahead.iterations, scale.last, side="right")
    iterations = np.array([history.iterations, *ahead.iterations[:known]])
    losses = np.nan_to_num(np.array([history.loss[-1], *ahead.loss[:known]]), nan=OUTERMOST)
    if not known:  # even then it is a line, which can be moved to where the next one is
        iterations, losses = iterations.repeat(2), losses.repeat(2)
    x, y = scale.places(iterations), on_axis(np.minimum(losses, OUTERMOST))
    style = {"color": LOSS, **DOTTED}
    return [
        line(_("forecast"), x, y, style, opacity=OPACITY, hoverinfo="skip", showlegend=False),
        _explosion(history, ahead, scale, top),
    ]


def _explosion(history: History, ahead: Forecast, scale: IterationScale, top: float) -> Trace:
    """Write at which iteration the run would explode: there, or with an arrow at the end of an axis that ends before.

    Of a run that never does, or has done so, nothing.
    """
    at, text = ahead.explodes_at or 0, BLANK
    if ahead.explodes_at is not None and history.diverged_at is None:
        text = _("✕ would explode at {iteration}").format(iteration=number(at))
    place, end = scale.places([min(at, scale.last), scale.last]).tolist()
    return scatter(
        "text",
        _("would explode"),
        [max(place, NEAREST * end)],
        [top],
        text=[f"{text} →" if text != BLANK and at > scale.last else text],
        textposition="middle left",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
