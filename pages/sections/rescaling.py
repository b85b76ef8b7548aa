"""What to do where the scales of own data make training hopeless: rescale the inputs."""

import streamlit as st

from core.data.own import HOPELESS, condition
from pages.frame.session import choose, settings
from pages.settings.data import original
from pages.settings.learner import OWN
from pages.settings.table import TABLE
from wording import _, number


def show_rescaling() -> None:
    """Say that the valley of own data is too long and narrow, and offer to make it round; nothing where it is not."""
    now = settings()
    if now.dataset != OWN or not TABLE["standardise"].matters(now):
        return
    times = condition(original(now))
    if times <= HOPELESS:
        return
    if now.standardise:
        st.markdown(_("The inputs are rescaled: as they came, the valley of the loss would be too long and narrow."))
        return
    text = _(
        "One direction of the valley of the loss is {times} times as steep as another: training takes about as many "
        "iterations. Rescaled inputs make it round."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text.format(times=number(times, 2)), width="content")
        st.button(_("Rescale the inputs"), key="rescale", on_click=choose, kwargs={"standardise": True})
