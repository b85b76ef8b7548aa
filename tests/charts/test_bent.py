"""The prediction over one feature where it is no straight line."""

import math
from dataclasses import replace

import numpy as np
import pytest

from charts.bent import FAR_APART, PLACES, PROBABILITIES, bent_figure
from charts.look import BEFORE, DATA, NOW, Figure
from charts.prediction import leaves_picture_at, prediction_figure
from charts.traces import Trace
from charts.trail import BLANK
from charts.trail_lines import leaving
from core.data.holding_out import hold_out
from core.losses import Huber, Loss, SquaredError
from tests.charts.contract import PROMISES
from tests.charts.learners import CURVES, drawn, drawn_parted, outputs, parted, run
from tests.charts.runs import RUNS, iterations, known, prediction, prediction_of, trained
from tests.charts.seen import axes, moved, names, ranges, trace, traces

SETTLES, S_CURVE = "a curve that settles", "an S-curve"
CLASSES = [name for name in CURVES if "class" in name or "S-curve" in name]


def height(figure: Figure) -> float:
    low, high = axes(figure)["yaxis"]["range"]
    return float(high - low)


def inputs_of(figure: Figure) -> np.ndarray:
    return np.array(trace(figure, "now")["x"])[:, np.newaxis]


def neuron_moves(figure: Figure, number: int) -> list[list[float]]:
    index = names(figure).index(f"neuron {number}")
    return [frame["data"][frame["traces"].index(index)]["y"] for frame in figure["frames"]]


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("recent", [False, True])
def test_every_picture_keeps_the_contract(name: str, recent: bool) -> None:
    figure = drawn(name, recent=recent, muted=(1,))
    for promise in PROMISES:
        promise(figure)
    assert [frame["name"] for frame in figure["frames"]] == [str(i) for i in iterations(run(name))]


def test_the_curve_now_is_what_the_network_says_at_each_frame() -> None:
    history, figure = run(SETTLES), drawn(SETTLES)
    for iteration, now in zip(iterations(history), moved(figure, "now"), strict=True):
        expected = outputs(history, iteration, inputs_of(figure))
        assert now["y"] == pytest.approx(expected.tolist(), abs=height(figure) / 2000)


def test_an_s_curve_is_the_probability_worked_by_hand() -> None:
    history, figure = run(S_CURVE), drawn(S_CURVE)
    weight, bias = history.parameters[-1]
    expected = [1 / (1 + math.exp(-weight * x - bias)) for x in trace(figure, "now")["x"]]
    assert trace(figure, "now")["y"] == pytest.approx(expected, abs=1e-3)
    assert trace(figure, "before training")["y"] == [0.5] * PLACES


def test_a_curve_is_drawn_at_even_places_from_the_left_end_of_the_axis() -> None:
    figure = drawn(SETTLES)
    x = trace(figure, "now")["x"]
    assert len(x) == PLACES
    assert np.diff(x) == pytest.approx(np.diff(x).mean(), rel=0.1)
    assert x[0] == pytest.approx(axes(figure)["xaxis"]["range"][0], abs=0.01)
    assert x[0] < -3 < 3 < x[-1] < axes(figure)["xaxis"]["range"][1]


def test_the_shares_of_the_neurons_and_the_bias_add_up_to_the_curve_at_each_frame() -> None:
    history, figure = run(SETTLES), drawn(SETTLES)
    shares = np.sum([neuron_moves(figure, number) for number in range(1, 5)], axis=0)
    now = np.array([frame["y"] for frame in moved(figure, "now")])[:, ::2]
    bias = history.parameters[iterations(history), -1:]
    assert shares + bias == pytest.approx(now, abs=height(figure) / 300)


def test_without_the_muted_neurons_the_curve_is_their_shares_less() -> None:
    whole, muted = drawn(SETTLES), drawn(SETTLES, muted=(0, 2))
    missing = np.add(neuron_moves(whole, 1)[-1], neuron_moves(whole, 3)[-1])
    less = np.subtract(trace(whole, "now")["y"], trace(muted, "now")["y"])[::2]
    assert less == pytest.approx(missing, abs=height(whole) / 300)
    assert np.abs(missing).max() > 0.1


def test_a_muted_neuron_s_share_is_dotted_and_fainter_and_still_there() -> None:
    whole, muted = drawn(SETTLES), drawn(SETTLES, muted=(0,))
    before, after = (traces(figure)[names(figure).index("neuron 1")] for figure in (whole, muted))
    assert after["line"]["dash"] == "dot" != before["line"]["dash"]
    assert after["opacity"] < before["opacity"] < 1
    assert after["y"] == before["y"]


