import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.iterations import IterationScale, curve_iterations, frame_iterations
from charts.look import BEST, LOSS, NOW, Figure
from charts.loss_curve import loss_figure
from charts.trail import BLANK
from core.data.builtin import celsius, weighted_sum
from core.experiment import Experiment
from core.theory.quadratic import quadratic
from core.training import History
from tests.charts.runs import at_rate, best_loss, history, iterations, loss_curve, loss_of, on, scale_of, trained
from tests.charts.seen import axes, moved, names, trace, traces

SETTLES = "a line that settles"
STABLE = quadratic(celsius()).limits.stable
WALKED = pytest.mark.parametrize(
    "run", [SETTLES, "a line that flies apart", "a line by a wrong gradient", "weights at rest"]
)
KINDS = pytest.mark.parametrize("loss_axis", ["linear", "log"])


def figure(*loss: float, loss_axis: str = "linear", best: float | None = 0.0) -> Figure:
    history = History(Experiment.on(weighted_sum()), np.zeros((len(loss), 4)), np.array(loss))
    return loss_figure(history, best, frame_iterations(len(loss) - 1), loss_axis=loss_axis)


def mark_of_the_end(run: History) -> dict[str, Any]:
    return next(t for t in traces(loss_of(run)) if t["name"] == "exploded")


def marked(drawn: Figure) -> list[tuple[Any, Any]]:
    return [(now["x"], now["y"]) for now in moved(drawn, "now")]


@pytest.mark.parametrize(
    ("frame", "loss"), [(0, 2359.915), (1, 1941.4684580492997), (3, 1448.8129445986078), (10, 1023.6937187796024)]
)
@KINDS
def test_the_marker_stands_on_the_published_loss(frame: int, loss: float, loss_axis: str) -> None:
    now = moved(loss_curve(SETTLES, loss_axis=loss_axis), "now")[frame]
    assert now["y"] == pytest.approx([loss], rel=1e-5)


@pytest.mark.parametrize(("frame", "place"), [(0, 0.0), (1, 0.301), (9, 1.0)])
def test_the_marker_stands_at_the_place_of_its_iteration(frame: int, place: float) -> None:
    assert moved(loss_curve(SETTLES), "now")[frame]["x"] == [place]


@WALKED
@KINDS
def test_the_marker_stands_on_the_curve_at_the_loss_of_the_history(run: str, loss_axis: str) -> None:
    drawn, found = loss_curve(run, loss_axis), history(run)
    curve = trace(drawn, "loss")
    on_curve = dict(zip(curve["customdata"], zip(curve["x"], curve["y"], strict=True), strict=True))
    high = axes(drawn)["yaxis"]["range"][1]
    for i, ((x,), (y,)) in zip(iterations(found), marked(drawn), strict=True):
        assert (x, y) == on_curve[i]
        assert y == pytest.approx(found.loss[i], rel=1e-5) or (loss_axis == "linear" and min(y, found.loss[i]) > high)


@KINDS
def test_the_curve_is_the_history_s_loss(loss_axis: str) -> None:
    curve, found = trace(loss_curve(SETTLES, loss_axis), "loss"), history(SETTLES)
    shown = curve_iterations(1000, iterations(found))
    assert curve["customdata"] == shown
    assert curve["x"] == scale_of(found).places(shown).tolist()
    assert curve["y"] == pytest.approx(found.loss[shown].tolist(), rel=1e-5)


@KINDS
def test_a_loss_is_sent_with_six_digits(loss_axis: str) -> None:
    assert trace(loss_curve(SETTLES, loss_axis), "loss")["y"][1] == pytest.approx(1941.47, rel=1e-15)


@KINDS
def test_the_curve_is_drawn_twice_faint_as_a_whole_and_strong_as_far_as_it_has_been_played(loss_axis: str) -> None:
    faint, strong = (t for t in traces(loss_curve(SETTLES, loss_axis)) if t["name"] == "loss")
    assert (faint["x"], faint["y"]) == (strong["x"], strong["y"])
    assert (faint["opacity"], faint["showlegend"], faint.get("meta")) == (0.35, False, None)
    assert (strong.get("opacity"), strong["meta"]) == (None, {"grows": True})


