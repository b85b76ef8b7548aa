"""The map of the loss where it is no parabola, and the paths of several runs on one map."""

from functools import cache

import numpy as np
import pytest

from charts.contours import GREYS, Walk, on_map, square
from charts.look import Figure, series_line
from charts.paths import paths_figure
from charts.surface import contour_figure, surface_figure
from core.theory.planes import Sheet, along_paths, over_pair
from core.theory.quadratic import theory
from core.training import History, losses
from tests.charts.contract import PROMISES
from tests.charts.learners import CURVES, PLANES, run
from tests.charts.runs import at_rate, history, iterations, known
from tests.charts.seen import moved, names, ranges, trace, traces

SETTLES, S_CURVE, EXPLODES = "a curve that settles", "an S-curve", "a curve that explodes"
NAMED = ("p", "q")
BENT = [name for name in CURVES | PLANES if not theory((CURVES | PLANES)[name]())]


@cache
def sheet(name: str) -> Sheet:
    with np.errstate(all="ignore"):
        return along_paths([run(name)])


def walk(name: str, shown: list[int] | None = None) -> Walk:
    with np.errstate(all="ignore"):
        path = sheet(name).seen(run(name).parameters[shown or iterations(run(name))])
    return Walk(path, sheet(name), NAMED)


@cache
def contour(name: str) -> Figure:
    return contour_figure(walk(name), iterations(run(name)))


def of_pair(name: str) -> Walk:
    plane = over_pair([run(name)], (0, 1))
    return Walk(run(name).parameters[iterations(run(name))][:, :2], plane, NAMED)


@pytest.mark.parametrize("name", BENT)
def test_every_map_keeps_the_contract(name: str) -> None:
    with np.errstate(all="ignore"):
        figures = [contour(name), surface_figure(of_pair(name), iterations(run(name)))]
    for figure in figures:
        for promise in PROMISES:
            promise(figure)
        assert [frame["name"] for frame in figure["frames"]] == [str(i) for i in iterations(run(name))]


@pytest.mark.parametrize("name", [SETTLES, S_CURVE, EXPLODES])
def test_the_choice_of_frames_moves_no_axis_of_a_map(name: str) -> None:
    few = [0, run(name).iterations]
    assert ranges(contour_figure(walk(name, few), few)) == ranges(contour(name))


@pytest.mark.parametrize("name", [SETTLES, S_CURVE])
def test_the_whole_path_is_on_the_map(name: str) -> None:
    x, y = square(walk(name))
    points = sheet(name).seen(run(name).parameters)
    assert x[0] < points[:, 0].min() <= points[:, 0].max() < x[1]
    assert y[0] < points[:, 1].min() <= points[:, 1].max() < y[1]


@pytest.mark.parametrize("name", [SETTLES, S_CURVE])
def test_the_heights_of_a_map_are_the_logarithms_of_the_losses_above_the_least_on_it(name: str) -> None:
    field = traces(contour(name))[0]
    x, y = np.meshgrid(field["x"], field["y"])
    points = np.stack([x, y], axis=-1).reshape(-1, 2)
    found = losses(run(name).experiment, sheet(name).origin + points @ sheet(name).directions)
    above = found - found.min()
    expected = np.log10(np.maximum(above, 1e-4 * above.max()))
    assert np.ravel(field["z"]) == pytest.approx(expected, abs=6e-5)


def test_a_loss_that_costs_little_is_drawn_finer() -> None:
    assert len(traces(contour(S_CURVE))[0]["x"]) > len(traces(contour("a plane in four parts"))[0]["x"])


def test_no_goal_and_no_eigen_directions_are_drawn_where_the_loss_is_no_parabola() -> None:
    assert {"best possible", "flat direction", "steep direction"} & {*names(contour(SETTLES))} == set()


def test_the_path_ends_where_the_marker_rests() -> None:
    last = moved(contour(SETTLES), "path")[-1]
    assert trace(contour(SETTLES), "now")["x"] == last["x"][-1:]
    assert (last["x"][-1], last["y"][-1]) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_an_exploding_path_leaves_the_map_in_its_own_direction() -> None:
    ranges = ((0.0, 2.0), (0.0, 2.0))
    near, far = on_map(np.array([[3.0, -4.0], [1e200, -1e200]]), ranges)
    assert near.tolist() == [3.0, -4.0]
    assert far.tolist() == pytest.approx([1 + 2e4, 1 - 2e4])
    away = np.array([3e150, 4e150]) + 1
    assert np.divide(*(on_map(away[np.newaxis], ranges)[0] - 1)) == pytest.approx(3 / 4)


