import math
from functools import cache

import numpy as np
import pytest

from charts.look import Figure
from core.data.builtin import celsius, tips
from tests.charts.figures import entry, walk
from tests.charts.runs import history, iterations, known
from tests.charts.seen import axes, moved, ranges, trace, traces

SEEN = pytest.mark.parametrize(
    "run",
    ["a line that settles", "a line that explodes", "a line from 1e300", "a line at its best", "weights that settle"],
)


@cache
def contour(run: str) -> Figure:
    found = entry("contours", run)
    return found.draw(found.iterations)


@cache
def surface(run: str) -> Figure:
    found = entry("surface", run)
    return found.draw(found.iterations)


PATH = ["a line that settles", "a line that overshoots", "weights that settle", "several features that settle"]


@pytest.mark.parametrize("run", PATH)
def test_the_path_on_the_map_is_the_history_s_parameters_at_the_frames(run: str) -> None:
    table = history(run).parameters[iterations(history(run)), :2]
    for k, way in enumerate(moved(contour(run), "path")):
        assert (way["x"], way["y"]) == (table[: k + 1, 0].tolist(), table[: k + 1, 1].tolist())


@pytest.mark.parametrize("run", PATH)
def test_the_marker_on_the_map_is_where_the_history_is_at_the_frame(run: str) -> None:
    found = history(run)
    for i, now in zip(iterations(found), moved(contour(run), "now"), strict=True):
        x, y = found.parameters[i, :2].tolist()
        assert now == {"x": [x], "y": [y]}


@pytest.mark.parametrize("run", ["a line that settles", "a line through real data"])
def test_the_path_on_the_surface_is_the_history_s_parameters_at_the_frames(run: str) -> None:
    found, last = history(run), moved(surface(run), "path")[-1]
    assert last["x"] == found.weights[iterations(found), 0].tolist()
    assert last["y"] == found.bias[iterations(found)].tolist()


@pytest.mark.parametrize("run", ["a line that settles", "a line through real data"])
def test_the_path_on_the_surface_is_as_high_as_the_history_s_losses(run: str) -> None:
    found = history(run)
    z = np.array(moved(surface(run), "path")[-1]["z"])
    lifted = 0.015 * surface(run)["layout"]["scene"]["zaxis"]["range"][1]
    assert z - lifted == pytest.approx(found.loss[iterations(found)], rel=1e-6, abs=1e-6)


def test_the_map_s_heights_are_the_logarithms_of_the_losses_above_the_least() -> None:
    field = traces(contour("a line through real data"))[0]
    x, y = field["x"][3], field["y"][40]
    residuals = tips().inputs[:, 0] * x + y - tips().targets
    plane = known(history("a line through real data")).plane(np.zeros(2), (0, 1))
    above = float(np.mean(residuals**2)) - plane.least
    assert field["z"][40][3] == pytest.approx(math.log10(above), rel=1e-9)


@SEEN
def test_the_map_has_twenty_shades_from_a_hundred_thousandth_of_the_greatest_loss_to_that(run: str) -> None:
    field = traces(contour(run))[0]
    levels = field["contours"]
    assert levels["end"] - levels["start"] == pytest.approx(5) == pytest.approx(20 * levels["size"])
    assert levels["end"] == pytest.approx(np.max(field["z"]))


@pytest.mark.parametrize("run", ["a line that settles", "a line through real data"])
def test_the_floor_of_a_narrow_valley_has_many_shades_along_its_length(run: str) -> None:
    field = traces(contour(run))[0]
    floor = np.min(field["z"], axis=1)
    assert len(set(np.floor((floor - field["contours"]["start"]) / field["contours"]["size"]))) >= 8


def test_the_first_steps_that_are_far_enough_apart_are_numbered() -> None:
    numbers = traces(contour("weights that settle"))[-1]
    table = history("weights that settle").parameters
    assert int(numbers["text"][0]) == 1
    assert len(numbers["text"]) <= 8
    assert list(zip(numbers["x"], numbers["y"], strict=True)) == [tuple(table[int(i), :2]) for i in numbers["text"]]


