"""What this session has chosen: kept while it lasts, changed by the widgets, and written into the page's address.

The address always holds what differs from the default, so that the link opens the same run elsewhere.
"""

import re
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.settings.table import (
    KEPT_ON_CHANGE_OF_DATASET,
    TABLE,
    Settings,
    as_text,
    complete,
    fitting,
    from_address,
    make_dataset,
)
from wording import LANGUAGES, _, language, speak, with_points

MOVES_THE_BALL = {"parameter", "samples", "sample", "weights", "bias", "seed", "standardise"}
"""Settings after which the value of one parameter that was looked at says nothing any more."""


def chosen() -> Settings:
    """Return what this session has chosen, with None where the data set decides."""
    settings: Settings = st.session_state.setdefault("settings", Settings())
    return settings


def choose(**values: Any) -> None:
    """Change settings; what no longer suits the data is forgotten.

    Another data set forgets what was chosen for the one before; other units or a sum forget the learning rates.
    """
    st.session_state.complaints = []
    settings = chosen()
    if values.get("dataset", settings.dataset) != settings.dataset:
        settings = Settings(**{name: getattr(settings, name) for name in KEPT_ON_CHANGE_OF_DATASET})
    if "standardise" in values:
        settings = replace(settings, learning_rate=None, iterations=None, rates=None)
    if "summed" in values and settings.learning_rate is not None:
        n = make_dataset(settings).n_samples
        same_step = settings.learning_rate / n if values["summed"] else settings.learning_rate * n
        # Fifteen digits, for 0.0008 divided by 100 shall be 0.000008 and not 0.000008000000000000001.
        settings = replace(settings, learning_rate=float(f"{same_step:.15g}"), rates=None)
    if MOVES_THE_BALL & values.keys() and "at" not in values:
        settings = replace(settings, at=None)
    st.session_state.settings = replace(settings, **values)


def choose_typed(name: str, text: str) -> None:
    """Change a setting to what was typed; a text that is no such value changes nothing but leaves a complaint."""
    speak(current_language())  # a callback runs before the page has said which language is spoken
    for reading in (with_points(text), text, text.replace(",", ".")):
        try:
            value = fitting(name, TABLE[name].read(reading), chosen())
        except (ValueError, OverflowError):
            continue
        return choose(**{name: value})
    st.session_state.complaints = [(name, text)]


def current_language() -> str:
    """Return the chosen language, else the browser's where the app speaks it, else English."""
    language = (st.context.locale or "en").split("-")[0].lower()
    return chosen().lang or (language if language in LANGUAGES else "en")


def complaints() -> list[str]:
    """Return a sentence for each value, of the link or typed, that could not be used, and what is used instead."""
    settings = complete(chosen())
    return [_complaint(name, text, settings) for name, text in st.session_state.complaints]


def _complaint(name: str, text: str, settings: Settings) -> str:
    if name not in TABLE:
        return _("The link sets “{name}”, which does not exist here; it was left out.").format(name=verbatim(name))
    used = language() if name == "lang" else as_text(getattr(settings, name))
    return _("{name}: “{text}” is not {allowed}. Used instead: {value}.").format(
        name=_(TABLE[name].label), text=verbatim(text), allowed=_(TABLE[name].allowed), value=used or "–"
    )


def verbatim(text: str) -> str:
    """Return the beginning of a foreign text so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$:~])", r"\\\1", text[:60])


def is_new() -> bool:
    """Return whether this session has not shown any page as a whole yet."""
    return "page" not in st.session_state


def take_over(address: dict[str, str]) -> None:
    """Replace what this session has chosen by what an address says."""
    settings, complaints = from_address(address)
    st.session_state.complaints = complaints
    st.session_state.settings = settings


def arrive(page: str) -> None:
    """Note whether the page is another one than before: there every widget is new, and must be given its value."""
    st.session_state.arrived = st.session_state.get("page") != page
    if st.session_state.arrived and not is_new():
        st.session_state.page = None  # until it is complete: its run may be cut short by the next one


def complete_page(page: str | None) -> None:
    """Note which page has been shown as a whole; with None, that every widget must be given its value once more."""
    st.session_state.page = page
