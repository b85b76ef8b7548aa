"""The students of a room: each browser is one, under a name that it is given."""

import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from rooms.database import reading, students, writing
from rooms.limits import check_joining
from rooms.room import Room, look_up, room_of
from rooms.words import hashed

NAMES = 768
"""So many names there are: numbers from 0, which a language makes words of."""


@dataclass(frozen=True)
class Student:
    """A student: a number of the database's own, the room, and the number of the name."""

    id: int
    room: str
    name: int


def student_of(word: str, token: str) -> Student | None:
    """Return who the browser with this token is in a room; None where it has not joined."""
    with reading() as connection:
        return _student(connection, word, token)


def join(word: str, token: str, address: str) -> tuple[Room, Student]:
    """Return the room and who the browser with this token is in it, now that it has joined, under a name that is free.

    Who has joined before stays the same. Raises NoRoomError, or TooManyError, to a newcomer.
    """
    known = student_of(word, token)
    if known:
        return room_of(word), known
    room = look_up(word, address)
    with writing() as connection:
        return room, _student(connection, word, token) or _newcomer(connection, word, token)


def _newcomer(connection: Connection, word: str, token: str) -> Student:
    check_joining(connection, word)
    taken = set(connection.scalars(select(students.c.name).where(students.c.room == word)))
    name = secrets.choice([name for name in range(NAMES) if name not in taken])
    values = {"room": word, "hash": hashed(token), "name": name, "joined_at": time.time()}
    number = connection.execute(insert(students).values(**values)).inserted_primary_key
    assert number is not None
    return Student(number[0], word, name)


def _student(connection: Connection, word: str, token: str) -> Student | None:
    is_it = students.c.room == word, students.c.hash == hashed(token)
    row = connection.execute(select(students.c.id, students.c.name).where(*is_it)).one_or_none()
    return Student(row.id, word, row.name) if row else None
