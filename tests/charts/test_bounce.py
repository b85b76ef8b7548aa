import numpy as np
import pytest

from charts.bounce import bounce_figure
from tests.charts.seen import axes, traces


def test_the_bounces_are_the_numbers_given() -> None:
    drawn = bounce_figure([np.array([1.0, -0.5, 0.25]), np.array([1.0, 0.9, 0.81])])
    assert [(t["x"], t["y"]) for t in traces(drawn)] == [([0, 1, 2], [1.0, -0.5, 0.25]), ([0, 1, 2], [1.0, 0.9, 0.81])]


def test_the_steep_direction_comes_first_and_then_the_flat_one() -> None:
    drawn = bounce_figure([np.array([1.0, -0.5]), np.array([1.0, 0.9])])
    assert [t["name"] for t in traces(drawn)] == ["steep direction", "flat direction"]


def test_the_bounces_appear_one_step_after_the_other() -> None:
    drawn = bounce_figure([np.array([1.0, -0.5, 0.25])])
    assert [(frame["name"], frame["data"][0]) for frame in drawn["frames"]] == [
        ("0", {"x": [0], "y": [1.0]}),
        ("1", {"x": [0, 1], "y": [1.0, -0.5]}),
        ("2", {"x": [0, 1, 2], "y": [1.0, -0.5, 0.25]}),
    ]


def test_a_single_direction_has_a_single_curve() -> None:
    assert len(traces(bounce_figure([np.array([1.0, 0.5])]))) == 1


def test_both_directions_are_told_apart_by_dash_and_symbol_too() -> None:
    steep, flat = traces(bounce_figure([np.array([1.0, -0.5]), np.array([1.0, 0.9])]))
    assert steep["line"]["dash"] != flat["line"]["dash"]
    assert steep["marker"]["symbol"] != flat["marker"]["symbol"]


def test_bounces_that_grow_leave_the_frame_at_twice_the_start() -> None:
    low, high = axes(bounce_figure([np.array([(-3.0) ** k for k in range(20)])]))["yaxis"]["range"]
    assert (low, high) == pytest.approx((-2.16, 2.16))


def test_bounces_that_shrink_fill_the_frame() -> None:
    low, high = axes(bounce_figure([np.array([(-0.5) ** k for k in range(20)])]))["yaxis"]["range"]
    assert (low, high) == pytest.approx((-1.08, 1.08))


def test_the_bounces_of_a_run_without_steps_are_one_point() -> None:
    assert traces(bounce_figure([np.array([1.0])]))[0]["x"] == [0]
