"""The prediction over two features: the coloured plane."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.look import CLASS_COLOURS, CLASS_SYMBOLS, NOW, Figure
from charts.plane import ASPECT, FULL, GRID, frame_of, mixed, plane_figure
from charts.prediction import leaves_picture_at
from charts.traces import Trace
from charts.zero_lines import Frame, zero_ends
from core.activations import sigmoid
from core.data.clouds import moons, two_clouds, xor
from core.data.dataset import Dataset
from core.data.more import iris
from tests.charts import learners
from tests.charts.contract import PROMISES
from tests.charts.learners import (
    CLASSES,
    PLANES,
    drawn,
    drawn_parted,
    network,
    outputs,
    parted,
    run,
    two_features,
)
from tests.charts.runs import iterations, trained
from tests.charts.seen import axes, moved, moves, names, ranges, trace, traces

PARTS, HALVES = "a plane in four parts", "a plane in two halves"
NETWORKS = [name for name in PLANES if "halves" not in name]
FRAME: Frame = ((-4.0, 2.0), (10.0, 30.0))


def ground(figure: Figure) -> Trace:
    return traces(figure)[0]


def grid(figure: Figure) -> np.ndarray:
    """The inputs of the plane's points, (GRID * GRID, 2)."""
    return np.array([[x, y] for y in ground(figure)["y"] for x in ground(figure)["x"]])


def neuron(figure: Figure, number: int) -> Trace:
    return traces(figure)[names(figure).index(f"neuron {number}")]


@pytest.mark.parametrize("name", PLANES)
def test_every_picture_keeps_the_contract(name: str) -> None:
    for figure in (drawn(name, muted=(1,)), drawn_parted(name)):
        for promise in PROMISES:
            promise(figure)
    assert [frame["name"] for frame in drawn(name)["frames"]] == [str(i) for i in iterations(run(name))]


@pytest.mark.parametrize("name", PLANES)
def test_the_shades_are_whole_numbers_from_0_to_100_on_a_square_grid(name: str) -> None:
    figure = drawn(name)
    assert (ground(figure)["zmin"], ground(figure)["zmax"]) == (0, FULL)
    for moved_to in moves(figure, 0):
        shades = np.array(moved_to["z"])
        assert shades.shape == (GRID, GRID)
        assert shades.dtype.kind == "i"
        assert 0 <= shades.min() <= shades.max() <= FULL


def test_the_shades_are_the_probabilities_at_each_frame() -> None:
    history, figure = run(PARTS), drawn(PARTS)
    for iteration, now in zip(iterations(history), moves(figure, 0), strict=True):
        expected = 100 * sigmoid(outputs(history, iteration, grid(figure)))
        assert np.ravel(now["z"]) == pytest.approx(expected, abs=0.501)


def test_a_single_neuron_s_shades_are_the_probabilities_worked_by_hand() -> None:
    history, figure = run(HALVES), drawn(HALVES)
    first, second, bias = history.parameters[-1]
    expected = [100 / (1 + np.exp(-first * x - second * y - bias)) for x, y in grid(figure)]
    assert np.ravel(ground(figure)["z"]) == pytest.approx(expected, abs=0.501)


@pytest.mark.parametrize(
    ("name", "low", "high"), [("a plane by the squared error", 0.0, 1.0), ("a plane without classes", 3.0, 13.0)]
)
def test_without_probabilities_the_shades_go_from_the_least_target_to_the_greatest(
    name: str, low: float, high: float
) -> None:
    history, figure = run(name), drawn(name)
    found = outputs(history, history.iterations, grid(figure))
    expected = 100 * (np.clip(found, low, high) - low) / (high - low)
    assert np.ravel(ground(figure)["z"]) == pytest.approx(expected, abs=0.501)


def test_the_frames_move_the_shades_and_nothing_else_of_the_plane() -> None:
    assert {tuple(new) for new in moves(drawn(PARTS), 0)} == {("type", "z")}


