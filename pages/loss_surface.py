"""Loss surface: the valley that training walks down, seen from above or in three dimensions."""

import numpy as np
import streamlit as st

from charts.surface import Walk, contour_figure, surface_figure
from core.learning_rate import condition_number
from core.surface import plane
from pages.frame.runs import Run, parameter_names, run_of
from pages.frame.session import chosen
from pages.frame.shell import open_app_around_page
from pages.player.player import Picture, player
from pages.settings.table import Settings, complete
from pages.shared.pictures import captions, frames_of, prediction_picture
from pages.shared.sentence import rate_sentence, special_case
from pages.widgets import controls
from wording import _, number


def show_controls(settings: Settings) -> None:
    controls.run_controls(settings)
    controls.plane_control(settings)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.view_control(settings)
        controls.reset_control()


def walk_of(run: Run, settings: Settings, iterations: list[int]) -> Walk:
    history = run.history
    path = np.column_stack([history.weights[iterations], history.bias[iterations]])
    first, second = (index - 1 for index in settings.plane)
    held = history.neuron(history.iterations) if history.diverged_at is None else run.best
    names = parameter_names(run.dataset)
    return Walk(
        path[:, [first, second]], plane(run.dataset, run.best, held, (first, second)), (names[first], names[second])
    )


def surface_sentence(run: Run) -> str:
    ratio = condition_number(run.dataset)
    if run.dataset.n_samples == 1:
        valley = _("The valley has no end: every pair of weights along its floor is equally good.")
    elif ratio < 1.01:
        valley = _("The valley is round: every direction is equally steep, and one learning rate suits them all.")
    else:
        valley = _("The valley is narrow: {ratio} times as steep across as along.").format(ratio=number(ratio, 3))
    return f"{valley} {special_case(run) or rate_sentence(run)}"


def show_pictures(run: Run, settings: Settings) -> None:
    iterations = frames_of(run, settings)
    walk = walk_of(run, settings, iterations)
    draw = surface_figure if settings.view == "3d" else contour_figure
    alt = _("The loss over {first} and {second}, with the path of the run from its start to its end. {sentence}")
    text = alt.format(first=walk.names[0], second=walk.names[1], sentence=surface_sentence(run))
    player(
        [Picture(draw(walk, iterations), text, share=1.2), prediction_picture(run, iterations, share=1.0)],
        captions(run, iterations),
        key=f"surface_{settings.view}",
        height=430,
    )
    if len(parameter_names(run.dataset)) > 2:
        st.markdown(_("The other parameters are held where this run ends."))


open_app_around_page()
settings = complete(chosen())
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="controls"):
    show_controls(settings)
run = run_of(chosen())
with right, st.container(key="picture"):
    st.title(surface_sentence(run), anchor=False)
    show_pictures(run, settings)
