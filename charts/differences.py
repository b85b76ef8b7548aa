"""The V-shaped curve of the gradient check: how wrong finite differences are, over the size of their step."""

import math

import numpy as np

from charts.look import LOSS, Figure, finite_ends, layout, powers, series_line
from charts.traces import Trace, figure, gaps, line, upright
from core.checks import Array
from wording import _

FLOOR = 1e-17
"""Where an error of exactly zero is drawn, so that the logarithmic axis can show it."""
CHOSEN_LINE = {"color": LOSS, "width": 2, "dash": "dot"}


def differences_figure(steps: Array, forward: Array, central: Array, chosen: float) -> Figure:
    """Draw the relative error of forward and central differences over the step, both logarithmic, (n_steps,) each."""
    greatest = max((finite_ends(forward) or (FLOOR, FLOOR))[1], FLOOR)
    x_range = (math.log10(steps[0]), math.log10(steps[-1]))
    y_range = (-17.5, max(0.5, math.log10(greatest) + 0.5))
    return figure(
        [
            _curve(0, _("forward differences"), steps, forward),
            _curve(1, _("central differences"), steps, central),
        ],
        layout(
            xaxis=powers(_("step of the differences"), x_range, dtick=2),
            yaxis=powers(_("relative error"), y_range, dtick=4),
            shapes=[upright(chosen, CHOSEN_LINE)],
        ),
    )


def _curve(k: int, name: str, steps: Array, errors: Array) -> Trace:
    """Return the curve of the errors; one that is no number leaves a gap."""
    heights = gaps(np.maximum(errors, FLOOR), np.isfinite(errors))
    return line(name, steps, heights, series_line(k))
