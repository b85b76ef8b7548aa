"""Learning rates side by side: which ones to begin with, and the table that compares them."""

import math
from collections.abc import Sequence

from core.closed_form import errors, settles_at
from core.learning_rate import Limits, Regime, regime
from pages.frame.runs import Run, parameter_names, parameters
from pages.shared.tables import html_table
from pages.widgets.ruler import regime_names
from wording import _, number


def ready_made(limits: Limits) -> tuple[float, ...]:
    """Return a learning rate that is too small, a good one, one that overshoots, and one that is too large."""
    if math.isinf(limits.stable):
        return (0.01, 0.1)
    return tuple(float(f"{share * limits.stable:.1e}") for share in (0.02, 0.45, 0.8, 1.1))


def comparison_table(runs: Sequence[Run], tolerance: float) -> str:
    """Return the table: regime, iterations until every parameter is near enough, final loss and parameters."""
    names = parameter_names(runs[0].dataset)
    header = [
        _("learning rate"),
        _("regime"),
        _("within {tolerance} from iteration").format(tolerance=number(tolerance)),
        _("iterations"),
        _("loss at the end"),
        *names,
    ]
    return html_table(_("The learning rates compared"), header, [_row(run, tolerance) for run in runs])


def _row(run: Run, tolerance: float) -> list[str]:
    end = run.history.iterations
    values = [float(run.history.loss[end]), *parameters(run.dataset, run.history.neuron(end))]
    name = regime_names()[regime(run.learning_rate, run.limits)]
    return [number(run.learning_rate), name, _settled(run, tolerance), number(end), *map(number, values)]


def _settled(run: Run, tolerance: float) -> str:
    iterations = settles_at(errors(run.dataset, run.start), run.rate_of_mean, tolerance)
    known = [iteration for iteration in iterations if iteration is not None]
    return number(max(known)) if len(known) == len(iterations) else never(run)


def never(run: Run) -> str:
    """Say why this run never comes near enough."""
    if run.learning_rate == 0:
        return _("never: nothing moves")
    match regime(run.learning_rate, run.limits):
        case Regime.DIVERGING:
            return _("never: every step makes it worse")
        case Regime.BOUNCING:
            return _("never: it bounces for ever")
        case _:
            return _("never: the steps are too short")
