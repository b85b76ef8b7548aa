from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schedule import Schedule, checked, constant, learning_rate_at, learning_rates
from tests.core.experiments import NOT_FINITE, quickly


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    later = draw(st.sets(st.integers(1, 30), max_size=4))
    return tuple((beginning, draw(st.floats(0, 1))) for beginning in sorted({0, *later}))


def test_a_constant_schedule_has_its_rate_at_every_step() -> None:
    assert list(learning_rates(constant(0.1), 3)) == [0.1, 0.1, 0.1]
    assert list(learning_rates(constant(0.1), 0)) == []


def test_a_rate_holds_from_its_iteration_on() -> None:
    assert list(learning_rates(((0, 0.1), (2, 0.5), (3, 0.9)), 5)) == [0.1, 0.1, 0.5, 0.9, 0.9]


def test_what_begins_after_the_last_step_is_never_in_force() -> None:
    assert list(learning_rates(((0, 0.1), (2, 0.5), (7, 0.9)), 3)) == [0.1, 0.1, 0.5]


@quickly()
@given(schedules(), st.integers(0, 40))
def test_the_rate_at_an_iteration_is_that_of_the_step_that_follows_it(schedule: Schedule, iterations: int) -> None:
    expected = [learning_rate_at(schedule, iteration) for iteration in range(iterations)]
    assert list(learning_rates(schedule, iterations)) == expected


@pytest.mark.parametrize("beginnings", [[], [1], [0, 0], [0, 5, 3], [0, 2.5], [0, -1]])
def test_a_schedule_that_does_not_go_forward_from_0_in_whole_numbers_is_refused(beginnings: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"^schedule"):
        checked(tuple((beginning, 0.1) for beginning in beginnings))


def test_a_learning_rate_that_is_not_finite_is_named() -> None:
    for rate in NOT_FINITE:
        with pytest.raises(ValueError, match=r"^learning_rate must"):
            checked(((0, 0.1), (5, rate)))
