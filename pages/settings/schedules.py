"""How schedules and nudges are written: 0:0.0001,980:0.0013 in a link, and in a field the way the language writes."""

from collections.abc import Callable
from functools import partial

from core.nudges import Nudges, checked_nudges
from core.schedule import Schedule, checked, constant
from pages.settings.kinds import MAX_NUMBER, Kind, linked_number, linked_numbers
from pages.settings.places import MAX_ITERATIONS
from wording import N_, parse_number, parse_numbers

MAX_ENTRIES = 200
"""Changes that one run can have; a link of twice as many would be too long for some servers."""
LONGEST_ENTRY = 200

Read = Callable[[str], float]


def schedule() -> Kind:
    """A learning rate: one for all steps, or pairs of the iteration from which it holds, and the rate."""

    def read(number: Read, apart: str, text: str) -> Schedule:
        if ":" not in text:
            return _allowed(constant(number(text)))
        return _allowed(tuple(map(partial(_pair, number), _entries(text, apart))))

    allowed = N_("a number, zero or greater, or a list such as 0:0.0001; 980:0.0013")
    return Kind(allowed, partial(read, linked_number, ","), partial(read, parse_number, ";"), write_schedule)


def write_schedule(schedule: Schedule) -> str:
    """Write a schedule the way a link has it; a constant one as its rate alone."""
    if len(schedule) == 1:
        return repr(schedule[0][1])
    return ",".join(f"{beginning}:{rate!r}" for beginning, rate in schedule)


def _allowed(schedule: Schedule) -> Schedule:
    if len(schedule) > MAX_ENTRIES or not all(0 <= rate <= MAX_NUMBER for _beginning, rate in schedule):
        raise ValueError(schedule)
    return checked(schedule)


def _pair(number: Read, entry: str) -> tuple[int, float]:
    beginning, rate = entry.split(":")
    return _iteration(beginning), number(rate)


def _iteration(text: str) -> int:
    iteration = int(text)
    if not 0 <= iteration <= MAX_ITERATIONS:
        raise ValueError(text)
    return iteration


def _entries(text: str, apart: str) -> list[str]:
    """Return the entries of a list, in a link written by hand also apart by semicolons.

    Raises ValueError, before it costs the time to read, where it is too long.
    """
    if len(text) > MAX_ENTRIES * LONGEST_ENTRY:
        raise ValueError(text)
    return text.split(";" if ";" in text else apart)


def nudges() -> Kind:
    """Pairs of an iteration and the parameters that a hand put the run to there: 980:1.5,30;1200:2,31 in a link."""

    def read(numbers: Callable[[str], tuple[float, ...]], text: str) -> Nudges:
        entries = [entry.split(":") for entry in _entries(text, ";")] if text.strip() else []
        read = tuple((_iteration(iteration), numbers(parameters)) for iteration, parameters in entries)
        if len(read) > MAX_ENTRIES or any(abs(value) > MAX_NUMBER for _at, values in read for value in values):
            raise ValueError(text)
        return checked_nudges(read, len(read[0][1])) if read else ()

    allowed = N_("a list such as 980:1.5,30, of iterations and parameters")
    return Kind(allowed, partial(read, linked_numbers), partial(read, parse_numbers), write_nudges)


def write_nudges(nudges: Nudges) -> str:
    """Write nudges the way a link has them."""
    return ";".join(f"{iteration}:{','.join(map(repr, parameters))}" for iteration, parameters in nudges)
