import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.dependencies import Edge, Node, dependencies_figure
from charts.differences import FLOOR, differences_figure
from charts.look import BEFORE, NOW, Figure
from charts.parabola import Parabola, parabola_figure
from charts.residuals import MOST, residuals_figure
from core.datasets import DATASETS, celsius, weighted_sum
from core.gradient_check import difference_errors
from core.neuron import Neuron
from tests.charts.runs import BEYOND_EVERY_SCREEN, several_features, trace

PARABOLA = Parabola(best=2.0, least=1.0, curvature=4.0)
SPAN = (0.0, 4.0)
NODES = (
    Node("input", "42", 0.0, 1.0),
    Node("weight", "0.5", 0.0, 0.0),
    Node("output", "21.5", 1.2, 0.0),
    Node("loss", "7,413", 2.2, 0.0),
)
EDGES = (Edge(0, 2, "0.5"), Edge(1, 2, "42"), Edge(2, 3))
STEPS = np.logspace(-15, 2, 60)
EVERY_DATASET = pytest.mark.parametrize("slug", DATASETS)


def at(*weights: float, bias: float = 0.0) -> Neuron:
    return Neuron(np.array(weights), bias)


def differences() -> Figure:
    return differences_figure(STEPS, *difference_errors(celsius(), celsius().start, STEPS), 1e-3)


def parabola() -> Figure:
    return parabola_figure(PARABOLA, 3.0, SPAN, "weight", landing=1.0)


def residuals(slug: str = "celsius", *, squares: bool = False) -> Figure:
    dataset = DATASETS[slug]()
    return residuals_figure(dataset, dataset.start, None, 0, squares=squares)


def dependencies() -> Figure:
    return dependencies_figure(NODES, EDGES, [0], backwards=False)


ORDINARY: dict[str, Callable[[], Figure]] = {
    "differences": differences,
    "differences without any error": lambda: differences_figure(STEPS, 0 * STEPS, 0 * STEPS, 1e-3),
    "parabola": parabola,
    "parabola without a landing": lambda: parabola_figure(PARABOLA, 3.0, SPAN, "weight"),
    "parabola, flat": lambda: parabola_figure(Parabola(0.0, 5.0, 0.0), 1.0, (-1.0, 1.0), "w1", landing=1.0),
    "parabola, flat at zero": lambda: parabola_figure(Parabola(0.0, 0.0, 0.0), 1.0, (-1.0, 1.0), "w1", landing=1.0),
    "residuals": residuals,
    "residuals as squares": lambda: residuals(squares=True),
    "residuals of one sample": lambda: residuals("weighted-sum", squares=True),
    "residuals of the tips": lambda: residuals("tips", squares=True),
    "residuals of several features": lambda: residuals_figure(
        several_features(), several_features().start, at(1, 2, 3), 5, squares=True
    ),
    "dependencies": dependencies,
    "dependencies backwards": lambda: dependencies_figure(NODES, EDGES, [0, 2], backwards=True),
}
EXTREME: dict[str, Callable[[], Figure]] = {
    "a landing at 1e300": lambda: parabola_figure(PARABOLA, 3.0, SPAN, "weight", landing=1e300),
    "a landing at infinity": lambda: parabola_figure(PARABOLA, 3.0, SPAN, "weight", landing=float("-inf")),
    "a landing nowhere": lambda: parabola_figure(PARABOLA, 3.0, SPAN, "weight", landing=float("nan")),
    "a parabola from 1e300": lambda: parabola_figure(
        PARABOLA, 1e300, (2 - 1.5e300, 2 + 1.5e300), "weight", landing=-1e300
    ),
    "a ball at 1e300": lambda: parabola_figure(PARABOLA, 1e300, SPAN, "weight", landing=1.0),
    "a parabola as narrow as rounding": lambda: parabola_figure(
        PARABOLA, 2 + 4.5e-16, (2 - 1e-15, 2 + 1e-15), "w", landing=2.0
    ),
    "residuals of a neuron at 1e300": lambda: residuals_figure(
        celsius(), at(1e300, bias=1e300), at(-1e300), 3, squares=True
    ),
    "residuals of a neuron at the edge of the numbers": lambda: residuals_figure(
        celsius(), at(1e308), at(-1e308), 3, squares=True
    ),
    "residuals of features of 1e100": lambda: residuals_figure(
        weighted_sum((1e100, 0, 0, 0), 1e100), at(2, 1, 1, 1), at(1e200, 1, 1, 1), 0, squares=True
    ),
    "residuals of an output that meets a target of 1e17": lambda: residuals_figure(
        weighted_sum(target=1e17), at(1e17, 0, 0, 0), None, 0, squares=True
    ),
    "errors that are no numbers": lambda: differences_figure(
        STEPS, np.full(60, float("nan")), np.full(60, float("inf")), 1e-3
    ),
    "errors of 1e300": lambda: differences_figure(STEPS, np.full(60, 1e300), np.full(60, 1e-300), 1e-3),
}
EVERY_FIGURE = pytest.mark.parametrize("name", [*ORDINARY, *EXTREME])
WITH_AXES = [name for name in ORDINARY if "dependencies" not in name]


