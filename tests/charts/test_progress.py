import math

import numpy as np
import pytest

from charts.progress import progress_figure
from tests.charts.seen import axes, trace, traces


def test_the_progress_is_the_distances_given() -> None:
    drawn = progress_figure(np.array([[4.0, 40.0], [2.0, 39.0], [1.0, 38.0]]), [0, 5, 9], ["weight", "bias"], 0.5)
    assert [trace(drawn, name)["y"] for name in ("weight", "bias")] == [[4.0, 2.0, 1.0], [40.0, 39.0, 38.0]]


def test_the_progress_stands_at_the_places_of_its_iterations() -> None:
    drawn = progress_figure(np.array([[4.0], [2.0], [1.0]]), [0, 5, 9], ["weight"], 0.5)
    assert trace(drawn, "weight")["x"] == [0, 0.7782, 1]  # log10 of 1, 6 and 10


def test_the_tolerance_is_a_line_over_the_whole_progress() -> None:
    drawn = progress_figure(np.array([[4.0], [2.0]]), [0, 9], ["weight"], 0.5)
    assert (trace(drawn, "tolerance")["x"], trace(drawn, "tolerance")["y"]) == ([0, 1], [0.5, 0.5])


@pytest.mark.parametrize("tolerance", [1e-9, 0.5, 1e9])
def test_the_tolerance_is_always_in_the_picture(tolerance: float) -> None:
    drawn = progress_figure(np.array([[4.0], [2.0]]), [0, 10], ["weight"], tolerance)
    low, high = axes(drawn)["yaxis"]["range"]
    assert low < math.log10(tolerance) < high


def test_a_distance_of_zero_leaves_a_gap_in_the_progress() -> None:
    drawn = progress_figure(np.array([[4.0], [0.0]]), [0, 1], ["weight"], 0.5)
    assert trace(drawn, "weight")["y"] == [4.0, None]


def test_a_distance_that_is_rounding_is_not_shown_as_progress() -> None:
    drawn = progress_figure(np.array([[1.0], [1e-17]]), [0, 1], ["weight"], 0.5)
    assert trace(drawn, "weight")["y"] == [1.0, None]


def test_a_run_at_its_best_still_has_a_progress_picture() -> None:
    drawn = progress_figure(np.zeros((2, 2)), [0, 1], ["weight", "bias"], 0.5)
    assert [t["y"] for t in traces(drawn)] == [[None, None], [None, None], [0.5, 0.5]]


def test_the_axis_of_the_progress_is_logarithmic() -> None:
    assert axes(progress_figure(np.ones((2, 1)), [0, 1], ["a"], 0.5))["yaxis"]["type"] == "log"
