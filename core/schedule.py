"""Schedules: which learning rate is in force at which step, and how a hand at the dial or a recipe writes one."""

import math
from collections.abc import Iterator
from itertools import pairwise, repeat

from core.checks import finite_number, whole_number

Schedule = tuple[tuple[int, float], ...]
"""Pairs of the first iteration from which a learning rate holds, and that rate: ((0, 0.001), (500, 0.0001))."""
STAIRS, COSINE_STAIRS = 10, 20


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


def learning_rates(schedule: Schedule, iterations: int, since: int = 0) -> Iterator[float]:
    """Yield the learning rate of each of the first `iterations` steps, or of those that follow on `since` of them."""
    ends = [*(beginning for beginning, _rate in schedule[1:]), iterations]
    for (beginning, rate), end in zip(schedule, ends, strict=True):
        yield from repeat(rate, max(0, min(end, iterations) - max(beginning, since)))


def learning_rate_at(schedule: Schedule, iteration: int) -> float:
    """Return the learning rate of the step that follows this iteration."""
    return [rate for beginning, rate in schedule if beginning <= iteration][-1]


def steered(schedule: Schedule, iteration: int, learning_rate: float) -> Schedule:
    """Return the schedule with this rate from the iteration on; what it held for later is forgotten."""
    before = tuple(entry for entry in schedule if entry[0] < iteration)
    if before and before[-1][1] == learning_rate:
        return before
    return (*before, (iteration, learning_rate)) if before else constant(learning_rate)


def cut(schedule: Schedule, iteration: int) -> Schedule:
    """Return the schedule as it was when a run stood at this iteration: without what came later."""
    return steered(schedule, iteration, learning_rate_at(schedule, iteration))


def step_decay(learning_rate: float, iterations: int) -> Schedule:
    """Return the rate, a tenth of it after half of the steps, and a hundredth after three quarters."""
    return _joined(
        [(0, learning_rate), (iterations // 2, learning_rate / 10), (3 * iterations // 4, learning_rate / 100)]
    )


def warm_up(learning_rate: float, iterations: int) -> Schedule:
    """Return a rate that grows in ten equal stairs over the first tenth of the steps, and then stays."""
    return _joined([(k * iterations // 100, learning_rate * (k + 1) / STAIRS) for k in range(STAIRS)])


def cosine(learning_rate: float, iterations: int) -> Schedule:
    """Return rate/2 · (1 + cos(pi i / iterations)), in twenty stairs, each with the value of its middle.

    After Loshchilov and Hutter, SGDR (2017), without its restarts.
    """
    middles = [(k + 0.5) / COSINE_STAIRS for k in range(COSINE_STAIRS)]
    return _joined(
        [
            (k * iterations // COSINE_STAIRS, learning_rate / 2 * (1 + math.cos(math.pi * middle)))
            for k, middle in enumerate(middles)
        ]
    )


def _joined(stairs: list[tuple[int, float]]) -> Schedule:
    """Return the stairs as a schedule, rates of four digits; of those that begin at the same iteration the last."""
    rounded = {beginning: float(f"{rate:.4g}") for beginning, rate in stairs}
    return tuple(rounded.items())
