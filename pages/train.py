"""Train: pick a data set, set the learning rate, watch the neuron learn."""

import streamlit as st

from charts.look import frame_iterations
from core.theory.limits import Limits, Regime
from core.theory.quadratic import theory
from core.training import History
from pages.frame.frame import RUN_CONTROLS, controls_beside
from pages.frame.runs import history_of
from pages.frame.session import choose, settings
from pages.frame.shell import open_app_around_page
from pages.player.player import player
from pages.sections.details import show_details, show_metrics
from pages.sections.pictures import loss_picture, prediction_picture
from pages.settings.data import experiment_of
from pages.widgets.buttons import reset_button
from telling.captions import captions
from telling.sentence import sentence
from wording import _, unlike


def show_pictures(history: History) -> None:
    known, iterations = theory(history.experiment), frame_iterations(history.iterations, now.rows)
    pictures = [
        prediction_picture(history, known, iterations),
        loss_picture(history, known, iterations, now.loss_axis),
    ]
    player(pictures, captions(history, iterations), key="train")


def show_way_back(learning_rate: float, limits: Limits) -> None:
    if limits.regime(learning_rate) in (Regime.DIVERGING, Regime.BOUNCING):
        with st.container(horizontal=True, gap="small"):
            rate_button(_("Largest stable rate"), "stable", limits.stable, limits.fastest)
            rate_button(_("Fastest rate"), "fastest", limits.fastest, limits.stable)


def rate_button(label: str, key: str, rate: float, other: float) -> None:
    st.button(f"{label}: {unlike(rate, other, 3)}", key=key, on_click=lambda: choose(learning_rate=rate))


open_app_around_page()
now = settings()
with controls_beside(*RUN_CONTROLS, ("loss_axis", reset_button)):
    history = history_of(experiment_of(now))
    st.title(sentence(history), anchor=False)
    if known := theory(history.experiment):
        show_way_back(now.learning_rate, known.limits)
    show_pictures(history)
    show_metrics(history, now)
show_details(history, now)
