"""A class at once: how soon it is answered, what a rerun of each page costs, and the memory after many visits.

Alone: `.venv/bin/python -m bench.classroom`, with pages and numbers of students if not all are wanted, such as
`"train?dataset=sine" 30 100`; `memory` measures the memory only.
"""

import asyncio
import random
import statistics
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import psutil

from bench.servers import WORKERS, megabytes, processor_seconds, served
from bench.student import Student
from pages.frame.shell import PAGES

PLAIN, OURS = 8793, 8794
"""The ports of the plain app and of ours."""

EVERY_PAGE = [*(page for page in PAGES if page != "about"), "train?dataset=sine", "train?dataset=xor"]
"""The pages, with an address where they open with more than one neuron."""
NUMBERS = {"train": (1, 30, 100)}
ON_EVERY_PAGE = (30,)
EVERY, MOVES = 3.0, 8
"""Seconds between two moves of a student, and how many moves each makes."""

VISITS, FIRST_VISITS, AT_ONCE = 1000, 100, 10
HEADER = f"{'students':>10} {'page':<16} {'median':>9} {'95 %':>9} {'errors':>7} {'processor time of a rerun':>27}"


@dataclass
class Answers:
    """What a class got: times in seconds, what went wrong, and the servers' processor time for one rerun in ms."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    processor: float = 0.0


async def class_of(number: int, port: int, page: str, server: psutil.Process) -> Answers:
    """Let students open a page together, and when all see it, let them move its slider for half a minute."""
    answers = Answers()
    async with AsyncExitStack() as stack:
        students = [await stack.enter_async_context(Student(port, *page.partition("?")[::2])) for _ in range(number)]
        await asyncio.gather(*(enter(student, answers) for student in students))
        before, start = processor_seconds(server), time.perf_counter()
        await asyncio.gather(
            *(attend(student, answers, start + EVERY * k / number, k) for k, student in enumerate(students))
        )
        answers.processor = 1000 * (processor_seconds(server) - before) / max(1, len(answers.times))
    return answers


async def enter(student: Student, answers: Answers) -> None:
    """Open the page."""
    try:
        await student.open()
    except Exception as problem:
        answers.errors.append(repr(problem))


async def attend(student: Student, answers: Answers, start: float, seed: int) -> None:
    """Move the slider at one's own moments, everybody to other places; note how long each answer took."""
    chance = random.Random(seed)
    for move in range(MOVES):
        await asyncio.sleep(start + move * EVERY - time.perf_counter())
        try:
            answers.times.append(await student.move(chance.randrange(1000)))
        except Exception as problem:
            return answers.errors.append(repr(problem))


def line(number: int, page: str, answers: Answers, plain: Answers | None) -> str:
    """Return a line of the table, and one for each of the first errors."""
    times = sorted(answers.times) or [float("nan")]
    middle, high = statistics.median(times), times[int(0.95 * (len(times) - 1))]
    cost = f"{answers.processor:15.1f} ms" + (f"{answers.processor / plain.processor:7.2f} x" if plain else "")
    counted = f"{number:>10} {page:<16} {middle:7.3f} s {high:7.3f} s {len(answers.errors):>7} {cost}"
    return "\n".join([counted, *answers.errors[:3]])


async def measure(plain: psutil.Process, ours: psutil.Process, pages: list[str], numbers: list[int]) -> None:
    """Print the table: for each number of students the plain app, and in the same run the pages."""
    print(f"\nA class at once, {WORKERS} server processes, a move every {EVERY:.0f} s\n{HEADER}", flush=True)
    asked = {page: numbers or NUMBERS.get(page, ON_EVERY_PAGE) for page in pages}
    for number in sorted({number for numbers in asked.values() for number in numbers}):
        against = await class_of(number, PLAIN, "", plain)
        print(line(number, "plain app", against, None), flush=True)
        for page in (page for page in pages if number in asked[page]):
            print(line(number, page, await class_of(number, OURS, page, ours), against), flush=True)


async def visit(port: int) -> None:
    """Open the Train page, and leave."""
    async with Student(port, "train") as student:
        await student.open()


async def measure_memory(server: psutil.Process) -> None:
    """Print how much memory the workers take after many visits, against what the first ones left."""
    first = 0.0
    for visits in range(AT_ONCE, VISITS + 1, AT_ONCE):
        await asyncio.gather(*(visit(OURS) for _ in range(AT_ONCE)))
        first = megabytes(server) if visits == FIRST_VISITS else first
    after = megabytes(server)
    print(f"\nMemory of the {WORKERS} workers, and its growth after the first {FIRST_VISITS} visits")
    print(f"  {first:.0f} MB after {FIRST_VISITS}, {after:.0f} MB after {VISITS}: {100 * (after / first - 1):+.1f} %")


async def wait_until_warm(port: int) -> None:
    """Wait until the workers are up and have imported everything: some visits at once reach all of them."""
    for _ in range(120):
        try:
            return await asyncio.wait_for(_visits(port, 8 * WORKERS), 120)
        except OSError:
            await asyncio.sleep(0.5)
    raise TimeoutError(f"no server at port {port}")


async def _visits(port: int, number: int) -> None:
    await asyncio.gather(*(visit(port) for _ in range(number)))


async def run(words: list[str]) -> None:
    """Measure what the words name: pages, numbers of students, the memory; everything without any."""
    numbers = [int(word) for word in words if word.isdigit()]
    pages = [word for word in words if word.partition("?")[0] in PAGES] or EVERY_PAGE
    with served("bench.constant_app:app", PLAIN) as plain, served("app:app", OURS) as ours:
        for port in (PLAIN, OURS):
            await wait_until_warm(port)
        if words != ["memory"]:
            await measure(plain, ours, pages, numbers)
        if not words or "memory" in words:
            await measure_memory(ours)


def main(words: list[str] | None = None) -> None:
    """Print everything, or what the words name."""
    asyncio.run(run(words or []))


if __name__ == "__main__":
    main(sys.argv[1:])
