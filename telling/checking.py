"""The table of the gradient check."""

import numpy as np

from core.experiment import Experiment
from core.lesson.differences import central_differences, forward_differences, gradient_at, relative_difference
from telling.names import names_in
from telling.tables import html_table
from wording import _, number


def check_table(experiment: Experiment, step: float) -> str:
    """Return the table: the gradient at the start by the experiment's backward pass and by differences of this step."""
    start = np.array(experiment.start)
    analytic = gradient_at(experiment, start)
    differences = [find(experiment, start, step) for find in (forward_differences, central_differences)]
    rows = [
        [name, *(number(float(value), 8) for value in values)]
        for name, *values in zip(names_in(experiment), analytic, *differences, strict=True)
    ]
    apart = [number(relative_difference(analytic, other), 3) for other in differences]
    rows.append([_("relative difference"), "", *apart])
    header = [_("parameter"), _("this backward pass"), _("forward differences"), _("central differences")]
    return html_table(_("The gradient check at the start"), header, rows)