@cache
def drawn(name: str) -> Figure:
    with np.errstate(all="ignore"):
        return {**ORDINARY, **EXTREME}[name]()


def ranges(figure: Figure) -> list[list[float]]:
    return [list(figure["layout"][axis]["range"]) for axis in ("xaxis", "yaxis")]


def points(figure: Figure, axis: str) -> list[float]:
    return [value for part in figure["data"] for value in part[axis] if value is not None]


def arrows(figure: Figure) -> list[dict[str, Any]]:
    return [note for note in figure["layout"]["annotations"] if note["showarrow"]]


def labels(figure: Figure) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"] if not note["showarrow"]]


# Every figure


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_figure_holds_only_numbers_that_a_browser_can_read(name: str) -> None:
    assert json.loads(json.dumps(drawn(name), allow_nan=False)) is not None


@EVERY_FIGURE
def test_a_figure_s_layout_holds_only_numbers_that_a_browser_can_read(name: str) -> None:
    assert json.loads(json.dumps(drawn(name)["layout"], allow_nan=False)) is not None


@EVERY_FIGURE
def test_a_figure_passes_plotly_s_own_validation(name: str) -> None:
    assert len(go.Figure(drawn(name)).data) == len(drawn(name)["data"])


@EVERY_FIGURE
def test_a_figure_s_axes_have_a_fixed_range_with_an_extent(name: str) -> None:
    for low, high in ranges(drawn(name)):
        assert -np.inf < low < high < np.inf


@pytest.mark.parametrize("name", WITH_AXES)
def test_an_axis_keeps_its_range_and_has_a_title(name: str) -> None:
    for axis in ("xaxis", "yaxis"):
        assert drawn(name)["layout"][axis]["autorange"] is False
        assert drawn(name)["layout"][axis]["title"]["text"]


@pytest.mark.parametrize("name", [name for name in EXTREME if "errors" not in name])
def test_nothing_lies_so_far_outside_the_frame_that_a_browser_cannot_draw_it(name: str) -> None:
    for axis, (low, high) in zip("xy", ranges(drawn(name)), strict=True):
        far = BEYOND_EVERY_SCREEN * (high - low)
        assert all(low - far <= value <= high + far for value in points(drawn(name), axis))


@pytest.mark.parametrize("name", ["differences", "parabola", "residuals"])
def test_a_figure_speaks_turkish(name: str, turkish: None) -> None:
    figure = ORDINARY[name]()
    assert {part["name"] for part in figure["data"]}.isdisjoint(part["name"] for part in drawn(name)["data"])
    assert figure["layout"]["separators"] == ",."


# Finite differences


def test_both_error_curves_are_drawn_over_the_steps() -> None:
    one_sided, two_sided = difference_errors(celsius(), celsius().start, STEPS)
    assert trace(drawn("differences"), "forward differences")["y"] == np.maximum(one_sided, FLOOR).tolist()
    assert trace(drawn("differences"), "central differences")["y"] == np.maximum(two_sided, FLOOR).tolist()
    assert all(part["x"] == STEPS.tolist() for part in drawn("differences")["data"])


def test_both_axes_of_the_errors_are_logarithmic() -> None:
    assert [drawn("differences")["layout"][axis]["type"] for axis in ("xaxis", "yaxis")] == ["log", "log"]


def test_the_axis_of_the_steps_ends_with_the_steps() -> None:
    assert ranges(drawn("differences"))[0] == pytest.approx([-15, 2])


@pytest.mark.parametrize("name", ["differences", "differences without any error"])
def test_every_error_lies_within_the_frame(name: str) -> None:
    low, high = ranges(drawn(name))[1]
    assert all(low <= np.log10(value) <= high for value in points(drawn(name), "y"))


