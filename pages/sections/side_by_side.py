"""Several runs side by side, from the same start: learning rates, or optimisers."""

import math
from dataclasses import replace

import streamlit as st

from charts.iterations import frame_iterations
from charts.side_by_side import losses_figure, predictions_figure
from core.schedule import constant
from core.theory.limits import NO_LIMITS
from core.theory.quadratic import Quadratic, theory
from core.training import History
from pages.frame.runs import histories_of
from pages.player.player import Picture, player
from pages.sections.optimisers import show_optimisers
from pages.settings.data import at_one_rate, experiment_of, limits_of
from pages.settings.table import Settings
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, spreadsheets, these_runs
from pages.widgets.buttons import choose_button
from pages.widgets.show import show
from telling.captions import iteration_captions
from telling.comparing import comparison_table
from telling.names import regime_names
from wording import _, number


def show_side_by_side(history: History, settings: Settings) -> None:
    """Show learning rates in step, or optimisers."""
    st.header(_("Side by side"), anchor=False)
    show("compare")
    if settings.compare == "optimisers":
        show_optimisers(history, settings)
    else:
        _show_rates(history, settings)


def _show_rates(history: History, settings: Settings) -> None:
    """Show predictions and losses of each chosen learning rate in step; the table compares this history, too."""
    known = theory(history.experiment)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show("rates")
        if known:
            show("tolerance")
        choose_button(_ready_made(settings), "ready_made", {"rates": None})
    ready = at_one_rate(settings)
    experiments = [experiment_of(replace(ready, learning_rate=constant(rate))) for rate in settings.rates]
    histories = histories_of(experiments)
    names = [_named(rate, known) for rate in settings.rates]
    iterations = frame_iterations(max(history.iterations for history in histories), settings.rows)
    predictions = _("The predictions of each learning rate, from the same start.")
    pictures = [
        Picture(predictions_figure(histories, names, iterations), predictions),
        Picture(losses_figure(histories, names, iterations), _("The loss curves of each learning rate.")),
    ]
    player(pictures, iteration_captions(iterations), key="side_by_side")
    name = file_name(settings, "rates")
    take_home_button("side_by_side", name, spreadsheets(name, these_runs(names, experiments)))
    in_force = [] if settings.rate in settings.rates else [history]
    st.html(comparison_table([*in_force, *histories], settings.tolerance, settings.rate))


def _ready_made(settings: Settings) -> str:
    if math.isfinite((limits_of(settings) or NO_LIMITS).stable):
        return _("Too small, good, overshoots, too large")
    return _("Rates around the usual one")


def _named(rate: float, known: Quadratic | None) -> str:
    """Return what a learning rate is called: with its regime where a formula knows it."""
    if known and known.is_closed and known.has_limits:
        return f"{number(rate)}: {regime_names()[known.limits.regime(rate)]}"
    return number(rate)
