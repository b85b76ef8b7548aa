import numpy as np
import pytest

from charts.traces import Moving, Trace, bars, figure, gaps, growing, line, plain, walking

STILL = line("still", [0], [0], {})


def moving(*heights: float) -> Moving:
    return Moving(line("moving", [0], [heights[-1]], {}), [{"y": [height]} for height in heights])


def test_a_figure_shows_its_traces_one_over_the_other() -> None:
    assert [trace["name"] for trace in figure([STILL, moving(1, 2)], {}, [0, 1])["data"]] == ["still", "moving"]


@pytest.mark.parametrize(("left_out", "traces"), [([], [0, 2]), ([0], [1]), ([1], [0, 1]), ([0, 1], [0])])
def test_frames_name_the_right_traces_whichever_are_left_out(left_out: list[int], traces: list[int]) -> None:
    every: list[Trace | Moving] = [moving(1, 2), STILL, moving(3, 4)]
    parts = [None if k in left_out else part for k, part in enumerate(every)]
    drawn = figure(parts, {}, [0, 1])
    assert [frame["traces"] for frame in drawn["frames"]] == [traces, traces]
    assert drawn["frames"][1]["data"][-1] == {"y": [4]}


def test_at_rest_a_moving_trace_stands_where_the_last_frame_puts_it() -> None:
    assert figure([Moving(STILL, [{"y": [1]}, {"y": [2]}])], {}, [0, 1])["data"] == [{**STILL, "y": [2]}]


def test_a_figure_in_which_nothing_moves_has_no_frames() -> None:
    assert figure([STILL], {"height": 3}) == {"data": [STILL], "frames": [], "layout": {"height": 3}}


def test_a_frame_says_of_bars_that_they_are_bars_and_of_points_nothing() -> None:
    drawn = figure([Moving(bars("bars", ["a"], [1], "red"), [{"y": [1]}]), moving(1)], {}, [0])
    assert drawn["frames"][0]["data"] == [{"type": "bar", "y": [1]}, {"y": [1]}]


@pytest.mark.parametrize("iterations", [[0], [0, 1, 2]])
def test_a_frame_too_many_or_too_few_is_refused(iterations: list[int]) -> None:
    with pytest.raises(ValueError, match="zip"):
        figure([moving(1, 2)], {}, iterations)


def test_traces_that_move_through_unequally_many_frames_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        figure([moving(1, 2), moving(1)], {}, [0, 1])


def test_a_trace_grows_point_by_point() -> None:
    assert growing(x=[0, 1], z=[5, 6]) == [{"x": [0], "z": [5]}, {"x": [0, 1], "z": [5, 6]}]


def test_a_point_walks_from_place_to_place() -> None:
    assert walking([0, 1], [5.0, None]) == [{"x": [0], "y": [5.0]}, {"x": [1], "y": [None]}]


def test_what_is_not_drawn_is_a_gap() -> None:
    assert gaps(np.array([1.0, np.nan, 3.0]), np.array([True, False, True])) == [1.0, None, 3.0]


def test_values_become_python_s_own_numbers() -> None:
    assert [type(value) for value in (*plain(np.array([1.5])), *plain((2,)))] == [float, int]
