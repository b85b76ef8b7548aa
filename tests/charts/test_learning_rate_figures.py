import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.bounce import bounce_figure
from charts.comparison import COLOURS, DASHES, losses_figure, predictions_figure
from charts.look import Figure, frame_iterations
from charts.progress import progress_figure
from charts.surface import Walk, contour_figure, surface_figure
from charts.u_curve import u_curve_figure
from core.checks import Array
from core.closed_form import final_losses, parameter_vector
from core.datasets import Dataset, celsius, tips, weighted_sum
from core.learning_rate import Limits, Regime, exact_fit, limits, regime
from core.neuron import Neuron
from core.surface import plane
from core.training import History, train
from tests.charts.runs import (
    BEYOND_EVERY_SCREEN,
    RUNS,
    axes,
    coordinates,
    moved,
    neuron,
    several_features,
    trace,
    traces,
)

NAMES = {regime: regime.value for regime in Regime}
RATES = (2e-5, 5e-4, 9e-4, 1.3e-3)
LABELS = ("too small", "good", "overshooting", "too large")
DRAWABLE_RUNS = [run for run in RUNS if "flat" not in run and "without any slope in the inputs" not in run]
"""Flat data have no limits, and so neither a U-curve nor bounces."""
FARAWAY = [run for run in RUNS if "1e300" in run or "largest number" in run]
"""Here the loss at the start is infinite."""
PLANE_RUNS = [run for run in RUNS if "one weight of one sample" not in run]
"""A single weight spans no plane."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A run seen on the loss surface."""

    dataset: Dataset
    history: History
    walk: Walk
    iterations: list[int]


def scene_of(dataset: Dataset, start: Neuron, learning_rate: float, iterations: int) -> Scene:
    history = train(dataset, start, learning_rate, iterations)
    best = exact_fit(dataset, start)
    shown = frame_iterations(history.iterations)
    points = np.array([parameter_vector(dataset, history.neuron(i))[:2] for i in shown])
    held = best if history.diverged_at == 0 else history.neuron(history.iterations)
    return Scene(dataset, history, Walk(points, plane(dataset, best, held, (0, 1)), ("first", "second")), shown)


@cache
def scene(run: str) -> Scene:
    with np.errstate(all="ignore"):
        return scene_of(*RUNS[run]())


@cache
def contour(run: str) -> Figure:
    with np.errstate(all="ignore"):
        return contour_figure(scene(run).walk, scene(run).iterations)


@cache
def surface(run: str) -> Figure:
    with np.errstate(all="ignore"):
        return surface_figure(scene(run).walk, scene(run).iterations)


@cache
def compared(run: str) -> tuple[list[History], list[int]]:
    """A run, and the same at a tenth and at ten times the learning rate."""
    dataset, start, rate, iterations = RUNS[run]()
    histories = [train(dataset, start, rate * factor, iterations) for factor in (0.1, 1.0, 10.0)]
    return histories, frame_iterations(max(history.iterations for history in histories))


@cache
def losses(run: str) -> Figure:
    histories, iterations = compared(run)
    return losses_figure(histories, LABELS[:3], iterations)


@cache
def predictions(run: str) -> Figure:
    histories, iterations = compared(run)
    return predictions_figure(RUNS[run]()[0], histories, LABELS[:3], iterations)


@cache
def u_curve(run: str) -> Figure:
    dataset, start, rate, iterations = RUNS[run]()
    found = limits(dataset)
    rates = np.geomspace(found.stable / 1000, 10 * found.stable, 50)
    with np.errstate(all="ignore"):
        return u_curve_of(dataset, start, rates, iterations, rate)


def u_curve_of(dataset: Dataset, start: Neuron, rates: Array, iterations: int, rate: float) -> Figure:
    found = limits(dataset)
    ends = final_losses(dataset, start, rates, iterations)
    first, now = final_losses(dataset, start, np.array([0.0, rate]), iterations).tolist()
    spoken = [NAMES[regime(one, found)] for one in rates.tolist()]
    return u_curve_figure(rates, ends, first, (rate, now), found, NAMES, spoken)


