"""What this session has chosen: kept while it lasts, changed by the widgets, and written into the page's address.

The address always holds what differs from the default, so that the link opens the same run elsewhere.
"""

import secrets
from typing import Any

import streamlit as st

from pages.settings.asking import VARIANTS
from pages.settings.choosing import Chosen, changed, complete, fitting
from pages.settings.controls import all_of
from pages.settings.learner import OWN
from pages.settings.link import from_address
from pages.settings.locks import LockedError, under_lock
from pages.settings.own import TOO_MANY
from pages.settings.table import TABLE, Settings
from pages.settings.variants import opened
from wording import LANGUAGES, speak

LASTING = {"lang", "hide", "lock", "wait", "predict", "variant", "room"}
"""What nothing on a page takes back: the language, what the link withholds or asks first, the room of the class."""


def chosen() -> Chosen:
    """Return what this session has chosen."""
    choice: Chosen = st.session_state.chosen
    return choice


def settings() -> Settings:
    """Return the settings in force, complete."""
    complete: Settings = st.session_state.settings
    return complete


def _take(choice: Chosen) -> None:
    st.session_state.chosen, st.session_state.settings = choice, complete(choice)
    if "own" in choice:  # to come back to: another data set forgets it
        st.session_state.known_own = {"own": choice["own"]}


def choose(**values: Any) -> None:
    """Change settings; None takes a choice back, and what no longer suits the data is forgotten.

    What is locked stays as it is. Who comes back to data of their own finds what this session knows of them.
    """
    st.session_state.complaints = []
    st.session_state.touched = True
    choice = changed(chosen(), **values)
    if choice.get("dataset") == OWN != chosen().get("dataset"):
        choice = {**known_own(), **choice}
    try:
        _take(under_lock(chosen(), choice))
    except LockedError as problem:
        st.session_state.complaints = [(problem.name, None)]


def begin_with(**values: Any) -> None:
    """Choose what a page begins with, in place of a person: what was wrong with the link is still to be said."""
    told = st.session_state.complaints
    choose(**values)
    st.session_state.complaints = [*told, *st.session_state.complaints]


def known_own() -> Chosen:
    """Return the own data that were in force last in this session, as a choice; nothing where there were none."""
    known: Chosen = st.session_state.get("known_own", {})
    return known


def choose_anew(**values: Any) -> None:
    """Forget everything chosen but own data, the language and what the link withholds, and choose these."""
    choose(**{**dict.fromkeys(name for name in chosen() if name not in {*LASTING, OWN}), **values})


def is_hidden(name: str) -> bool:
    """Return whether the link leaves a control out."""
    return name in all_of(settings().hide)


def is_locked(name: str) -> bool:
    """Return whether the link shows a control that cannot be changed."""
    return name in all_of(settings().lock)


def is_free(name: str) -> bool:
    """Return whether a control is neither hidden nor locked: only then anything else may change what it changes."""
    return not is_hidden(name) and not is_locked(name)


def is_waiting() -> bool:
    """Return whether theory and answers still wait until they are asked for."""
    return settings().wait and not st.session_state.get("answers_shown")


def show_answers() -> None:
    """Show theory and answers, as long as this session lasts or until it opens another link."""
    st.session_state.answers_shown = True


def choose_typed(name: str, text: str) -> None:
    """Change a setting to what was typed; a text that is no such value changes nothing but leaves a complaint."""
    speak(current_language())  # a callback runs before the page has said which language is spoken
    try:
        choose(**{name: fitting(name, TABLE[name].kind.parse(text), settings())})
    except (ValueError, OverflowError) as problem:
        st.session_state.complaints = [(name, text, getattr(problem, "readings", ()))]


def current_language() -> str:
    """Return the chosen language, else the browser's where the app speaks it, else English."""
    browsers = (st.context.locale or "en").split("-")[0].lower()
    own: str | None = settings().lang
    return own or (browsers if browsers in LANGUAGES else "en")


def is_new() -> bool:
    """Return whether this session has not shown any page as a whole yet."""
    return "page" not in st.session_state


def take_over(address: dict[str, str]) -> None:
    """Replace what this session has chosen by what an address says.

    Data that were too many for it are still known to the session that wrote it.
    """
    known = known_own() if address.get("own") == TOO_MANY else {}
    choice, faults = from_address(address, known)
    begin_anew(opened(choice, _own_variant()))
    st.session_state.complaints = faults
    st.session_state.touched = bool(address.keys() - {"lang"})


def begin_anew(choice: Chosen) -> None:
    """Replace what this session has chosen by another choice; answers that wait are not shown any more."""
    st.session_state.answers_shown = False
    choose_for_the_link(choice)


def _own_variant() -> int:
    """Return the number that this session has drawn for its questions."""
    number: int = st.session_state.setdefault("own_variant", 1 + secrets.randbelow(VARIANTS))
    return number


def choose_for_the_link(choice: Chosen) -> None:
    """Take over what the link itself changes, as the numbers of its next question: locks are for the person."""
    st.session_state.complaints = []
    st.session_state.touched = True
    _take(choice)


def is_untouched() -> bool:
    """Return whether this session has changed nothing yet, nor come by a link that does."""
    return not st.session_state.get("touched")


def arrive(page: str) -> None:
    """Note whether the page is another one than before: there every widget is new, and must be given its value."""
    st.session_state.arrived = st.session_state.get("page") != page
    if st.session_state.arrived and not is_new():
        st.session_state.page = None  # until it is complete: its run may be cut short by the next one


def complete_page(page: str | None) -> None:
    """Note which page has been shown as a whole; with None, that every widget must be given its value once more."""
    st.session_state.page = page
