"""The database of the rooms: one SQLite file beside the app, or what OVERSHOOT_DATABASE names, such as a PostgreSQL.

Browsers are known by the hash of a random number, students by a given name. Of who gave a wrong word the network
address is kept, until somebody enters a minute later.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Double,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable

FILE = Path(__file__).parents[1] / "rooms.sqlite"
PATIENCE = 20
"""Seconds for which one server process waits for another one to have written."""
CREATING = 20261126
"""The name of the lock under which one process makes the tables."""
WORD_LENGTH, HASH_LENGTH, LONGEST_CHOICE, LONGEST_RUN = 6, 64, 20, 64

_engines: list[Engine] = []
metadata = MetaData()
rooms = Table(
    "rooms",
    metadata,
    Column("word", String(WORD_LENGTH), primary_key=True),
    Column("opened_at", Double, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("task", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("is_frozen", Boolean, nullable=False),
    Column("is_revealed", Boolean, nullable=False),
)
keys = Table(
    "keys",
    metadata,
    Column("room", ForeignKey("rooms.word", ondelete="CASCADE"), primary_key=True),
    Column("hash", String(HASH_LENGTH), primary_key=True),
)
students = Table(
    "students",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room", ForeignKey("rooms.word", ondelete="CASCADE"), nullable=False),
    Column("hash", String(HASH_LENGTH), nullable=False),
    Column("name", Integer, nullable=False),
    Column("joined_at", Double, nullable=False),
    UniqueConstraint("room", "hash"),
    UniqueConstraint("room", "name"),
)
tries = Table(
    "tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", ForeignKey("students.id", ondelete="CASCADE"), nullable=False),
    Column("task", Integer, nullable=False),
    Column("run", String(LONGEST_RUN), nullable=False),
    Column("made_at", Double, nullable=False),
    Column("learning_rate", Double),
    Column("iterations", Integer),
    Column("loss", Double),
    Column("exploded_at", Integer),
    Column("left", Double),
    Column("value", Double),
    Column("choice", String(LONGEST_CHOICE)),
    Column("score", Integer),
    UniqueConstraint("student", "task", "run"),
)
misses = Table(
    "misses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Double, nullable=False, index=True),
    Column("address", String(64), nullable=False),
)


class DatabaseError(Exception):
    """The database of the rooms cannot be read or written at the moment."""


def url() -> str:
    """Return where the rooms are kept, as SQLAlchemy writes it."""
    return os.environ.get("OVERSHOOT_DATABASE") or f"sqlite:///{FILE}"


def place() -> str:
    """Return where the rooms are kept, without a password."""
    return make_url(url()).render_as_string()


@contextmanager
def reading() -> Iterator[Connection]:
    """Read in one transaction; raise DatabaseError where that cannot be done."""
    with _told(), _engine(url()).begin() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[Connection]:
    """Read and write in one transaction, which is done at the end of the block; raise DatabaseError where it is not."""
    with _told(), _engine(url()).execution_options(writes=True).begin() as connection:
        yield connection


def dispose() -> None:
    """Close the connections."""
    for engine in _engines:
        engine.dispose()
    _engines.clear()
    _engine.cache_clear()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError) as problem:
        raise DatabaseError(str(getattr(problem, "orig", problem)).partition("\n")[0]) from problem


@cache
def _engine(where: str) -> Engine:
    """Return the connections to a database whose tables are there."""
    is_file = where.startswith("sqlite")
    engine = create_engine(where, pool_pre_ping=not is_file, connect_args={"timeout": PATIENCE} if is_file else {})
    _engines.append(engine)
    if is_file:
        event.listen(engine, "connect", _set_up_file)
        event.listen(engine, "begin", _begin)
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":  # where two processes that make a table at once get in each other's way
            connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": CREATING})
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                index.create(connection, checkfirst=True)
    return engine


def _set_up_file(connection: DBAPIConnection, _record: object) -> None:
    """Let others read while one writes, and keep a student's tries only as long as the student."""
    connection.isolation_level = None  # transactions begin where `_begin` says so
    cursor = connection.cursor()
    with suppress(sqlite3.OperationalError):  # another process may be doing it just now, once for all
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that will write waits for its turn now, for later it would be refused."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
