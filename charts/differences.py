"""The V-shaped curve of the gradient check: how wrong finite differences are, over the size of their step."""

import numpy as np

from charts.look import BEFORE, NOW, Figure, axis, layout
from core.checks import Array
from wording import _

FLOOR = 1e-17
"""Where an error of exactly zero is drawn, so that the logarithmic axis can show it."""


def differences_figure(steps: Array, forward: Array, central: Array, chosen: float) -> Figure:
    """Draw the relative error of forward and central differences over the step, both logarithmic, (n_steps,) each."""
    curves = ((_("forward differences"), forward, BEFORE, "solid"), (_("central differences"), central, NOW, "dash"))
    y_range = (-17.5, max(0.5, float(np.log10(max(forward.max(), FLOOR))) + 0.5))
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": steps.tolist(),
                "y": np.maximum(errors, FLOOR).tolist(),
                "line": {"color": color, "width": 2.5, "dash": dash},
            }
            for name, errors, color, dash in curves
        ],
        "frames": [],
        "layout": layout(
            xaxis=axis(
                _("step of the differences"),
                (float(np.log10(steps[0])), float(np.log10(steps[-1]))),
                type="log",
                exponentformat="power",
                dtick=2,
            ),
            yaxis=axis(_("relative error"), y_range, type="log", exponentformat="power", dtick=4),
            shapes=[
                {
                    "type": "line",
                    "xref": "x",
                    "yref": "paper",
                    "x0": chosen,
                    "x1": chosen,
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": "#76828E", "width": 2, "dash": "dot"},
                }
            ],
        ),
    }