def test_the_grid_goes_from_edge_to_edge() -> None:
    figure = drawn(PARTS)
    for letter in "xy":
        ends = [ground(figure)[letter][0], ground(figure)[letter][-1]]
        assert ends == pytest.approx(axes(figure)[f"{letter}axis"]["range"])


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_on_its_line_a_neuron_s_weighted_sum_is_zero_at_each_frame(number: int) -> None:
    history, figure = run(PARTS), drawn(PARTS)
    index = names(figure).index(f"neuron {number}")
    for iteration, new in zip(iterations(history), moves(figure, index), strict=True):
        across, up, bias = history.parameters[iteration][:12].reshape(3, 4)[:, number - 1]
        x, y = np.array(new["x"]), np.array(new["y"])
        off = np.abs(across * x + up * y + bias) / np.hypot(across, up)
        assert off.max() < 0.01 or beside(figure, x, y)


def beside(figure: Figure, x: np.ndarray, y: np.ndarray) -> bool:
    """Whether a line does not come into the frame."""
    low_x, high_x = axes(figure)["xaxis"]["range"]
    low_y, high_y = axes(figure)["yaxis"]["range"]
    along = np.linspace(0, 1, 1001)
    places = x[0] + along * (x[1] - x[0]), y[0] + along * (y[1] - y[0])
    return not np.any((low_x < places[0]) & (places[0] < high_x) & (low_y < places[1]) & (places[1] < high_y))


def test_on_the_boundary_a_single_neuron_says_one_half() -> None:
    history, figure = run(HALVES), drawn(HALVES)
    for iteration, new in list(zip(iterations(history), moved(figure, "boundary"), strict=True))[1:]:
        sums = history.outputs(iteration, np.column_stack([new["x"], new["y"]]))
        assert sums == pytest.approx([0.0, 0.0], abs=0.02)
    assert trace(figure, "boundary")["line"]["color"] == NOW
    assert "zmid" not in ground(figure)


def test_by_the_squared_error_the_boundary_is_where_the_output_is_one_half() -> None:
    name = "a plane in two halves by the squared error"
    new = moved(drawn(name), "boundary")[-1]
    assert run(name).outputs(-1, np.column_stack([new["x"], new["y"]])) == pytest.approx([0.5, 0.5], abs=0.01)


def test_before_a_neuron_has_any_weights_its_boundary_is_out_of_sight() -> None:
    figure = drawn(HALVES)
    first = moved(figure, "boundary")[0]
    assert beside(figure, np.array(first["x"]), np.array(first["y"]))


@pytest.mark.parametrize("name", [name for name in NETWORKS if "without classes" not in name])
def test_the_player_is_told_where_the_boundary_of_a_network_is(name: str) -> None:
    assert ground(drawn(name))["zmid"] == FULL / 2
    assert "boundary" not in names(drawn(name))


def test_without_classes_there_is_no_boundary_and_the_samples_have_shades() -> None:
    figure = drawn("a plane without classes")
    assert "zmid" not in ground(figure)
    assert trace(figure, "data")["marker"]["color"] == two_features().targets.tolist()


@pytest.mark.parametrize("name", [PARTS, HALVES])
def test_each_class_has_a_colour_and_a_symbol_of_its_own_and_all_its_samples(name: str) -> None:
    figure, data = drawn(name), run(name).experiment.data
    for k, class_name in enumerate(("orange", "blue")):
        samples = trace(figure, class_name)
        assert np.column_stack([samples["x"], samples["y"]]).tolist() == data.inputs[data.targets == k].tolist()
        assert (samples["marker"]["color"], samples["marker"]["symbol"]) == (CLASS_COLOURS[k], CLASS_SYMBOLS[k])
        assert samples["marker"]["line"]["color"] == "white"


