"""Predict first: the learner types the next weight and bias before they are revealed."""

import streamlit as st

from core.lesson.step import Step
from telling.answers import answer
from telling.names import names_in
from wording import _


def show_guess(step: Step) -> None:
    """Ask for the parameters after the update, and answer each guess."""
    st.header(_("Predict the next values"), anchor=False)
    data = step.history.experiment.data
    names = names_in(step.history.experiment)
    with st.form(f"guess_{data.name}", border=True):
        with st.container(horizontal=True):
            texts = [
                st.text_input(_("next {name}").format(name=name), key=f"guess_{name}", width=140) for name in names
            ]
        asked = st.form_submit_button(_("Check"))
    if asked:
        for k, text in enumerate(texts):
            if text.strip():
                st.markdown(answer(step, k, text))
