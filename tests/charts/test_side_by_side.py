import math

import pytest

from charts.iterations import IterationScale, curve_iterations, frame_iterations
from charts.look import SERIES_COLOURS, Figure
from charts.side_by_side import losses_figure, predictions_figure
from core.data.builtin import celsius, tips, weighted_sum
from core.training import History
from tests.charts.runs import QUARTER, on, several_features, trained
from tests.charts.seen import axes, moved, trace, traces

RATES = (2e-5, 5e-4, 9e-4, 1.3e-3)
LABELS = ("too small", "good", "overshooting", "too large")
SCALE = IterationScale(200)
EACH = pytest.mark.parametrize("k", range(4))


@pytest.fixture(scope="module")
def four() -> tuple[list[History], list[int], Figure, Figure]:
    histories = [trained(on(celsius(), (0.5, 0.5), rate, 200)) for rate in RATES]
    iterations = frame_iterations(200, (77,))
    return (
        histories,
        iterations,
        losses_figure(histories, LABELS, iterations),
        predictions_figure(histories, LABELS, iterations),
    )


Four = tuple[list[History], list[int], Figure, Figure]


@EACH
def test_each_loss_curve_holds_its_history_s_losses(four: Four, k: int) -> None:
    histories, iterations, drawn, _ = four
    shown = curve_iterations(200, iterations)
    curve = trace(drawn, LABELS[k])
    assert curve["x"] == SCALE.places(shown).tolist()
    assert curve["y"] == histories[k].loss[shown].tolist()


@EACH
def test_each_marker_walks_along_its_history_s_losses(four: Four, k: int) -> None:
    histories, iterations, drawn, _ = four
    for i, frame in zip(iterations, drawn["frames"], strict=True):
        assert frame["data"][k] == {"x": SCALE.places([i]).tolist(), "y": [histories[k].loss[i]]}


@EACH
def test_each_marker_has_the_colour_of_its_curve(four: Four, k: int) -> None:
    drawn = traces(four[2])
    assert drawn[k]["line"]["color"] == drawn[k + 4]["marker"]["color"] == SERIES_COLOURS[k]


def test_a_frame_of_the_loss_curves_moves_the_markers_only(four: Four) -> None:
    assert {tuple(frame["traces"]) for frame in four[2]["frames"]} == {(4, 5, 6, 7)}
    assert {traces(four[2])[k]["mode"] for k in (4, 5, 6, 7)} == {"markers"}


@EACH
def test_each_prediction_line_shows_its_history_s_outputs_at_both_ends(four: Four, k: int) -> None:
    histories, iterations, _, drawn = four
    low, high = axes(drawn)["yaxis"]["range"]
    for i, data in zip(iterations, moved(drawn, LABELS[k]), strict=True):
        weight, bias = float(histories[k].weights[i, 0]), float(histories[k].bias[i])
        assert data["x"] == [-50.0, 49.0]
        expected = [-50 * weight + bias, 49 * weight + bias]
        if all(low <= y <= high for y in expected):
            assert data["y"] == pytest.approx(expected, rel=1e-12)


def test_the_prediction_lines_stand_on_the_data(four: Four) -> None:
    assert trace(four[3], "data")["y"] == celsius().targets.tolist()


def test_curve_and_line_of_a_rate_have_the_same_colour_and_dash(four: Four) -> None:
    for name in LABELS:
        assert trace(four[2], name)["line"] == trace(four[3], name)["line"]


def test_a_history_that_exploded_keeps_its_last_finite_place_while_the_others_go_on() -> None:
    good, wild = (trained(on(celsius(), (0.5, 0.5), rate, 300)) for rate in (1e-4, 1.0))
    assert wild.iterations < 100
    drawn = losses_figure([good, wild], LABELS[:2], [0, 5, 300])
    (waits,), (goes_on,) = (drawn["frames"][-1]["data"][k]["x"] for k in (1, 0))
    assert [waits, goes_on] == IterationScale(300).places([wild.iterations, 300]).tolist()
    assert drawn["frames"][-1]["data"][0]["y"] == [good.loss[300]]


def test_an_exploding_loss_does_not_flatten_the_other_curves(four: Four) -> None:
    good, wild = (trained(on(celsius(), (0.5, 0.5), rate, 300)) for rate in (1e-4, 1.0))
    high = axes(losses_figure([good, wild], LABELS[:2], [0, 300]))["yaxis"]["range"][1]
    assert high < math.log10(good.loss[0]) + 4


def test_a_loss_of_zero_leaves_a_gap_on_the_logarithmic_axis() -> None:
    history = trained(on(weighted_sum(), (25.0,) * 4, 0.1, 3))
    assert history.loss.tolist() == [0.0] * 4
    assert traces(losses_figure([history], ["a"], [0, 3]))[0]["y"] == [None] * 4


def test_several_features_are_compared_sample_by_sample() -> None:
    dataset = several_features()
    history = trained(on(dataset, tuple(dataset.start), 0.01, 50))
    drawn = predictions_figure([history], ["a"], [0, 50])
    expected = dataset.inputs @ history.weights[50] + history.bias[50]
    assert trace(drawn, "a")["x"] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert trace(drawn, "a")["y"] == pytest.approx(expected.tolist())


def test_the_weighted_sum_is_compared_at_its_only_sample() -> None:
    history = trained(on(weighted_sum(), QUARTER, 0.1, 10))
    drawn = predictions_figure([history], ["a"], [0, 1, 10])
    assert trace(drawn, "data")["y"] == [100.0]
    assert [data["y"] for data in moved(drawn, "a")] == [pytest.approx([y]) for y in (0.8, 80.16, 99.99998983798400)]


def test_a_line_over_unsorted_inputs_goes_from_the_least_to_the_greatest() -> None:
    drawn = predictions_figure([trained(on(tips(), (0.1, 0.0), 1e-4, 1))], ["a"], [0, 1])
    bills = tips().inputs[:, 0]
    assert trace(drawn, "a")["x"] == [bills.min(), bills.max()]


def test_a_marker_is_called_like_its_curve_but_stands_in_the_legend_once(four: Four) -> None:
    drawn = traces(four[2])
    assert [trace["name"] for trace in drawn] == [*LABELS, *LABELS]
    assert [trace.get("showlegend", True) for trace in drawn] == [True] * 4 + [False] * 4


def test_a_single_sample_of_one_feature_is_a_point_for_a_line_would_not_be_seen() -> None:
    history = trained(on(weighted_sum([2.0], 0.0), (3.0,), 0.1, 3))
    assert trace(predictions_figure([history], ["a"], [0, 3]), "a")["mode"] == "markers"
