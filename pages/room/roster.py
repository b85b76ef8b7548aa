"""Who is in the room, and who is stuck."""

import time

import streamlit as st

from rooms.students import Student
from rooms.tries import Noted
from telling.animals import animal_name
from telling.rooms import Pupil, state_of
from telling.tables import html_table
from wording import _, language, number


def show_roster(students: dict[Student, float], tries: dict[Student, list[Noted]], most: float, *, stuck: bool) -> None:
    """Show each student: how many tries, and whether anything keeps one from going on; those who are `stuck` first.

    A loss of more than `most` has exploded. Who steers a landing is silent for long, and not stuck.
    """
    pupils = sorted(pupils_of(students, tries, most, time.time()), key=lambda pupil: not state_of(pupil).is_stuck)
    label = _("Students: {n}").format(n=number(len(pupils)))
    if stuck and (n_stuck := sum(state_of(pupil).is_stuck for pupil in pupils)):
        label += " · " + _("stuck: {n}").format(n=number(n_stuck))
    part = st.expander(label, key=f"roster_{language()}", on_change="rerun")
    if part.open:
        with part:
            rows = [(animal_name(pupil.name), number(pupil.count), state_of(pupil).sentence) for pupil in pupils]
            header, shown = [_("Name"), _("Tries"), _("State")], 3 if stuck else 2
            cells = [row[:shown] for row in rows]
            st.html(html_table(_("Students"), header[:shown], cells, numbers=False, tall=True))


def pupils_of(
    students: dict[Student, float], tries: dict[Student, list[Noted]], most: float, now: float
) -> list[Pupil]:
    """Return what each student has done, seen at a moment, in seconds since 1970."""
    return [_pupil(student, joined_at, tries.get(student, []), most, now) for student, joined_at in students.items()]


def _pupil(student: Student, joined_at: float, mine: list[Noted], most: float, now: float) -> Pupil:
    exploded = [noted.what.has_exploded(most) for noted in mine[-3:]]
    return Pupil(student.name, len(mine), now - (mine[-1].made_at if mine else joined_at), exploded)
