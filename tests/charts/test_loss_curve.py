import math
from typing import Any

import numpy as np
import pytest

from charts.look import Figure, frame_iterations
from charts.loss_curve import CURVE_POINTS, OVERFLOW, curve_iterations, loss_figure
from core.training import History
from tests.charts.runs import RUNS, axes, drawing, moved, trace

SETTLES = "a line that settles"
FINITE_RUNS = pytest.mark.parametrize(
    "run", [run for run in RUNS if "1e300" not in run and "largest number" not in run and "explode" not in run]
)


def history(*loss: float) -> History:
    return History(np.zeros((len(loss), 1)), np.zeros(len(loss)), np.array(loss))


def figure(*loss: float, logarithmic: bool = False, best: float = 0.0) -> Figure:
    return loss_figure(history(*loss), best, frame_iterations(len(loss) - 1), logarithmic=logarithmic)


def marked(drawn: Figure) -> list[tuple[Any, Any]]:
    return [(now["x"], now["y"]) for now in moved(drawn, "now")]


@pytest.mark.parametrize(
    ("frame", "loss"), [(0, 2359.915), (1, 1941.4684580492997), (3, 1448.8129445986078), (10, 1023.6937187796024)]
)
@pytest.mark.parametrize("kind", ["linear", "log"])
def test_the_marker_stands_on_the_published_loss(kind: str, frame: int, loss: float) -> None:
    now = moved(drawing(SETTLES).figures[kind], "now")[frame]
    assert (now["x"], now["y"]) == ([frame], pytest.approx([loss], rel=1e-12))


@FINITE_RUNS
def test_the_marker_at_each_frame_is_iteration_and_loss_of_the_history(run: str) -> None:
    drawn = drawing(run)
    low, high = axes(drawn.figures["linear"])["yaxis"]["range"]
    for iteration, now in zip(drawn.iterations, moved(drawn.figures["linear"], "now"), strict=True):
        loss = drawn.history.loss[iteration]
        assert now["x"] == [iteration]
        assert now["y"] == [loss] or (min(now["y"][0], loss) > high + 100 * (high - low))


@FINITE_RUNS
def test_the_marker_always_stands_on_the_curve(run: str) -> None:
    for kind in ("linear", "log"):
        drawn = drawing(run).figures[kind]
        curve = trace(drawn, "loss")
        points = dict(zip(curve["x"], curve["y"], strict=True))
        assert [points[x] for (x,), _ in marked(drawn)] == [y for _, (y,) in marked(drawn)]


@pytest.mark.parametrize("kind", ["linear", "log"])
def test_the_curve_is_the_history_s_loss(kind: str) -> None:
    drawn = drawing(SETTLES)
    curve = trace(drawn.figures[kind], "loss")
    assert curve["y"] == drawn.history.loss[curve["x"]].tolist()
    assert (curve["x"][0], curve["x"][-1]) == (0, 1000)


@pytest.mark.parametrize("last", [0, 1, 2, 10, 299, 300, 301, 10_000, 100_000])
def test_the_curve_has_points_from_the_start_to_the_end_and_not_too_many(last: int) -> None:
    iterations = curve_iterations(last, frame_iterations(last))
    assert iterations == sorted(set(iterations))
    assert (iterations[0], iterations[-1]) == (0, last)
    assert set(frame_iterations(last)) <= set(iterations)
    assert len(iterations) <= CURVE_POINTS + 1 + len(frame_iterations(last))
    assert max(np.diff(iterations), default=1) <= max(1, math.ceil(last / CURVE_POINTS))


def test_a_short_curve_has_a_point_for_each_iteration() -> None:
    assert curve_iterations(300, [0, 300]) == list(range(301))


@pytest.mark.parametrize("kind", ["linear", "log"])
def test_the_least_possible_loss_is_a_level_line_over_all_iterations(kind: str) -> None:
    least = trace(drawing("a line through real data").figures[kind], "least possible")
    assert least["x"] == [0, 500]
    assert least["y"] == pytest.approx([1.036019442] * 2, rel=1e-9)


def test_the_linear_axis_shows_everything_from_zero_to_the_greatest_loss() -> None:
    low, high = axes(figure(80.0, 100.0, 20.0))["yaxis"]["range"]
    assert (low, high) == pytest.approx((-6.0, 106.0))


def test_the_linear_axis_shows_a_loss_that_grows_only_up_to_a_few_times_its_start() -> None:
    low, high = axes(figure(1.0, 10.0, 1e3, 1e30))["yaxis"]["range"]
    assert OVERFLOW < high < 1.1 * OVERFLOW
    assert low < 0


