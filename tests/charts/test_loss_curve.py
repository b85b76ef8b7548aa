import math
from typing import Any

import numpy as np
import pytest

from charts.look import BEST, LOSS, NOW, Figure, frame_iterations
from charts.loss_curve import CURVE_POINTS, OVERFLOW, curve_iterations, loss_figure
from core.data.builtin import weighted_sum
from core.experiment import Experiment
from core.training import History
from tests.charts.runs import best_loss, history, iterations, loss_curve
from tests.charts.seen import axes, moved, names, trace

SETTLES = "a line that settles"
WALKED = pytest.mark.parametrize(
    "run", [SETTLES, "a line that flies apart", "a line by a wrong gradient", "weights at rest"]
)
KINDS = pytest.mark.parametrize("logarithmic", [False, True])


def figure(*loss: float, logarithmic: bool = False, best: float | None = 0.0) -> Figure:
    history = History(Experiment.on(weighted_sum()), np.zeros((len(loss), 4)), np.array(loss))
    return loss_figure(history, best, frame_iterations(len(loss) - 1), logarithmic=logarithmic)


def marked(drawn: Figure) -> list[tuple[Any, Any]]:
    return [(now["x"], now["y"]) for now in moved(drawn, "now")]


@pytest.mark.parametrize(
    ("frame", "loss"), [(0, 2359.915), (1, 1941.4684580492997), (3, 1448.8129445986078), (10, 1023.6937187796024)]
)
@KINDS
def test_the_marker_stands_on_the_published_loss(frame: int, loss: float, *, logarithmic: bool) -> None:
    now = moved(loss_curve(SETTLES, logarithmic=logarithmic), "now")[frame]
    assert (now["x"], now["y"]) == ([frame], pytest.approx([loss], rel=1e-12))


@WALKED
@KINDS
def test_the_marker_stands_on_the_curve_at_iteration_and_loss_of_the_history(run: str, *, logarithmic: bool) -> None:
    drawn, found = loss_curve(run, logarithmic=logarithmic), history(run)
    curve = trace(drawn, "loss")
    on_curve = dict(zip(curve["x"], curve["y"], strict=True))
    low, high = axes(drawn)["yaxis"]["range"]
    for i, ((x,), (y,)) in zip(iterations(found), marked(drawn), strict=True):
        assert (x, y) == (i, on_curve[i])
        assert y == found.loss[i] or (not logarithmic and min(y, found.loss[i]) > high + 100 * (high - low))


@KINDS
def test_the_curve_is_the_history_s_loss(*, logarithmic: bool) -> None:
    curve = trace(loss_curve(SETTLES, logarithmic=logarithmic), "loss")
    assert curve["y"] == history(SETTLES).loss[curve["x"]].tolist()
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


@KINDS
def test_the_least_possible_loss_is_a_level_line_over_all_iterations(*, logarithmic: bool) -> None:
    least = trace(loss_curve("a line through real data", logarithmic=logarithmic), "least possible")
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


@KINDS
def test_only_the_logarithmic_axis_is_one(*, logarithmic: bool) -> None:
    assert (axes(loss_curve(SETTLES, logarithmic=logarithmic))["yaxis"].get("type") == "log") is logarithmic


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
    assert {y for _, (y,) in marked(loss_curve("a line at rest"))} == {2359.915}


def test_an_infinite_loss_at_the_start_is_no_point() -> None:
    assert trace(figure(math.inf, logarithmic=True), "loss")["y"] == [None]


@pytest.mark.parametrize("run", ["a line from 1e300", "weights from 1e300", "several features from 1e300"])
def test_a_run_whose_start_has_an_infinite_loss_has_one_frame_and_no_point(run: str) -> None:
    assert history(run).diverged_at == 0
    assert marked(loss_curve(run, logarithmic=True)) == [([0], [None])]


def test_one_iteration_is_drawn_from_start_to_end() -> None:
    drawn = loss_curve("a line after one iteration")
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


def test_chosen_iterations_get_a_place_on_the_curve() -> None:
    assert {4, 333, 1000} <= set(curve_iterations(1000, frame_iterations(1000, (4, 333))))


def test_the_title_of_the_losses_names_the_squared_unit_of_the_targets() -> None:
    titles = [axes(loss_curve(run))["yaxis"]["title"]["text"] for run in (SETTLES, "weights that settle")]
    assert titles == ["loss (°F²)", "loss"]


@KINDS
def test_without_a_least_loss_only_its_line_is_missing(*, logarithmic: bool) -> None:
    found, known = history(SETTLES), best_loss(history(SETTLES))
    without, with_it = (loss_figure(found, best, iterations(found), logarithmic=logarithmic) for best in (None, known))
    assert names(without) == ["loss", "now"]
    assert moved(without, "now") == moved(with_it, "now")
    assert [frame["traces"] for frame in without["frames"][:1]] == [[1]]


@KINDS
def test_loss_now_and_least_possible_have_their_colours(*, logarithmic: bool) -> None:
    drawn = loss_curve(SETTLES, logarithmic=logarithmic)
    lines = [trace(drawn, name)["line"]["color"] for name in ("loss", "least possible")]
    assert (lines, trace(drawn, "now")["marker"]["color"]) == ([LOSS, BEST], NOW)
