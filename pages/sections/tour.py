"""The tour along the dial, step by step, which can be left at any time."""

import streamlit as st

from core.theory.limits import Limits
from pages.frame.session import choose, is_hidden, settings
from telling.tour import STEPS, praise, tour_text
from wording import _


def show_tour(limits: Limits) -> None:
    """Show the step of the tour that this session is at; nothing where it takes none."""
    step = settings().tour
    if not step:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="tour"):
        done = praise(step, limits.regime(settings().rate))
        st.markdown(f"{tour_text(step)} **{done}**" if done else tour_text(step), width="stretch")
        if step < len(STEPS):
            st.button(_("Next"), key="tour_next", on_click=choose, kwargs={"tour": step + 1}, type="primary")
        st.button(_("Leave the tour"), key="tour_leave", on_click=choose, kwargs={"tour": 0})


def tour_button() -> None:
    """Let a person begin the tour."""
    if is_hidden("tour"):
        return
    st.button(_("Show me, in one minute"), key="tour_begin", on_click=choose, kwargs={"tour": 1}, type="tertiary")