@pytest.mark.parametrize("name", [SETTLES, "a curve that explodes", "a network's S-curve"])
def test_muting_moves_no_axis_and_says_nothing_else_of_the_run(name: str) -> None:
    whole, muted = drawn(name), drawn(name, muted=(0, 1, 2, 3))
    assert ranges(muted) == ranges(whole)
    assert leaves_picture_at(muted) == leaves_picture_at(whole)


def test_with_all_neurons_muted_only_the_bias_is_left() -> None:
    bias = run(SETTLES).parameters[-1, -1]
    figure = drawn(SETTLES, muted=(0, 1, 2, 3))
    assert trace(figure, "now")["y"] == pytest.approx([bias] * PLACES, abs=height(figure) / 2000)


def test_muting_a_neuron_that_is_not_there_changes_nothing() -> None:
    assert trace(drawn(SETTLES, muted=(9,)), "now") == trace(drawn(SETTLES), "now")


@pytest.mark.parametrize("name", ["a network's S-curve", S_CURVE, "a line through classes"])
def test_the_sum_of_shares_is_not_drawn_where_it_is_not_what_is_predicted(name: str) -> None:
    assert not any(each.startswith("neuron") for each in names(drawn(name)))


@pytest.mark.parametrize("name", CLASSES)
def test_of_classes_the_boundary_is_one_half_all_over_the_axis(name: str) -> None:
    figure = drawn(name)
    boundary = trace(figure, "boundary")
    assert boundary["x"] == axes(figure)["xaxis"]["range"]
    assert boundary["y"] == [0.5, 0.5]


def test_without_classes_there_is_no_boundary() -> None:
    assert "boundary" not in names(drawn(SETTLES))


def test_the_samples_of_classes_stand_at_0_and_1_in_a_picture_of_probabilities() -> None:
    figure = drawn(S_CURVE)
    assert set(trace(figure, "data")["y"]) == {0.0, 1.0}
    assert axes(figure)["yaxis"]["range"] == list(PROBABILITIES)
    assert axes(figure)["yaxis"]["title"]["text"] == "probability of passed"


def test_a_squared_error_of_classes_promises_no_probability() -> None:
    assert axes(drawn("a line through classes"))["yaxis"]["title"]["text"] == "Passed"


def test_the_trail_is_that_of_the_first_steps_numbered() -> None:
    figure = drawn(SETTLES)
    steps = [each for each in traces(figure) if each["name"].startswith("step ")]
    assert [step["meta"] for step in steps] == [{"from": k} for k in range(1, 9)]
    for k, step in enumerate(steps, 1):
        assert step["y"] == moved(figure, "now")[k]["y"]
    (written,) = [each["text"] for each in traces(figure) if each["name"] == "steps"]
    numbers = "".join(written).replace(BLANK, "")
    assert "1" in numbers
    assert "8" in numbers


def test_with_recent_the_trail_follows_the_curve_now() -> None:
    figure = drawn(SETTLES, recent=True)
    newest = [k for k, name in enumerate(names(figure)) if name == "steps"][-1]
    trails = [frame["data"][frame["traces"].index(newest)]["y"] for frame in figure["frames"]]
    now = [frame["y"] for frame in moved(figure, "now")]
    assert trails[1:20] == now[:19]


def test_switched_off_there_is_no_trail_and_no_axis_moves() -> None:
    figure = drawn(SETTLES, with_trail=False)
    assert not any(name.startswith("step") for name in names(figure))
    assert ranges(figure) == ranges(drawn(SETTLES))


@pytest.mark.parametrize("name", CURVES)
def test_the_choice_of_frames_moves_no_axis(name: str) -> None:
    history = run(name)
    few = bent_figure(history, [0, history.iterations])
    assert ranges(few) == ranges(drawn(name))
    assert leaves_picture_at(few) == leaves_picture_at(drawn(name))


@pytest.mark.parametrize("name", [SETTLES, S_CURVE])
def test_samples_held_out_are_open_circles_and_have_room_on_the_axes(name: str) -> None:
    history, held_out = parted(name)
    figure = drawn_parted(name)
    there = trace(figure, "held out")
    assert there["x"] == held_out.inputs[:, 0].tolist()
    assert there["y"] == held_out.targets.tolist()
    assert there["marker"]["symbol"] == "circle-open"
    assert trace(figure, "data")["x"] == history.experiment.data.inputs[:, 0].tolist()
    low, high = axes(figure)["xaxis"]["range"]
    assert low < min(there["x"]) < max(there["x"]) < high
    assert "held out" not in names(drawn(name))


