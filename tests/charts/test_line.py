import pytest

from charts.line import line_figure
from charts.look import BEFORE, BEST, DATA, NOW
from core.data.builtin import celsius
from tests.charts.runs import history, iterations, on, prediction, trained
from tests.charts.seen import axes, moved, names, trace

SETTLES = "a line that settles"


@pytest.mark.parametrize(
    ("frame", "line"),
    [(0, [-24.5, 25.0]), (1, [-35.17183, 35.47061]), (2, [-44.063648128, 44.196848207])],
)
def test_the_line_now_is_weight_times_x_plus_bias_worked_by_hand(frame: int, line: list[float]) -> None:
    now = moved(prediction(SETTLES), "now")[frame]
    assert now["x"] == [-50.0, 49.0]
    assert now["y"] == pytest.approx(line, rel=1e-9)


@pytest.mark.parametrize("run", [SETTLES, "a line that overshoots", "a line through real data", "a line at rest"])
def test_the_line_now_at_each_frame_is_that_of_the_history(run: str) -> None:
    found = history(run)
    inputs = found.experiment.data.inputs
    ends = [inputs.min(), inputs.max()]
    for iteration, now in zip(iterations(found), moved(prediction(run), "now"), strict=True):
        weight, bias = found.weights[iteration, 0], found.bias[iteration]
        assert now["x"] == ends
        assert now["y"] == pytest.approx([weight * x + bias for x in ends], rel=1e-12)


def test_all_samples_are_drawn() -> None:
    data = trace(prediction(SETTLES), "data")
    assert data["x"] == [float(c) for c in range(-50, 50)]
    assert data["y"] == pytest.approx([1.8 * c + 32 for c in range(-50, 50)])


def test_the_line_before_training_is_the_start_s() -> None:
    before = trace(prediction(SETTLES), "before training")
    assert (before["x"], before["y"]) == ([-50.0, 49.0], [-24.5, 25.0])


def test_the_best_possible_line_is_the_exact_fit() -> None:
    best = trace(prediction(SETTLES), "best possible")
    assert best["x"] == [-50.0, 49.0]
    assert best["y"] == pytest.approx([-58.0, 120.2])


def test_at_rest_the_line_never_moves() -> None:
    frames = moved(prediction("a line at rest"), "now")
    assert {tuple(now["y"]) for now in frames} == {(-24.5, 25.0)}


def test_a_start_at_the_optimum_stays_on_the_best_line() -> None:
    figure = prediction("a line at its best")
    assert moved(figure, "now")[-1]["y"] == pytest.approx(trace(figure, "best possible")["y"])


def test_all_data_and_the_line_before_training_lie_in_the_frame() -> None:
    figure = prediction(SETTLES)
    low, high = axes(figure)["yaxis"]["range"]
    shown = [*trace(figure, "data")["y"], *trace(figure, "before training")["y"], *trace(figure, "best possible")["y"]]
    assert low < min(shown) < max(shown) < high


def test_a_run_that_explodes_leaves_the_frame_and_does_not_shrink_the_data() -> None:
    figure = prediction("a line that explodes")
    low, high = axes(figure)["yaxis"]["range"]
    first, second = moved(figure, "now")[-1]["y"]
    assert not low <= first <= high
    assert not low <= second <= high
    # The targets, from -58 to 120.2, take at least a third of the height.
    assert high - low < 3 * 178.2


def test_a_start_far_away_leaves_the_frame_and_does_not_shrink_the_data() -> None:
    figure = prediction("a line from 1e300")
    low, high = axes(figure)["yaxis"]["range"]
    assert high - low < 3 * 178.2


def test_a_line_that_overshoots_within_reach_stays_in_the_frame() -> None:
    figure = line_figure(trained(on(celsius(), (0.5, 0.5), 8e-4, 5)), None, [0, 1, 5])
    low, high = axes(figure)["yaxis"]["range"]
    # The first step lands at weight 2.208: 1.8 - 1.3 * (1 - 0.0008 * 1667), and at 49 degrees on 109.
    assert moved(figure, "now")[1]["y"] == pytest.approx([-109.866, 108.755], abs=1e-2)
    assert low < -109.866 < 108.755 < high


def test_without_a_best_line_the_frames_still_move_the_line_now() -> None:
    found = history(SETTLES)
    drawn = line_figure(found, None, iterations(found))
    assert "best possible" not in names(drawn)
    assert moved(drawn, "now") == moved(prediction(SETTLES), "now")


def test_data_before_now_and_best_have_the_colours_of_their_meanings_and_looks_of_their_own() -> None:
    drawn = prediction(SETTLES)
    lines = [trace(drawn, name)["line"] for name in ("before training", "now", "best possible")]
    assert trace(drawn, "data")["marker"]["color"] == DATA
    assert [line["color"] for line in lines] == [BEFORE, NOW, BEST]
    assert [line.get("dash") for line in lines] == ["dash", None, "dot"]


@pytest.mark.parametrize(
    ("run", "titles"),
    [(SETTLES, ["Celsius (°C)", "Fahrenheit (°F)"]), ("a line through real data", ["Bill ($)", "Tip ($)"])],
)
def test_the_axes_say_what_stands_on_them_and_in_which_unit(run: str, titles: list[str]) -> None:
    assert [axis["title"]["text"] for axis in axes(prediction(run)).values()] == titles


def test_a_bounce_between_two_frames_widens_the_picture_all_the_same() -> None:
    found = trained(on(celsius(), (0.5, 0.5), 8e-4, 5))
    assert axes(line_figure(found, None, [0, 5])) == axes(line_figure(found, None, [0, 1, 2, 3, 4, 5]))
