"""What a student reads above every page of a room: who one is, what was noted, and what the teacher has done."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.frame.session import choose, settings
from pages.player.joining import joined
from pages.room.entrance import trouble_sentence
from pages.room.membership import Member, member, trouble
from pages.room.noting import Refusal, noted, refusal
from pages.settings.tasks import CURVE, QUESTIONS, kind_of
from rooms.tries import Try
from telling.animals import animal_name
from telling.rooms import count_of_tries, greeting, last_try
from wording import _

HERE = Path(__file__).parent
STYLE = ".st-key-following { display: none; }"


def show_banner() -> None:
    """Show it to a student; to others, that the room of the link cannot be entered."""
    now, why = member(), trouble()
    if why:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(trouble_sentence(why), width="content")
            st.button(_("Leave the room"), key="leave_room", on_click=leave)
    if now and now.student:
        _show_student(now)


def _show_student(now: Member) -> None:
    known = noted(now)
    with st.container(horizontal=True, vertical_alignment="center", key="student"):
        told = greeting(now.room.word, animal_name(now.student.name if now.student else 0))
        st.markdown(" ".join(filter(None, (told, _noted([*known.values()]), _state(now)))), width="stretch")
    _component()(
        key="following",
        data={"room": now.room.word, "version": now.room.version},
        on_changed_change=lambda: None,
    )


def _noted(known: list[Try]) -> str:
    """Say what was noted of this student."""
    if not known:
        return ""
    if kind_of(settings()) in QUESTIONS:
        return _("Your answer is noted.")
    told, last = count_of_tries(len(known)), known[-1]
    if kind_of(settings()) != CURVE:
        return told
    return f"{told} {last_try(last.learning_rate or 0.0, last.loss, last.exploded_at)}"


def _state(now: Member) -> str:
    """Say what keeps a try from being noted, or that what is right may be seen."""
    if now.room.is_frozen:
        return _("**The room is frozen: what you try is not noted.**")
    if now.room.is_revealed:
        return _("**The answer is out.**")
    return {
        None: "",
        Refusal.FROZEN: "",
        Refusal.ENOUGH: _("**200 tries are noted: more are not.**"),
        Refusal.LATE: _("**The class has gone on.**"),
        Refusal.BROKEN: _("**The last try was not noted: the room cannot be reached. Try again.**"),
    }[refusal()]


def leave() -> None:
    """Leave the room, and take off what its link withheld."""
    choose(room=None, hide=None, lock=None, wait=None)


@cache
def _component() -> Any:
    js = joined(HERE / script for script in ("../player/connection.js", "following.js"))
    return st.components.v2.component("following", css=STYLE, js=js, isolate_styles=False)
