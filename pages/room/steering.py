"""What the teacher does with a room: reveals, freezes, clears, sets another task, shares the key, closes it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from core.lesson.prediction import unsuited
from pages.frame.copy_link import copy_button
from pages.frame.runs import history_of
from pages.frame.session import choose, chosen, settings
from pages.predicting.asked import question_about
from pages.room.board import KEY
from pages.room.export import tables_of_tries
from pages.room.membership import member
from pages.room.visitor import token
from pages.sections.built_link import place
from pages.settings.own import TOO_MANY
from pages.settings.tasks import LAND, QUESTIONS, TASKS, board_address, kind_of, settings_of, task_address
from pages.take_home.take_home import take_home_button
from pages.widgets.show import show, typed
from rooms import room as rooms
from rooms.database import DatabaseError
from rooms.room import NoKeyError, NoRoomError, Room
from telling.predicting import reason_why_not
from wording import _

Action = Callable[[str, str], object]
"""What is done to a room, given its word and the token by which somebody holds its key."""


def show_steering(room: Room) -> None:
    """Show the teacher's buttons."""
    kind = kind_of(settings_of(room.address))
    with st.container(horizontal=True, vertical_alignment="bottom", key="room_buttons"):
        _button("reveal", _reveal_label(kind, on=room.is_revealed), partial(rooms.reveal, on=not room.is_revealed))
        _button("freeze", _freeze_label(on=room.is_frozen), partial(rooms.freeze, on=not room.is_frozen))
        with st.popover(_("Next task"), key=f"next_task_{room.task}"):  # which closes when there is another task
            _show_tasks()
        take_home_button(KEY, f"overshoot-{room.word}", tables_of_tries(room))
        with st.popover(_("Room")):
            _show_room(room)
    if said := st.session_state.pop("room_said", ""):
        st.warning(said)


def _button(key: str, label: str, action: Action, **more: Any) -> None:
    st.button(label, key=f"room_{key}", on_click=_do, args=(action,), **more)


def _do(action: Action) -> None:
    """Do something to the room of this session; what cannot be done is said."""
    me = member()
    try:
        action(me.room.word if me else "", token())
    except NoKeyError:
        st.session_state.room_said = _("Only who holds the key of this room can do that. Nothing was changed.")
    except (NoRoomError, DatabaseError):
        st.session_state.room_said = _("The room cannot be reached at the moment. Nothing was changed.")


def _reveal_label(kind: str, *, on: bool) -> str:
    if kind == LAND:
        return _("Hide the ranking") if on else _("Show the ranking")
    if kind in QUESTIONS:
        return _("Hide the answer") if on else _("Reveal the answer")
    return _("Take the theory away") if on else _("Lay the theory over it")


def _freeze_label(*, on: bool) -> str:
    return _("Take tries again") if on else _("Freeze")


def _show_tasks() -> None:
    """Offer what the class can do next, on the run that this session has set up."""
    st.markdown(_("The class gets the run as it stands here; set up more of it on the other pages."))
    show("dataset")
    with st.container(horizontal=True):
        show("iterations")
    typed("learning_rate", _("Learning rate, for predictions"), settings().learning_rate, 240)
    if "own" in chosen() and TOO_MANY in task_address(chosen(), LAND):
        st.info(_("These data are too many for the class: up to 40 rows travel."))
        return
    with st.container(horizontal=True):
        for kind, label in TASKS.items():
            reason = _reason_against(kind)
            _button(f"task_{kind}", _(label), partial(_set_task, kind), disabled=bool(reason), help=reason or None)


def _reason_against(kind: str) -> str:
    """Say why a question does not suit the run that is set up; nothing where it does."""
    if kind not in QUESTIONS:
        return ""
    question = question_about(replace(settings(), predict=kind))
    reason = unsuited(question, history_of(question.experiment))
    return "" if reason is None else reason_why_not(reason)


def _set_task(kind: str, word: str, key: str) -> None:
    rooms.set_task(word, key, task_address(chosen(), kind))


def _show_room(room: Room) -> None:
    """Offer what is seldom needed, or takes something away."""
    st.markdown(_("**Another device of yours** holds the key, too, when you open this link there:"))
    _button("key", _("Make a link with the key"), _make_link)
    if made := st.session_state.get("key_link"):
        st.code(made, language=None, wrap_lines=True)
        copy_button("key_link", made, _("Copy this link"), _("Link copied"))
        st.caption(_("Whoever has it can do all that you can do here: keep it off the wall."))
    _button("clear", _("Forget all tries of this task"), rooms.clear)
    _button("close", _("Close the room"), _close, help=_("It vanishes with everything in it."))


def _make_link(word: str, held: str) -> None:
    board = board_address(word, rooms.room_of(word).address)
    st.session_state.key_link = f"{place()}/{board}#{rooms.new_key(word, held)}"


def _close(word: str, key: str) -> None:
    rooms.close(word, key)
    choose(room=None)
