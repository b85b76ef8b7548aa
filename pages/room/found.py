"""What the class has tried for its task so far: kept in the teacher's session, which reads only what is new."""

import streamlit as st

from rooms.room import Room
from rooms.tries import Noted, tries_in

OVERLAP = 200
"""So many numbers are read again: what is written at the same time is not always seen in the order of the numbers."""


def found_so_far(room: Room) -> list[Noted]:
    """Return what was noted for the room's task, in order."""
    key = (room.word, room.task, room.version)  # the version changes when all of it is forgotten
    if st.session_state.get("found_for") != key:
        st.session_state.found_for, st.session_state.found = key, []
    found: list[Noted] = st.session_state.found
    known = {noted.number for noted in found[-OVERLAP:]}
    after = found[-1].number - OVERLAP if found else 0
    found += [noted for noted in tries_in(room.word, room.task, after) if noted.number not in known]
    return found
