import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.look import BEFORE, BEST, NOW
from charts.weighted_sum import weighted_sum_figure
from core.data.builtin import weighted_sum
from tests.charts.runs import QUARTER, history, iterations, on, prediction, prediction_of, trained
from tests.charts.seen import axes, moved, moves, names, ranges, trace, traces

SETTLES = "weights that settle"
BARS, TICKS_BEFORE, TICKS_BEST, OUTPUT = 0, 1, 2, 3


@pytest.mark.parametrize(
    ("frame", "weights"),
    [
        (0, [0.1, 0.25, 0.15, 0.3]),
        (1, [19.94, 20.09, 19.99, 20.14]),
        (2, [23.908, 24.058, 23.958, 24.108]),
        (10, [24.89999746, 25.04999746, 24.94999746, 25.09999746]),
    ],
)
def test_the_bars_are_the_published_weights(frame: int, weights: list[float]) -> None:
    assert moved(prediction(SETTLES), "now")[frame]["y"] == pytest.approx(weights, abs=5e-9)


def test_each_bar_is_named_after_its_weight() -> None:
    drawn = prediction(SETTLES)
    axis = axes(drawn)["xaxis"]
    assert trace(drawn, "now")["x"] == axis["tickvals"] == [0, 1, 2, 3]
    assert trace(drawn, "now")["hovertext"] == axis["ticktext"] == ["w1", "w2", "w3", "w4"]


@pytest.mark.parametrize(("frame", "output"), [(0, 0.8), (1, 80.16), (2, 96.032), (3, 99.2064)])
def test_the_bar_of_the_output_is_the_published_one(frame: int, output: float) -> None:
    assert moves(prediction(SETTLES), OUTPUT)[frame]["y"] == pytest.approx([output])


@pytest.mark.parametrize("run", [SETTLES, "weights that bounce", "weights at rest", "weights at their best"])
def test_all_bars_at_each_frame_are_those_of_the_history(run: str) -> None:
    drawn = prediction(run)
    found = history(run)
    outputs = found.weights @ found.experiment.data.inputs[0]
    for k, iteration in enumerate(iterations(found)):
        weights, output = (moves(drawn, index)[k] for index in (BARS, OUTPUT))
        assert weights["y"] == pytest.approx(found.weights[iteration].tolist(), rel=1e-12)
        assert output["y"] == pytest.approx([outputs[iteration]], rel=1e-12)


def test_the_ticks_show_start_and_best_weights_and_never_move() -> None:
    drawn = prediction(SETTLES)
    assert trace(drawn, "before training")["y"] == [0.1, 0.25, 0.15, 0.3]
    assert trace(drawn, "best possible")["y"] == pytest.approx([24.9, 25.05, 24.95, 25.1])
    assert {"x", "y"} & {name for k in (TICKS_BEFORE, TICKS_BEST) for data in moves(drawn, k) for name in data} == set()


def test_the_target_is_a_level_line_across_the_bar_of_the_output() -> None:
    target = trace(prediction(SETTLES), "target")
    assert (target["x"], target["y"]) == ([-0.6, 0.6], [100.0, 100.0])


def test_each_step_of_the_trail_has_a_tick_on_each_weight_and_one_on_the_output() -> None:
    drawn, found = prediction(SETTLES), history(SETTLES)
    weights, output = (
        [t["y"] for t in traces(drawn) if t["name"] == "step 3" and t.get("yaxis", "y") == axis] for axis in ("y", "y2")
    )
    assert weights == [pytest.approx(found.weights[3].tolist())]
    assert output == [[pytest.approx(99.2064)]]


def test_weights_and_output_have_axes_of_their_own() -> None:
    data = traces(prediction_of(history(SETTLES), with_trail=False))
    assert [trace.get("yaxis", "y") for trace in data] == ["y", "y", "y", "y2", "y2", "y"]


def test_a_run_that_explodes_leaves_the_frame_and_does_not_shrink_start_and_target() -> None:
    drawn = prediction("weights that explode")
    low, high = axes(drawn)["yaxis2"]["range"]
    (last,) = moves(drawn, OUTPUT)[-1]["y"]
    assert not low <= last <= high
    # Start and target, 0.8 and 100, lie a third of the height apart at least.
    assert high - low < 3.5 * 99.2


def test_a_bar_that_explodes_leaves_the_frame() -> None:
    drawn = prediction("weights that explode")
    low, high = axes(drawn)["yaxis"]["range"]
    assert not np.any((low <= np.array(moves(drawn, BARS)[-1]["y"])) & (np.array(moves(drawn, BARS)[-1]["y"]) <= high))


def test_bouncing_between_two_outputs_stays_in_the_frame() -> None:
    low, high = axes(prediction("weights that bounce"))["yaxis2"]["range"]
    assert low < 0.8 < 199.2 < high


def test_flat_features_give_an_output_of_zero_for_ever() -> None:
    drawn = prediction("weights of flat features")
    assert {tuple(output["y"]) for output in moves(drawn, OUTPUT)} == {(0.0,)}


def test_without_a_theory_the_frames_still_move_all_bars() -> None:
    found = history(SETTLES)
    drawn = weighted_sum_figure(found, None, iterations(found))
    assert "best possible" not in names(drawn)
    without, with_it = (
        [moves(figure, k) for k in places] for figure, places in ((drawn, (0, 2)), (prediction(SETTLES), (0, 3)))
    )
    assert without == with_it


def test_every_trace_is_named_in_every_frame_for_beside_moving_bars_no_other_is_kept() -> None:
    drawn = prediction("weights that bounce")
    assert drawn["frames"][0]["traces"] == list(range(len(traces(drawn))))


@given(st.floats(0.001, 0.249))
@settings(deadline=None, max_examples=20)
def test_the_picture_is_the_same_for_every_stable_rate(learning_rate: float) -> None:
    run = trained(on(weighted_sum(), QUARTER, learning_rate, 8))
    assert ranges(prediction_of(run)) == ranges(prediction(SETTLES))


def test_before_now_and_best_have_the_colours_of_their_meanings() -> None:
    drawn = prediction(SETTLES)
    colours = [trace(drawn, name)["marker"]["color"] for name in ("before training", "now", "best possible")]
    assert (colours, trace(drawn, "target")["line"]["color"]) == ([BEFORE, NOW, BEST], BEST)
