"""What a student tries is noted in the room: each run of the task at another rate, once; and what became of that."""

from enum import Enum

import streamlit as st

from core.schedule import Schedule
from core.training import History
from pages.frame.runs import history_of
from pages.frame.session import settings
from pages.room.membership import Member, member
from pages.settings.data import experiment_of
from pages.settings.tasks import CURVE, is_of_task, kind_of
from pages.widgets.dial import is_held
from rooms.database import DatabaseError
from rooms.limits import TooManyError
from rooms.room import NoRoomError
from rooms.tries import FrozenError, OtherTaskError, Try, note, tries_of


class Refusal(Enum):
    """Why a try was not noted."""

    FROZEN = "frozen"
    ENOUGH = "enough"
    LATE = "late"
    BROKEN = "broken"


REFUSALS = {
    FrozenError: Refusal.FROZEN,
    TooManyError: Refusal.ENOUGH,
    OtherTaskError: Refusal.LATE,
    NoRoomError: Refusal.LATE,
    DatabaseError: Refusal.BROKEN,
}


def note_run() -> None:
    """Note the run on the screen as a try of this student, once a hand has moved the rate.

    That at which a task or a second tab began, or which was there when the teacher cleared it, is none.
    """
    now, me = settings(), member()
    if me is None or me.student is None or kind_of(now) != CURVE or len(now.learning_rate) != 1 or is_held():
        return
    if _is_moved(me.room.version, now.learning_rate) and is_of_task(now, me.room.address):
        note_try(me, tried(history_of(experiment_of(now))))


def _is_moved(version: int, rate: Schedule) -> bool:
    """Return whether a hand of this session has moved the rate since the room has been as it is."""
    begun = st.session_state.setdefault("rate_at_first", {}).setdefault(version, rate)
    if rate != begun:
        st.session_state.moved_in = version
    return bool(st.session_state.get("moved_in") == version)


def tried(history: History) -> Try:
    """Return a run as a try."""
    loss = float(history.loss[-1]) if history.diverged_at is None else None
    rate, iterations = history.experiment.learning_rate, history.experiment.iterations
    return Try(repr(rate), rate, iterations, loss, history.diverged_at)


def note_landing(history: History, explosions: int) -> None:
    """Note a landing of this student: after how many iterations, and how many explosions before it."""
    now, me = settings(), member()
    if me and me.student and is_of_task(now, me.room.address):
        run = f"{history.iterations} after {explosions}"
        note_try(me, Try(run, iterations=history.iterations, loss=float(history.loss[-1]), value=float(explosions)))


def landing_of(what: Try) -> tuple[int, int]:
    """Return how many explosions a landing had, and how many iterations it took."""
    return int(what.value or 0), what.iterations or 0


def note_try(me: Member, what: Try) -> None:
    """Note a try of a student, unless it has been noted already, or the room does not take it."""
    known = noted(me)
    if me.student is None or what.run in known:
        return
    st.session_state.refusal = None
    try:
        note(me.student, me.room.task, what)
        known[what.run] = what
    except tuple(REFUSALS) as problem:
        st.session_state.refusal = REFUSALS[type(problem)]


def noted(me: Member) -> dict[str, Try]:
    """Return what this student has tried for the task of the room, in order.

    It is read anew when the room has changed, for the teacher may have cleared it.
    """
    key = (me.room.word, me.room.version)
    if me.student and st.session_state.get("noted_for") != key:
        st.session_state.noted_for, st.session_state.refusal = key, None
        st.session_state.noted = {what.run: what for what in _known(me)}
    known: dict[str, Try] = st.session_state.noted
    return known


def _known(me: Member) -> list[Try]:
    try:
        return tries_of(me.student, me.room.task) if me.student else []
    except DatabaseError:
        return []


def refusal() -> Refusal | None:
    """Return why the last try was not noted; None where it was."""
    found: Refusal | None = st.session_state.get("refusal")
    return found
