import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schedule import (
    Schedule,
    checked,
    constant,
    cosine,
    cut,
    learning_rate_at,
    learning_rates,
    steered,
    step_decay,
    warm_up,
)
from tests.core.experiments import NOT_FINITE, exactly, quickly

RECIPES = (step_decay, warm_up, cosine)
FOUR_DIGITS = 5.1e-4
"""By what share a rate of four digits may be off."""


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


# Going on


@quickly()
@given(schedules(), st.integers(0, 40), st.integers(0, 50))
def test_the_rates_that_follow_on_some_steps_are_the_rest_of_all_rates(
    schedule: Schedule, iterations: int, since: int
) -> None:
    assert list(learning_rates(schedule, iterations, since)) == list(learning_rates(schedule, iterations))[since:]


# A hand at the dial


@pytest.mark.parametrize(
    ("iteration", "rate", "expected"),
    [
        pytest.param(7, 0.5, ((0, 0.1), (5, 0.2), (7, 0.5)), id="in between"),
        pytest.param(12, 0.5, ((0, 0.1), (5, 0.2), (9, 0.3), (12, 0.5)), id="after all"),
        pytest.param(5, 0.5, ((0, 0.1), (5, 0.5)), id="in place of another"),
        pytest.param(7, 0.2, ((0, 0.1), (5, 0.2)), id="what is in force already"),
        pytest.param(5, 0.1, ((0, 0.1),), id="back before it was changed"),
        pytest.param(0, 0.5, ((0, 0.5),), id="from the start"),
    ],
)
def test_steering_keeps_what_was_before_and_forgets_what_was_later(
    iteration: int, rate: float, expected: Schedule
) -> None:
    assert steered(((0, 0.1), (5, 0.2), (9, 0.3)), iteration, rate) == expected


@quickly()
@given(schedules(), st.integers(0, 40), st.sampled_from([0.0, 0.25, 1.0]))
def test_a_steered_schedule_is_valid_and_has_its_old_rates_before_and_the_new_one_after(
    schedule: Schedule, iteration: int, rate: float
) -> None:
    found = checked(steered(schedule, iteration, rate))
    before = list(learning_rates(schedule, iteration))
    assert list(learning_rates(found, iteration + 50)) == [*before, *[rate] * 50]


@quickly()
@given(schedules(), st.integers(0, 40))
def test_a_schedule_cut_short_is_valid_and_goes_on_with_the_rate_in_force_there(
    schedule: Schedule, iteration: int
) -> None:
    found = checked(cut(schedule, iteration))
    before, now = list(learning_rates(schedule, iteration)), learning_rate_at(schedule, iteration)
    assert list(learning_rates(found, iteration + 50)) == [*before, *[now] * 50]


@quickly()
@given(schedules(), st.integers(0, 40), st.integers(0, 40))
def test_a_schedule_cut_short_twice_is_cut_short_at_the_earlier_iteration(
    schedule: Schedule, one: int, other: int
) -> None:
    earlier, later = sorted((one, other))
    assert cut(cut(schedule, later), earlier) == cut(schedule, earlier)


# Recipes


def recipes() -> st.SearchStrategy[Callable[[float, int], Schedule]]:
    return st.sampled_from(RECIPES)


@quickly(150)
@given(recipes(), st.floats(0, 1e6), st.one_of(st.integers(1, 250), st.integers(1, 10**7)))
def test_a_recipe_is_a_schedule_for_every_number_of_steps_and_never_above_its_rate(
    recipe: Callable[[float, int], Schedule], rate: float, iterations: int
) -> None:
    schedule = recipe(rate, iterations)
    assert checked(schedule) == schedule
    assert schedule[-1][0] < iterations
    assert all(0 <= stair <= rate * (1 + FOUR_DIGITS) for _beginning, stair in schedule)


@quickly(100)
@given(recipes(), st.floats(1e-6, 1e6), st.integers(1, 10_000))
def test_a_recipe_s_rates_have_four_digits(
    recipe: Callable[[float, int], Schedule], rate: float, iterations: int
) -> None:
    assert all(stair == float(f"{stair:.3e}") for _beginning, stair in recipe(rate, iterations))


def test_a_step_decay_takes_a_tenth_after_half_and_a_hundredth_after_three_quarters() -> None:
    assert step_decay(0.004, 1000) == ((0, 0.004), (500, 0.0004), (750, 0.00004))
    assert step_decay(1.0, 7) == ((0, 1.0), (3, 0.1), (5, 0.01))


def test_a_warm_up_climbs_ten_stairs_in_a_tenth_of_the_steps() -> None:
    stairs = (
        (0, 0.2),
        (10, 0.4),
        (20, 0.6),
        (30, 0.8),
        (40, 1.0),
        (50, 1.2),
        (60, 1.4),
        (70, 1.6),
        (80, 1.8),
        (90, 2.0),
    )
    assert warm_up(2.0, 1000) == stairs


def test_a_warm_up_of_fewer_than_ten_steps_a_hundred_has_no_time_to_climb() -> None:
    assert warm_up(2.0, 9) == ((0, 2.0),)
    assert warm_up(2.0, 50) == ((0, 0.4), (1, 0.8), (2, 1.2), (3, 1.6), (4, 2.0))


def test_a_cosine_has_twenty_stairs_from_nearly_all_to_nearly_nothing_of_its_rate() -> None:
    schedule = cosine(2.0, 1000)
    assert [beginning for beginning, _rate in schedule] == list(range(0, 1000, 50))
    # 1 + cos 4.5 degrees, 1 + cos 85.5, 1 + cos 94.5 and 1 + cos 175.5
    assert [schedule[k][1] for k in (0, 9, 10, 19)] == exactly([1.997, 1.078, 0.9215, 0.003083])


@quickly()
@given(st.floats(1e-6, 1e6), st.integers(1, 10_000))
def test_each_stair_of_a_cosine_is_as_high_as_the_curve_in_its_middle(rate: float, twentieth: int) -> None:
    for beginning, stair in cosine(rate, 20 * twentieth):
        middle = (beginning + twentieth / 2) / (20 * twentieth)
        assert stair == pytest.approx(rate / 2 * (1 + math.cos(math.pi * middle)), rel=FOUR_DIGITS)


@quickly()
@given(st.integers(1, 10_000))
def test_a_warm_up_never_falls_and_the_other_recipes_never_rise(iterations: int) -> None:
    climbing, *falling = (
        [stair for _beginning, stair in recipe(1.0, iterations)] for recipe in (warm_up, step_decay, cosine)
    )
    assert climbing == sorted(climbing)
    assert all(stairs == sorted(stairs, reverse=True) for stairs in falling)
