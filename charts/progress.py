"""How far each parameter still is from its best value, on a logarithmic axis."""

import numpy as np

from charts.comparison import COLOURS, DASHES
from charts.look import BEST_LINE, Figure, axis, layout, padded
from core.checks import Array
from wording import _

FLOOR = 1e-16
"""Distances below this share of the greatest are rounding, and not shown."""


def progress_figure(distances: Array, iterations: list[int], names: list[str], tolerance: float) -> Figure:
    """Draw |parameter - best| over the iterations, (n, n_parameters), and the tolerance as a dotted line."""
    floor = FLOOR * float(distances.max(initial=0.0)) or FLOOR
    seen = distances[distances > floor]
    low, high = (float(np.log10(edge)) for edge in (seen.min(), seen.max())) if seen.size else (-1.0, 0.0)
    low, high = min(low, float(np.log10(tolerance))), max(high, float(np.log10(tolerance)))
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": iterations,
            "y": [value if value > floor else None for value in distances[:, k].tolist()],
            "line": {"color": COLOURS[k % len(COLOURS)], "width": 3, "dash": DASHES[k % len(DASHES)]},
        }
        for k, name in enumerate(names)
    ]
    limit = {"type": "scatter", "mode": "lines", "name": _("tolerance"), "line": BEST_LINE}
    return {
        "data": [*lines, {**limit, "x": [0, iterations[-1]], "y": [tolerance, tolerance]}],
        "frames": [],
        "layout": layout(
            xaxis=axis(_("iteration"), padded(0, max(iterations[-1], 1), 0.03)),
            yaxis=axis(
                _("distance to the best value"), padded(low, high), type="log", exponentformat="power", nticks=8
            ),
        ),
    }