@cache
def progress(run: str) -> Figure:
    dataset, start, rate, iterations = RUNS[run]()
    history = train(dataset, start, rate, iterations)
    shown = frame_iterations(history.iterations)
    best = parameter_vector(dataset, exact_fit(dataset, start))
    with np.errstate(all="ignore"):
        away = np.abs(np.array([parameter_vector(dataset, history.neuron(i)) for i in shown]) - best)
    return progress_figure(away, shown, [f"p{k}" for k in range(len(best))], 0.5)


@cache
def bounce(run: str) -> Figure:
    rate = RUNS[run]()[2] / limits(RUNS[run]()[0]).stable
    with np.errstate(all="ignore"):
        steep, flat = ((1 - 2 * rate * share) ** np.arange(41.0) for share in (1.0, 0.01))
    return bounce_figure([part[np.isfinite(part)][:10] for part in (steep, flat)])


FIGURES: dict[str, tuple[Callable[[str], Figure], list[str]]] = {
    "u_curve": (u_curve, DRAWABLE_RUNS),
    "losses": (losses, list(RUNS)),
    "predictions": (predictions, list(RUNS)),
    "bounce": (bounce, DRAWABLE_RUNS),
    "progress": (progress, list(RUNS)),
    "contour": (contour, PLANE_RUNS),
    "surface": (surface, PLANE_RUNS),
}
EVERY = pytest.mark.parametrize(("kind", "run"), [(kind, run) for kind, (_, runs) in FIGURES.items() for run in runs])
EVERY_PLANE = pytest.mark.parametrize("run", PLANE_RUNS)
EVERY_NEAR = pytest.mark.parametrize("run", [run for run in PLANE_RUNS if run not in FARAWAY])
EVERY_RUN = pytest.mark.parametrize("run", RUNS)


def figure(kind: str, run: str) -> Figure:
    return FIGURES[kind][0](run)


def numbers(content: Any) -> Iterator[float]:
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list | tuple):
        for part in content:
            yield from numbers(part)
    elif isinstance(content, float):
        yield content


def text_of(annotations: list[dict[str, Any]]) -> list[str]:
    return [annotation["text"] for annotation in annotations]


def ranges(drawn: Figure) -> list[list[float]]:
    return [axis["range"] for axis in axes(drawn).values()]


@EVERY
def test_a_figure_passes_plotly_s_own_validation(kind: str, run: str) -> None:
    assert len(go.Figure(figure(kind, run)).data) == len(traces(figure(kind, run))) > 0


@EVERY
def test_what_the_player_sends_holds_finite_numbers_only(kind: str, run: str) -> None:
    assert [number for number in numbers(figure(kind, run)) if not math.isfinite(number)] == []
    assert json.loads(json.dumps(figure(kind, run), allow_nan=False)).keys() == {"data", "frames", "layout"}


@EVERY
def test_every_axis_has_a_fixed_range_with_some_extent(kind: str, run: str) -> None:
    for axis in axes(figure(kind, run)).values():
        low, high = axis["range"]
        assert low < high
        assert axis["autorange"] is False


@pytest.mark.parametrize(
    ("kind", "run"), [(kind, run) for kind, (_, runs) in FIGURES.items() for run in runs if "at rest" not in run]
)
def test_no_coordinate_is_further_off_than_a_browser_can_draw(kind: str, run: str) -> None:
    for name, values in coordinates(figure(kind, run)).items():
        low, high = axes(figure(kind, run))[name]["range"]
        reach = BEYOND_EVERY_SCREEN * (high - low)
        assert [value for value in values if not low - reach <= value <= high + reach] == [], name


@EVERY
def test_every_frame_names_the_traces_it_moves_and_changes_nothing_else(kind: str, run: str) -> None:
    for frame in figure(kind, run)["frames"]:
        assert frame.keys() == {"name", "traces", "data"}
        assert len(frame["traces"]) == len(set(frame["traces"])) == len(frame["data"]) > 0
        assert set(frame["traces"]) <= set(range(len(traces(figure(kind, run)))))