def test_the_ground_of_a_class_is_its_own_colour_mixed_with_near_white() -> None:
    (_low, first), (_middle, white), (_high, second) = ground(drawn(PARTS))["colorscale"]
    for shade, colour in zip((first, second), CLASS_COLOURS, strict=True):
        parts = [[int(each[k : k + 2], 16) for k in (1, 3, 5)] for each in (str(shade), colour, str(white))]
        assert all(min(own, pale) <= mixed <= max(own, pale) for mixed, own, pale in zip(*parts, strict=True))


def test_colours_are_mixed_part_by_part() -> None:
    assert mixed("#000000", "#FF8040", 0.5) == "#804020"
    assert mixed("#102030", "#405060", 0.0) == "#102030"
    assert mixed("#102030", "#405060", 1.0) == "#405060"


@pytest.mark.parametrize("name", [PARTS, HALVES])
def test_samples_held_out_are_open_in_the_colour_and_symbol_of_their_class(name: str) -> None:
    history, held_out = parted(name)
    figure = drawn_parted(name)
    there = [each for each in traces(figure) if each["name"] == "held out"]
    for k, samples in enumerate(there):
        found = np.column_stack([samples["x"], samples["y"]]).tolist()
        assert found == held_out.inputs[held_out.targets == k].tolist()
        assert samples["marker"]["color"] == "white"
        assert samples["marker"]["symbol"] == CLASS_SYMBOLS[k]
        assert samples["marker"]["line"]["color"] == CLASS_COLOURS[k]
    assert [each.get("showlegend", True) for each in there] == [True, False]
    n_shown = len(trace(figure, "orange")["x"]) + len(trace(figure, "blue")["x"])
    assert n_shown == history.experiment.data.n_samples


@pytest.mark.parametrize("name", [PARTS, "a plane by the squared error"])
def test_what_is_held_out_moves_no_axis(name: str) -> None:
    assert ranges(drawn_parted(name)) == ranges(drawn(name))


def test_muted_neurons_are_left_out_of_the_shades() -> None:
    history = run(PARTS)
    parameters = history.parameters.copy()
    parameters[:, 12 + 2] = 0.0
    without = plane_figure(replace(history, parameters=parameters), iterations(history))
    muted = drawn(PARTS, muted=(2,))
    assert [new["z"] for new in moves(muted, 0)] == [new["z"] for new in moves(without, 0)]
    assert ground(muted)["z"] != ground(drawn(PARTS))["z"]


def test_a_muted_neuron_s_line_is_dotted_and_fainter_and_still_there() -> None:
    before, after = neuron(drawn(PARTS), 3), neuron(drawn(PARTS, muted=(2,)), 3)
    assert (after["x"], after["y"]) == (before["x"], before["y"])
    assert after["line"]["dash"] == "dot" != before["line"]["dash"]
    assert after["opacity"] < before["opacity"] < 1


@pytest.mark.parametrize("name", PLANES)
def test_neither_muting_nor_the_choice_of_frames_moves_an_axis(name: str) -> None:
    history = run(name)
    few = plane_figure(history, [0, history.iterations], muted=(0,))
    assert ranges(few) == ranges(drawn(name))


def test_a_run_that_explodes_says_something_everywhere() -> None:
    history, figure = run("a plane that explodes"), drawn("a plane that explodes")
    assert history.diverged_at is not None
    assert set(np.unique(ground(figure)["z"])) <= set(range(FULL + 1))
    assert leaves_picture_at(figure) is None


def test_axes_of_one_scale_show_a_disc_as_a_disc() -> None:
    figure = drawn(PARTS)
    assert axes(figure)["yaxis"]["scaleanchor"] == "x"
    (left, right), (low, high) = frame_of(xor())
    assert (right - left) / (high - low) == pytest.approx(ASPECT)
    assert (left + right) / 2 == pytest.approx((xor().inputs[:, 0].max() + xor().inputs[:, 0].min()) / 2)


def test_features_without_a_common_scale_have_axes_of_their_own() -> None:
    assert "scaleanchor" not in axes(drawn("a plane without classes"))["yaxis"]


