"""Schedules: which learning rate is in force at which step."""

from collections.abc import Iterator
from itertools import pairwise, repeat

from core.checks import finite_number, whole_number

Schedule = tuple[tuple[int, float], ...]
"""Pairs of the first iteration from which a learning rate holds, and that rate: ((0, 0.001), (500, 0.0001))."""


def constant(learning_rate: float) -> Schedule:
    """Return the schedule of one learning rate for all steps."""
    return ((0, learning_rate),)


def checked(schedule: Schedule) -> Schedule:
    """Return the schedule; raise ValueError unless it begins at 0, goes forward, and all its rates are finite."""
    beginnings = [whole_number("schedule's iteration", beginning) for beginning, _rate in schedule]
    if beginnings[:1] != [0] or any(later <= earlier for earlier, later in pairwise(beginnings)):
        raise ValueError(f"schedule must begin at iteration 0 and go forward, not through {beginnings}")
    rates = [finite_number("learning_rate", rate) for _beginning, rate in schedule]
    return tuple(zip(beginnings, rates, strict=True))


def learning_rates(schedule: Schedule, iterations: int) -> Iterator[float]:
    """Yield the learning rate of each of the first `iterations` steps."""
    ends = [*(beginning for beginning, _rate in schedule[1:]), iterations]
    for (beginning, rate), end in zip(schedule, ends, strict=True):
        yield from repeat(rate, max(0, min(end, iterations) - beginning))


def learning_rate_at(schedule: Schedule, iteration: int) -> float:
    """Return the learning rate of the step that follows this iteration."""
    return [rate for beginning, rate in schedule if beginning <= iteration][-1]