def test_the_map_of_an_exploding_run_is_as_large_as_its_way_down() -> None:
    x, y = square(walk(EXPLODES))
    corners = np.ptp(sheet(EXPLODES).corners, axis=0).max()
    assert x[1] - x[0] == pytest.approx(1.7 * corners)
    assert y[1] - y[0] == pytest.approx(1.7 * corners)


def test_a_path_that_does_not_move_has_a_map_of_one_unit_on_each_side() -> None:
    x, _y = square(walk("a curve at rest"))
    assert x[1] - x[0] == pytest.approx(1.7)


# Several paths on one map


LINES = ("slow", "fast", "wild")


@cache
def several() -> tuple[list[History], list[int]]:
    histories = [at_rate(1e-4, 300), at_rate(8e-4, 300), at_rate(0.01, 300)]
    return histories, iterations(histories[0])


def walks() -> list[Walk]:
    histories, shown = several()
    plane = known(histories[0]).plane(histories[0].parameters[-1], (0, 1))
    return [Walk(found.parameters[[i for i in shown if i <= found.iterations]], plane, NAMED) for found in histories]


@cache
def paths() -> Figure:
    return paths_figure(walks(), LINES, several()[1])


def test_the_map_of_several_paths_keeps_the_contract() -> None:
    for promise in PROMISES:
        promise(paths())


def test_so_does_a_map_of_several_paths_over_a_network_s_loss() -> None:
    shared = along_paths([run(SETTLES), run("a curve that is not trained")])
    shown = iterations(run(SETTLES))
    both = [Walk(shared.seen(run(name).parameters), shared, NAMED) for name in (SETTLES, "a curve that is not trained")]
    for promise in PROMISES:
        promise(paths_figure(both, ("one", "other"), shown))


def test_the_loss_is_drawn_once_and_in_grey() -> None:
    fields = [part for part in traces(paths()) if part["type"] == "contour"]
    assert [field["colorscale"] for field in fields] == [GREYS]


def test_each_path_has_a_line_and_a_marker_of_its_own() -> None:
    for k, name in enumerate(LINES):
        way, marker = (part for part in traces(paths()) if part.get("name") == name)
        style = series_line(k)
        assert (way["line"]["color"], way["line"]["dash"]) == (style["color"], style["dash"])
        assert marker["marker"]["color"] == style["color"]
        assert marker["showlegend"] is False


def test_each_path_is_the_history_s_parameters_at_the_frames() -> None:
    histories, shown = several()
    for found, name in zip(histories[:2], LINES[:2], strict=True):
        table = found.parameters[shown]
        last = moved(paths(), name)[-1]
        assert np.transpose([last["x"], last["y"]]) == pytest.approx(table, rel=1e-4)


def test_a_path_that_ends_before_the_others_waits_where_it_ends() -> None:
    at_rest = [Walk(np.array([[0.5, 0.5], [1.0, 2.0]]), walks()[0].plane, NAMED), walks()[0]]
    figure = paths_figure(at_rest, LINES[:2], several()[1])
    assert len(moved(figure, "slow")[-1]["x"]) == len(several()[1])
    marker = [frame["data"][2] for frame in figure["frames"]]
    assert {(now["x"][0], now["y"][0]) for now in marker[1:]} == {(1.0, 2.0)}


def test_the_best_there_is_has_a_star_where_it_is_known() -> None:
    star = trace(paths(), "best possible")
    assert (star["x"], star["y"]) == (pytest.approx([1.8]), pytest.approx([32.0]))


def test_one_map_holds_what_each_of_its_walks_must_show() -> None:
    plane = known(history("a line that settles")).plane(np.array([1.8, 32.0]), (0, 1))
    both = [Walk(np.array([start]), plane, NAMED) for start in ((0.0, 0.0), (100.0, 30.0))]
    (x0, x1), (y0, y1) = square(*both)
    assert x0 < 0 < 100 < x1
    assert y0 < 0 < 32 < y1
    assert x1 - x0 == pytest.approx(y1 - y0)