@pytest.mark.parametrize("data", [xor(), moons(), iris(), two_features()], ids=lambda data: data.name)
def test_all_samples_lie_in_the_frame(data: Dataset) -> None:
    for (low, high), values in zip(frame_of(data), data.inputs.T, strict=True):
        assert low < values.min() < values.max() < high


WEIGHTS = st.floats(-1e3, 1e3, allow_subnormal=False)


@given(WEIGHTS, WEIGHTS, WEIGHTS)
def test_a_line_goes_through_all_of_the_frame_or_lies_beside_it(a: float, b: float, c: float) -> None:
    sums = np.array([[a, b, c]])
    ((x, y),) = zero_ends(sums, FRAME)
    corners = np.array([a * across + b * up + c for across in FRAME[0] for up in FRAME[1]])
    size = abs(a) * 3 + abs(b) * 10
    if size > 1e-6 * abs(c) and corners.min() < -0.01 * size and corners.max() > 0.01 * size:
        assert np.abs(a * x + b * y + c) == pytest.approx([0, 0], abs=0.02 * size)
    for (low, high), ends in zip(FRAME, (x, y), strict=True):
        assert np.all(np.abs(ends - (low + high) / 2) <= 6 * (high - low))
    (left, right), (low, high) = FRAME
    assert not np.any((left < x) & (x < right) & (low < y) & (y < high))


@pytest.mark.parametrize("sums", [(0, 0, 0), (0, 0, 5), (1e308, -1e308, 1e308), (np.nan, np.inf, 1), (1e-300, 0, 1)])
def test_a_line_that_is_nowhere_can_be_drawn_all_the_same(sums: tuple[float, float, float]) -> None:
    with np.errstate(all="ignore"):
        ends = zero_ends(np.array([sums], float), FRAME)
    assert np.isfinite(ends).all()
    assert np.abs(ends).max() < 200


def test_a_line_that_turns_a_little_moves_a_little() -> None:
    angles = np.linspace(0, 2 * np.pi, 721)
    sums = np.column_stack([np.cos(angles), np.sin(angles) / 3, np.zeros_like(angles) - 7])
    ends = zero_ends(sums, FRAME)
    assert np.abs(np.diff(ends, axis=0)).max() < 0.05 * 60


# The trail of a single neuron's boundary


def test_a_single_neuron_s_boundary_leaves_a_trail_of_its_first_steps() -> None:
    parting = trained(learners.neuron(two_clouds(), 0.5, 50, loss=CLASSES))
    figure = plane_figure(parting, iterations(parting))
    trails = [one for one in figure["data"] if one["name"].startswith("step ")]
    assert len(trails) == 8
    for step, one in enumerate(trails, start=1):
        (left, right), (low, high) = one["x"], one["y"]
        weights, bias = parting.weights[step], parting.bias[step]
        assert weights @ [left, low] + bias == pytest.approx(0, abs=1e-3)
        assert weights @ [right, high] + bias == pytest.approx(0, abs=1e-3)


def test_live_the_trail_follows_the_boundary_now() -> None:
    parting = trained(learners.neuron(two_clouds(), 0.5, 50, loss=CLASSES))
    figure = plane_figure(parting, iterations(parting), recent=True)
    following = [k for k, one in enumerate(figure["data"]) if one["name"] == "steps"]
    assert len(following) == 8
    assert set(following) <= set(figure["frames"][0]["traces"])


def test_without_a_trail_and_of_a_network_there_is_none() -> None:
    parting = trained(learners.neuron(two_clouds(), 0.5, 50, loss=CLASSES))
    net = trained(network(two_clouds(), 0.5, 50, loss=CLASSES))
    figures = plane_figure(parting, iterations(parting), with_trail=False), plane_figure(net, iterations(net))
    assert [one for figure in figures for one in figure["data"] if one["name"].startswith("step")] == []