@EVERY
def test_a_frame_never_changes_the_type_of_a_trace(kind: str, run: str) -> None:
    types = [trace["type"] for trace in traces(figure(kind, run))]
    for frame in figure(kind, run)["frames"]:
        assert [data.get("type", "scatter") for data in frame["data"]] == [types[k] for k in frame["traces"]]


@EVERY
def test_without_a_player_a_figure_shows_its_last_frame(kind: str, run: str) -> None:
    for frame in figure(kind, run)["frames"][-1:]:
        for k, data in zip(frame["traces"], frame["data"], strict=True):
            assert {name: traces(figure(kind, run))[k][name] for name in data} == data


@EVERY_RUN
def test_the_two_pictures_of_a_comparison_have_a_frame_for_each_iteration_asked_for(run: str) -> None:
    names = [[frame["name"] for frame in figure["frames"]] for figure in (losses(run), predictions(run))]
    assert names[0] == names[1] == [str(i) for i in compared(run)[1]]


@EVERY_PLANE
def test_map_and_surface_have_a_frame_for_each_iteration_asked_for(run: str) -> None:
    for drawn in (contour(run), surface(run)):
        assert [frame["name"] for frame in drawn["frames"]] == [str(i) for i in scene(run).iterations]


# The U-curve


@pytest.fixture(scope="module")
def celsius_curve() -> Figure:
    return u_curve_of(celsius(), celsius().start, np.geomspace(1e-6, 9e-3, 300), 10_000, 1e-4)


def test_the_u_curve_s_points_are_the_rates_and_losses_given() -> None:
    drawn = u_curve_figure(
        np.array([1.0, 2.0, 3.0]), np.array([9.0, 4.0, 5.0]), 10.0, (2.0, 4.0), Limits(1.5, 2.0, 2.5), NAMES, ["a"] * 3
    )
    assert (traces(drawn)[0]["x"], traces(drawn)[0]["y"]) == ([1.0, 2.0, 3.0], [9.0, 4.0, 5.0])


def test_the_u_curve_of_celsius_falls_and_rises(celsius_curve: Figure) -> None:
    y = traces(celsius_curve)[0]["y"]
    least = y.index(min(y))
    assert y[0] > 900
    assert y[least] < 1e-10
    assert y[-1] > 1000


def test_every_loss_of_the_u_curve_that_can_be_seen_is_drawn_as_it_is(celsius_curve: Figure) -> None:
    losses = final_losses(celsius(), celsius().start, np.geomspace(1e-6, 9e-3, 300), 10_000)
    low, high = axes(celsius_curve)["yaxis"]["range"]
    y = traces(celsius_curve)[0]["y"]
    seen = [k for k, loss in enumerate(losses) if 10**low <= loss <= 10**high]
    assert len(seen) > 150
    assert [y[k] for k in seen] == losses[seen].tolist()


def test_the_u_curve_leaves_the_frame_where_runs_explode(celsius_curve: Figure) -> None:
    high = axes(celsius_curve)["yaxis"]["range"][1]
    assert all(y > 10**high for y in traces(celsius_curve)[0]["y"][-50:])


def test_hovering_over_the_u_curve_names_rate_regime_and_loss() -> None:
    drawn = u_curve_figure(
        np.array([0.5, 2.0]), np.array([9.0, math.inf]), 9.0, (2.0, 4.0), Limits(0.7, 1, 1.4), NAMES, ["slow", "wild"]
    )
    assert traces(drawn)[0]["hovertext"] == [*("learning rate 0.5: slow, loss 9", "learning rate 2: wild, loss ∞")]


def test_both_axes_of_the_u_curve_are_logarithmic(celsius_curve: Figure) -> None:
    assert [axis["type"] for axis in axes(celsius_curve).values()] == ["log", "log"]


