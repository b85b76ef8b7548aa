"""Two curves over the same iterations: a value that bounces, above the loss that cannot show it."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.curves import AFTER, LOWER, UPPER, curves_figure, watched_range
from charts.iterations import IterationScale
from charts.look import Figure
from core.data.builtin import celsius
from core.optimisers import Adam, Momentum, Nesterov, Optimiser
from core.theory.quadratic import quadratic, theory
from core.theory.watched import Watched, watched
from core.training import History
from telling.names import watched_name
from tests.charts.runs import at_rate, best_loss, history, iterations, loss_of, on, scale_of, summed_at_rate, trained
from tests.charts.seen import axes, moves, ranges, traces

STABLE = quadratic(celsius()).limits.stable
FAINT, CURVE, BEST, WALK = range(4)
"""The traces of the upper curve."""
WATCHED = pytest.mark.parametrize("watch", ["weight", "output", "error"])


def curves_of(run: History, watch: str = "weight", loss_axis: str = "auto") -> Figure:
    second, name = watched_in(run, watch), watched_name(run, watch)
    scale = scale_of(run)
    return curves_figure(run, best_loss(run), second, name, iterations(run), scale=scale, loss_axis=loss_axis)


def watched_in(run: History, watch: str) -> Watched:
    return watched(run, theory(run.experiment), watch)


@cache
def curves(learning_rate: float) -> Figure:
    return curves_of(at_rate(learning_rate))


def upper(figure: Figure, index: int = CURVE) -> dict[str, Any]:
    return traces(figure)[index]


def in_frame(figure: Figure) -> list[bool]:
    low, high = axes(figure)["yaxis2"]["range"]
    return [low <= y <= high for y in upper(figure)["y"]]


def test_just_below_the_limit_the_weight_crosses_its_best_value_at_least_ten_times_inside_the_frame() -> None:
    drawn = curves(0.00119)
    sides = np.array(upper(drawn)["y"])[in_frame(drawn)] > 1.8
    assert np.sum(sides[1:] != sides[:-1]) >= 10


@pytest.mark.parametrize(("i", "weight"), [(0, 0.5), (1, 3.041364), (2, 0.54143537)])
def test_the_upper_curve_is_the_weight_worked_by_hand(i: int, weight: float) -> None:
    # 3.041364 = 0.5 + 0.00119 · 2135.6
    assert upper(curves(0.00119))["y"][i] == pytest.approx(weight, rel=1e-5)


@WATCHED
def test_the_upper_curve_is_what_is_watched_with_six_digits(watch: str) -> None:
    run = at_rate(0.00119)
    curve = upper(curves_of(run, watch))
    assert curve["y"] == pytest.approx(watched_in(run, watch).values[curve["customdata"]].tolist(), rel=1e-5)


@WATCHED
def test_each_marker_of_the_upper_curve_stands_where_the_run_is(watch: str) -> None:
    run = at_rate(1e-4)
    values = watched_in(run, watch).values
    for i, place in zip(iterations(run), moves(curves_of(run, watch), WALK), strict=True):
        assert place == {"x": scale_of(run).places([i]).tolist(), "y": [pytest.approx(values[i], rel=1e-5)]}


def test_both_curves_stand_over_the_same_iterations() -> None:
    drawn = curves(0.00119)
    weight, loss = (next(t for t in traces(drawn) if t["name"] == name) for name in ("weight", "loss"))
    assert weight["x"] == loss["x"]


def test_both_curves_share_one_axis() -> None:
    drawn = curves(0.00119)
    assert [name for name in axes(drawn) if name.startswith("xaxis")] == ["xaxis"]
    assert {t.get("xaxis", "x") for t in traces(drawn)} == {"x"}
    assert axes(drawn)["yaxis2"]["anchor"] == "x"


def test_the_upper_curve_stands_above_the_lower_one() -> None:
    drawn = curves(0.00119)
    assert (axes(drawn)["yaxis2"]["domain"], axes(drawn)["yaxis"]["domain"]) == (UPPER, LOWER)
    assert UPPER[0] > LOWER[1]


def test_each_curve_has_its_name_above_it() -> None:
    notes = curves(0.00119)["layout"]["annotations"]
    assert [(note["text"], note["y"]) for note in notes] == [
        ("<b>weight</b>", UPPER[1]),
        ("<b>loss (°F²)</b>", LOWER[1]),
    ]


def test_the_lower_curve_is_that_of_the_loss_alone() -> None:
    assert traces(curves(0.00119))[4:] == traces(loss_of(at_rate(0.00119)))


@pytest.mark.parametrize("index", [FAINT, CURVE])
def test_the_upper_curve_is_drawn_faint_as_a_whole_and_strong_as_far_as_it_has_been_played(index: int) -> None:
    trace = upper(curves(1e-4), index)
    assert (trace.get("opacity"), trace.get("meta")) == [(0.35, None), (None, {"grows": True})][index]


def test_the_best_weight_is_a_level_line_from_the_first_iteration_to_the_last() -> None:
    best = upper(curves(1e-4), BEST)
    assert (best["x"], best["y"]) == (IterationScale(1000).places([0, 1000]).tolist(), pytest.approx([1.8, 1.8]))


@pytest.mark.parametrize(("learning_rate", "left_at"), [(0.0013, 3), (0.005, 1)])
def test_a_value_that_flies_off_is_cut_soon_after_it_has_left(learning_rate: float, left_at: int) -> None:
    drawn = curves(learning_rate)
    assert in_frame(drawn)[: left_at + 1] == [True] * left_at + [False]
    assert upper(drawn)["customdata"][-1] == left_at + AFTER


def test_a_value_that_stays_is_drawn_to_the_end() -> None:
    assert upper(curves(0.00119))["customdata"][-1] == 1000


@pytest.mark.parametrize("learning_rate", [0.0013, 0.005])
def test_the_loss_of_an_explosion_stands_on_a_logarithmic_axis_by_itself(learning_rate: float) -> None:
    assert axes(curves(learning_rate))["yaxis"]["type"] == "log"


@WATCHED
@given(share=st.floats(0.001, 0.999))
@settings(deadline=None, max_examples=15)
def test_the_picture_is_the_same_for_every_stable_rate(watch: str, share: float) -> None:
    run = trained(on(celsius(), (0.5, 0.5), share * STABLE, 30))
    assert ranges(curves_of(run, watch)) == ranges(curves_of(at_rate(1e-4, 30), watch))


@WATCHED
@given(share=st.floats(0.001, 0.999))
@settings(deadline=None, max_examples=15)
def test_whatever_a_stable_rate_reaches_lies_in_the_picture(watch: str, share: float) -> None:
    drawn = curves_of(trained(on(celsius(), (0.5, 0.5), share * STABLE, 30)), watch)
    assert all(in_frame(drawn))


@WATCHED
@pytest.mark.parametrize("optimiser", [Momentum(0.9), Nesterov(0.9), Adam()])
def test_what_a_run_that_swings_reaches_lies_in_the_picture(watch: str, optimiser: Optimiser) -> None:
    rate = 5.0 if optimiser == Adam() else 1e-4
    drawn = curves_of(trained(replace(on(celsius(), (0.5, 0.5), rate, 200), optimiser=optimiser)), watch)
    assert all(in_frame(drawn))


def test_a_bounce_of_the_weighted_sum_stays_in_the_picture_too() -> None:
    assert all(in_frame(curves_of(summed_at_rate(0.249))))


def test_the_range_holds_start_best_and_what_a_stable_rate_can_reach_worked_by_hand() -> None:
    shown = watched_range(Watched(np.array([0.5, 3.0]), best=1.8, far=3.1))
    # From 0.5 to 3.1, 6 % of 2.6 wider on both sides, and a fifth of that wider again.
    assert shown == pytest.approx((0.344 - 0.5824, 3.256 + 0.5824))


def test_without_a_theory_the_range_follows_the_values_as_far_as_its_reach() -> None:
    shown = watched_range(Watched(np.array([2.0, 3.0, 100.0])))
    # From 2 to 4, twice the start, 6 % of 2 wider on both sides, and a fifth of that wider again.
    assert shown == pytest.approx((1.88 - 0.448, 4.12 + 0.448))


def test_without_a_theory_there_is_no_best_value_but_a_curve_all_the_same() -> None:
    run = history("a line by a wrong gradient")
    drawn = curves_of(run)
    assert "best possible" not in [t["name"] for t in traces(drawn)]
    assert upper(drawn)["y"][0] == 0.5


def test_evenly_placed_iterations_are_their_own_places() -> None:
    run = at_rate(1e-4)
    scale = replace(scale_of(run), logarithmic=False)
    drawn = curves_figure(run, 0.0, watched_in(run, "weight"), "weight", iterations(run), scale=scale)
    assert upper(drawn)["x"] == upper(drawn)["customdata"]
