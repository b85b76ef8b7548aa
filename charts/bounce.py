"""The bounce view: the error along the steep and along the flat direction, step by step."""

import numpy as np

from charts.look import Figure, axis, layout, padded, series_line
from charts.traces import Moving, Trace, figure, growing, scatter
from core.checks import Array
from wording import _

REACH = 2.0
"""How many times the error at the start is shown of one that grows."""
FARTHEST = 1e4
"""Errors beyond this are drawn as if they were this: browsers cannot draw at 1e300."""


def bounce_figure(parts: list[Array]) -> Figure:
    """Draw what is left of the error along each direction, as shares of the start's, (n + 1,) each, step by step.

    The steepest direction comes first; the flattest, where there is another, second.
    """
    steps = list(range(len(parts[0])))
    height = min(REACH, max(1.0, float(np.abs(parts).max())))
    shown = [np.clip(part, -FARTHEST, FARTHEST).tolist() for part in parts]
    return figure(
        [Moving(_direction(k, steps, part), growing(x=steps, y=part)) for k, part in enumerate(shown)],
        layout(
            xaxis=axis(_("step"), padded(0, max(len(steps) - 1, 1), 0.03)),
            yaxis=axis(_("error, as a share of the start's"), (-1.08 * height, 1.08 * height), zeroline=True),
        ),
        steps,
    )


def _direction(k: int, x: list[int], y: list[float]) -> Trace:
    names = (_("steep direction"), _("flat direction"))
    line = series_line(k)
    marker = {"size": 8, "symbol": ("circle", "square")[k], "color": line["color"]}
    return scatter("lines+markers", names[k], x, y, line=line, marker=marker)
