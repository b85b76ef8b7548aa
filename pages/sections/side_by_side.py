"""Several learning rates side by side, from the same start."""

from dataclasses import replace

import streamlit as st

from charts.iterations import frame_iterations
from charts.side_by_side import losses_figure, predictions_figure
from core.schedule import constant
from core.theory.quadratic import Quadratic
from core.training import History
from pages.frame.runs import histories_of
from pages.frame.session import choose
from pages.player.player import Picture, player
from pages.settings.data import experiment_of
from pages.settings.table import Settings
from pages.widgets.show import show
from telling.comparing import comparison_table
from telling.names import regime_names
from wording import _, number


def show_side_by_side(history: History, known: Quadratic, settings: Settings) -> None:
    """Show predictions and losses of each chosen learning rate in step; the table compares this history, too."""
    st.header(_("Side by side"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show("rates")
        show("tolerance")
        st.button(_("Too small, good, overshoots, too large"), on_click=lambda: choose(rates=None), key="ready_made")
    histories = histories_of(
        [experiment_of(replace(settings, learning_rate=constant(rate), nudges=())) for rate in settings.rates]
    )
    names = [_named(rate, known) for rate in settings.rates]
    iterations = frame_iterations(max(history.iterations for history in histories), settings.rows)
    predictions = _("The predictions of each learning rate, from the same start.")
    pictures = [
        Picture(predictions_figure(histories, names, iterations), predictions),
        Picture(losses_figure(histories, names, iterations), _("The loss curves of each learning rate.")),
    ]
    player(pictures, [f"{_('iteration')} {number(i)}" for i in iterations], key="side_by_side")
    in_force = [] if settings.rate in settings.rates else [history]
    st.html(comparison_table([*in_force, *histories], settings.tolerance, settings.rate))


def _named(rate: float, known: Quadratic) -> str:
    return f"{number(rate)}: {regime_names()[known.limits.regime(rate)]}" if known.has_limits else number(rate)
