"""Loss surface: the valley that training walks down, seen from above or in three dimensions."""

import streamlit as st

from charts.iterations import frame_iterations
from charts.surface import Walk, contour_figure, surface_figure
from core.theory.quadratic import Quadratic, theory
from core.training import History
from pages.frame.frame import RUN_CONTROLS, controls_beside
from pages.frame.runs import history_of
from pages.frame.session import settings
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.sections.pictures import prediction_picture
from pages.settings.data import experiment_of
from pages.widgets.buttons import reset_button
from telling.captions import captions
from telling.names import names_in
from telling.sentence import rate_sentence, special_case
from wording import _, number


def walk_of(history: History, known: Quadratic, iterations: list[int]) -> Walk:
    first, second = (index - 1 for index in now.plane)
    ends_well = history.diverged_at is None
    held = history.parameters[-1] if ends_well else known.best(history.parameters[0])
    names = names_in(history.experiment)
    path = history.parameters[iterations][:, [first, second]]
    return Walk(path, known.plane(held, (first, second)), (names[first], names[second]))


def surface_sentence(history: History, known: Quadratic) -> str:
    if history.experiment.data.n_samples == 1:
        valley = _("The valley has no end: every pair of weights along its floor is equally good.")
    elif known.condition_number < 1.01:
        valley = _("The valley is round: every direction is equally steep, and one learning rate suits them all.")
    else:
        text = _("The valley is narrow: {ratio} times as steep across as along.")
        valley = text.format(ratio=number(known.condition_number, 3))
    return f"{valley} {special_case(history) or rate_sentence(history)}"


def show_pictures(history: History, known: Quadratic) -> None:
    iterations = frame_iterations(history.iterations, now.rows)
    walk, text = walk_of(history, known, iterations), surface_sentence(history, known)
    st.title(text, anchor=False)
    draw = surface_figure if now.view == "3d" else contour_figure
    alt = _("The loss over {first} and {second}, with the path of the run from its start to its end. {sentence}")
    alt = alt.format(first=walk.names[0], second=walk.names[1], sentence=text)
    pictures = [Picture(draw(walk, iterations), alt, share=1.2), prediction_picture(history, iterations, 1.0)]
    player(pictures, captions(history, iterations), key=f"surface_{now.view}", height=430)
    if len(history.experiment.start) > 2:
        st.markdown(_("The other parameters are held where this run ends."))


open_app_around_page()
now = settings()
with controls_beside(*RUN_CONTROLS, "plane", ("view", reset_button)):
    history = history_of(experiment_of(now))
    if known := theory(history.experiment):
        show_pictures(history, known)
