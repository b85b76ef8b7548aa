"""A room: opened by somebody who then holds its key, looked up by its word, changed by who holds the key, for a day."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from rooms.database import keys, reading, rooms, students, tries, writing
from rooms.limits import A_DAY, check_misses, check_opening, forget_the_old, note_miss
from rooms.words import hashed, new_token, new_word


class NoRoomError(Exception):
    """There is no such room, or it has vanished."""


class NoKeyError(Exception):
    """Who wants to change a room does not hold its key."""


@dataclass(frozen=True)
class Room:
    """A room: its word, the number and the address of what the class does now, and how far that has come.

    `version` grows with each change that concerns everybody; `address` is that of a page with its settings.
    """

    word: str
    version: int
    task: int
    address: str
    is_frozen: bool
    is_revealed: bool


def open_room(token: str, address: str) -> Room:
    """Open a room in which the class begins with an address; the browser with this token holds its key.

    Raises TooManyError where too many are opened.
    """
    with writing() as connection:
        forget_the_old(connection)
        check_opening(connection)
        word = next(word for word in _words() if _found(connection, word) is None)
        first = {"version": 1, "task": 1, "address": address, "is_frozen": False, "is_revealed": False}
        connection.execute(insert(rooms).values(word=word, opened_at=time.time(), **first))
        connection.execute(insert(keys).values(room=word, hash=hashed(token)))
    return Room(word, 1, 1, address, False, False)


def _words() -> Iterator[str]:
    while True:
        yield new_word()


def room_of(word: str) -> Room:
    """Return a room whose word is known to be right; raise NoRoomError where it has vanished."""
    with reading() as connection:
        return _known(connection, word)


def look_up(word: str, address: str) -> Room:
    """Return the room of a word that somebody at a network address gives; count a wrong one, and raise NoRoomError.

    Raises TooManyError where too many wrong ones were given.
    """
    with writing() as connection:
        forget_the_old(connection)
        check_misses(connection, address)
        found = _found(connection, word)
        if found is None:
            note_miss(connection, address)
    if found is None:
        raise NoRoomError(word)
    return _as_room(found)


def holds_key(word: str, token: str) -> bool:
    """Return whether the browser with this token holds the key of a room."""
    with reading() as connection:
        return _holds_key(connection, word, token)


def new_key(word: str, token: str) -> str:
    """Return another key of the room, to be given to another browser; raise NoKeyError to who holds none."""
    key = new_token()
    with _by_key(word, token) as connection:
        connection.execute(insert(keys).values(room=word, hash=hashed(key)))
    return key


def take_key(word: str, key: str, token: str, address: str) -> None:
    """Give the browser with this token the key of the room, for it knows one; count a wrong one, raise NoKeyError."""
    with writing() as connection:
        check_misses(connection, address)
        is_right = _holds_key(connection, word, key)
        if not is_right:
            note_miss(connection, address)
        elif not _holds_key(connection, word, token):
            connection.execute(insert(keys).values(room=word, hash=hashed(token)))
    if not is_right:
        raise NoKeyError(word)


def set_task(word: str, token: str, address: str) -> None:
    """Let the class do something else, at this address, from the beginning."""
    _change(word, token, task=rooms.c.task + 1, address=address, is_frozen=False, is_revealed=False)


def freeze(word: str, token: str, *, on: bool) -> None:
    """Take no more tries, or take them again."""
    _change(word, token, is_frozen=on)


def reveal(word: str, token: str, *, on: bool) -> None:
    """Show everybody what is right, or hide it again."""
    _change(word, token, is_revealed=on)


def clear(word: str, token: str) -> None:
    """Forget what the class has tried and predicted for the task; its students stay."""
    with _by_key(word, token) as connection:
        task = _known(connection, word).task
        of_room = select(students.c.id).where(students.c.room == word)
        connection.execute(delete(tries).where(tries.c.task == task, tries.c.student.in_(of_room)))
        connection.execute(update(rooms).where(rooms.c.word == word).values(version=rooms.c.version + 1))


def close(word: str, token: str) -> None:
    """Let the room vanish with everything in it."""
    with _by_key(word, token) as connection:
        connection.execute(delete(rooms).where(rooms.c.word == word))


def _change(word: str, token: str, **values: object) -> None:
    with _by_key(word, token) as connection:
        changed = {**values, "version": rooms.c.version + 1}
        connection.execute(update(rooms).where(rooms.c.word == word).values(**changed))


@contextmanager
def _by_key(word: str, token: str) -> Iterator[Connection]:
    """Write, as somebody who holds the key of the room; raise NoKeyError to anybody else."""
    with writing() as connection:
        if not _holds_key(connection, word, token):
            raise NoKeyError(word)
        yield connection


def _holds_key(connection: Connection, word: str, token: str) -> bool:
    is_key = exists().where(keys.c.room == word, keys.c.hash == hashed(token))
    return bool(connection.scalar(select(is_key))) and _found(connection, word) is not None


def _known(connection: Connection, word: str) -> Room:
    found = _found(connection, word)
    if found is None:
        raise NoRoomError(word)
    return _as_room(found)


def _found(connection: Connection, word: str) -> Row[tuple[object, ...]] | None:
    is_young = rooms.c.opened_at > time.time() - A_DAY
    return connection.execute(select(rooms).where(rooms.c.word == word, is_young)).one_or_none()


def _as_room(row: Row[tuple[object, ...]]) -> Room:
    kept = row._mapping
    return Room(*(kept[name] for name in ("word", "version", "task", "address", "is_frozen", "is_revealed")))