@KINDS
def test_the_least_possible_loss_is_a_level_line_over_all_iterations(loss_axis: str) -> None:
    least = trace(loss_curve("a line through real data", loss_axis=loss_axis), "least possible")
    assert least["x"] == IterationScale(500).places([0, 500]).tolist()
    assert least["y"] == pytest.approx([1.036019442] * 2, rel=1e-9)


@pytest.mark.parametrize("losses", [(100.0, 80.0, 20.0), (100.0, 90.0), (100.0, 1e3, 1e30)])
def test_the_linear_axis_reaches_from_zero_to_the_start_s_loss_whatever_follows(losses: tuple[float, ...]) -> None:
    assert axes(figure(*losses))["yaxis"]["range"] == pytest.approx([-6.0, 106.0])


def test_a_loss_that_explodes_leaves_the_linear_frame_upwards() -> None:
    drawn = figure(1.0, 10.0, 1e30, 1e300)
    _, high = axes(drawn)["yaxis"]["range"]
    assert min(trace(drawn, "loss")["y"][1:]) > high
    assert max(trace(drawn, "loss")["y"]) < 1e6 * high


@pytest.mark.parametrize("largest", [1.6e308, 1.75e308, np.finfo(float).max])
@KINDS
def test_the_largest_loss_there_is_leaves_the_axis_finite(largest: float, loss_axis: str) -> None:
    axis = axes(figure(largest, largest / 2, loss_axis=loss_axis))["yaxis"]
    assert np.isfinite(axis["range"]).all()


@pytest.mark.parametrize("loss", [0.0, -0.0, -1e-30, math.inf])
def test_a_logarithmic_axis_drops_what_it_cannot_show(loss: float) -> None:
    drawn = figure(100.0, loss, 10.0, loss_axis="log")
    assert trace(drawn, "loss")["y"] == [100.0, None, 10.0]
    assert [y for _, y in marked(drawn)] == [[100.0], [None], [10.0]]


@pytest.mark.parametrize("best", [0.0, -1e-30])
def test_a_logarithmic_axis_drops_a_least_loss_of_zero(best: float) -> None:
    drawn = figure(100.0, 10.0, loss_axis="log", best=best)
    assert trace(drawn, "least possible")["y"] == [None, None]
    assert axes(drawn)["yaxis"]["range"] == pytest.approx([0.94, 2.06])


def test_a_logarithmic_axis_reaches_down_to_the_least_loss() -> None:
    drawn = figure(100.0, 10.0, loss_axis="log", best=1.0)
    assert axes(drawn)["yaxis"]["range"] == pytest.approx([-0.12, 2.12])


@KINDS
def test_only_the_logarithmic_axis_is_one(loss_axis: str) -> None:
    assert (axes(loss_curve(SETTLES, loss_axis))["yaxis"].get("type") == "log") is (loss_axis == "log")


def test_a_loss_of_zero_everywhere_is_a_line_at_zero() -> None:
    drawn = figure(0.0, 0.0, 0.0)
    assert trace(drawn, "loss")["y"] == [0.0, 0.0, 0.0]
    low, high = axes(drawn)["yaxis"]["range"]
    assert low < 0 < high


def test_a_loss_of_zero_everywhere_leaves_the_logarithmic_figure_empty_but_valid() -> None:
    drawn = figure(0.0, 0.0, 0.0, loss_axis="log")
    assert [y for _, y in marked(drawn)] == [[None]] * 3
    assert np.isfinite(axes(drawn)["yaxis"]["range"]).all()


def test_at_rest_the_loss_is_level() -> None:
    assert {y for _, (y,) in marked(loss_curve("a line at rest"))} == {2359.91}


