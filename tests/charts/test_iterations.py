"""Which iterations are drawn, where they stand, and for how long they are shown."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.iterations import (
    FIRST_FRAMES,
    FIRST_POINTS,
    LATER_FRAMES,
    LATER_POINTS,
    IterationScale,
    curve_iterations,
    even_iterations,
    frame_iterations,
    hand_placed,
    live_end,
    pace,
    portion_iterations,
    turns,
)
from core.data.builtin import celsius
from core.training import History
from tests.charts.runs import at_rate, history, on, steered, trained

LASTS = st.integers(0, 100_000)


@pytest.mark.parametrize("last", [0, 1, 2, 10, 20])
def test_a_short_run_has_a_frame_for_each_iteration(last: int) -> None:
    assert frame_iterations(last) == list(range(last + 1))


@pytest.mark.parametrize("last", [21, 100, 10_000, 100_000])
def test_the_first_iterations_get_a_frame_each(last: int) -> None:
    assert frame_iterations(last)[: FIRST_FRAMES + 1] == list(range(FIRST_FRAMES + 1))


@given(LASTS)
@settings(deadline=None)
def test_two_frames_that_follow_on_each_other_are_an_odd_number_of_steps_apart(last: int) -> None:
    assert set((np.diff(frame_iterations(last)) % 2).tolist()) <= {1}


@pytest.mark.parametrize("last", [1000, 10_000, 100_000])
def test_later_frames_grow_apart_by_nearly_the_same_factor(last: int) -> None:
    later = np.array(frame_iterations(last)[FIRST_FRAMES:])
    factors = later[1:] / later[:-1]
    # Each end of a step is moved by at most one and a half: to a whole iteration, and on to an odd distance.
    steady = (last / FIRST_FRAMES) ** (1 / LATER_FRAMES)
    assert np.all(np.abs(factors - steady) <= 1.5 * (1 + steady) / later[:-1])


@given(LASTS)
@settings(deadline=None)
def test_a_run_has_few_frames_however_long_it_is(last: int) -> None:
    assert len(frame_iterations(last)) <= 1 + FIRST_FRAMES + LATER_FRAMES + 1


@given(LASTS, st.lists(st.integers(-10, 100_010), max_size=5))
@settings(deadline=None)
def test_frames_lie_within_the_run_whatever_is_chosen(last: int, chosen: list[int]) -> None:
    iterations = frame_iterations(last, tuple(chosen))
    assert iterations == sorted(set(iterations))
    assert (iterations[0], iterations[-1]) == (0, last)
    assert {type(iteration) for iteration in iterations} == {int}
    assert {i for i in chosen if 0 <= i <= last} <= set(iterations)


def test_chosen_iterations_take_no_other_s_place() -> None:
    assert set(frame_iterations(10_000, (333, 4444))) == {*frame_iterations(10_000), 333, 4444}


def test_the_iterations_that_get_a_frame_are_a_list_of_one_s_own() -> None:
    frame_iterations(50).clear()
    assert frame_iterations(50)[0] == 0


@given(LASTS)
@settings(deadline=None)
def test_a_curve_has_a_point_at_each_of_its_frames_and_not_too_many(last: int) -> None:
    frames = frame_iterations(last)
    iterations = curve_iterations(last, frames)
    assert iterations == sorted(set(iterations))
    assert set(frames) <= set(iterations)
    assert len(iterations) <= 2 + FIRST_POINTS + LATER_POINTS + len(frames)


@pytest.mark.parametrize("last", [0, 1, 59, 60, 100, 10_000])
def test_the_first_iterations_are_each_a_point_of_a_curve(last: int) -> None:
    first = list(range(min(last, FIRST_POINTS) + 1))
    assert curve_iterations(last, [0, last])[: len(first)] == first


@pytest.mark.parametrize(("iteration", "place"), [(0, 0.0), (1, 0.301), (9, 1.0), (49, 1.699), (99, 2.0), (999, 3.0)])
def test_an_iteration_stands_at_the_logarithm_of_the_next_one(iteration: int, place: float) -> None:
    assert IterationScale(1000).places([iteration]).tolist() == [place]


@given(st.integers(10, 100_000))
def test_the_first_ten_steps_take_at_least_a_fifth_of_the_way(last: int) -> None:
    tenth, end = IterationScale(last).places([10, last]).tolist()
    assert tenth >= 0.2 * end


@given(LASTS)
@settings(deadline=None)
def test_all_frames_stand_inside_the_axis_from_left_to_right(last: int) -> None:
    scale = IterationScale(last)
    low, high = scale.axis()["range"]
    places = scale.places(frame_iterations(last))
    assert low < places[0] <= places[-1] < high
    assert np.all(np.diff(places) >= 0)


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        (0, ["0", "1"]),
        (4, ["0", "1", "2"]),
        (100, ["0", "1", "2", "5", "10", "20", "50", "100"]),
        (10_000, ["0", "1", "2", "5", "10", "100", "1,000", "10,000"]),
        (100_000, ["0", "1", "2", "5", "10", "100", "1,000", "10,000", "100,000"]),
    ],
)
def test_the_axis_is_labelled_with_the_iterations_themselves(last: int, labels: list[str]) -> None:
    assert IterationScale(last).axis()["ticktext"] == labels


def test_a_label_stands_where_its_iteration_does() -> None:
    scale = IterationScale(100)
    assert scale.axis()["tickvals"] == scale.places([0, 1, 2, 5, 10, 20, 50, 100]).tolist()


def test_labels_are_written_as_the_language_does(turkish: None) -> None:
    assert IterationScale(1000).axis()["ticktext"][-1] == "1.000"


def test_on_request_all_iterations_stand_evenly() -> None:
    scale = IterationScale(100, logarithmic=False)
    assert scale.places([0, 1, 50, 100]).tolist() == [0, 1, 50, 100]
    assert scale.axis()["range"] == pytest.approx([-3, 103])
    assert "ticktext" not in scale.axis()


def test_the_axis_takes_what_else_is_said_of_it() -> None:
    assert IterationScale(100).axis(anchor="y2")["anchor"] == "y2"


def test_the_first_steps_take_their_time_and_the_next_ones_half_of_it() -> None:
    assert pace(frame_iterations(20)) == [0.5] * 8 + [0.25] * 12


@pytest.mark.parametrize("last", [100, 1000, 10_000, 100_000])
def test_a_long_run_takes_ten_seconds(last: int) -> None:
    assert sum(pace(frame_iterations(last))) == pytest.approx(10)


@given(LASTS, st.integers(0, 100) | st.none())
@settings(deadline=None)
def test_no_run_takes_longer_than_ten_seconds_and_no_move_backwards(last: int, left_at: int | None) -> None:
    seconds = pace(frame_iterations(last), left_at)
    assert len(seconds) == len(frame_iterations(last)) - 1
    assert sum(seconds) <= 10 + 1e-9
    assert min(seconds, default=1) > 0


@given(st.integers(1, 100_000), st.integers(0, 60))
@settings(deadline=None)
def test_what_follows_on_the_step_out_of_the_picture_takes_a_second_and_a_half_at_the_most(
    last: int, left_at: int
) -> None:
    iterations = frame_iterations(last)
    seconds = pace(iterations, left_at)
    after = [s for i, s in zip(iterations, seconds, strict=False) if i > left_at]
    assert sum(after) <= 1.5 + 1e-9


@pytest.mark.parametrize("left_at", [0, 1, 3, 8, 100])
def test_until_the_prediction_leaves_the_picture_nothing_is_hurried(left_at: int) -> None:
    iterations = frame_iterations(10_000)
    before = sum(i <= left_at for i in iterations)
    assert pace(iterations, left_at)[:before] == pace(iterations)[:before]


@pytest.mark.parametrize(
    ("iteration", "end"),
    [(0, 50), (40, 50), (41, 100), (80, 100), (81, 200), (160, 200), (161, 500), (401, 1000), (100_000, 200_000)],
)
def test_the_axis_of_a_live_run_ends_at_the_first_round_number_that_leaves_room(iteration: int, end: int) -> None:
    assert live_end(iteration) == end


@given(st.integers(0, 10**9))
def test_the_axis_of_a_live_run_leaves_room_and_is_a_round_number(iteration: int) -> None:
    end = live_end(iteration)
    assert max(50, 1.25 * iteration) <= end <= max(50, 2.5 * 1.25 * iteration)
    assert str(end).rstrip("0") in ("1", "2", "5")


@given(st.integers(0, 100_000), st.integers(0, 50_000), st.floats(0.5, 50_000))
def test_a_portion_has_frames_from_its_first_iteration_to_its_last(first: int, length: int, pace: float) -> None:
    frames = portion_iterations(first, first + length, pace)
    assert (frames[0], frames[-1]) == (first, first + length)
    assert all(later % 2 != sooner % 2 and later > sooner for sooner, later in pairwise(frames))
    assert len(frames) <= 101
    assert {type(frame) for frame in frames} == {int}


@pytest.mark.parametrize("pace", [50, 100, 200, 500, 1000])
def test_a_portion_has_about_forty_frames_a_second(pace: int) -> None:
    assert 25 <= len(portion_iterations(7, 7 + 2 * pace, pace)) / 2 <= 51


def test_a_slow_portion_has_a_frame_for_each_iteration() -> None:
    assert portion_iterations(5, 25, 10) == list(range(5, 26))


def test_a_hand_has_placed_the_start_and_each_nudge_that_the_run_has_come_to() -> None:
    run = history("a line that is nudged")
    assert (hand_placed(run), hand_placed(run.until(20)), hand_placed(at_rate(1e-4))) == ([0, 30], [0], [0])


def test_where_a_run_turns_it_is_drawn_before_and_after() -> None:
    assert {39, 40, 41, 79, 80, 81} <= set(turns(history("a line turned up and down")))
    assert {29, 30, 31} <= set(turns(history("a line that is nudged")))


def long_run(iterations: int, nudged_at: int = 0) -> History:
    nudges = ((nudged_at, (3.0, -40.0)),) if nudged_at else ()
    return trained(steered(on(celsius(), (0.5, 0.5), 1e-4, iterations), nudges=nudges))


@given(st.integers(0, 3000), st.data())
@settings(deadline=None, max_examples=25)
def test_the_curve_of_a_steered_run_has_its_last_iterations_its_turns_and_its_frames(
    last: int, data: st.DataObject
) -> None:
    run, frames = long_run(last), data.draw(st.lists(st.integers(0, last), max_size=5))
    shown = even_iterations(run, frames)
    assert shown == sorted(shown)
    assert len(shown) >= 2
    assert {0, last, *frames, *turns(run), *range(max(last - 60, 0), last + 1)} <= set(shown)


@pytest.mark.parametrize("last", [1000, 10_000, 50_000])
def test_the_curve_of_a_steered_run_is_drawn_evenly_at_few_points(last: int) -> None:
    shown = np.array(even_iterations(long_run(last), []))
    assert len(shown) < 750
    assert np.diff(shown).max() <= last / 200 + 2


@given(st.integers(2, 2900))
@settings(deadline=None, max_examples=25)
def test_no_peak_is_lost(nudged_at: int) -> None:
    run = long_run(3000, nudged_at)
    shown = even_iterations(run, [])
    assert run.loss[shown].max() == run.loss.max()
    assert run.loss[shown].min() == run.loss.min()


@pytest.mark.parametrize("last", [0, 1])
def test_a_run_that_has_hardly_begun_is_drawn_as_a_line_too(last: int) -> None:
    assert even_iterations(at_rate(1e-4, last), [0]) == [0, last]
