"""A part of a page that is shown anew by itself, while a control in it is moved."""

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


def live(show: Callable[[], None]) -> Callable[[], None]:
    """Make a fragment of what is shown: it runs again alone, without the page around it."""

    @wraps(show)
    def guarded_show() -> None:
        speak(session.current_language())
        with guarded(show.__name__):
            show()

    return st.fragment(guarded_show)
