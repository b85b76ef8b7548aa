import numpy as np
import pytest

from charts.differences import FLOOR, differences_figure
from charts.look import Figure
from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.differences import difference_errors
from tests.charts.seen import ranges, trace, traces

EXPERIMENT = Experiment.on(celsius())
STEPS = np.logspace(-15, 2, 60)
DRAWN = differences_figure(STEPS, *difference_errors(EXPERIMENT, celsius().start, STEPS), 1e-3)
WITHOUT_ANY = differences_figure(STEPS, 0 * STEPS, 0 * STEPS, 1e-3)


def test_both_error_curves_are_drawn_over_the_steps() -> None:
    one_sided, two_sided = difference_errors(EXPERIMENT, celsius().start, STEPS)
    assert trace(DRAWN, "forward differences")["y"] == np.maximum(one_sided, FLOOR).tolist()
    assert trace(DRAWN, "central differences")["y"] == np.maximum(two_sided, FLOOR).tolist()
    assert all(part["x"] == STEPS.tolist() for part in DRAWN["data"])


def test_both_axes_of_the_errors_are_logarithmic() -> None:
    assert [DRAWN["layout"][axis]["type"] for axis in ("xaxis", "yaxis")] == ["log", "log"]


def test_the_axis_of_the_steps_ends_with_the_steps() -> None:
    assert ranges(DRAWN)[0] == pytest.approx([-15, 2])


@pytest.mark.parametrize("figure", [DRAWN, WITHOUT_ANY], ids=["measured", "without any"])
def test_every_error_lies_within_the_frame(figure: Figure) -> None:
    low, high = ranges(figure)[1]
    assert all(low <= np.log10(value) <= high for part in traces(figure) for value in part["y"])


def test_an_error_of_zero_is_drawn_at_the_floor() -> None:
    assert {value for part in traces(WITHOUT_ANY) for value in part["y"]} == {FLOOR}


@pytest.mark.parametrize("step", [1e-15, 1e-3, 100.0])
def test_the_chosen_step_is_a_line_from_bottom_to_top(step: float) -> None:
    (line,) = differences_figure(STEPS, STEPS, STEPS, step)["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["y0"], line["y1"], line["yref"]) == (step, step, 0, 1, "paper")


def test_an_error_that_is_no_number_leaves_a_gap() -> None:
    figure = differences_figure(STEPS[:3], np.array([1.0, np.nan, 2.0]), np.array([np.inf, 1.0, 2.0]), 1e-3)
    assert [part["y"] for part in traces(figure)] == [[1.0, None, 2.0], [None, 1.0, 2.0]]
