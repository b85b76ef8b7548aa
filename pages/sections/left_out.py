"""Hidden neurons that are left out of the picture, to see what each contributes."""

import streamlit as st

from charts.network_diagram import clicked_neuron
from core.lesson.leaving_out import loss_without
from core.training import History
from pages.frame.session import choose, settings
from pages.settings.table import Settings
from pages.widgets.buttons import choose_button
from wording import _, number

DIAGRAM = 1
"""The place of the network's diagram among the pictures."""


def take_clicked_neuron() -> None:
    """Leave the hidden neuron out that was clicked on, or bring it back."""
    click, now = st.session_state.train.clicked, settings()
    if not click or click["figure"] != DIAGRAM:
        return
    clicked = clicked_neuron(click["x"], click["y"], now.hidden)
    if clicked is not None:
        choose(muted=tuple(sorted({*now.muted} ^ {clicked + 1})) or None)


def show_left_out(history: History, now: Settings) -> None:
    """Say what the loss would be without the neurons that are left out, and offer to bring them back."""
    with st.container(horizontal=True, vertical_alignment="center", key="left_out"):
        text = _("Without hidden neuron {numbers} the loss would be {without} instead of {loss}.")
        numbers = ", ".join(map(number, now.muted))
        without, loss = loss_without(history, [neuron - 1 for neuron in now.muted]), float(history.loss[-1])
        st.markdown(text.format(numbers=numbers, without=number(without), loss=number(loss)), width="content")
        choose_button(_("Bring all back"), "bring_back", {"muted": None}, type="tertiary")
