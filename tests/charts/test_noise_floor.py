import math
from collections.abc import Callable

import numpy as np
import pytest

from charts.look import Figure
from charts.noise_floor import medians, noise_floor_figure, spread_figure
from core.batches import Batches
from core.data.builtin import tips
from core.experiment import Experiment
from core.training import History
from tests.charts.contract import PROMISES, it_speaks_the_language
from tests.charts.runs import trained
from tests.charts.seen import axes, names, trace, traces

RATES = (1e-3, 3e-4, 0.01)
NAMES = ("once", "a third", "explodes")
LEAST = 1.0
FLOORS = (0.07, 0.03, math.inf)
CONTRACT = [promise for promise in PROMISES if promise is not it_speaks_the_language]


@pytest.fixture(scope="module")
def histories() -> list[History]:
    return [trained(Experiment.on(tips(), learning_rate=rate, iterations=1000, batches=Batches(10))) for rate in RATES]


def drawn(histories: list[History], least: float | None = LEAST, floors: tuple[float, ...] = FLOORS) -> Figure:
    return noise_floor_figure(histories, NAMES, floors, least)


def test_a_curve_is_the_median_of_each_stretch_above_the_least_loss(histories: list[History]) -> None:
    iterations, above = medians(histories[0], LEAST)
    assert (iterations[0], above[0]) == (0, histories[0].loss[0] - LEAST)
    middle = len(above) // 2
    apart = (iterations[2:] - iterations[1:-1]).mean()
    low, high = (round(iterations[middle] + side * apart / 2) for side in (-1, 1))
    nearby = histories[0].loss[low : high + 1] - LEAST
    assert nearby.min() <= above[middle] <= nearby.max()


def test_without_a_least_loss_it_is_the_loss_itself(histories: list[History]) -> None:
    assert medians(histories[0], None)[1][0] == histories[0].loss[0]
    assert axes(drawn(histories, None))["yaxis"]["title"]["text"] == "loss"
    assert axes(drawn(histories))["yaxis"]["title"]["text"] == "loss above the least"


def test_each_floor_is_a_thick_line_over_the_last_quarter(histories: list[History]) -> None:
    for name, floor in zip(NAMES[:2], FLOORS, strict=False):
        line = trace(drawn(histories), name)
        assert (line["x"], line["y"]) == ([750.0, 1000.0], [floor, floor])
        assert line["hovertext"][0] == f"{name}: {floor}"


def test_what_explodes_has_no_floor(histories: list[History]) -> None:
    legend = [each["name"] for each in traces(drawn(histories)) if each.get("showlegend", True)]
    assert legend == list(NAMES[:2])


def test_where_there_are_no_floors_the_curves_are_named_themselves(histories: list[History]) -> None:
    figure = drawn(histories, floors=())
    assert names(figure) == list(NAMES)
    assert all(each["showlegend"] for each in traces(figure))


def test_an_explosion_does_not_flatten_the_others(histories: list[History]) -> None:
    assert axes(drawn(histories))["yaxis"]["range"][1] < 4


def test_each_column_holds_the_errors_of_the_last_quarter() -> None:
    error = np.concatenate([np.full(300, 9.0), np.linspace(-1, 1, 100)])
    figure = spread_figure([error, 2 * error], ("a", "b"))
    for k, name in enumerate(("a", "b")):
        column = trace(figure, name)
        assert (min(column["y"]), max(column["y"])) == (-1.0 * (k + 1), 1.0 * (k + 1))
        assert all(abs(x - k) < 0.5 for x in column["x"])
    assert axes(figure)["xaxis"]["ticktext"] == ["a", "b"]


def test_the_best_is_a_line_between_the_columns() -> None:
    assert trace(spread_figure([np.ones(8)], ("a",)), "best possible")["y"] == [0.0, 0.0]


@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
def test_they_keep_the_contract(histories: list[History], promise: Callable[[Figure], None]) -> None:
    for figure in (
        drawn(histories),
        drawn(histories, None),
        drawn(histories, floors=()),
        drawn(histories[2:]),
        spread_figure([np.zeros(2), np.ones(900)], ("a", "b")),
    ):
        promise(figure)
