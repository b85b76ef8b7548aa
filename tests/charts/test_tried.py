import math
from collections.abc import Callable

import numpy as np
import pytest

from charts.look import REGIME_COLOURS, Figure
from charts.u_curve import Sign, tried_figure
from core.theory.limits import Regime
from tests.charts.contract import PROMISES, it_speaks_the_language
from tests.charts.seen import axes, names, trace, traces

RATES = np.array([1e-3, 1e-2, 1e-1, 1.0])
LOSSES = np.array([4.0, 2.0, 9.0, np.inf])
SIGNS: list[Sign] = [(0.05, "first", "dot", "right"), (0.2, "last", "solid", "left"), (7.0, "far off", "solid", "left")]
EXTREMES = {
    "ordinary": LOSSES,
    "nothing but explosions": np.full(4, np.inf),
    "no explosion": np.array([4.0, 3.0, 2.0, 1.0]),
    "a loss of zero": np.array([4.0, 0.0, 2.0, 1e200]),
    "all alike": np.ones(4),
}
CONTRACT = [promise for promise in PROMISES if promise is not it_speaks_the_language]


def drawn(losses: np.ndarray = LOSSES, now: tuple[float, float] = (0.02, 3.0)) -> Figure:
    return tried_figure(RATES, losses, 5.0, now, SIGNS)


def test_the_points_are_the_rates_tried_and_their_losses() -> None:
    curve = trace(drawn(), "loss at the end")
    assert curve["x"] == RATES.tolist()
    assert curve["y"][:3] == [4.0, 2.0, 9.0]


def test_they_are_seen_to_be_measured_as_points() -> None:
    assert trace(drawn(), "loss at the end")["mode"] == "lines+markers"


def test_what_exploded_leaves_the_frame_and_has_a_cross_at_its_upper_edge() -> None:
    figure = drawn()
    low, high = axes(figure)["yaxis"]["range"]
    crosses = trace(figure, "exploded")
    assert trace(figure, "loss at the end")["y"][-1] > 10**high
    assert (crosses["x"], crosses["marker"]["color"]) == ([1.0], REGIME_COLOURS[Regime.DIVERGING])
    assert 10 ** (low + 0.9 * (high - low)) < crosses["y"][0] < 10**high


def test_where_nothing_exploded_there_are_no_crosses() -> None:
    assert "exploded" not in names(drawn(EXTREMES["no explosion"]))


def test_no_regime_is_painted() -> None:
    assert {shape["type"] for shape in drawn()["layout"]["shapes"]} == {"line"}


def test_the_limits_that_can_be_seen_have_a_line_and_a_name() -> None:
    layout = drawn()["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == [0.05, 0.2]
    assert [(note["text"], note["x"]) for note in layout["annotations"]] == [
        ("first", math.log10(0.05)),
        ("last", math.log10(0.2)),
    ]


def test_hovering_names_rate_and_loss_and_no_regime() -> None:
    figure = drawn()
    assert trace(figure, "loss at the end")["hovertext"][0] == "learning rate 0.001: loss 4"
    assert trace(figure, "exploded")["hovertext"] == ["learning rate 1: exploded"]


def test_the_diamond_is_the_rate_in_the_hand() -> None:
    now = trace(drawn(), "now")
    assert (now["x"], now["y"]) == ([0.02], [3.0])


@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
@pytest.mark.parametrize("extreme", EXTREMES)
def test_it_keeps_the_contract(extreme: str, promise: Callable[[Figure], None]) -> None:
    for now in ((0.02, 3.0), (0.0, 4.0), (50.0, math.inf)):
        figure = drawn(EXTREMES[extreme], now)
        assert traces(figure)
        promise(figure)
