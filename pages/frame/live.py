"""A part of a page that is shown anew by itself, while a control in it is held and moved."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import numpy as np
import streamlit as st

from pages.frame import session
from wording import _, speak


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Run a part of the app; what goes wrong is logged, and answered with a sentence instead of a stack trace."""
    try:
        with np.errstate(all="ignore"):  # numbers that run out of range are part of the subject here
            yield
    except Exception:
        logging.getLogger("overshoot").exception("%s failed", name)
        st.error(_("Something went wrong on this page. Your settings are safe: they are in the address of this page."))


def live_while(is_held: Callable[[], bool]) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a fragment of what is shown, which is run alone while a control is held; else the whole page follows."""

    def live(show: Callable[[], None]) -> Callable[[], None]:
        @st.fragment
        def part() -> None:
            if not st.session_state.pop("whole_page", False) and not is_held():
                st.rerun()
            speak(session.current_language())
            with guarded(show.__name__):
                show()

        @wraps(show)
        def part_of_the_page() -> None:
            st.session_state.whole_page = True
            part()

        return part_of_the_page

    return live
