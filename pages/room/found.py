"""What the class has tried for its task so far: kept in the teacher's session, which reads only what is new."""

from dataclasses import dataclass, field

import streamlit as st

from rooms.room import Room
from rooms.students import Student
from rooms.tries import Noted, tries_in

OVERLAP = 200
"""So many numbers are read again: what is written at the same time is not always seen in the order of the numbers."""


@dataclass
class Found:
    """All tries, in order, and those of each student."""

    tries: list[Noted] = field(default_factory=list)
    of_student: dict[Student, list[Noted]] = field(default_factory=dict)

    def add(self, noted: Noted) -> None:
        """Add a try."""
        self.tries.append(noted)
        self.of_student.setdefault(noted.student, []).append(noted)


def found_so_far(room: Room) -> Found:
    """Return what was noted for the room's task up to now."""
    key = (room.word, room.task, room.version)  # the version changes when all of it is forgotten
    if st.session_state.get("found_for") != key:
        st.session_state.found_for, st.session_state.found = key, Found()
    found: Found = st.session_state.found
    known = {noted.number for noted in found.tries[-OVERLAP:]}
    after = found.tries[-1].number - OVERLAP if found.tries else 0
    for noted in tries_in(room.word, room.task, after):
        if noted.number not in known:
            found.add(noted)
    return found
