"""What the class tries and predicts: each try of a student is kept once, while the room takes any."""

import math
import time
from dataclasses import dataclass, fields

from sqlalchemy import Connection, RowMapping, func, insert, select

from rooms.database import reading, rooms, students, tries, writing
from rooms.limits import MOST_TRIES, TooManyError
from rooms.room import NoRoomError
from rooms.students import Student


class FrozenError(Exception):
    """The room takes no tries at the moment."""


class OtherTaskError(Exception):
    """The class does something else by now."""


@dataclass(frozen=True)
class Try:
    """A run that was tried, or a prediction; `run` tells it from the student's other ones.

    Of a run: its learning rate, iterations, loss at the end, or when it exploded. Of a prediction: a choice or a value,
    of a line those of its left and right end, and its score of 100.
    """

    run: str
    learning_rate: float | None = None
    iterations: int | None = None
    loss: float | None = None
    exploded_at: int | None = None
    left: float | None = None
    value: float | None = None
    choice: str | None = None
    score: int | None = None

    def has_exploded(self, most: float) -> bool:
        """Return whether the run has exploded, or grown beyond a loss that counts as such, though it is a number."""
        return self.exploded_at is not None or (self.loss is not None and self.loss > most)


FIELDS = fields(Try)


@dataclass(frozen=True)
class Noted:
    """A try as it was noted: its number, of whom, for which task, and when, in seconds since 1970."""

    number: int
    student: Student
    task: int
    made_at: float
    what: Try


def note(student: Student, task: int, what: Try) -> bool:
    """Keep a try; return whether it is a new one. The same one twice is one.

    Raises FrozenError, OtherTaskError, NoRoomError, or TooManyError where the student has had enough for one task.
    """
    with writing() as connection:
        _check(connection, student.room, task)
        mine = tries.c.student == student.id, tries.c.task == task
        if connection.scalar(select(tries.c.id).where(*mine, tries.c.run == what.run)) is not None:
            return False
        if (connection.scalar(select(func.count()).select_from(tries).where(*mine)) or 0) >= MOST_TRIES:
            raise TooManyError
        kept = {name: _finite(value) for name, value in vars(what).items()}
        connection.execute(insert(tries).values(student=student.id, task=task, made_at=time.time(), **kept))
    return True


def _check(connection: Connection, word: str, task: int) -> None:
    room = connection.execute(select(rooms.c.task, rooms.c.is_frozen).where(rooms.c.word == word)).one_or_none()
    if room is None:
        raise NoRoomError(word)
    if room.task != task:
        raise OtherTaskError
    if room.is_frozen:
        raise FrozenError


def _finite(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def tries_in(word: str, task: int | None = None, after: int = 0) -> list[Noted]:
    """Return what was tried in a room, for one task or for all, in the order in which it was noted.

    With `after`, only what has a greater number.
    """
    chosen = select(tries, students.c.name).join(students, tries.c.student == students.c.id)
    chosen = chosen.where(students.c.room == word, tries.c.id > after).order_by(tries.c.id)
    with reading() as connection:
        rows = connection.execute(chosen if task is None else chosen.where(tries.c.task == task)).mappings().all()
    return [_noted(row, word) for row in rows]


def _noted(row: RowMapping, word: str) -> Noted:
    who = Student(row["student"], word, row["name"])
    return Noted(row["id"], who, row["task"], row["made_at"], Try(**{field.name: row[field.name] for field in FIELDS}))


def tries_of(student: Student, task: int) -> list[Try]:
    """Return what a student has tried for a task, in the order in which it was noted."""
    chosen = select(tries).where(tries.c.student == student.id, tries.c.task == task).order_by(tries.c.id)
    with reading() as connection:
        rows = connection.execute(chosen).mappings().all()
    return [Try(**{field.name: row[field.name] for field in FIELDS}) for row in rows]


def students_in(word: str) -> dict[Student, float]:
    """Return the students of a room, in the order in which they joined, and when that was, in seconds since 1970."""
    chosen = select(students.c.id, students.c.name, students.c.joined_at).where(students.c.room == word)
    with reading() as connection:
        rows = connection.execute(chosen.order_by(students.c.id)).all()
    return {Student(row.id, word, row.name): row.joined_at for row in rows}
