import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.look import (
    BEFORE,
    BEST,
    DATA,
    FIRST_FRAMES,
    LATER_FRAMES,
    LOSS,
    NOW,
    REGIME_COLOURS,
    SERIES_COLOURS,
    drawable,
    frame_iterations,
    frames,
    padded,
    series_line,
    window,
)


@pytest.mark.parametrize(
    ("last", "iterations"),
    [(0, [0]), (1, [0, 1]), (2, [0, 1, 2]), (10, list(range(11))), (12, list(range(13))), (14, list(range(15)))],
)
def test_a_short_run_has_a_frame_for_each_iteration(last: int, iterations: list[int]) -> None:
    assert frame_iterations(last) == iterations


@pytest.mark.parametrize("last", [100, 10_000, 100_000])
def test_the_first_iterations_get_a_frame_each(last: int) -> None:
    assert frame_iterations(last)[: FIRST_FRAMES + 1] == list(range(FIRST_FRAMES + 1))


@pytest.mark.parametrize("last", [1000, 10_000, 100_000])
def test_later_frames_grow_apart_by_nearly_the_same_factor(last: int) -> None:
    later = np.array(frame_iterations(last)[FIRST_FRAMES:])
    factors = later[1:] / later[:-1]
    # Rounding to whole iterations moves each end of a step by half an iteration at most.
    steady = (last / FIRST_FRAMES) ** (1 / LATER_FRAMES)
    assert np.all(np.abs(factors - steady) <= (0.5 + 0.5 * steady) / later[:-1])


@pytest.mark.parametrize(("last", "count"), [(10_000, 37), (100_000, 37)])
def test_a_long_run_has_few_frames(last: int, count: int) -> None:
    assert len(frame_iterations(last)) == count


def test_chosen_iterations_take_no_other_s_place() -> None:
    assert set(frame_iterations(10_000, (333, 4444))) == {*frame_iterations(10_000), 333, 4444}


@given(st.integers(0, 100_000), st.lists(st.integers(-10, 100_010), max_size=5))
@settings(deadline=None)
def test_frames_lie_within_the_run_whatever_is_chosen(last: int, chosen: list[int]) -> None:
    iterations = frame_iterations(last, tuple(chosen))
    assert iterations == sorted(set(iterations))
    assert (iterations[0], iterations[-1]) == (0, last)
    assert {type(iteration) for iteration in iterations} == {int}
    assert {i for i in chosen if 0 <= i <= last} <= set(iterations)


def test_a_frame_is_named_after_its_iteration_and_names_the_traces_it_moves() -> None:
    assert frames([0, 5], [3], [[{"y": [1]}], [{"y": [2]}]]) == [
        {"name": "0", "traces": [3], "data": [{"y": [1]}]},
        {"name": "5", "traces": [3], "data": [{"y": [2]}]},
    ]


def test_frames_without_data_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        frames([0, 5], [3], [[{"y": [1]}]])


@pytest.mark.parametrize(
    ("low", "high", "range_"), [(0.0, 100.0, (-6.0, 106.0)), (-1.0, 1.0, (-1.12, 1.12)), (5.0, 5.0, (4.5, 5.5))]
)
def test_a_range_is_padded_on_both_sides_and_never_without_extent(
    low: float, high: float, range_: tuple[float, float]
) -> None:
    assert padded(low, high) == pytest.approx(range_)


@pytest.mark.parametrize(
    ("others", "range_"),
    [
        ([2.0, 8.0], (-0.6, 10.6)),
        ([-4.0, 12.0], (-4.96, 12.96)),
        ([-1e300, 5.0], (-5.9, 10.9)),
        ([5.0, 1e300], (-0.9, 15.9)),
        ([-np.inf, np.inf], (-6.2, 16.2)),
    ],
)
def test_a_window_follows_what_moves_no_further_than_its_reach(
    others: list[float], range_: tuple[float, float]
) -> None:
    anchors = np.array([0.0, 10.0])
    assert window(anchors, np.array(others), 0.5) == pytest.approx(range_)


@pytest.mark.parametrize(("level", "range_"), [(0.0, (-1.12, 1.12)), (7.0, (-0.84, 14.84)), (-7.0, (-14.84, 0.84))])
def test_a_window_around_one_level_has_an_extent_all_the_same(level: float, range_: tuple[float, float]) -> None:
    others = np.array([-1e9, 1e9])
    assert window(np.full(3, level), others, 1.0) == pytest.approx(range_)


def test_what_is_drawable_stays_as_it_is() -> None:
    values = np.array([-20.0, 0.0, 9999.0])
    assert drawable(values, (0.0, 10.0)).tolist() == values.tolist()


def test_what_no_browser_can_draw_is_moved_nearer_but_stays_far_outside() -> None:
    low, high = drawable(np.array([-1e300, np.inf]), (0.0, 10.0))
    assert -1e7 <= low <= -1e4
    assert 1e4 <= high <= 1e7


def test_moving_values_nearer_leaves_the_history_as_it_is() -> None:
    values = np.array([1e300])
    drawable(values, (0.0, 10.0))
    assert values.tolist() == [1e300]


def test_a_window_over_nothing_but_what_is_no_number_shows_the_anchors() -> None:
    assert window(np.array([0.0, 10.0]), np.full(3, np.nan), 0.5) == pytest.approx((-0.6, 10.6))


def test_a_window_around_nothing_finite_is_one_unit_wide_and_a_little_more() -> None:
    assert window(np.array([np.inf, np.nan]), np.array([np.nan]), 0.5) == pytest.approx((-0.06, 1.06))


def test_the_iterations_that_get_a_frame_are_a_list_of_one_s_own() -> None:
    frame_iterations(50).clear()
    assert frame_iterations(50)[0] == 0


def test_no_two_meanings_share_a_colour() -> None:
    colours = [DATA, BEFORE, NOW, BEST, LOSS, *REGIME_COLOURS.values(), *SERIES_COLOURS]
    assert len(set(colours)) == len(colours)


def test_six_of_a_kind_have_six_colours_and_six_dashes_and_a_seventh_has_the_first_s() -> None:
    lines = [series_line(k) for k in range(7)]
    assert len({line["color"] for line in lines[:6]}) == len({line["dash"] for line in lines[:6]}) == 6
    assert lines[6] == lines[0]
