"""Loss surface: the valley that training walks down, seen from above or in three dimensions."""

import streamlit as st

from charts.iterations import frame_iterations
from core.training import History
from pages.frame.answers import told_theory
from pages.frame.frame import RUN_CONTROLS, controls_beside
from pages.frame.runs import history_of
from pages.frame.session import is_waiting, settings
from pages.frame.shell import open_app_around_page
from pages.player.player import player
from pages.sections.pictures import prediction_picture
from pages.sections.surface import map_picture, plane_of
from pages.settings.data import experiment_of
from pages.settings.values import PATH
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, of_the_run
from pages.widgets.buttons import answer_button, reset_button
from telling.captions import captions
from telling.surface import held, surface_sentence
from wording import _


def show_pictures(history: History) -> None:
    known, iterations = told_theory(history.experiment), frame_iterations(history.iterations, now.rows)
    pair = None if now.plane == PATH else (now.plane[0] - 1, now.plane[1] - 1)
    plane = plane_of(history, known, pair)
    waiting = _("Where does the run go on the map of the loss, and why?")
    text = waiting if is_waiting() else surface_sentence(history, known, plane, pair)
    st.title(text, anchor=False)
    answer_button()
    pictures = [
        map_picture(history, plane, pair, iterations, now.view, text),
        prediction_picture(history, iterations, 1.0),
    ]
    player(pictures, captions(history, iterations), key=f"surface_{now.view}", height=430)
    take_home_button(f"surface_{now.view}", file_name(now), of_the_run(file_name(now)))
    if section := held(history, plane, pair):
        st.markdown(section)


open_app_around_page()
now = settings()
with controls_beside(*RUN_CONTROLS, "plane", ("view", reset_button)):
    show_pictures(history_of(experiment_of(now)))
