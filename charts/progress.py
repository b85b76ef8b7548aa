"""How far each parameter still is from its best value, on a logarithmic axis."""

import math

from charts.iterations import IterationScale
from charts.look import LOSS, Figure, finite_ends, layout, padded, powers, series_line
from charts.traces import figure, gaps, line
from core.checks import Array
from wording import _

FLOOR = 1e-16
"""Distances below this share of the greatest are rounding, and not shown."""
TOLERANCE_LINE = {"color": LOSS, "width": 3, "dash": "dot"}


def progress_figure(distances: Array, iterations: list[int], names: list[str], tolerance: float) -> Figure:
    """Draw |parameter - best| over the iterations, (n, n_parameters), and the tolerance as a dotted line."""
    scale = IterationScale(iterations[-1])
    x = scale.places(iterations).tolist()
    floor = FLOOR * float(distances.max(initial=0.0)) or FLOOR
    low, high = finite_ends(distances[distances > floor]) or (0.1, 1.0)
    decades = math.log10(min(low, tolerance)), math.log10(max(high, tolerance))
    return figure(
        [
            *(
                line(name, x, gaps(values, values > floor), series_line(k))
                for k, (name, values) in enumerate(zip(names, distances.T, strict=True))
            ),
            line(_("tolerance"), [0, x[-1]], [tolerance, tolerance], TOLERANCE_LINE),
        ],
        layout(
            xaxis=scale.axis(),
            yaxis=powers(_("distance to the best value"), padded(*decades), nticks=8),
        ),
    )
