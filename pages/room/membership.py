"""Who somebody is in the room that the link names: a student under a given name, or who holds its key.

Looked up in every run, for the teacher may have gone on: then the student is led to what the class does now.
"""

from dataclasses import dataclass
from enum import Enum

import streamlit as st

from pages.frame import session
from pages.room.visitor import network_address, token
from pages.settings.tasks import is_of_task, read_task
from rooms.database import DatabaseError
from rooms.limits import TooManyError
from rooms.room import NoRoomError, Room, holds_key, room_of
from rooms.students import Student, join


class Trouble(Enum):
    """Why somebody is not in a room; the words are those of the address that tells it."""

    MISSING = "missing"
    BUSY = "busy"
    BROKEN = "broken"


@dataclass(frozen=True)
class Member:
    """Somebody in a room; who has no student's name holds its key."""

    room: Room
    student: Student | None


def member() -> Member | None:
    """Return who this session is in a room; None outside, or where there is trouble."""
    found: Member | None = st.session_state.get("member")
    return found


def trouble() -> Trouble | None:
    """Return why this session is not in the room that its link names."""
    found: Trouble | None = st.session_state.get("room_trouble")
    return found


def enter(*, may_join: bool) -> bool:
    """Find out who this session is in the room of its link; return whether it has been led to another task.

    Who is nobody there yet joins as a student, if that is what the page is for.
    """
    word = session.settings().room
    st.session_state.room_trouble = None
    st.session_state.member = now = _found(word, may_join=may_join) if word else None
    if now is None or now.student is None:
        return False
    was = st.session_state.get("room_task")
    st.session_state.room_task = (word, now.room.task)
    is_led = was != st.session_state.room_task and not (was is None and _is_at(now.room))
    if is_led:
        _adopt(now.room)
    st.session_state.answers_shown = now.room.is_revealed
    return is_led


def _found(word: str, *, may_join: bool) -> Member | None:
    try:
        if st.session_state.get("missing_room") == word:  # which is not asked for again and again: that is counted
            raise NoRoomError(word)
        return Member(room_of(word), None) if _is_key_holder(word) else _student(word, may_join=may_join)
    except NoRoomError:
        st.session_state.room_trouble, st.session_state.missing_room = Trouble.MISSING, word
    except TooManyError:
        st.session_state.room_trouble = Trouble.BUSY
    except DatabaseError:
        st.session_state.room_trouble = Trouble.BROKEN
    return None


def _is_key_holder(word: str) -> bool:
    """Return whether this session holds the key; it is looked for once, and where the room is not the one before."""
    if st.session_state.get("key_of") == word:
        return True
    before: Member | None = st.session_state.get("member")
    if before and before.room.word == word:
        return False
    is_it = holds_key(word, token())
    st.session_state.key_of = word if is_it else None
    return is_it


def _student(word: str, *, may_join: bool) -> Member | None:
    before: Member | None = st.session_state.get("member")
    if before and before.student and before.room.word == word:
        return Member(room_of(word), before.student)
    return Member(*join(word, token(), network_address())) if may_join else None


def _is_at(room: Room) -> bool:
    return is_of_task(session.settings(), room.address)


def _adopt(room: Room) -> None:
    """Take over the task, in the language that was chosen."""
    lang = session.settings().lang
    session.begin_anew({**read_task(room.address), "room": room.word, **({"lang": lang} if lang else {})})
