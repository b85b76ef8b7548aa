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
    to_address,
)
from wording import LANGUAGES, AmbiguousNumberError, _, language, speak

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
    """Change a setting to what was typed; a text that is no such value changes nothing but leaves a complaint.

    So does a text with several readings, which are kept with it.
    """
    speak(current_language())  # a callback runs before the page has said which language is spoken
    try:
        value = fitting(name, TABLE[name].parse(text), chosen())
    except AmbiguousNumberError as error:
        st.session_state.complaints = [(name, text, *error.readings)]
    except ValueError:
        st.session_state.complaints = [(name, text)]
    else:
        choose(**{name: value})


def current_language() -> str:
    """Return the chosen language, else the browser's where the app speaks it, else English."""
    language = (st.context.locale or "en").split("-")[0].lower()
    return chosen().lang or (language if language in LANGUAGES else "en")


def complaints() -> list[str]:
    """Return a sentence for each value, of the link or typed, that could not be used, and what is used instead."""
    settings = complete(chosen())
    return [_complaint(settings, *complaint) for complaint in st.session_state.complaints]


def _complaint(settings: Settings, name: str, text: str, *readings: str) -> str:
    if name not in TABLE:
        return _("The link sets “{name}”, which does not exist here; it was left out.").format(name=verbatim(name))
    used = language() if name == "lang" else as_text(getattr(settings, name))
    if readings:
        return _(
            "{name}: “{text}” can be read in more than one way: {readings}. Type it as one of these. "
            "Used instead: {value}."
        ).format(
            name=_(TABLE[name].label),
            text=verbatim(text),
            readings=", ".join(f"“{verbatim(reading)}”" for reading in readings),
            value=used or "–",
        )
    return _("{name}: “{text}” is not {allowed}. Used instead: {value}.").format(
        name=_(TABLE[name].label), text=verbatim(text), allowed=_(TABLE[name].allowed), value=used or "–"
    )


def verbatim(text: str) -> str:
    """Return the beginning of a foreign text so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$:~])", r"\\\1", text[:60])


def read_address() -> None:
    """Take over the address of the page."""
    address = st.query_params.to_dict()
    st.session_state.settings, st.session_state.complaints = from_address(address)
    st.session_state.address = address


def arrive(page: str) -> bool:
    """Note which page is shown; return whether a person, and not this app, has changed its address.

    So does another link, or the way back. A change of page empties the address by itself, and says nothing. On
    another page every widget is a new one, which is noted for those who give it its value.
    """
    st.session_state.arrived = st.session_state.get("page") != page
    address = st.query_params.to_dict()
    return bool(address != st.session_state.address and (address or not st.session_state.arrived))


def publish(page: str) -> None:
    """Write the settings into the address of this page."""
    address = to_address(chosen())
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state.address, st.session_state.page = address, page
