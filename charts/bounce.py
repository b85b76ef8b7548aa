"""The bounce view: the error along the steep and along the flat direction, step by step."""

import numpy as np

from charts.look import BEFORE, NOW, Figure, axis, frames, layout, padded
from core.checks import Array
from wording import _

REACH = 2.0
"""How many times the error at the start is shown of one that grows."""


def bounce_figure(parts: list[Array]) -> Figure:
    """Draw what is left of the error along each direction, as shares of the start's, (n + 1,) each, step by step.

    The steepest direction comes first; the flattest, where there is another, second.
    """
    steps = list(range(len(parts[0])))
    height = min(REACH, max(1.0, float(np.abs(parts).max())))
    shown = [np.clip(part, -1e4, 1e4).tolist() for part in parts]
    styles = [(_("steep direction"), BEFORE, "solid", "circle"), (_("flat direction"), NOW, "dot", "square")]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": steps,
                "y": part,
                "line": {"color": color, "width": 2.5, "dash": dash},
                "marker": {"size": 8, "symbol": symbol, "color": color},
            }
            for (name, color, dash, symbol), part in zip(styles, shown, strict=False)
        ],
        "frames": frames(
            steps,
            list(range(len(parts))),
            [[{"x": steps[: k + 1], "y": part[: k + 1]} for part in shown] for k in steps],
        ),
        "layout": layout(
            xaxis=axis(_("step"), padded(0, max(len(steps) - 1, 1), 0.03)),
            yaxis=axis(_("error, as a share of the start's"), (-1.08 * height, 1.08 * height), zeroline=True),
        ),
    }