def test_a_loss_that_explodes_leaves_the_linear_frame_upwards() -> None:
    drawn = figure(1.0, 10.0, 1e30, 1e300)
    _, high = axes(drawn)["yaxis"]["range"]
    assert min(trace(drawn, "loss")["y"][1:]) > high
    assert max(trace(drawn, "loss")["y"]) < 1e6 * high


@pytest.mark.parametrize("largest", [1.6e308, 1.75e308, np.finfo(float).max])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_largest_loss_there_is_leaves_the_axis_finite(largest: float, *, logarithmic: bool) -> None:
    axis = axes(figure(largest, largest / 2, logarithmic=logarithmic))["yaxis"]
    assert np.isfinite(axis["range"]).all()


@pytest.mark.parametrize("loss", [0.0, -0.0, -1e-30, math.inf])
def test_a_logarithmic_axis_drops_what_it_cannot_show(loss: float) -> None:
    drawn = figure(100.0, loss, 10.0, logarithmic=True)
    assert trace(drawn, "loss")["y"] == [100.0, None, 10.0]
    assert marked(drawn) == [([0], [100.0]), ([1], [None]), ([2], [10.0])]


@pytest.mark.parametrize("best", [0.0, -1e-30])
def test_a_logarithmic_axis_drops_a_least_loss_of_zero(best: float) -> None:
    drawn = figure(100.0, 10.0, logarithmic=True, best=best)
    assert trace(drawn, "least possible")["y"] == [None, None]
    assert axes(drawn)["yaxis"]["range"] == pytest.approx([0.94, 2.06])


def test_a_logarithmic_axis_reaches_down_to_the_least_loss() -> None:
    drawn = figure(100.0, 10.0, logarithmic=True, best=1.0)
    assert axes(drawn)["yaxis"]["range"] == pytest.approx([-0.12, 2.12])


@pytest.mark.parametrize("kind", ["linear", "log"])
def test_only_the_logarithmic_axis_is_one(kind: str) -> None:
    assert (axes(drawing(SETTLES).figures[kind])["yaxis"].get("type") == "log") is (kind == "log")


def test_a_loss_of_zero_everywhere_is_a_line_at_zero() -> None:
    drawn = figure(0.0, 0.0, 0.0)
    assert trace(drawn, "loss")["y"] == [0.0, 0.0, 0.0]
    low, high = axes(drawn)["yaxis"]["range"]
    assert low < 0 < high


def test_a_loss_of_zero_everywhere_leaves_the_logarithmic_figure_empty_but_valid() -> None:
    drawn = figure(0.0, 0.0, 0.0, logarithmic=True)
    assert marked(drawn) == [([0], [None]), ([1], [None]), ([2], [None])]
    assert np.isfinite(axes(drawn)["yaxis"]["range"]).all()


def test_at_rest_the_loss_is_level() -> None:
    assert {y for _, (y,) in marked(drawing("a line at rest").figures["linear"])} == {2359.915}


def test_an_infinite_loss_at_the_start_is_no_point() -> None:
    assert trace(figure(math.inf, logarithmic=True), "loss")["y"] == [None]


def test_one_iteration_is_drawn_from_start_to_end() -> None:
    drawn = drawing("a line after one iteration").figures["linear"]
    assert trace(drawn, "loss")["x"] == [0, 1]
    low, high = axes(drawn)["xaxis"]["range"]
    assert low < 0 < 1 < high


@pytest.mark.parametrize("last", [0, 1, 10, 500])
def test_the_iterations_from_first_to_last_lie_in_the_frame(last: int) -> None:
    low, high = axes(figure(*np.linspace(9.0, 1.0, last + 1)))["xaxis"]["range"]
    assert low < 0 <= last < high


@pytest.mark.parametrize(
    ("loss", "ticks"),
    [
        ((1e3, 1e1), 1),
        ((1e8, 1.0), 1),
        ((1e20, 1e-4), 3),
        ((1e300, 1e-8), 39),
        ((30.0, 20.0), "D2"),
        ((5.0, 5.0), "D2"),
    ],
)
def test_a_logarithmic_axis_has_a_handful_of_ticks(loss: tuple[float, ...], ticks: int | str) -> None:
    axis = axes(figure(*loss, logarithmic=True, best=loss[-1]))["yaxis"]
    assert axis["dtick"] == ticks


@pytest.mark.parametrize("chosen", [(333,), (4, 5, 6), (1000,)])
def test_chosen_iterations_get_a_place_on_the_curve(chosen: tuple[int, ...]) -> None:
    assert set(chosen) <= set(curve_iterations(1000, frame_iterations(1000, chosen)))