def test_the_u_curve_spans_all_its_rates(celsius_curve: Figure) -> None:
    assert axes(celsius_curve)["xaxis"]["range"] == pytest.approx([-6, math.log10(9e-3)])


def test_the_zones_behind_the_u_curve_meet_at_the_limits(celsius_curve: Figure) -> None:
    zones = [shape for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "rect"]
    edges = [zones[0]["x0"], *(zone["x1"] for zone in zones)]
    found = limits(celsius())
    assert edges == pytest.approx([1e-6, found.monotone / 10, found.monotone, found.stable, 9e-3])
    assert [(a["x1"], b["x0"]) for a, b in pairwise(zones) if a["x1"] != b["x0"]] == []


def test_each_zone_behind_the_u_curve_has_its_name_in_its_middle(celsius_curve: Figure) -> None:
    zones = [shape for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "rect"]
    names = celsius_curve["layout"]["annotations"][:4]
    assert text_of(names) == ["creeping", "monotone", "overshooting", "diverging"]
    middles = [math.log10(zone["x0"] * zone["x1"]) / 2 for zone in zones]
    assert [name["x"] for name in names] == pytest.approx(middles)


def test_the_fastest_rate_and_the_limit_are_lines_in_the_u_curve(celsius_curve: Figure) -> None:
    lines = [shape for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "line"]
    assert [line["x0"] for line in lines] == [limits(celsius()).fastest, limits(celsius()).stable]
    assert text_of(celsius_curve["layout"]["annotations"][4:]) == ["★", "limit"]


def test_the_diamond_on_the_u_curve_is_the_rate_of_now(celsius_curve: Figure) -> None:
    now = trace(celsius_curve, "now")
    assert now["x"] == [1e-4]
    assert now["y"] == pytest.approx([18.183695593848714], rel=1e-9)


@pytest.mark.parametrize("loss", [math.inf, math.nan, 1e200, 0.0])
def test_a_loss_of_now_that_cannot_be_drawn_stands_at_the_edge_of_the_u_curve(loss: float) -> None:
    drawn = u_curve_figure(
        np.array([0.5, 2.0]), np.array([9.0, 5.0]), 9.0, (2.0, loss), Limits(0.7, 1, 1.4), NAMES, ["", ""]
    )
    assert trace(drawn, "now")["y"] == pytest.approx([10 ** axes(drawn)["yaxis"]["range"][1]])


def test_a_u_curve_of_nothing_but_explosions_is_still_a_figure() -> None:
    drawn = u_curve_figure(
        np.array([2.0, 3.0]), np.full(2, np.inf), 9.0, (2.0, math.inf), Limits(0.7, 1, 1.4), NAMES, ["", ""]
    )
    assert [number for number in numbers(drawn) if not math.isfinite(number)] == []
    assert go.Figure(drawn)


def test_the_u_curve_has_no_frames(celsius_curve: Figure) -> None:
    assert celsius_curve["frames"] == []


# Side by side


@pytest.fixture(scope="module")
def four() -> tuple[list[History], list[int], Figure, Figure]:
    histories = [train(celsius(), celsius().start, rate, 200) for rate in RATES]
    iterations = frame_iterations(200, (77,))
    return (
        histories,
        iterations,
        losses_figure(histories, LABELS, iterations),
        predictions_figure(celsius(), histories, LABELS, iterations),
    )


Four = tuple[list[History], list[int], Figure, Figure]


@pytest.mark.parametrize("k", range(4))
def test_each_loss_curve_holds_its_history_s_losses(four: Four, k: int) -> None:
    histories, _, drawn, _ = four
    curve = trace(drawn, LABELS[k])
    assert curve["x"] == list(range(201))
    assert curve["y"] == histories[k].loss.tolist()


@pytest.mark.parametrize("k", range(4))
def test_each_marker_walks_along_its_history_s_losses(four: Four, k: int) -> None:
    histories, iterations, drawn, _ = four
    for i, frame in zip(iterations, drawn["frames"], strict=True):
        assert frame["data"][k] == {"x": [i], "y": [histories[k].loss[i]]}


