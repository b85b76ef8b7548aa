"""How much anybody may do: wrong words are counted, rooms and students are bounded."""

import time

from sqlalchemy import Connection, delete, func, insert, select

from rooms.database import misses, rooms, students

A_MINUTE, A_DAY = 60.0, 24 * 3600.0
MISSES_OF_ONE, MISSES_OF_ALL = 10, 30
"""Wrong words and keys a minute, from one address and altogether: it takes 200 hours to find one room."""
OPENED_A_MINUTE, MOST_ROOMS = 20, 2000
JOINED_A_MINUTE, MOST_STUDENTS = 120, 250
"""New students of one room."""
MOST_TRIES = 200
"""Of one student, for one task."""
LONGEST_ADDRESS = 64


class TooManyError(Exception):
    """More was asked for than anybody may do in so short a time."""


def check_misses(connection: Connection, address: str) -> None:
    """Raise TooManyError where too many wrong words or keys came in the last minute, from this address or from all."""
    recent = misses.c.at > time.time() - A_MINUTE
    counted = select(func.count()).select_from(misses).where(recent)
    of_all = connection.scalar(counted) or 0
    of_one = connection.scalar(counted.where(misses.c.address == address[:LONGEST_ADDRESS])) or 0
    if of_one >= MISSES_OF_ONE or of_all >= MISSES_OF_ALL:
        raise TooManyError


def forget_the_old(connection: Connection) -> None:
    """Let rooms of more than a day ago vanish with everything in them, and wrong words of more than a minute ago."""
    connection.execute(delete(rooms).where(rooms.c.opened_at <= time.time() - A_DAY))
    connection.execute(delete(misses).where(misses.c.at <= time.time() - A_MINUTE))


def note_miss(connection: Connection, address: str) -> None:
    """Count a wrong word or key."""
    connection.execute(insert(misses).values(at=time.time(), address=address[:LONGEST_ADDRESS]))


def check_opening(connection: Connection) -> None:
    """Raise TooManyError where too many rooms have been opened in the last minute, or are open."""
    counted = select(func.count()).select_from(rooms)
    recent = connection.scalar(counted.where(rooms.c.opened_at > time.time() - A_MINUTE)) or 0
    if recent >= OPENED_A_MINUTE or (connection.scalar(counted) or 0) >= MOST_ROOMS:
        raise TooManyError


def check_joining(connection: Connection, word: str) -> None:
    """Raise TooManyError where a room is full, or too many joined it in the last minute."""
    counted = select(func.count()).select_from(students).where(students.c.room == word)
    recent = connection.scalar(counted.where(students.c.joined_at > time.time() - A_MINUTE)) or 0
    if recent >= JOINED_A_MINUTE or (connection.scalar(counted) or 0) >= MOST_STUDENTS:
        raise TooManyError
