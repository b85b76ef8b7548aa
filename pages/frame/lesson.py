"""What makes a page a lesson: a few sentences to open it, and tasks at its end that a link sets up."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.frame.session import choose
from pages.settings.table import TABLE, Settings
from wording import _


def opening(text: str) -> None:
    """Show the sentences that open a lesson."""
    st.markdown(text, width=900)


def tasks(items: Sequence[tuple[str, Mapping[str, str]]], page: str) -> None:
    """Show tasks; a button sets each up, with the same words as a link: names and values of settings."""
    st.header(_("Try this"), anchor=False)
    for k, (text, address) in enumerate(items):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Set up"), key=f"{page}_task_{k}", on_click=set_up, args=(address,))
            st.markdown(text)


def set_up(address: Mapping[str, str]) -> None:
    """Start from the data set's own settings, and take over those of the task."""
    values = {name: TABLE[name].read(text) for name, text in address.items()}
    own = {name: value for name, value in vars(Settings()).items() if name != "lang"}
    choose(**{**own, **values})