def test_an_error_of_zero_is_drawn_at_the_floor() -> None:
    assert set(points(drawn("differences without any error"), "y")) == {FLOOR}


@pytest.mark.parametrize("step", [1e-15, 1e-3, 100.0])
def test_the_chosen_step_is_a_line_from_bottom_to_top(step: float) -> None:
    (line,) = differences_figure(STEPS, STEPS, STEPS, step)["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["y0"], line["y1"], line["yref"]) == (step, step, 0, 1, "paper")


# The parabola


def test_a_parabola_has_the_loss_and_the_slope_it_is_made_of() -> None:
    assert [PARABOLA.loss(value) for value in (2.0, 3.0, 0.0)] == [1.0, 3.0, 9.0]
    assert [PARABOLA.slope(value) for value in (2.0, 3.0, 0.0)] == [0.0, 4.0, -8.0]


def test_the_curve_is_the_parabola_over_the_span() -> None:
    curve = trace(drawn("parabola"), "loss")
    assert (curve["x"][0], curve["x"][-1]) == SPAN
    assert curve["y"] == pytest.approx([1 + 2 * (x - 2) ** 2 for x in curve["x"]])


def test_the_ball_lies_on_the_parabola() -> None:
    ball = trace(drawn("parabola"), "now")
    assert (ball["x"], ball["y"]) == ([3.0], [3.0])


def test_the_tangent_touches_the_parabola_at_the_ball_with_its_slope() -> None:
    tangent = trace(drawn("parabola"), "tangent")
    (left, right), (low, high) = tangent["x"], tangent["y"]
    assert (high - low) / (right - left) == pytest.approx(4.0)
    assert ((left + right) / 2, (low + high) / 2) == pytest.approx((3.0, 3.0))


def test_the_star_stands_at_the_bottom() -> None:
    star = trace(drawn("parabola"), "best possible")
    assert (star["x"], star["y"], star["marker"]["symbol"]) == ([2.0], [1.0], "star")


def test_the_arrow_goes_from_the_ball_to_the_landing_at_the_ball_s_height() -> None:
    arrow = trace(drawn("parabola"), "the step: − learning rate · slope")
    assert (arrow["x"], arrow["y"]) == ([3.0, 1.0], [3.0, 3.0])


def test_the_landing_lies_on_the_parabola() -> None:
    landing = trace(drawn("parabola"), "after the step")
    assert (landing["x"], landing["y"]) == ([1.0], [3.0])


def test_without_a_landing_there_is_no_arrow() -> None:
    names = [part["name"] for part in drawn("parabola without a landing")["data"]]
    assert names == ["loss", "tangent", "best possible", "now"]


def test_the_ranges_do_not_depend_on_the_landing() -> None:
    assert ranges(drawn("a landing at 1e300")) == ranges(drawn("parabola without a landing"))


def test_the_ranges_do_not_change_while_the_ball_moves_within_the_span() -> None:
    one, other = (parabola_figure(PARABOLA, now, SPAN, "weight") for now in (0.5, 3.9))
    assert ranges(one) == ranges(other)


# The residuals


@pytest.mark.parametrize("slug", ["celsius", "noisy-thermometer", "tips", "weighted-sum"])
def test_every_residual_goes_from_a_target_to_its_output(slug: str) -> None:
    dataset = DATASETS[slug]()
    outputs = dataset.inputs @ dataset.start.weights + dataset.start.bias
    line = trace(residuals(slug), "residuals")
    ends = list(zip(line["y"][::3], line["y"][1::3], strict=True))
    assert set(ends) <= set(zip(dataset.targets.tolist(), outputs.tolist(), strict=True))
    assert line["y"][2::3] == [None] * len(ends)


def test_a_residual_is_vertical() -> None:
    line = trace(residuals(), "residuals")
    assert line["x"][::3] == line["x"][1::3]


@EVERY_DATASET
def test_not_more_residuals_are_drawn_than_can_be_told_apart(slug: str) -> None:
    n_samples = DATASETS[slug]().n_samples
    assert len(trace(residuals(slug), "residuals")["x"]) // 3 == min(MOST, n_samples)


@pytest.mark.parametrize("sample", [0, 1, 92, 99])
def test_the_chosen_sample_always_has_its_residual_and_its_ring(sample: int) -> None:
    figure = residuals_figure(celsius(), celsius().start, None, sample, squares=False)
    ring = trace(figure, "this sample")
    assert (ring["x"], ring["y"]) == ([sample - 50.0], [celsius().targets[sample]])
    assert sample - 50.0 in trace(figure, "residuals")["x"]


def test_the_prediction_is_the_neuron_s() -> None:
    line = trace(residuals(), "now")
    assert line["y"] == pytest.approx([0.5 * x + 0.5 for x in line["x"]])


def test_after_the_update_its_prediction_is_drawn_as_well() -> None:
    figure = residuals_figure(celsius(), celsius().start, at(0.71356, bias=0.50617), 0, squares=False)
    line = trace(figure, "after the update")
    assert line["y"] == pytest.approx([0.71356 * x + 0.50617 for x in line["x"]])


def test_before_the_update_there_is_one_prediction() -> None:
    assert [part["name"] for part in residuals()["data"]] == ["residuals", "data", "now", "this sample"]


def test_the_line_that_the_update_moves_to_has_the_colour_of_now() -> None:
    figure = residuals_figure(celsius(), celsius().start, at(1.0), 0, squares=False)
    assert trace(figure, "now")["line"]["color"] == BEFORE
    assert trace(figure, "after the update")["line"]["color"] == NOW


def test_every_data_point_is_drawn() -> None:
    points = trace(residuals("tips"), "data")
    assert points["y"] == DATASETS["tips"]().targets.tolist()


def test_squares_are_drawn_only_when_asked_for() -> None:
    assert residuals()["layout"]["shapes"] == []
    assert len(residuals(squares=True)["layout"]["shapes"]) == MOST


def test_a_square_is_as_high_as_its_residual() -> None:
    square = residuals(squares=True)["layout"]["shapes"][0]
    # -50 degrees: target -58, output -24.5.
    assert (square["y0"], square["y1"], square["x0"]) == pytest.approx((-58.0, -24.5, -50.0))


def test_every_square_lies_within_the_width_of_the_frame() -> None:
    figure = residuals(squares=True)
    low, high = ranges(figure)[0]
    assert all(low <= square["x1"] <= high for square in figure["layout"]["shapes"])


def test_of_several_features_the_samples_are_numbered() -> None:
    assert trace(drawn("residuals of several features"), "data")["x"] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


# The dependency diagram


def test_every_node_shows_its_name_and_its_value() -> None:
    (nodes,) = drawn("dependencies")["data"]
    assert nodes["text"] == [
        "<b>input</b><br>42",
        "<b>weight</b><br>0.5",
        "<b>output</b><br>21.5",
        "<b>loss</b><br>7,413",
    ]


def test_every_edge_is_an_arrow_from_what_it_depends_on() -> None:
    found = [(arrow["ax"], arrow["ay"], arrow["x"], arrow["y"]) for arrow in arrows(drawn("dependencies"))]
    assert found == [(0.0, 1.0, 1.2, 0.0), (0.0, 0.0, 1.2, 0.0), (1.2, 0.0, 2.2, 0.0)]


def test_the_active_edges_point_backwards_when_going_backwards() -> None:
    found = [(arrow["ax"], arrow["ay"], arrow["x"], arrow["y"]) for arrow in arrows(drawn("dependencies backwards"))]
    assert found == [(1.2, 0.0, 0.0, 1.0), (0.0, 0.0, 1.2, 0.0), (2.2, 0.0, 1.2, 0.0)]


@pytest.mark.parametrize("name", ["dependencies", "dependencies backwards"])
def test_every_edge_shows_its_slope_and_the_active_ones_strongly(name: str) -> None:
    assert labels(drawn(name)) == ["<b>0.5</b>", "42"]


def test_the_active_edges_are_strong() -> None:
    assert [arrow["arrowwidth"] > 2 for arrow in arrows(drawn("dependencies"))] == [True, False, False]


def test_forwards_and_backwards_have_different_colours() -> None:
    assert arrows(drawn("dependencies"))[0]["arrowcolor"] == NOW
    assert arrows(drawn("dependencies backwards"))[0]["arrowcolor"] == BEFORE


def test_all_nodes_lie_within_the_frame() -> None:
    (nodes,) = drawn("dependencies")["data"]
    for values, (low, high) in zip((nodes["x"], nodes["y"]), ranges(drawn("dependencies")), strict=True):
        assert all(low < value < high for value in values)