def test_a_path_that_stays_where_it_is_has_no_numbers() -> None:
    assert "iteration" not in [part.get("name") for part in traces(contour("a line at rest"))]


def test_the_surface_s_heights_are_the_losses() -> None:
    field = traces(surface("a line that settles"))[0]
    x, y = field["x"][40], field["y"][3]
    residuals = celsius().inputs[:, 0] * x + y - celsius().targets
    assert field["z"][3][40] == pytest.approx(float(np.mean(residuals**2)), rel=1e-9)


@SEEN
def test_both_axes_of_the_map_have_equal_scales(run: str) -> None:
    layout = contour(run)["layout"]
    (x0, x1), (y0, y1) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    assert layout["yaxis"]["scaleanchor"] == "x"
    assert x1 - x0 == pytest.approx(y1 - y0, rel=1e-9)


@SEEN
def test_the_goal_is_on_the_map_and_a_start_that_is_not_too_far_away(run: str) -> None:
    (x0, x1), (y0, y1) = (contour(run)["layout"][f"{letter}axis"]["range"] for letter in "xy")
    for name in ("best possible",) if "1e300" in run else ("start", "best possible"):
        (x,), (y,) = trace(contour(run), name)["x"], trace(contour(run), name)["y"]
        assert x0 < x < x1
        assert y0 < y < y1


def test_the_goal_on_the_map_of_celsius_is_nine_fifths_and_32() -> None:
    goal = trace(contour("a line that settles"), "best possible")
    assert goal["x"] == pytest.approx([1.8])
    assert goal["y"] == pytest.approx([32.0])


def test_the_axes_of_the_map_are_named_after_the_parameters() -> None:
    assert [axis["title"]["text"] for axis in axes(contour("a line that settles")).values()] == ["p", "q"]


@SEEN
def test_the_eigen_directions_stand_at_right_angles(run: str) -> None:
    flat, steep = (trace(contour(run), f"{name} direction") for name in ("flat", "steep"))
    vectors = [np.array([t["x"][1] - t["x"][0], t["y"][1] - t["y"][0]]) for t in (flat, steep)]
    lengths = [float(np.hypot(*vector)) for vector in vectors]
    assert abs(vectors[0] @ vectors[1]) <= 1e-6 * lengths[0] * lengths[1]
    assert lengths[0] == pytest.approx(lengths[1], rel=1e-6)


@SEEN
def test_the_eigen_directions_stay_on_the_map(run: str) -> None:
    (x0, x1), (y0, y1) = (contour(run)["layout"][f"{letter}axis"]["range"] for letter in "xy")
    for name in ("flat direction", "steep direction"):
        assert x0 < trace(contour(run), name)["x"][1] < x1
        assert y0 < trace(contour(run), name)["y"][1] < y1


def test_along_the_steep_direction_celsius_gets_833_times_as_steep_as_along_the_flat_one() -> None:
    plane = walk(history("a line that settles"), [0]).plane
    rises = []
    for name in ("steep direction", "flat direction"):
        arrow = trace(contour("a line that settles"), name)
        rises.append(float(plane.loss(np.array([arrow["x"][1], arrow["y"][1]]))))
    assert rises[0] / rises[1] == pytest.approx(833.75, rel=1e-4)


def test_an_exploding_path_leaves_the_map_and_the_map_stays() -> None:
    calm, wild = contour("a line that settles"), contour("a line that explodes")
    assert ranges(wild) == ranges(calm)
    assert abs(moved(wild, "now")[-1]["x"][0]) > 10 * abs(axes(wild)["xaxis"]["range"][1])


def test_an_exploding_path_has_gaps_where_it_is_outside_the_surface() -> None:
    found = history("a line that explodes")
    path = moved(surface("a line that explodes"), "path")[-1]
    (x0, x1), (y0, y1) = (
        surface("a line that explodes")["layout"]["scene"][f"{letter}axis"]["range"] for letter in "xy"
    )
    inside = [x0 <= x <= x1 and y0 <= y <= y1 for x, y in found.parameters[iterations(found)].tolist()]
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
