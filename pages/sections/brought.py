"""What this session has brought: a file and what was taken from it, and the draft that a hand goes on with."""

from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from core.data.own import STARTER, OwnData
from pages.frame.session import choose, known_own, settings
from pages.settings.draft import Draft
from pages.settings.learner import OWN
from tables.notes import Note, UnreadableError
from tables.reading import read
from tables.table import Table
from tables.taking import proposed, taken


@dataclass(frozen=True)
class Brought:
    """A file: its name, the table in it or the problem with it, and what is taken out of the table."""

    name: str
    table: Table | None = None
    problem: Note | None = None
    target: str = ""
    features: tuple[str, ...] = ()
    as_classes: bool = False
    notes: tuple[Note, ...] = field(default=())


def brought() -> Brought | None:
    """Return the file that was brought last, unless the data have been begun anew since."""
    found: Brought | None = st.session_state.get("brought_file")
    return found


def take_file(name: str, content: bytes) -> None:
    """Read a file; what is proposed of it becomes the data set at once. What cannot be read changes no data."""
    try:
        table = read(content)
        target, features = proposed(table)
    except UnreadableError as problem:
        st.session_state.brought_file = Brought(name, problem=problem.note)
        return
    _take(Brought(name, table, target=target, features=features))


def take_columns(**chosen: Any) -> None:
    """Take another target, other features, or classes in place of numbers, out of the table."""
    now = brought()
    if now is None or now.table is None:
        return
    new = replace(now, **chosen)
    _take(replace(new, features=tuple(name for name in new.features if name != new.target)))


def _take(found: Brought) -> None:
    if found.table is None or not found.features:
        st.session_state.brought_file = found
        return
    try:
        own, notes = taken(found.table, found.target, found.features, as_classes=found.as_classes)
    except UnreadableError as problem:
        st.session_state.brought_file = replace(found, problem=problem.note, notes=())
        return
    st.session_state.brought_file = replace(found, problem=None, notes=tuple(notes))
    put(Draft.of(own))


def draft() -> Draft:
    """Return what is being put together: the data in force, or rows that are too few to be data yet."""
    now: Draft | None = st.session_state.get("draft")
    if now is None or now.own() not in (None, current()):
        now = Draft.of(current())
        _show_anew(now)
    return now


def current() -> OwnData:
    """Return the own data in force, or those that would be if they were chosen."""
    if settings().dataset == OWN:
        return settings().own
    known: OwnData = known_own().get(OWN, STARTER)
    return known


def put(new: Draft) -> None:
    """Go on with another draft; as soon as there are two rows it is the data set."""
    _show_anew(new)
    _choose(new)


def take_edits(edits: Any) -> None:
    """Take over what was done in the grid, which goes on from the draft that it was given."""
    st.session_state.draft = st.session_state.grid.edited(edits)
    _choose(st.session_state.draft)


def _choose(new: Draft) -> None:
    own = new.own()
    if own is not None and (own != current() or settings().dataset != OWN):
        choose(dataset=OWN, own=own)


def _show_anew(new: Draft) -> None:
    """Give the grid another draft to begin with: it is another grid then."""
    st.session_state.draft = st.session_state.grid = new
    st.session_state.grid_number = st.session_state.get("grid_number", 0) + 1


def begin_anew() -> None:
    """Put together other data, without the file, of one feature and from no row on."""
    st.session_state.brought_file = None
    put(Draft(("x", "y"), is_from_scratch=True))


def show_grid_anew() -> None:
    """Give the grid what has become of its draft, on another visit of the page."""
    _show_anew(draft())
