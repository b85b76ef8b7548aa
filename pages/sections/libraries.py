"""The run in the libraries of today: our forward, backward and update, and beside them what a library makes of them."""

import streamlit as st

from core.training import History
from pages.frame.session import settings
from pages.widgets.show import show
from programs import program
from programs.own_functions import training_functions
from telling.libraries import places
from wording import _


def show_libraries(history: History) -> None:
    """Show our three functions, and the program of the library that is chosen."""
    library = settings().library
    show("library")
    text = program(history, library)
    left, right = st.columns([2, 3], gap="medium")
    with left, st.container(key="code"):
        functions = training_functions(history.experiment, says=False)
        for source, place in zip(functions, places(library, text), strict=True):
            st.code(source, wrap_lines=True)  # what scrolls could not be reached by keyboard
            if place:
                st.markdown(f"→ {_(place)}")
    with right, st.container(key="code_of_library"):
        st.code(text, wrap_lines=True)
        st.caption(
            _("The same run: with NumPy to the last digit, else but for rounding, which an unstable run amplifies.")
        )
