"""A hundred students in one room: is every try kept once, how far behind is the board, and who misses a killed process.

Alone: `.venv/bin/python -m bench.rooms`, with the numbers of students, seconds and server processes if not 100 and 300,
and as many processes as `make class` starts.
"""

import asyncio
import math
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from websockets.exceptions import ConnectionClosed

from bench.servers import processor_seconds, served
from bench.student import Student
from pages.settings.tasks import CURVE, FIRST, task_address
from rooms.room import Room, open_room, room_of
from rooms.students import student_of
from rooms.tries import Noted, tries_in
from rooms.words import new_token
from serving.__main__ import usual_workers

PORT = 8796
STUDENTS, SECONDS, EVERY = 100, 300.0, 2.0
LOOKS = 0.5
"""Seconds between two looks of the board."""
COUNT = re.compile(r"tries: ([\d,]+)")
REFUSED = ("not noted", "cannot be reached", "gone on", "no room")


@dataclass
class Notes:
    """What happened: accepted tries by token, answers' times, the board's looks, and what went wrong."""

    accepted: list[tuple[str, float]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    killed_at: float = math.inf
    processor: float = math.nan
    looks: list[tuple[float, int]] = field(default_factory=list)
    returns: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def attend(room: Room, k: int, end: float, notes: Notes) -> None:
    """Be a student who tries another rate every two seconds, and comes back where the connection breaks."""
    token, tried = new_token(), iter(random.Random(k).sample(range(120), 120) * 4)
    await asyncio.sleep(EVERY * k / STUDENTS)
    lost: float | None = None
    while time.perf_counter() < end:
        try:
            async with Student(PORT, "train", f"room={room.word}&{room.address}", token) as student:
                await student.open()
                if lost is not None:
                    notes.returns.append(time.perf_counter() - lost)
                await _try_rates(student, tried, end, notes)
        except (ConnectionClosed, OSError, EOFError):
            lost = lost or time.perf_counter()
            await asyncio.sleep(0.5)
        except Exception as problem:
            notes.errors.append(repr(problem))
            return


async def _try_rates(student: Student, tried: Iterator[int], end: float, notes: Notes) -> None:
    while time.perf_counter() < end:
        started = time.perf_counter()
        option = next(tried)
        rate = student.dial["stops"][option]
        notes.times.append(await student.move(option))
        if any(word in text for text in student.texts for word in REFUSED):
            notes.errors.append(next(text for text in student.texts if any(word in text for word in REFUSED)))
        else:
            notes.accepted.append((student.token, rate))
        await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - started)))


async def watch(room: Room, token: str, end: float, notes: Notes) -> None:
    """Be the board, which looks once a second for what is new, and comes back where the connection breaks."""
    while time.perf_counter() < end:
        try:
            async with Student(PORT, "class_board", f"room={room.word}", token) as board:
                await board.open()
                while time.perf_counter() < end:
                    await board.look_again()
                    (count,) = [found[1] for text in board.texts if (found := COUNT.search(text))]
                    notes.looks.append((time.time(), int(count.replace(",", ""))))
                    await asyncio.sleep(LOOKS)
        except (ConnectionClosed, OSError, EOFError):
            await asyncio.sleep(0.5)


async def lesson(number: int, seconds: float, server: psutil.Process) -> tuple[Notes, list[Noted]]:
    """Let a class try together, and kill one of the server's processes in the middle."""
    key, notes, begun = new_token(), Notes(), time.perf_counter()
    room = open_room(key, task_address(FIRST, CURVE))
    end = begun + seconds
    everybody = asyncio.gather(watch(room, key, end, notes), *(attend(room, k, end, notes) for k in range(number)))
    await asyncio.sleep(seconds / 2)
    notes.processor = 1000 * processor_seconds(server) / max(1, len(notes.times))
    notes.killed_at = time.time()
    next(child for child in server.children() if "spawn_main" in " ".join(child.cmdline())).kill()
    await everybody
    assert room_of(room.word).word == room.word
    return notes, tries_in(room.word)


def lags(notes: Notes, kept: list[Noted], *, killed: bool) -> list[float]:
    """Return after how many seconds the board showed each try, of those before the process was killed, or after it."""
    found = []
    for place, noted in enumerate(kept, 1):
        seen = next((at for at, count in notes.looks if count >= place), None)
        if seen is not None and (noted.made_at > notes.killed_at) is killed:
            found.append(seen - noted.made_at)
    return found


def report(notes: Notes, kept: list[Noted]) -> None:
    """Print what happened."""
    in_database = [(noted.student, noted.what.learning_rate or 0.0) for noted in kept]
    accepted = {(student_of(kept[0].student.room, token), rate) for token, rate in notes.accepted}
    print(f"tries that were accepted: {len(accepted)}; of them not in the database: {len(accepted - {*in_database})}")
    print(f"tries in the database: {len(in_database)}; of them double: {len(in_database) - len({*in_database})}")
    print(f"answer of the page: {_spread(notes.times)}; processor time of a try {notes.processor:.1f} ms")
    print(f"board behind, before the kill: {_spread(lags(notes, kept, killed=False))}")
    print(f"board behind, after the kill: {_spread(lags(notes, kept, killed=True))}")
    print(
        f"students: {len({student for student, _rate in in_database})}; came back after the kill: {len(notes.returns)}"
    )
    print(f"away after the kill: {_spread(notes.returns)}; errors: {len(notes.errors)} {sorted({*notes.errors})[:3]}")


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds) or [math.nan]
    late = ordered[int(0.95 * len(ordered))]
    return f"median {statistics.median(ordered):.2f} s, 95 % {late:.2f} s, most {ordered[-1]:.2f} s"


def main(number: int = STUDENTS, seconds: float = SECONDS, workers: int = usual_workers()) -> None:
    """Hold the lesson, and print what happened."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OVERSHOOT_DATABASE"] = f"sqlite:///{Path(folder) / 'rooms.sqlite'}"
        with served("app:app", PORT, workers) as server:
            time.sleep(15)
            report(*asyncio.run(lesson(number, seconds, server)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
