"""The tries of a room as a table for spreadsheets, in both notations."""

from datetime import UTC, datetime
from functools import partial

from pages.take_home.take_home import Takeaway
from rooms.room import Room
from rooms.tries import Noted, tries_in
from telling.animals import animal_name
from telling.spreadsheet import SEPARATORS as DECIMAL_MARKS
from telling.spreadsheet import table_of
from wording import SEPARATORS, _, language


def tables_of_tries(room: Room) -> list[Takeaway]:
    """Return the tries of all tasks of a room in both notations, first that of the language."""
    own = SEPARATORS[language()][0]
    return [_table(room, mark) for mark in sorted(DECIMAL_MARKS, key=lambda mark: mark != own)]


def _table(room: Room, mark: str) -> Takeaway:
    kind = "point" if mark == "." else "comma"
    label = _("Tries of the class, written as {example}").format(example=f"1{mark}8")
    return Takeaway(label, "CSV", f"overshoot-{room.word}-{kind}.csv", partial(made, room.word, mark))


def made(word: str, mark: str) -> str:
    """Return the table, with the mark before decimals."""
    header = [_("room"), _("task"), _("time"), _("name"), _("learning rate"), _("iterations"), _("loss")]
    header += [_("exploded at"), _("left end"), _("value"), _("choice"), _("score")]
    return table_of(header, [_row(word, noted) for noted in tries_in(word)], mark)


def _row(word: str, noted: Noted) -> list[object]:
    at, tried = datetime.fromtimestamp(noted.made_at, UTC).isoformat(timespec="seconds"), noted.what
    run = [tried.learning_rate, tried.iterations, tried.loss, tried.exploded_at]
    return [
        word,
        noted.task,
        at,
        animal_name(noted.student.name),
        *run,
        tried.left,
        tried.value,
        tried.choice,
        tried.score,
    ]
