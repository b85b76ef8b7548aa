"""It looks finished, but is it? How far each parameter still is from its best value, and how long it will take."""

import numpy as np
import streamlit as st

from charts.loss_curve import curve_iterations
from charts.progress import progress_figure
from core.closed_form import errors, settles_at
from core.learning_rate import eigenvalues, half_life, step_factors
from pages.frame.runs import Run, parameter_names
from pages.player.player import Picture, player
from pages.settings.table import Settings
from pages.shared.pictures import distances
from pages.shared.tables import html_table
from pages.widgets import controls
from wording import _, number


def show_finished(run: Run, settings: Settings) -> None:
    """Show the distances on a logarithmic axis, when they fall below the tolerance, and the pace of each direction."""
    tolerance = settings.tolerance or 1.0
    controls.typed("tolerance", settings, _("Tolerance"), width=160, help=_("How near is near enough."))
    iterations = curve_iterations(run.history.iterations, [])
    names = parameter_names(run.dataset)
    figure = progress_figure(np.abs(distances(run, iterations)), iterations, names, tolerance)
    alt = _("The distance of each parameter to its best value over the iterations, on a logarithmic axis.")
    player([Picture(figure, alt)], key="progress", height=260)
    left, right = st.columns(2)
    left.html(settling_table(run, tolerance))
    right.html(pace_table(run))


def settling_table(run: Run, tolerance: float) -> str:
    """Return the table of when each parameter is within the tolerance for good, even beyond the run."""
    ends = np.abs(distances(run, [run.history.iterations]))[0].tolist()
    settled = settles_at(errors(run.dataset, run.start), run.rate_of_mean, tolerance)
    rows = [
        (name, number(end), settled_text(run, iteration))
        for name, end, iteration in zip(parameter_names(run.dataset), ends, settled, strict=True)
    ]
    header = [
        _("parameter"),
        _("distance at the end"),
        _("within {tolerance} from iteration").format(tolerance=number(tolerance)),
    ]
    return html_table(_("When each parameter is near enough"), header, rows)


def settled_text(run: Run, iteration: int | None) -> str:
    """Write the iteration, and how far beyond the run it lies."""
    if iteration is None:
        return _("never")
    beyond = iteration - run.history.iterations
    if beyond <= 0:
        return number(iteration)
    return _("{iteration} ({beyond} beyond this run)").format(iteration=number(iteration), beyond=number(beyond))


def pace_table(run: Run) -> str:
    """Return the table of each sloping direction: how steep, what a step leaves of the error, and its half-life."""
    values = eigenvalues(run.dataset)
    steepness = values[values > 0]
    factors = step_factors(run.rate_of_mean, values)
    rows = [
        (number(float(value)), number(float(factor)), number(half_life(float(factor))))
        for value, factor in zip(steepness[::-1], factors[::-1], strict=True)
    ]
    header = [_("steepness of the direction"), _("factor of a step"), _("half-life in steps")]
    return html_table(_("The pace of each direction"), header, rows)
