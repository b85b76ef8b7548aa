"""Train: pick a data set, drag the learning rate, watch the neuron learn."""

import streamlit as st

from pages.frame.frame import RUN_CONTROLS
from pages.frame.runs import history_of
from pages.frame.session import settings
from pages.frame.shell import open_app_around_page
from pages.sections.details import show_details
from pages.sections.instrument import show_instrument
from pages.settings.data import experiment_of
from pages.widgets.show import show
from pages.widgets.buttons import draw_button, reset_button

open_app_around_page()
now = settings()
with st.container(key="instrument"):
    show_instrument()
with st.container(horizontal=True, vertical_alignment="bottom", key="set_up"):
    show("dataset")
    show("iterations")
    show("loss_axis")
    show("iteration_axis")
    show("watch")
    show("trail")
    show("valley")
    reset_button()
show_details(history_of(experiment_of(now)), now)
