"""The frame around every page: navigation, language, messages, and the address that holds the settings."""

from contextvars import ContextVar
from pathlib import Path
from typing import Literal

import streamlit as st

from pages.frame import address, first_move, garbage, session
from pages.frame.complaints import complaints
from pages.frame.copy_link import copy_link_button
from pages.frame.live import guarded
from pages.room import membership
from pages.room.banner import show_banner
from pages.room.noting import note_run
from pages.sections.prediction import comes_first
from pages.settings.link import to_address
from pages.settings.tasks import BOARD
from pages.settings.tasks import PAGE as TASK_PAGE
from wording import LANGUAGES, N_, _, speak

VERSION = "0.1.0"
PAGES = {
    "train": N_("Train"),
    "learning_rate": N_("Learning rate"),
    "loss_surface": N_("Loss surface"),
    "one_step": N_("One step"),
    "which_way": N_("Which way?"),
    "find_the_bug": N_("Find the bug"),
    "moving_limit": N_("The moving limit"),
    "your_data": N_("Your data"),
    "class_board": N_("Class"),
    "teach": N_("For teachers"),
    "about": N_("About"),
}
"""The file's name, which is also the address, and the title of every page."""
BEYOND_ONE_NEURON = {"moving_limit"}
"""Pages that are in the navigation once more neurons are opened."""

ICON = "/app/static/icon.png"  # a file on disk: what Streamlit keeps in memory, only one of several servers has
STYLE = Path(__file__).with_name("shell.css").read_text(encoding="utf-8")
_inside_app: ContextVar[bool] = ContextVar("inside_app", default=False)


def open_app_around_page() -> None:
    """Make sure that the page which calls this first is shown inside the app.

    Until a process has called `st.navigation` once, Streamlit takes the folder `pages` for its older automatic pages
    and runs a page alone when its address is the first one opened. Then the whole app is run in its place.
    """
    if not _inside_app.get():
        run_app()
        st.stop()


def run_app() -> None:
    """Show the page that the address names, in the language and with the settings of this session."""
    st.set_page_config("Overshoot", page_icon=ICON, layout="wide")
    moves = first_move.unheard_moves() if session.is_new() else []
    if (asked := address.asked(is_new=session.is_new())) is not None:
        session.take_over(asked)
    speak(session.current_language())
    pages = [
        st.Page(f"pages/{name}.py", title=_(title), visibility="visible" if is_in_navigation(name) else "hidden")
        for name, title in PAGES.items()
    ]
    menu: Literal["hidden", "top"] = "hidden" if session.is_hidden("navigation") else "top"
    page = st.navigation([front_door(pages[0]), *pages], position=menu)
    st.set_page_config(f"{page.title} · Overshoot" if page.url_path else page.title)
    if membership.enter(may_join=page.url_path != BOARD):
        st.switch_page(f"pages/{TASK_PAGE}.py", query_params=to_address(session.chosen()))
    session.arrive(page.url_path)
    st.html(f"<style>{STYLE}</style>")
    st.html('<div class="brand">Overshoot</div>')
    language_switch()
    if not session.is_hidden("copy_link"):
        copy_link_button()
    with st.container(key="complaints"):  # which is always there: else what follows would be built anew without them
        for complaint in complaints():
            st.warning(complaint, icon=":material/link_off:")
    with st.container(key="room"), guarded("The room"):
        note_run()
        show_banner()
    run_page(page)
    address.publish(page.url_path, list(PAGES), to_address(session.chosen()))
    session.complete_page(None if moves else page.url_path)
    garbage.spare_the_living()
    first_move.hear(moves)


def is_in_navigation(name: str) -> bool:
    """Return whether a page is offered: those about more than one neuron only when these are opened."""
    if name == "your_data" and not session.is_free("own"):
        return False
    return name not in BEYOND_ONE_NEURON or session.settings().more


def front_door(first: st.Page) -> st.Page:
    """Return the page at the root of the address, which leads to the first page and passes a link on."""

    def enter() -> None:
        st.switch_page(first, query_params=st.query_params.to_dict())

    return st.Page(enter, title="Overshoot", default=True, visibility="hidden")


def run_page(page: st.Page) -> None:
    """Run the page, unless a question that comes first still waits for its answer."""
    inside = _inside_app.set(True)
    try:
        with guarded(f"The page {page.title}"):
            if not comes_first(page.url_path):
                page.run()
    finally:
        _inside_app.reset(inside)


def language_switch() -> None:
    """Show the languages side by side in the header."""
    if session.is_hidden("lang"):
        return
    current = session.current_language()
    with st.container(key="language"):
        st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            default=current,
            required=True,
            format_func=str.upper,
            disabled=session.is_locked("lang"),
            key=f"lang_{current}",
            label_visibility="collapsed",
            on_change=lambda: session.choose(lang=st.session_state[f"lang_{current}"]),
        )
