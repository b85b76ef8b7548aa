"""Predict first: the learner types the next parameters before they are revealed."""

import streamlit as st

from core.lesson.step import Step
from core.network import Network
from telling.answers import answer
from telling.names import names_in
from wording import _


def show_guess(step: Step) -> None:
    """Ask for the parameters after the update, of a network only for its last one, and answer each guess."""
    st.header(_("Predict the next values"), anchor=False)
    names = dict(enumerate(names_in(step.experiment)))
    asked = [*names][-1:] if isinstance(step.experiment.model, Network) else [*names]
    with st.form(f"guess_{step.experiment.data.name}", border=True):
        with st.container(horizontal=True):
            texts = {k: _field(names[k]) for k in asked}
        checks = st.form_submit_button(_("Check"))
    for k, text in texts.items():
        if checks and text.strip():
            st.markdown(answer(step, k, text))


def _field(name: str) -> str:
    return st.text_input(_("next {name}").format(name=name), key=f"guess_{name}", width=140)