def test_an_infinite_loss_at_the_start_is_no_point() -> None:
    assert trace(figure(math.inf, loss_axis="log"), "loss")["y"] == [None]


@pytest.mark.parametrize("run", ["a line from 1e300", "weights from 1e300", "several features from 1e300"])
def test_a_run_whose_start_has_an_infinite_loss_has_one_frame_and_no_point(run: str) -> None:
    assert history(run).diverged_at == 0
    assert marked(loss_curve(run, loss_axis="log")) == [([0], [None])]


def test_one_iteration_is_drawn_from_start_to_end() -> None:
    drawn = loss_curve("a line after one iteration")
    assert trace(drawn, "loss")["x"] == [0, 0.301]


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
    axis = axes(figure(*loss, loss_axis="log", best=loss[-1]))["yaxis"]
    assert axis["dtick"] == ticks


def test_the_title_of_the_losses_names_the_squared_unit_of_the_targets() -> None:
    titles = [axes(loss_curve(run))["yaxis"]["title"]["text"] for run in (SETTLES, "weights that settle")]
    assert titles == ["loss (°F²)", "loss"]


@KINDS
def test_without_a_least_loss_only_its_line_is_missing(loss_axis: str) -> None:
    found, known = history(SETTLES), best_loss(history(SETTLES))
    without, with_it = (loss_figure(found, best, iterations(found), loss_axis=loss_axis) for best in (None, known))
    assert names(without) == [name for name in names(with_it) if name != "least possible"]
    assert moved(without, "now") == moved(with_it, "now")


@KINDS
def test_loss_now_and_least_possible_have_their_colours(loss_axis: str) -> None:
    drawn = loss_curve(SETTLES, loss_axis=loss_axis)
    lines = [trace(drawn, name)["line"]["color"] for name in ("loss", "least possible")]
    assert (lines, trace(drawn, "now")["marker"]["color"]) == ([LOSS, BEST], NOW)


@pytest.mark.parametrize("learning_rate", [0.0013, 0.005])
def test_the_loss_of_a_run_that_explodes_stands_on_a_logarithmic_axis_by_itself(learning_rate: float) -> None:
    assert axes(loss_of(at_rate(learning_rate)))["yaxis"]["type"] == "log"


@pytest.mark.parametrize("learning_rate", [0.0013, 0.005])
def test_an_explosion_is_seen_from_step_to_step(learning_rate: float) -> None:
    drawn = loss_of(at_rate(learning_rate))
    low, high = axes(drawn)["yaxis"]["range"]
    heights = np.log10([y for y in trace(drawn, "loss")["y"] if y is not None])
    assert np.sum((low <= heights) & (heights <= high)) >= 20


@given(st.floats(0.0, 0.999))
@settings(deadline=None, max_examples=20)
def test_the_loss_of_a_stable_run_stands_on_a_linear_axis_which_is_always_the_same(share: float) -> None:
    drawn = loss_of(trained(on(celsius(), (0.5, 0.5), share * STABLE, 20)))
    assert axes(drawn)["yaxis"] == axes(loss_curve(SETTLES))["yaxis"]


def test_the_largest_stable_rate_is_no_reason_for_a_logarithmic_axis() -> None:
    assert "type" not in axes(loss_of(history("a line at the limit")))["yaxis"]


def test_beside_the_last_point_of_an_explosion_it_is_written_at_which_step_it_ended() -> None:
    run = at_rate(0.005)
    curve, mark = trace(loss_of(run), "loss"), mark_of_the_end(run)
    assert mark["text"][0].strip() == f"✕ step {run.diverged_at}: too large for a computer"
    assert ([curve["x"][-1]], [curve["y"][-1]]) == (mark["x"], mark["y"])


@pytest.mark.parametrize("learning_rate", [1e-4, 0.00119])
def test_beside_the_last_point_of_other_runs_nothing_is_written(learning_rate: float) -> None:
    assert mark_of_the_end(at_rate(learning_rate))["text"] == [BLANK]