@pytest.mark.parametrize("k", range(4))
def test_each_marker_has_the_colour_of_its_curve(four: Four, k: int) -> None:
    drawn = traces(four[2])
    assert drawn[k]["line"]["color"] == drawn[k + 4]["marker"]["color"] == COLOURS[k]


def test_a_frame_of_the_loss_curves_moves_the_markers_only(four: Four) -> None:
    assert {tuple(frame["traces"]) for frame in four[2]["frames"]} == {(4, 5, 6, 7)}
    assert {traces(four[2])[k]["mode"] for k in (4, 5, 6, 7)} == {"markers"}


@pytest.mark.parametrize("k", range(4))
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


def test_six_rates_have_six_colours_and_six_dashes() -> None:
    assert len(set(COLOURS)) == len(set(DASHES)) == 6


def test_a_history_that_exploded_keeps_its_last_finite_place_while_the_others_go_on() -> None:
    good, wild = (train(celsius(), celsius().start, rate, 300) for rate in (1e-4, 1.0))
    assert wild.iterations < 100
    drawn = losses_figure([good, wild], LABELS[:2], [0, 5, 300])
    assert drawn["frames"][-1]["data"][1]["x"] == [wild.iterations]
    assert drawn["frames"][-1]["data"][0] == {"x": [300], "y": [good.loss[300]]}


def test_an_exploding_loss_does_not_flatten_the_other_curves(four: Four) -> None:
    good, wild = (train(celsius(), celsius().start, rate, 300) for rate in (1e-4, 1.0))
    high = axes(losses_figure([good, wild], LABELS[:2], [0, 300]))["yaxis"]["range"][1]
    assert high < math.log10(good.loss[0]) + 4


def test_a_loss_of_zero_leaves_a_gap_on_the_logarithmic_axis() -> None:
    history = train(weighted_sum(), neuron(25.0, 25.0, 25.0, 25.0), 0.1, 3)
    assert history.loss.tolist() == [0.0] * 4
    assert traces(losses_figure([history], ["a"], [0, 3]))[0]["y"] == [None] * 4


def test_several_features_are_compared_sample_by_sample() -> None:
    dataset = several_features()
    history = train(dataset, dataset.start, 0.01, 50)
    drawn = predictions_figure(dataset, [history], ["a"], [0, 50])
    expected = dataset.inputs @ history.weights[50] + history.bias[50]
    assert trace(drawn, "a")["x"] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert trace(drawn, "a")["y"] == pytest.approx(expected.tolist())


def test_the_weighted_sum_is_compared_at_its_only_sample() -> None:
    history = train(weighted_sum(), weighted_sum().start, 0.1, 10)
    drawn = predictions_figure(weighted_sum(), [history], ["a"], [0, 1, 10])
    assert trace(drawn, "data")["y"] == [100.0]
    assert [data["y"] for data in moved(drawn, "a")] == [pytest.approx([y]) for y in (0.8, 80.16, 99.99998983798400)]


def test_a_line_over_unsorted_inputs_goes_from_the_least_to_the_greatest() -> None:
    drawn = predictions_figure(tips(), [train(tips(), neuron(0.1), 1e-4, 1)], ["a"], [0, 1])
    bills = tips().inputs[:, 0]
    assert trace(drawn, "a")["x"] == [bills.min(), bills.max()]


@EVERY_RUN
def test_the_axes_of_a_comparison_stay_the_same_whichever_iterations_get_a_frame(run: str) -> None:
    histories, iterations = compared(run)
    more = sorted({*iterations, *range(min(iterations[-1], 60) + 1)})
    drawn = losses_figure(histories, LABELS[:3], more), predictions_figure(RUNS[run]()[0], histories, LABELS[:3], more)
    assert [ranges(one) for one in drawn] == [ranges(losses(run)), ranges(predictions(run))]


# Bounces