@pytest.mark.parametrize("name", ["a curve that explodes", "a line through classes that explodes"])
def test_a_run_that_explodes_leaves_the_picture_with_its_note_and_shrinks_no_data(name: str) -> None:
    history, figure = run(name), drawn(name)
    low, high = axes(figure)["yaxis"]["range"]
    targets = history.experiment.data.targets
    assert history.diverged_at is not None
    assert high - low < 3 * np.ptp(targets)
    left_at = leaves_picture_at(figure)
    assert left_at is not None
    assert trace_of_the_mark(figure)["text"][0] == f"↑ off the picture at step {left_at}"
    assert trace_of_the_mark(figure)["meta"] == {"from": left_at}


def trace_of_the_mark(figure: Figure) -> Trace:
    return traces(figure)[names(figure).index("left the picture")]


@pytest.mark.parametrize("name", [SETTLES, S_CURVE, "an S-curve that jumps", "a curve at rest"])
def test_what_stays_in_the_picture_has_no_note(name: str) -> None:
    figure = drawn(name)
    assert leaves_picture_at(figure) is None
    assert trace_of_the_mark(figure)["text"] == [BLANK, BLANK]


def test_it_has_left_when_more_than_half_of_the_curve_is_outside() -> None:
    history, figure = run("a curve that explodes"), drawn("a curve that explodes")
    low, high = axes(figure)["yaxis"]["range"]
    x = inputs_of(figure)[::FAR_APART]
    outside = [np.mean((row < low) | (row > high)) > 0.5 for row in history.outputs(slice(None), x)]
    left_at = leaves_picture_at(figure)
    assert left_at is not None
    assert all(a or b for a, b in zip(outside[left_at:], outside[left_at + 1 :], strict=False))
    assert outside[left_at]


def test_data_before_and_now_have_the_colours_of_their_meanings() -> None:
    figure = drawn(SETTLES)
    assert trace(figure, "data")["marker"]["color"] == DATA
    assert [trace(figure, name)["line"]["color"] for name in ("before training", "now")] == [BEFORE, NOW]
    assert trace(figure, "before training")["line"]["dash"] == "dash"


def test_a_hand_can_take_nothing_that_is_bent() -> None:
    assert "handles" not in drawn(SETTLES)["layout"]["meta"]


@pytest.mark.parametrize("loss", [SquaredError(), Huber(delta=1.0)])
def test_a_single_neuron_without_classes_keeps_its_straight_line(loss: Loss) -> None:
    history = trained(replace(RUNS["a line that settles"](), loss=loss))
    figure = prediction_of(history)
    assert len(trace(figure, "now")["x"]) == 2
    assert "handles" in figure["layout"]["meta"]


def test_samples_held_out_of_a_straight_line_are_open_circles_and_have_room_on_the_axes() -> None:
    experiment = RUNS["a line through real data"]()
    data, held_out = hold_out(experiment.data, 0.3, 1)
    history = trained(replace(experiment, data=data))
    figure = prediction_figure(history, known(history), [0, 10], held_out=held_out)
    there = trace(figure, "held out")
    assert (there["x"], there["y"]) == (held_out.inputs[:, 0].tolist(), held_out.targets.tolist())
    assert there["marker"]["symbol"] == "circle-open"
    assert axes(figure)["xaxis"] == axes(prediction("a line through real data"))["xaxis"]


def test_a_network_on_a_single_sample_is_drawn_as_a_curve() -> None:
    assert len(trace(drawn("a curve through one sample"), "now")["x"]) == PLACES


@pytest.mark.parametrize(
    ("heights", "place"),
    [
        ([0.0, 5.0, 5.0, 4.0], (3.0, 4.0)),
        ([0.0, 5.0, 15.0, 25.0], (1.5, 10.0)),
        ([0.0, 20.0, 5.0, 15.0], (2.5, 10.0)),
        ([5.0, 15.0, -5.0, -15.0], (1.75, 0.0)),
        ([12.0, 15.0, 13.0, 11.0], (0.0, 10.0)),
    ],
)
def test_a_number_stands_where_a_curve_ends_or_leaves_for_the_last_time(
    heights: list[float], place: tuple[float, float]
) -> None:
    assert leaving(np.arange(4.0), np.array(heights), (0.0, 10.0)) == place
