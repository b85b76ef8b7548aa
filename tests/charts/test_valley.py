"""The valley: the loss over one value as a bowl, and the ball in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.look import Figure
from charts.valley import valley_figure
from core.checks import Array
from core.data.builtin import celsius, tips
from core.theory.quadratic import quadratic
from core.theory.watched import watched
from core.training import History
from tests.charts.runs import at_rate, iterations, known, on, summed_at_rate, trained
from tests.charts.seen import axes, moves, names, ranges, traces

STABLE = quadratic(celsius()).limits.stable
FIRST_BOWL, BOWL, JUMPS, BALL = range(4)
RUNS = {
    "article": at_rate(1e-4),
    "overshooting": at_rate(0.00119),
    "real data": trained(on(tips(), (0.0, 0.0), 1e-3, 500)),
    "summed": summed_at_rate(0.2),
    "bouncing": summed_at_rate(0.25),
}
EACH = pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)


def valley(run: History) -> Figure:
    value = "output" if run.experiment.data.n_samples == 1 else "weight"
    return valley_figure(run, known(run), watched(run, known(run), value), value, iterations(run))


def bowl(figure: Figure, frame: int) -> Array:
    """The coefficients of a frame's bowl, from its square to its constant."""
    found: Array = np.polyfit(traces(figure)[BOWL]["x"], moves(figure, BOWL)[frame]["y"], 2)
    return found


def bottom(figure: Figure, frame: int) -> float:
    square, linear, _constant = bowl(figure, frame)
    return float(-linear / (2 * square))


@EACH
def test_the_ball_lies_on_the_bowl_at_every_frame(run: History) -> None:
    drawn = valley(run)
    for frame, ball in enumerate(moves(drawn, BALL)):
        on_the_bowl = np.polyval(bowl(drawn, frame), ball["x"])
        assert on_the_bowl == pytest.approx(ball["y"], rel=2e-3, abs=1e-3 * run.loss[0])


@EACH
def test_the_ball_s_height_is_the_loss_of_the_history(run: History) -> None:
    heights = [ball["y"][0] for ball in moves(valley(run), BALL)]
    assert heights == run.loss[iterations(run)].tolist()


def test_the_ball_s_place_is_the_weight() -> None:
    run = at_rate(0.00119)
    assert [ball["x"][0] for ball in moves(valley(run), BALL)] == run.weights[iterations(run), 0].tolist()


def test_of_a_single_sample_the_ball_s_place_is_the_output() -> None:
    places = [ball["x"][0] for ball in moves(valley(summed_at_rate(0.1, 10)), BALL)]
    assert places[:4] == pytest.approx([0.8, 80.16, 96.032, 99.2064])


@pytest.mark.parametrize(("bias", "best"), [(32.0, 1.8), (0.5, 1.8 - 31.5 * 0.5 / 833.5)])
def test_the_bowl_s_bottom_is_the_best_weight_for_the_bias_there_is(bias: float, best: float) -> None:
    # Best is the sum of x · (target - bias) over that of x², and the means of x and x² are -0.5 and 833.5.
    run = trained(on(celsius(), (0.5, bias), 1e-4, 3))
    assert bottom(valley(run), 0) == pytest.approx(best, abs=1e-3)


def test_where_the_bias_has_been_learned_the_bowl_s_bottom_is_the_best_weight_and_has_no_loss() -> None:
    drawn = valley(at_rate(0.00119, 5000))
    assert bottom(drawn, -1) == pytest.approx(1.8, abs=1e-3)
    assert np.polyval(bowl(drawn, -1), 1.8) == pytest.approx(0, abs=1)


def test_of_a_single_sample_the_bowl_s_bottom_is_the_target() -> None:
    assert bottom(valley(summed_at_rate(0.1)), 0) == pytest.approx(100, abs=0.1)


def test_the_bowl_sinks_while_the_bias_is_learned() -> None:
    bowls = [move["y"] for move in moves(valley(at_rate(1e-4)), BOWL)]
    least = [min(heights) for heights in bowls]
    assert least == sorted(least, reverse=True)
    assert least[0] > 990 > 700 > least[-1]


def test_the_bowl_at_the_start_stays() -> None:
    drawn = valley(at_rate(1e-4))
    assert traces(drawn)[FIRST_BOWL]["y"] == moves(drawn, BOWL)[0]["y"]
    assert drawn["frames"][0]["traces"] == [BOWL, BALL]


def test_the_jumps_of_an_overshooting_run_go_from_side_to_side() -> None:
    jumps = traces(valley(at_rate(0.00119)))[JUMPS]["x"]
    assert [place > 1.8 for place in jumps] == [False, True] * 4 + [False]


def test_the_jumps_are_those_of_the_first_steps() -> None:
    run = at_rate(0.00119)
    jumps = traces(valley(run))[JUMPS]
    assert (jumps["x"], jumps["y"]) == (run.weights[:9, 0].tolist(), run.loss[:9].tolist())


@pytest.mark.parametrize("learning_rate", [0.0013, 0.005])
def test_a_ball_that_explodes_leaves_the_valley(learning_rate: float) -> None:
    drawn = valley(at_rate(learning_rate))
    low, high = axes(drawn)["xaxis"]["range"]
    assert not low <= moves(drawn, BALL)[-1]["x"][0] <= high


@given(st.floats(0.001, 0.999))
@settings(deadline=None, max_examples=20)
def test_the_picture_is_the_same_for_every_stable_rate(share: float) -> None:
    run = trained(on(celsius(), (0.5, 0.5), share * STABLE, 10))
    assert ranges(valley(run)) == ranges(valley(at_rate(1e-4, 10)))


@given(st.floats(0.001, 0.999))
@settings(deadline=None, max_examples=20)
def test_the_ball_of_a_stable_run_stays_in_the_picture(share: float) -> None:
    drawn = valley(trained(on(celsius(), (0.5, 0.5), share * STABLE, 30)))
    for axis, letter in (("xaxis", "x"), ("yaxis", "y")):
        low, high = axes(drawn)[axis]["range"]
        assert all(low <= ball[letter][0] <= high for ball in moves(drawn, BALL))


def test_bowls_jumps_and_ball_are_called_what_they_are() -> None:
    assert names(valley(at_rate(1e-4))) == ["loss at the start", "loss", "first steps", "now"]


def test_the_axis_is_called_what_it_is_told() -> None:
    assert axes(valley(at_rate(1e-4)))["xaxis"]["title"]["text"] == "weight"
