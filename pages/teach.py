"""For teachers: twelve lessons, a link that opens exactly this picture with nothing in the way, and a worksheet."""

import streamlit as st

from pages.frame.frame import opening, unfolding
from pages.frame.shell import PAGES, open_app_around_page
from pages.sections.built_link import place, show_embedding, show_link, show_preview
from pages.sections.lessons import show_lessons
from pages.sections.link_builder import build, wish
from pages.sections.settings_table import show_settings_table
from pages.sections.worksheet import show_worksheet
from pages.settings.building import link
from wording import _, language


def show_course() -> None:
    show_lessons(lambda page, address: link(place(), page, address))


def show_builder() -> None:
    st.header(_("Build a link that opens exactly what the class shall see."), anchor=False)
    opening(
        _("Set up a run on any page, then say here what is left out of it. Building a link changes nothing of yours.")
    )
    pages = {name: _(title) for name, title in PAGES.items() if name not in {"teach", "about"}}
    left, right = st.columns(2, gap="large")
    with left, st.container(key="link_builder"):
        wished = build(pages)
    address = link(place(), wish().page, wished.address)
    with right, st.container(key="built_link"):
        show_link(address)
    show_preview(address)
    unfolding(_("Put it into another page"), "embedding", lambda: show_embedding(address))
    unfolding(_("All settings and their values, for links written by hand"), "all_settings", show_settings_table)


open_app_around_page()
st.title(_("Twelve lessons, a link for the class, and a worksheet."), anchor=False)
parts = {
    _("Lessons"): show_course,
    _("A link for the class"): show_builder,
    _("Worksheet"): show_worksheet,
}
tabs = st.tabs([*parts], on_change="rerun", key=f"for_teachers_{language()}")
for tab, show_part in zip(tabs, parts.values(), strict=True):
    if tab.open:
        with tab:
            show_part()
