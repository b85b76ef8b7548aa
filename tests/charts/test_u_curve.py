import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from charts.look import REGIME_COLOURS, Figure
from charts.u_curve import u_curve_figure
from core.checks import Array
from core.data.builtin import celsius
from core.theory.limits import Limits, Regime
from core.theory.quadratic import quadratic
from tests.charts.seen import axes, trace, traces

NAMES = {regime: regime.value for regime in Regime}
RATES = np.geomspace(1e-6, 9e-3, 300)
KNOWN = Limits(0.7, 1.0, 1.4)
LIMITS = quadratic(celsius()).limits


def losses(rates: Array) -> Array:
    return quadratic(celsius()).final_losses(celsius().start, rates, 10_000)


def curve(rates: list[float], losses: list[float], now: tuple[float, float], limits: Limits = KNOWN) -> Figure:
    spoken = [f"spoken {k}" for k in range(len(rates))]
    return u_curve_figure(np.array(rates), np.array(losses), 9.0, now, limits, NAMES, spoken)


def text_of(annotations: list[dict[str, Any]]) -> list[str]:
    return [annotation["text"] for annotation in annotations]


@pytest.fixture(scope="module")
def celsius_curve() -> Figure:
    return u_curve_figure(
        RATES, losses(RATES), 2359.915, (1e-4, float(losses(np.array([1e-4]))[0])), LIMITS, NAMES, [""] * 300
    )


def test_the_u_curve_s_points_are_the_rates_and_losses_given() -> None:
    drawn = curve([1.0, 2.0, 3.0], [9.0, 4.0, 5.0], (2.0, 4.0))
    assert (traces(drawn)[0]["x"], traces(drawn)[0]["y"]) == ([1.0, 2.0, 3.0], [9.0, 4.0, 5.0])


def test_the_u_curve_of_celsius_falls_and_rises(celsius_curve: Figure) -> None:
    y = traces(celsius_curve)[0]["y"]
    least = y.index(min(y))
    assert y[0] > 900
    assert y[least] < 1e-10
    assert y[-1] > 1000


def test_every_loss_of_the_u_curve_that_can_be_seen_is_drawn_as_it_is(celsius_curve: Figure) -> None:
    ends = losses(RATES)
    low, high = axes(celsius_curve)["yaxis"]["range"]
    y = traces(celsius_curve)[0]["y"]
    seen = [k for k, loss in enumerate(ends) if 10**low <= loss <= 10**high]
    assert len(seen) > 150
    assert [y[k] for k in seen] == ends[seen].tolist()


def test_the_u_curve_leaves_the_frame_where_runs_explode(celsius_curve: Figure) -> None:
    high = axes(celsius_curve)["yaxis"]["range"][1]
    assert all(y > 10**high for y in traces(celsius_curve)[0]["y"][-50:])


def test_hovering_over_the_u_curve_names_rate_regime_and_loss() -> None:
    drawn = curve([0.5, 2.0], [9.0, math.inf], (2.0, 4.0))
    assert traces(drawn)[0]["hovertext"] == ["learning rate 0.5: spoken 0, loss 9", "learning rate 2: spoken 1, loss ∞"]


def test_both_axes_of_the_u_curve_are_logarithmic(celsius_curve: Figure) -> None:
    assert [axis["type"] for axis in axes(celsius_curve).values()] == ["log", "log"]


def test_the_u_curve_spans_all_its_rates(celsius_curve: Figure) -> None:
    assert axes(celsius_curve)["xaxis"]["range"] == pytest.approx([-6, math.log10(9e-3)])


def test_the_zones_behind_the_u_curve_meet_at_the_limits(celsius_curve: Figure) -> None:
    zones = [shape for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "rect"]
    edges = [zones[0]["x0"], *(zone["x1"] for zone in zones)]
    assert edges == pytest.approx([1e-6, LIMITS.monotone / 10, LIMITS.monotone, LIMITS.stable, 9e-3])
    assert [(a["x1"], b["x0"]) for a, b in pairwise(zones) if a["x1"] != b["x0"]] == []


def test_each_zone_behind_the_u_curve_has_its_name_in_its_middle(celsius_curve: Figure) -> None:
    zones = [shape for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "rect"]
    names = celsius_curve["layout"]["annotations"][:4]
    assert text_of(names) == ["creeping", "monotone", "overshooting", "diverging"]
    middles = [math.log10(zone["x0"] * zone["x1"]) / 2 for zone in zones]
    assert [name["x"] for name in names] == pytest.approx(middles)


def test_the_fastest_rate_and_the_limit_are_lines_in_the_u_curve(celsius_curve: Figure) -> None:
    lines = [shape for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "line"]
    assert [line["x0"] for line in lines] == [LIMITS.fastest, LIMITS.stable]
    assert text_of(celsius_curve["layout"]["annotations"][4:]) == ["★", "limit"]


def test_the_diamond_on_the_u_curve_is_the_rate_of_now(celsius_curve: Figure) -> None:
    now = trace(celsius_curve, "now")
    assert now["x"] == [1e-4]
    assert now["y"] == pytest.approx([18.183695593848714], rel=1e-9)


@pytest.mark.parametrize("loss", [math.inf, math.nan, 1e200, 0.0])
def test_a_loss_of_now_that_cannot_be_drawn_stands_at_the_edge_of_the_u_curve(loss: float) -> None:
    drawn = curve([0.5, 2.0], [9.0, 5.0], (2.0, loss))
    assert trace(drawn, "now")["y"] == pytest.approx([10 ** axes(drawn)["yaxis"]["range"][1]])


def test_a_u_curve_of_nothing_but_explosions_leaves_the_frame() -> None:
    drawn = curve([2.0, 3.0], [np.inf, np.inf], (2.0, math.inf))
    assert min(traces(drawn)[0]["y"]) > 10 ** axes(drawn)["yaxis"]["range"][1]


def test_a_rate_of_zero_has_no_place_on_a_logarithmic_axis() -> None:
    assert trace(curve([0.5, 2.0], [9.0, 5.0], (0.0, 9.0)), "now")["x"] == [None]


def test_without_limits_the_whole_u_curve_is_one_zone_without_lines() -> None:
    nowhere = Limits(math.inf, math.inf, math.inf)
    (zone,) = curve([0.5, 2.0], [9.0, 9.0], (0.5, 9.0), nowhere)["layout"]["shapes"]
    assert (zone["x0"], zone["x1"], zone["fillcolor"]) == (0.5, 2.0, REGIME_COLOURS[Regime.CREEPING])


def test_each_zone_has_the_colour_of_its_regime(celsius_curve: Figure) -> None:
    zones = [shape["fillcolor"] for shape in celsius_curve["layout"]["shapes"] if shape["type"] == "rect"]
    assert zones == list(REGIME_COLOURS.values())