def test_the_bounces_are_the_numbers_given() -> None:
    drawn = bounce_figure([np.array([1.0, -0.5, 0.25]), np.array([1.0, 0.9, 0.81])])
    assert [(t["x"], t["y"]) for t in traces(drawn)] == [([0, 1, 2], [1.0, -0.5, 0.25]), ([0, 1, 2], [1.0, 0.9, 0.81])]


def test_the_steep_direction_comes_first_and_then_the_flat_one() -> None:
    drawn = bounce_figure([np.array([1.0, -0.5]), np.array([1.0, 0.9])])
    assert [t["name"] for t in traces(drawn)] == ["steep direction", "flat direction"]


def test_the_bounces_appear_one_step_after_the_other() -> None:
    drawn = bounce_figure([np.array([1.0, -0.5, 0.25])])
    assert [(frame["name"], frame["data"][0]) for frame in drawn["frames"]] == [
        ("0", {"x": [0], "y": [1.0]}),
        ("1", {"x": [0, 1], "y": [1.0, -0.5]}),
        ("2", {"x": [0, 1, 2], "y": [1.0, -0.5, 0.25]}),
    ]


def test_a_single_direction_has_a_single_curve() -> None:
    assert len(traces(bounce_figure([np.array([1.0, 0.5])]))) == 1


def test_both_directions_are_told_apart_by_dash_and_symbol_too() -> None:
    steep, flat = traces(bounce_figure([np.array([1.0, -0.5]), np.array([1.0, 0.9])]))
    assert steep["line"]["dash"] != flat["line"]["dash"]
    assert steep["marker"]["symbol"] != flat["marker"]["symbol"]


def test_bounces_that_grow_leave_the_frame_at_twice_the_start() -> None:
    low, high = axes(bounce_figure([np.array([(-3.0) ** k for k in range(20)])]))["yaxis"]["range"]
    assert (low, high) == pytest.approx((-2.16, 2.16))


def test_bounces_that_shrink_fill_the_frame() -> None:
    low, high = axes(bounce_figure([np.array([(-0.5) ** k for k in range(20)])]))["yaxis"]["range"]
    assert (low, high) == pytest.approx((-1.08, 1.08))


def test_the_bounces_of_a_run_without_steps_are_one_point() -> None:
    assert traces(bounce_figure([np.array([1.0])]))[0]["x"] == [0]


# Progress


def test_the_progress_is_the_distances_given() -> None:
    drawn = progress_figure(np.array([[4.0, 40.0], [2.0, 39.0], [1.0, 38.0]]), [0, 5, 10], ["weight", "bias"], 0.5)
    assert (trace(drawn, "weight")["x"], trace(drawn, "weight")["y"]) == ([0, 5, 10], [4.0, 2.0, 1.0])
    assert (trace(drawn, "bias")["x"], trace(drawn, "bias")["y"]) == ([0, 5, 10], [40.0, 39.0, 38.0])


def test_the_tolerance_is_a_line_over_the_whole_progress() -> None:
    drawn = progress_figure(np.array([[4.0], [2.0]]), [0, 10], ["weight"], 0.5)
    assert (trace(drawn, "tolerance")["x"], trace(drawn, "tolerance")["y"]) == ([0, 10], [0.5, 0.5])


@pytest.mark.parametrize("tolerance", [1e-9, 0.5, 1e9])
def test_the_tolerance_is_always_in_the_picture(tolerance: float) -> None:
    drawn = progress_figure(np.array([[4.0], [2.0]]), [0, 10], ["weight"], tolerance)
    low, high = axes(drawn)["yaxis"]["range"]
    assert low < math.log10(tolerance) < high


def test_a_distance_of_zero_leaves_a_gap_in_the_progress() -> None:
    drawn = progress_figure(np.array([[4.0], [0.0]]), [0, 1], ["weight"], 0.5)
    assert trace(drawn, "weight")["y"] == [4.0, None]


def test_a_distance_that_is_rounding_is_not_shown_as_progress() -> None:
    drawn = progress_figure(np.array([[1.0], [1e-17]]), [0, 1], ["weight"], 0.5)
    assert trace(drawn, "weight")["y"] == [1.0, None]


