"""The valley: the loss over one value as a bowl, and the ball that jumps from side to side of it, step by step."""

import numpy as np

from charts import trail
from charts.look import LOSS, NOW, OUTERMOST, Figure, axis, drawable, layout, padded, quietly, window
from charts.traces import Moving, Trace, figure, line, mark, scatter, short
from core.checks import Array
from core.theory.quadratic import Quadratic
from core.theory.slices import Parabola
from core.theory.watched import Watched
from core.training import History
from wording import _

POINTS = 31
ROOM = 0.05
"""How far beyond what a stable rate can reach the bowl is drawn for a ball that goes there, as a share of it."""


@quietly
def valley_figure(history: History, theory: Quadratic, watched: Watched, name: str, iterations: list[int]) -> Figure:
    """Draw the bowl of the loss over the first weight, or over the output of a single sample, and the ball in it.

    The other parameters are as they are at the frame's iteration: the bowl sinks while they learn.
    """
    span = window(np.array([watched.values[0], watched.best, watched.far]), watched.values, ROOM)
    top = min(float(history.loss[0]), OUTERMOST) or 1.0
    y_range, x = padded(0.0, top if np.isfinite(top) else 1.0, 0.08), np.linspace(*span, POINTS)
    bowls = [{"y": short(drawable(_bowl(history, theory, i).loss(x), y_range), 4).tolist()} for i in iterations]
    across, up = drawable(watched.values, span), drawable(history.loss, y_range)
    return figure(
        [
            line(_("loss at the start"), x, bowls[0]["y"], {"color": LOSS, "width": 2, "dash": "dot"}, opacity=0.6),
            Moving(line(_("loss"), x, bowls[-1]["y"], {"color": LOSS, "width": 3}), bowls),
            _jumps(history, across, up),
            Moving(
                mark(_("now"), across[-1:], up[-1:], NOW, "circle", size=20),
                [{"x": [float(across[i])], "y": [float(up[i])]} for i in iterations],
            ),
        ],
        layout(xaxis=axis(name, padded(*span, 0.02)), yaxis=axis(_("loss"), y_range, nticks=5), showlegend=False),
        iterations,
    )


def _bowl(history: History, theory: Quadratic, iteration: int) -> Parabola:
    """Return the reported loss over the value, the other parameters as they are at an iteration."""
    if history.experiment.data.n_samples == 1:
        return Parabola(float(history.experiment.data.targets[0]), 0.0, 2.0)
    bowl = theory.parabola(history.parameters[iteration], 0)
    return Parabola(bowl.best, bowl.least / theory.summands, bowl.curvature / theory.summands)


def _jumps(history: History, across: Array, up: Array) -> Trace:
    """Return the jumps of the first steps, from side to side."""
    steps = [0, *trail.trail_steps(history)]
    style = {"color": NOW, "width": 1.5, "dash": "dot"}
    marker = {"size": 9, "color": NOW, "symbol": "circle-open"}
    return scatter("lines+markers", _("first steps"), across[steps], up[steps], line=style, marker=marker, opacity=0.7)
