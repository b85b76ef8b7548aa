"""The twelve lessons: what to ask, what the class will say, what to show then, and the links that open the pages."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.settings.tasks import BOARD
from telling.lessons import LESSONS, PERIODS, Lesson, Link, Told, told
from wording import _, number

AddressOf = Callable[[str, Mapping[str, str]], str]
"""Makes of a page and its settings, by name, the address that opens it."""


def show_lessons(address_of: AddressOf) -> None:
    """Show the course, period by period; each lesson can be opened, and its details unfolded."""
    st.header(_("Twelve lessons"), anchor=False)
    text = _(
        "Each wants a projector and no preparation: ask, let the class answer, and only then show. Where a page keeps "
        "its answer to itself, “{show}” reveals it. Together they take {minutes} minutes."
    )
    minutes = number(sum(lesson.minutes for lesson in LESSONS))
    st.markdown(text.format(show=_("Show the answer"), minutes=minutes), width=900)
    for title, lessons in PERIODS:
        minutes = number(sum(lesson.minutes for lesson in lessons))
        heading = _("{title}, {minutes} minutes").format(title=_(title), minutes=minutes)
        st.subheader(heading, anchor=False)
        for lesson in lessons:
            _show_lesson(LESSONS.index(lesson), lesson, address_of)


def _show_lesson(k: int, lesson: Lesson, address_of: AddressOf) -> None:
    texts = told(lesson)
    title = _("{title} · {minutes} min").format(title=texts.title, minutes=number(lesson.minutes))
    with st.container(horizontal=True, vertical_alignment="top", gap="small", key=f"lesson_{k + 1}"):
        with st.expander(f"{k + 1}\\. {title}"):
            _show_details(texts)
            if "predict" in lesson.link.address:
                _open_button(_("Ask it on the class board"), Link(BOARD, lesson.link.address), address_of)
            if lesson.then:
                _open_button(_("Open the second link"), lesson.then, address_of)
        _open_button(_("Open {k}").format(k=k + 1), lesson.link, address_of)


def _show_details(texts: Told) -> None:
    for name, text in (
        (_("Ask"), texts.ask),
        (_("The class will say"), f"“{texts.says}”"),
        (_("Show then"), "\n".join(["", *(f"- {move}" for move in texts.show)])),
        (_("Conclude"), texts.conclude),
    ):
        st.markdown(f"**{name}:** {text}", width=900)


def _open_button(label: str, link: Link, address_of: AddressOf) -> None:
    st.link_button(label, address_of(link.page, link.address), icon=":material/open_in_new:")