def test_a_run_at_its_best_still_has_a_progress_picture() -> None:
    drawn = progress_figure(np.zeros((2, 2)), [0, 1], ["weight", "bias"], 0.5)
    assert [t["y"] for t in traces(drawn)] == [[None, None], [None, None], [0.5, 0.5]]


def test_the_axis_of_the_progress_is_logarithmic() -> None:
    assert axes(progress_figure(np.ones((2, 1)), [0, 1], ["a"], 0.5))["yaxis"]["type"] == "log"


# Map and surface


PATH = ["a line that settles", "a line that overshoots", "weights that settle", "several features that settle"]


@pytest.mark.parametrize("run", PATH)
def test_the_path_on_the_map_is_the_history_s_parameters_at_the_frames(run: str) -> None:
    seen = scene(run)
    table = np.array([parameter_vector(seen.dataset, seen.history.neuron(i))[:2] for i in seen.iterations])
    for k, way in enumerate(moved(contour(run), "path")):
        assert (way["x"], way["y"]) == (table[: k + 1, 0].tolist(), table[: k + 1, 1].tolist())


@pytest.mark.parametrize("run", PATH)
def test_the_marker_on_the_map_is_where_the_history_is_at_the_frame(run: str) -> None:
    seen = scene(run)
    for i, now in zip(seen.iterations, moved(contour(run), "now"), strict=True):
        x, y = parameter_vector(seen.dataset, seen.history.neuron(i))[:2].tolist()
        assert now == {"x": [x], "y": [y]}


@pytest.mark.parametrize("run", ["a line that settles", "a line through real data"])
def test_the_path_on_the_surface_is_the_history_s_parameters_at_the_frames(run: str) -> None:
    seen = scene(run)
    last = moved(surface(run), "path")[-1]
    assert last["x"] == seen.history.weights[seen.iterations, 0].tolist()
    assert last["y"] == seen.history.bias[seen.iterations].tolist()


@pytest.mark.parametrize("run", ["a line that settles", "a line through real data"])
def test_the_path_on_the_surface_is_as_high_as_the_history_s_losses(run: str) -> None:
    seen = scene(run)
    z = np.array(moved(surface(run), "path")[-1]["z"])
    lifted = 0.015 * surface(run)["layout"]["scene"]["zaxis"]["range"][1]
    assert z - lifted == pytest.approx(seen.history.loss[seen.iterations], rel=1e-6, abs=1e-6)


def test_the_map_s_heights_are_the_logarithms_of_the_losses() -> None:
    field = traces(contour("a line through real data"))[0]
    x, y = field["x"][3], field["y"][40]
    residuals = tips().inputs[:, 0] * x + y - tips().targets
    assert field["z"][40][3] == pytest.approx(math.log10(float(np.mean(residuals**2))), rel=1e-9)


def test_the_surface_s_heights_are_the_losses() -> None:
    field = traces(surface("a line that settles"))[0]
    x, y = field["x"][40], field["y"][3]
    residuals = celsius().inputs[:, 0] * x + y - celsius().targets
    assert field["z"][3][40] == pytest.approx(float(np.mean(residuals**2)), rel=1e-9)


@EVERY_PLANE
def test_both_axes_of_the_map_have_equal_scales(run: str) -> None:
    layout = contour(run)["layout"]
    (x0, x1), (y0, y1) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    assert layout["yaxis"]["scaleanchor"] == "x"
    assert x1 - x0 == pytest.approx(y1 - y0, rel=1e-9)


@EVERY_PLANE
def test_the_goal_is_on_the_map_and_a_start_that_is_not_too_far_away(run: str) -> None:
    (x0, x1), (y0, y1) = (contour(run)["layout"][f"{letter}axis"]["range"] for letter in "xy")
    near = abs(trace(contour(run), "start")["x"][0] - trace(contour(run), "best possible")["x"][0]) < 1e3
    for name in ("start", "best possible") if near else ("best possible",):
        (x,), (y,) = trace(contour(run), name)["x"], trace(contour(run), name)["y"]
        assert x0 < x < x1
        assert y0 < y < y1


