"""What to do where the scales of own data make training hopeless: rescale the inputs."""

import streamlit as st

from core.data.own import HOPELESS
from core.theory.quadratic import quadratic
from pages.frame.session import is_free, settings
from pages.settings.data import original
from pages.settings.learner import OWN
from pages.settings.table import TABLE
from pages.widgets.buttons import choose_button
from wording import _, number


def show_rescaling() -> None:
    """Say that the valley of own data is too long and narrow, and offer to make it round; nothing where it is not."""
    now = settings()
    if now.dataset != OWN or not TABLE["standardise"].matters(now) or not is_free("standardise"):
        return
    times = quadratic(original(now)).condition_number
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
        choose_button(_("Rescale the inputs"), "rescale", {"standardise": True})
