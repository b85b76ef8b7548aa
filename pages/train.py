"""Train: pick a data set, drag the learning rate, watch the neuron learn."""

import streamlit as st

from pages.frame.frame import DATA_CONTROLS, START_CONTROLS, folded
from pages.frame.runs import history_of
from pages.frame.session import is_hidden, settings
from pages.frame.shell import open_app_around_page
from pages.sections.details import show_details
from pages.sections.instrument import show_instrument
from pages.sections.landing import landing_button
from pages.sections.more import more_button, more_controls
from pages.sections.nudge import nudge_control
from pages.sections.schedule import schedule_controls
from pages.settings.data import experiment_of
from pages.steering.reports import portion_is_shown
from pages.take_home.take_home import take_home_button
from pages.take_home.texts import file_name, of_the_run
from pages.widgets.buttons import board_button, reset_button
from pages.widgets.show import show
from wording import _

open_app_around_page()
now = settings()
if st.session_state.arrived:  # what a run that was left has still asked for is no part of this one's pictures
    portion_is_shown()
with st.container(key="instrument"):
    show_instrument()
if not now.board:
    with st.container(horizontal=True, vertical_alignment="bottom", key="set_up"):
        with st.container(width=240):
            show("dataset")
        if not now.live:
            with st.container(width=270):
                show("iterations")
        folded(_("Start"), START_CONTROLS, "start")
        if now.live and now.model == "neuron":
            folded(_("Nudge"), (nudge_control,), "nudges")
        folded(_("Schedule"), (schedule_controls,), "schedule")
        folded(_("Data"), (*DATA_CONTROLS, "standardise", "summed"), "data_options")
        folded(_("View"), ("trail", "valley", "muted", "watch", "loss_axis", "iteration_axis"), "view_options")
        reset_button()
        if not now.more:
            landing_button()
        board_button()
        take_home_button("train", file_name(now), of_the_run(file_name(now)))
        if not now.more:
            more_button()
    if now.more:
        more_controls()
    if not is_hidden("tables"):
        show_details(history_of(experiment_of(now)), now)