def test_the_goal_on_the_map_of_celsius_is_nine_fifths_and_32() -> None:
    goal = trace(contour("a line that settles"), "best possible")
    assert goal["x"] == pytest.approx([1.8])
    assert goal["y"] == pytest.approx([32.0])


@EVERY_PLANE
def test_the_axes_of_the_map_are_named_after_the_parameters(run: str) -> None:
    assert [axis["title"]["text"] for axis in axes(contour(run)).values()] == ["first", "second"]


@EVERY_NEAR
def test_the_eigen_directions_stand_at_right_angles(run: str) -> None:
    flat, steep = (trace(contour(run), f"{name} direction") for name in ("flat", "steep"))
    vectors = [np.array([t["x"][1] - t["x"][0], t["y"][1] - t["y"][0]]) for t in (flat, steep)]
    lengths = [float(np.hypot(*vector)) for vector in vectors]
    assert abs(vectors[0] @ vectors[1]) <= 1e-6 * lengths[0] * lengths[1]
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-6)


@EVERY_NEAR
def test_the_eigen_directions_stay_on_the_map(run: str) -> None:
    (x0, x1), (y0, y1) = (contour(run)["layout"][f"{letter}axis"]["range"] for letter in "xy")
    for name in ("flat direction", "steep direction"):
        assert x0 < trace(contour(run), name)["x"][1] < x1
        assert y0 < trace(contour(run), name)["y"][1] < y1


def test_along_the_steep_direction_celsius_gets_833_times_as_steep_as_along_the_flat_one() -> None:
    seen = scene("a line that settles")
    rises = []
    for name in ("steep direction", "flat direction"):
        arrow = trace(contour("a line that settles"), name)
        rises.append(float(seen.walk.plane.loss(np.array([arrow["x"][1], arrow["y"][1]]))))
    assert rises[0] / rises[1] == pytest.approx(833.75, rel=1e-4)


def test_an_exploding_path_leaves_the_map_and_the_map_stays() -> None:
    calm, wild = contour("a line that settles"), contour("a line that explodes")
    assert ranges(wild) == ranges(calm)
    assert abs(moved(wild, "now")[-1]["x"][0]) > 10 * abs(axes(wild)["xaxis"]["range"][1])


def test_an_exploding_path_has_gaps_where_it_is_outside_the_surface() -> None:
    seen = scene("a line that explodes")
    path = moved(surface("a line that explodes"), "path")[-1]
    (x0, x1), (y0, y1) = (
        surface("a line that explodes")["layout"]["scene"][f"{letter}axis"]["range"] for letter in "xy"
    )
    inside = [x0 <= x <= x1 and y0 <= y <= y1 for x, y in seen.walk.path.tolist()]
    assert [x is not None for x in path["x"]] == inside


def test_at_learning_rate_0_the_marker_never_moves() -> None:
    assert {(now["x"][0], now["y"][0]) for now in moved(contour("a line at rest"), "now")} == {(0.5, 0.5)}


def test_from_the_best_start_map_and_marker_show_the_best() -> None:
    now = moved(contour("a line at its best"), "now")[-1]
    assert (now["x"], now["y"]) == (pytest.approx([1.8]), pytest.approx([32.0]))


def test_after_one_iteration_the_path_has_two_points() -> None:
    assert moved(contour("a line after one iteration"), "path")[-1] == {
        "x": pytest.approx([0.5, 0.71356]),
        "y": pytest.approx([0.5, 0.50617]),
    }


@pytest.mark.usefixtures("turkish")
def test_the_figures_speak_turkish() -> None:
    walk, iterations = scene("a line after one iteration").walk, scene("a line after one iteration").iterations
    assert {"başlangıç", "şimdi"} <= {t.get("name") for t in traces(contour_figure(walk, iterations))}
