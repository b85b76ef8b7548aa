"""Live runs at once: how soon each gets its portions, a Train page beside them, and the memory after an hour of them.

Alone: `.venv/bin/python -m bench.live`.
"""

import asyncio
import json
import statistics
import time
from contextlib import AsyncExitStack
from typing import Any

import psutil
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element

from bench.classroom import wait_until_warm
from bench.servers import WORKERS, megabytes, served
from bench.student import Student

PORT = 8795
SESSIONS, SECONDS = 30, 30
PACE, AHEAD = 50.0, 2.0
"""Iterations a second, and how many seconds of them a portion holds."""
HOUR, AT_ONCE = int(3600 / AHEAD), 4
"""Portions that are played in an hour, and among how many runs they are shared."""
SLOWLY = 1e-6
"""A learning rate at which a run neither arrives nor explodes, however long it is watched."""


class LiveStudent(Student):
    """A session whose run is live; it reports what the player would."""

    def __init__(self, port: int) -> None:
        super().__init__(port, "train", f"live=on&learning_rate={SLOWLY}")
        self.player: Element | None = None
        self.live: dict[str, Any] = {}
        self.known = 0

    def _note(self, element: Element) -> None:
        super()._note(element)
        if element.WhichOneof("type") != "bidi_component":
            return
        data = json.loads(element.bidi_component.json or "{}")
        if "shown" in data and json.loads(data["shown"])["live"]:
            self.player, shown = element, json.loads(data["shown"])
            self.live, self.known = shown["live"], int(shown["names"][-1])

    async def report(self, kind: str, at: int, upto: int) -> float:
        """Report; return how long the answer took, in seconds."""
        assert self.player, "no live player"
        value = {"n": self.live["answered"] + 1, "kind": kind, "at": at, "upto": upto, "pace": PACE}
        message = BackMsg()
        trigger = _make_trigger_id(self.player.bidi_component.id, "events")
        report = json.dumps([{"event": "steered", "value": {"reports": [value]}}])
        message.rerun_script.widget_states.widgets.add(id=trigger, json_trigger_value=report)
        return await self._run(message)


async def train(student: LiveStudent, until: float, waits: list[float]) -> None:
    """Play until a moment: ask for a portion whenever the last one is half played, and note how long each took."""
    await student.report("play", 0, int(PACE * AHEAD))
    while time.perf_counter() < until:
        began = time.perf_counter()
        waits.append(await student.report("more", student.known, student.known + int(PACE * AHEAD)))
        await asyncio.sleep(max(0.0, AHEAD - (time.perf_counter() - began)))


async def move(student: Student, until: float, waits: list[float]) -> None:
    """Move the dial of a Train page every second until a moment."""
    option = 0
    while time.perf_counter() < until:
        waits.append(await student.move(option := option + 7))
        await asyncio.sleep(1)


async def measure(server: psutil.Process) -> None:
    """Print how long the portions of a class took, and the answers of a Train page beside them."""
    portions: list[float] = []
    beside: list[float] = []
    async with AsyncExitStack() as stack:
        pupils, other = [LiveStudent(PORT) for _ in range(SESSIONS)], Student(PORT, "train")
        for student in [*pupils, other]:
            await stack.enter_async_context(student)
        await asyncio.gather(*(student.open() for student in [*pupils, other]))
        until = time.perf_counter() + SECONDS
        await asyncio.gather(*(train(student, until, portions) for student in pupils), move(other, until, beside))
    print(f"\n{SESSIONS} live runs at once for {SECONDS} s, {WORKERS} server processes, {PACE:.0f} iterations a second")
    for name, waits in (("a portion", portions), ("a Train page beside them", beside)):
        ordered = sorted(waits)
        print(
            f"  {name:<26} {len(waits):>5} times, median {statistics.median(ordered):.3f} s, "
            f"95 % {ordered[int(0.95 * (len(ordered) - 1))]:.3f} s, longest {ordered[-1]:.3f} s",
            flush=True,
        )


async def measure_memory(server: psutil.Process) -> None:
    """Print how much memory an hour of live training takes, as fast as it can be had: a quarter of it in each run."""
    async with AsyncExitStack() as stack:
        pupils = [LiveStudent(PORT) for _ in range(AT_ONCE)]
        for pupil in pupils:
            await stack.enter_async_context(pupil)
            await pupil.open()
        await asyncio.gather(*(portions(pupil, HOUR // AT_ONCE // 10) for pupil in pupils))
        before = megabytes(server)
        await asyncio.gather(*(portions(pupil, HOUR // AT_ONCE) for pupil in pupils))
        print(f"  an hour of live training: {before:.0f} MB after 6 minutes, {megabytes(server):.0f} MB an hour later")


async def portions(student: LiveStudent, number: int) -> None:
    """Play so many portions; a run that is as long as it can be is begun anew."""
    for _ in range(number):
        kind, at = ("play", 0) if student.live.get("stops", True) else ("more", student.known)
        await student.report(kind, at, at + int(PACE * AHEAD))


async def run() -> None:
    """Measure both."""
    with served("app:app", PORT) as server:
        await wait_until_warm(PORT)
        await measure(server)
        await measure_memory(server)


def main() -> None:
    """Print everything."""
    asyncio.run(run())


if __name__ == "__main__":
    main()
