"""Optimisers side by side: from the same start, on the same data, model and batches."""

from dataclasses import replace
from typing import Any

import streamlit as st

from charts.iterations import frame_iterations
from charts.paths import paths_figure
from charts.side_by_side import losses_figure, predictions_figure
from core.optimisers import OPTIMISERS
from core.schedule import constant
from core.theory.factors import fastest_pair
from core.theory.planes import gets_down
from core.theory.quadratic import Quadratic, theory
from core.training import History
from pages.frame.runs import histories_of
from pages.player.player import Picture, player
from pages.sections.walks import closer, stopped, walks_of
from pages.settings.data import at_one_rate, experiment_of, own_rate
from pages.settings.learner import is_adaptive
from pages.settings.table import Settings
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, spreadsheets, these_runs
from pages.widgets.buttons import choose_button
from pages.widgets.show import show
from telling.captions import iteration_captions
from telling.comparing import arrival, optimisers_table
from telling.racing import race_sentence, rates_sentence, short_names
from wording import _, number

DIGITS, LEAST_MOMENTUM, MOST_MOMENTUM = 4, 0.01, 0.999
HEIGHT = 380


def show_optimisers(history: History, settings: Settings) -> None:
    """Show predictions, losses and paths of all optimisers in step, and a table of them."""
    known = theory(history.experiment)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if known:
            show("tolerance")
            _fastest_button(known)
    experiments = [experiment_of(with_optimiser(settings, name)) for name in OPTIMISERS]
    histories = histories_of(experiments)
    names = short_names()
    arrives = [*map(arrival(histories, settings.tolerance), histories)]
    st.subheader(race_sentence(histories, names, arrives), anchor=False)
    st.markdown(rates_sentence(is_adaptive(settings)))
    iterations = frame_iterations(max(run.iterations for run in histories), settings.rows)
    captions = iteration_captions(iterations)
    player(_pictures(histories, names, iterations), captions, key="optimisers", height=HEIGHT)
    name = file_name(settings, "optimisers")
    take_home_button("optimisers", name, spreadsheets(name, these_runs(names, experiments)))
    st.html(optimisers_table(histories, names, settings.tolerance))


def _pictures(histories: list[History], names: list[str], iterations: list[int]) -> list[Picture]:
    pictures = [
        Picture(predictions_figure(histories, names, iterations), _("The predictions of each optimiser.")),
        Picture(losses_figure(histories, names, iterations), _("The loss curves of each optimiser.")),
    ]
    if walks := walks_of(histories, iterations):
        alt = _("The paths of each optimiser on the map of the loss, from the same start.")
        down = [walk for walk, run in zip(walks, histories, strict=True) if gets_down(run)]
        drawn = paths_figure(stopped(walks, histories), names, iterations)
        pictures.append(Picture(closer(drawn, down or walks), alt))
    return pictures


def with_optimiser(settings: Settings, name: str) -> Any:
    """Return the settings with another optimiser: at the rate in the hand within its family, else at its own."""
    other = replace(at_one_rate(settings), optimiser=name)
    if is_adaptive(other) == is_adaptive(settings):
        return other
    return replace(other, learning_rate=constant(own_rate(other)))


def _fastest_button(known: Quadratic) -> None:
    """Offer the rate and the momentum with which the heavy ball is fastest in the long run."""
    if known.is_flat or known.in_batches:
        return
    rate, momentum = (float(f"{value:.{DIGITS}g}") for value in fastest_pair(known.eigenvalues))
    if not LEAST_MOMENTUM <= momentum <= MOST_MOMENTUM:  # where all directions are alike it gains nothing
        return
    text = _("Fastest momentum: rate {rate}, momentum {momentum}")
    chosen = {"optimiser": "momentum", "momentum": momentum, "learning_rate": constant(rate)}
    label = text.format(rate=number(rate), momentum=number(momentum))
    choose_button(label, "fastest_momentum", chosen)
