"""A class at once: answers to 1, 30 and 100 students, processor time of a rerun on every page, memory after 1,000 visits.

Alone: `.venv/bin/python -m bench.classroom`, with pages and numbers of students if not all are wanted, such as
`train 30 100`; `memory` measures the memory only.
"""

import asyncio
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.student import Student
from pages.frame.shell import PAGES

ROOT = Path(__file__).parents[1]
WORKERS = 2
PLAIN = "plain app"
SERVERS = {PLAIN: ("bench.constant_app:app", 8793), "app": ("app:app", 8794)}
NUMBERS = {"train": (1, 30, 100)}
EVERY_PAGE = (30,)
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


@contextmanager
def serving(app: str, port: int) -> Iterator[psutil.Process]:
    """Serve an application as `make class` does, and yield its process, whose children are the workers."""
    code = f"from serving.__main__ import serve; serve({app!r}, '127.0.0.1', {port}, {WORKERS})"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def processor_seconds(server: psutil.Process) -> float:
    """Return the processor time that the workers have used up to now."""
    return sum(sum(worker.cpu_times()[:2]) for worker in server.children())


def megabytes(server: psutil.Process) -> float:
    """Return the memory of the workers."""
    return sum(worker.memory_info().rss for worker in server.children()) / 1e6


async def attend(student: Student, answers: Answers, start: float, seed: int) -> None:
    """Move the slider at one's own moments, all at other places; note how long each answer took."""
    chance = random.Random(seed)
    for move in range(MOVES):
        await asyncio.sleep(max(0.0, start + move * EVERY - time.perf_counter()))
        try:
            answers.times.append(await student.move(chance.randrange(1000)))
        except Exception as problem:
            return answers.errors.append(repr(problem))


async def class_of(number: int, port: int, page: str, server: psutil.Process) -> Answers:
    """Let students open a page together, and when all see it, let them move its slider for half a minute."""
    answers = Answers()
    async with AsyncExitStack() as stack:
        students = [await stack.enter_async_context(Student(port, page)) for _ in range(number)]
        await asyncio.gather(*(student.open() for student in students))
        before, start = processor_seconds(server), time.perf_counter()
        await asyncio.gather(
            *(attend(student, answers, start + EVERY * k / number, k) for k, student in enumerate(students))
        )
        answers.processor = 1000 * (processor_seconds(server) - before) / max(1, len(answers.times))
    return answers


async def answers_until_ready(port: int) -> None:
    """Wait until both workers are up and have imported everything."""
    for _ in range(60):
        try:
            async with AsyncExitStack() as stack:
                students = [await stack.enter_async_context(Student(port, "train")) for _ in range(8 * WORKERS)]
                await asyncio.gather(*(student.open() for student in students))
                return
        except OSError:
            await asyncio.sleep(0.5)
    raise TimeoutError(f"no server at port {port}")


def line(number: int, page: str, answers: Answers, plain: Answers | None) -> str:
    """Return a line of the table."""
    times = sorted(answers.times) or [float("nan")]
    middle, high = statistics.median(times), times[int(0.95 * (len(times) - 1))]
    against = f"{answers.processor / plain.processor:6.2f} x" if plain else ""
    return (
        f"{number:>10} {page:<16} {middle:7.3f} s {high:7.3f} s {len(answers.errors):>7} {answers.processor:15.1f} ms {against}"
    )


async def measure(servers: dict[str, psutil.Process], pages: list[str], numbers: list[int]) -> None:
    """Print the table, the plain app in the same run before the pages of each number of students."""
    print(f"\nA class at once, {WORKERS} server processes, a move every {EVERY:.0f} s\n{HEADER}", flush=True)
    for number in sorted({*numbers} or {n for page in pages for n in NUMBERS.get(page, EVERY_PAGE)}):
        plain = await class_of(number, SERVERS[PLAIN][1], "", servers[PLAIN])
        print(line(number, PLAIN, plain, None), flush=True)
        for page in pages:
            if numbers or number in NUMBERS.get(page, EVERY_PAGE):
                answers = await class_of(number, SERVERS["app"][1], page, servers["app"])
                print(line(number, page, answers, plain), flush=True)
                for problem in answers.errors[:3]:
                    print(f"{'':>10} {problem}")


async def visit(port: int) -> None:
    """Open the Train page and leave."""
    async with Student(port, "train") as student:
        await student.open()


async def measure_memory(server: psutil.Process) -> None:
    """Print how much memory the workers take after many visits, against what the first ones left."""
    port, first = SERVERS["app"][1], 0.0
    for visits in range(AT_ONCE, VISITS + 1, AT_ONCE):
        await asyncio.gather(*(visit(port) for _ in range(AT_ONCE)))
        first = megabytes(server) if visits == FIRST_VISITS else first
    after = megabytes(server)
    print(f"\nMemory of the {WORKERS} workers: {first:.0f} MB after {FIRST_VISITS} visits, {after:.0f} MB after {VISITS}: ")
    print(f"  {100 * (after / first - 1):+.1f} %")


async def run(arguments: list[str]) -> None:
    """Measure what the arguments name, everything without any."""
    numbers = [int(word) for word in arguments if word.isdigit()]
    pages = [word for word in arguments if word in PAGES]
    with serving(*SERVERS[PLAIN]) as plain, serving(*SERVERS["app"]) as ours:
        for _, port in SERVERS.values():
            await answers_until_ready(port)
        if arguments != ["memory"]:
            await measure({PLAIN: plain, "app": ours}, pages or [page for page in PAGES if page != "about"], numbers)
        if not arguments or "memory" in arguments:
            await measure_memory(ours)


def main(arguments: list[str] | None = None) -> None:
    """Print everything."""
    asyncio.run(run(arguments or []))


if __name__ == "__main__":
    main(sys.argv[1:])
