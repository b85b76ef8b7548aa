"""The curves of a run that is steered: three panels, with the regimes behind them, and what is ahead."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.curves import HIGH, MIDDLE, STRIP, curves_figure
from charts.iterations import IterationScale
from charts.look import REGIME_COLOURS, Figure
from charts.trail import BLANK
from core.data.builtin import celsius
from core.theory.limits import Regime
from core.theory.quadratic import quadratic, theory
from core.theory.watched import watched
from core.training import History
from tests.charts.runs import (
    ahead_of,
    at_rate,
    best_loss,
    history,
    iterations,
    limits_of,
    live_curves,
    live_prediction,
    live_scale,
    on,
    scale_of,
    steered,
    trained,
)
from tests.charts.seen import axes, names, traces

BANDS, RIM, STAIRS = slice(0, 4), -5, slice(-4, None)
UP, UP_AND_DOWN = "a line turned up", "a line turned up and down"
EXPLODES = "a line turned up until it explodes"
LIMITS = quadratic(celsius()).limits
SHARES = st.floats(0.01, 3.0)


def finished(run: History) -> Figure:
    """The curves of a run that is over."""
    second, scale = watched(run, theory(run.experiment), "weight"), scale_of(run)
    return curves_figure(run, best_loss(run), second, "weight", iterations(run), scale=scale, limits=limits_of(run))


def turned(*shares: float, iterations: int = 40) -> History:
    """A live run whose rate, in stable limits, is another one every ten iterations."""
    (first, *others) = (share * LIMITS.stable for share in shares)
    changes = [(10 * k, rate) for k, rate in enumerate(others, 1)]
    return trained(steered(on(celsius(), (0.5, 0.5), first, iterations), *changes))


def named(figure: Figure, name: str) -> list[dict[str, Any]]:
    return [trace for trace in traces(figure) if trace["name"] == name]


def spans(band: dict[str, Any]) -> list[tuple[float, float]]:
    """From where to where each area of a band reaches."""
    corners = [band["x"][k : k + 4] for k in range(0, len(band["x"]), 5)]
    return [(min(corner), max(corner)) for corner in corners if min(corner) < max(corner)]


def kinds(figure: Figure) -> list[tuple[object, ...]]:
    """What must be the same in two figures for the player to move the one to the other."""
    return [(trace["type"], trace.get("mode"), len(trace["x"]) > 1) for trace in traces(figure)]


@pytest.mark.parametrize("drawn", [finished(history(UP)), live_curves(history(UP)), live_curves(at_rate(1e-4, 50))])
def test_the_learning_rate_stands_below_the_loss_and_that_below_what_is_watched(drawn: Figure) -> None:
    domains = [axes(drawn)[name]["domain"] for name in ("yaxis2", "yaxis4", "yaxis3")]
    assert domains == [HIGH, MIDDLE, STRIP]
    assert [note["text"] for note in drawn["layout"]["annotations"]] == [
        "<b>weight</b>",
        "<b>loss (°F²)</b>",
        "<b>learning rate</b>",
    ]
    assert all(upper[0] >= lower[1] for upper, lower in pairwise(domains))


def test_a_run_of_one_rate_that_is_not_live_has_two_panels() -> None:
    assert "yaxis3" not in axes(finished(at_rate(1e-4, 50)))


def test_bands_reach_from_where_a_regime_begins_to_where_it_ends() -> None:
    bands = traces(finished(history(UP_AND_DOWN)))[BANDS]
    places = scale_of(history(UP_AND_DOWN)).places([0, 40, 80, 400]).tolist()
    creeping, monotone, overshooting, diverging = map(spans, bands)
    assert (creeping, diverging, monotone) == ([tuple(places[:2])], [tuple(places[1:3])], [tuple(places[2:])])
    assert overshooting == []


def test_bands_have_the_colours_of_their_regimes_and_lie_behind_everything() -> None:
    bands = traces(live_curves(history(UP)))[BANDS]
    for band, colour in zip(bands, REGIME_COLOURS.values(), strict=True):
        red, green, blue = bytes.fromhex(colour[1:])
        assert band["fillcolor"].startswith(f"rgba({red}, {green}, {blue}, 0.")
        assert (band["fill"], band["line"]["width"], band["hoverinfo"]) == ("toself", 0, "skip")


def test_the_axis_of_the_bands_comes_first_so_that_the_mouse_finds_the_curves() -> None:
    drawn = live_curves(history(UP))
    assert {trace.get("yaxis", "y") for trace in traces(drawn)[BANDS]} == {"y"}
    assert "y" not in [trace.get("yaxis", "y") for trace in traces(drawn)[4:]]
    assert axes(drawn)["yaxis"]["visible"] is False


@given(st.lists(SHARES, min_size=1, max_size=4))
@settings(deadline=None, max_examples=25)
def test_the_bands_of_a_live_run_cover_its_whole_axis_once(shares: list[float]) -> None:
    run = turned(*shares)
    found = sorted(span for band in traces(live_curves(run))[BANDS] for span in spans(band))
    assert (found[0][0], found[-1][1]) == (0, run.iterations if run.diverged_at else live_scale(run).last)
    assert all(left[1] == right[0] for left, right in pairwise(found))


@given(st.lists(SHARES, min_size=1, max_size=4))
@settings(deadline=None, max_examples=25)
def test_the_stairs_together_are_the_learning_rate_at_every_step(shares: list[float]) -> None:
    run = turned(*shares)
    drawn = live_curves(run)
    level = {
        (left, right): (height, colour)
        for stairs, colour in zip(traces(drawn)[STAIRS], REGIME_COLOURS.values(), strict=True)
        for (left, height), (right, beside) in pairwise(zip(stairs["x"], stairs["y"], strict=True))
        if height == beside is not None and 0 <= left < right
    }
    for first, rate in run.experiment.schedule:
        ((height, colour),) = [found for (left, right), found in level.items() if left <= first < right]
        assert height == rate
        assert colour == REGIME_COLOURS.get(LIMITS.regime(rate), REGIME_COLOURS[Regime.DIVERGING])


def test_the_stairs_have_a_rim_that_is_the_whole_of_them() -> None:
    run = history(UP)
    rim, *stairs = traces(live_curves(run))[RIM:]
    assert (rim["x"][3:], rim["y"][3:]) == (
        [0, 0, 40, 40, 40, 40, 200, 200],
        [1e-4, 1e-4, 1e-4, None, 1e-4, 0.0013, 0.0013, None],
    )
    assert rim["line"]["width"] > max(trace["line"]["width"] for trace in stairs)
    assert all(trace["meta"] == {"grows": True} for trace in (rim, *stairs))


def test_without_limits_the_learning_rate_is_drawn_all_the_same_and_no_band() -> None:
    drawn = live_curves(history("a line that is turned up by a wrong gradient"))
    assert len(named(drawn, "learning rate")) == 1
    assert [spans(band) for band in traces(drawn)[BANDS]] == [[]] * 4


@given(st.floats(0.06, 2.0))
@settings(deadline=None, max_examples=20)
def test_the_axis_of_the_learning_rate_is_the_same_for_whatever_a_class_tries(share: float) -> None:
    assert axes(live_curves(turned(0.5, share)))["yaxis3"] == axes(live_curves(turned(0.5)))["yaxis3"]


@pytest.mark.parametrize("rate", [1e-9, 1.0, 1e300])
def test_the_axis_of_the_learning_rate_holds_every_other_rate_too(rate: float) -> None:
    low, high = axes(live_curves(trained(on(celsius(), (0.5, 0.5), rate, 20))))["yaxis3"]["range"]
    assert low < np.log10(rate) < high


PORTIONS = [
    at_rate(1e-4, 0),
    at_rate(1e-4, 1),
    at_rate(0.00119, 60),
    at_rate(0.01, 500),
    *map(history, (UP, UP_AND_DOWN, EXPLODES, "a line that is nudged", "a line turned off")),
]


def test_all_portions_of_live_runs_have_the_same_traces() -> None:
    assert len({str(kinds(live_curves(run))) for run in PORTIONS}) == 1
    assert len({str(kinds(live_prediction(run))) for run in PORTIONS}) == 1


def test_whatever_is_moved_later_has_something_drawn_from_the_start() -> None:
    # Plotly draws no path for a line without any point, and so there would be none to move.
    for trace in traces(live_curves(at_rate(1e-4, 0))):
        if trace["mode"] == "lines" and trace["name"] != "least possible":
            assert any(y is not None for y in trace["y"]), trace["name"]


def test_curves_are_drawn_where_the_run_ends_before_its_axis() -> None:
    drawn = live_curves(at_rate(1e-4, 60))
    assert axes(drawn)["xaxis"]["range"][1] > 100
    assert all(max(trace["x"]) == 60 for trace in (*named(drawn, "weight"), *named(drawn, "loss")))


@pytest.mark.parametrize("name", ["weight", "loss"])
def test_what_has_not_been_played_is_as_dotted_and_thin_as_what_is_forecast(name: str) -> None:
    drawn = live_curves(history(UP))
    faint, strong = named(drawn, name)
    (forecast,) = named(drawn, "forecast")
    assert [(t["line"]["width"], t["line"]["dash"], t["opacity"]) for t in (faint, forecast)] == [(2, "dot", 0.75)] * 2
    assert "dash" not in strong["line"]


def test_the_forecast_goes_on_from_the_last_loss_to_the_end_of_the_axis() -> None:
    run = at_rate(1e-4, 60)
    (forecast,) = named(live_curves(run), "forecast")
    assert (forecast["x"][0], forecast["y"][0]) == (60, pytest.approx(run.loss[-1], rel=1e-5))
    assert (forecast["x"][-1], forecast["y"][-1]) == (100, pytest.approx(at_rate(1e-4, 100).loss[-1], rel=1e-5))


def test_a_forecast_that_explodes_leaves_the_frame_and_does_not_squash_the_run() -> None:
    run = history(UP)
    drawn = live_curves(run)
    _low, high = axes(drawn)["yaxis4"]["range"]
    assert max(named(drawn, "forecast")[0]["y"]) > 10**high
    assert high < np.log10(run.loss.max()) + 3


def explosion(run: History) -> tuple[str, float]:
    (mark,) = named(live_curves(run), "would explode")
    return mark["text"][0], mark["x"][0]


def test_an_explosion_beyond_the_axis_is_written_at_its_end_with_an_arrow() -> None:
    run = history(UP)
    assert explosion(run) == (f"✕ would explode at {ahead_of(run).explodes_at:,} →", 200)


def test_an_explosion_on_the_axis_is_written_where_it_will_be() -> None:
    run = at_rate(0.005, 150)
    assert explosion(run) == ("✕ would explode at 176", 176)


@pytest.mark.parametrize("run", [at_rate(1e-4, 60), history(EXPLODES)], ids=["steady", "exploded"])
def test_of_a_run_that_never_explodes_or_has_done_so_nothing_is_announced(run: History) -> None:
    assert explosion(run)[0] == BLANK


def test_an_explosion_is_written_inside_the_frame_near_its_top() -> None:
    drawn = live_curves(history(UP))
    low, high = axes(drawn)["yaxis4"]["range"]
    assert low + 0.8 * (high - low) < np.log10(named(drawn, "would explode")[0]["y"][0]) < high


@pytest.mark.parametrize(("run", "place"), [(at_rate(0.005, 500), 0.999), (at_rate(0.005, 180), 175 / 500 + 0.65)])
def test_the_mark_of_an_explosion_fits_into_the_frame(run: History, place: float) -> None:
    (mark,) = named(live_curves(run), "exploded")
    assert mark["x"][0] / live_scale(run).last == pytest.approx(min(place, 1), abs=0.01)


def decades(run: History) -> tuple[float, float]:
    low, high = axes(live_curves(run))["yaxis4"]["range"]
    return low, high


@given(st.lists(SHARES, min_size=1, max_size=4), st.integers(0, 60))
@settings(deadline=None, max_examples=30)
def test_a_live_loss_lies_in_its_frame_with_room_above_the_start(shares: list[float], iterations: int) -> None:
    run = turned(*shares, iterations=iterations)
    low, high = decades(run)
    assert low < np.log10(run.loss.min()) <= np.log10(run.loss.max()) < high
    assert high > np.log10(10 * run.loss[0])


def test_the_axis_of_a_live_loss_is_extended_in_whole_strides_and_rarely_changes() -> None:
    run = at_rate(0.005, 170)
    found = [decades(run.until(iteration)) for iteration in range(170)]
    heights = [round((high - low) / 1.12, 6) for low, high in found]
    assert heights == sorted(heights)
    assert all(height % 3 == 0 for height in heights)
    assert heights[0] == 3


def test_the_axis_of_a_live_loss_holds_the_least_possible_one() -> None:
    low, _high = decades(history("a line through real data"))
    assert low < np.log10(1.036)


def test_a_linear_loss_is_linear_while_it_is_live_too() -> None:
    drawn = live_curves(history(UP), loss_axis="linear")
    usual = curves_figure(
        at_rate(1e-4, 90),
        0.0,
        watched(at_rate(1e-4, 90), None, "weight"),
        "weight",
        [0, 90],
        scale=IterationScale(90),
        loss_axis="linear",
    )
    assert axes(drawn)["yaxis4"]["range"] == axes(usual)["yaxis"]["range"]
    assert named(drawn, "would explode")[0]["y"][0] < axes(usual)["yaxis"]["range"][1]


def test_a_value_that_came_back_is_drawn_to_the_end() -> None:
    run = history(UP_AND_DOWN)
    low, high = axes(live_curves(run))["yaxis2"]["range"]
    assert not np.all((low < run.weights[:, 0]) & (run.weights[:, 0] < high))
    assert named(live_curves(run), "weight")[0]["x"][-1] == 400


def test_the_range_of_what_is_watched_holds_what_a_hand_has_put_there() -> None:
    low, high = axes(live_curves(history("a line that is nudged")))["yaxis2"]["range"]
    assert low < 0.5 < 4.0 < high
    assert axes(live_curves(at_rate(1e-4, 60)))["yaxis2"]["range"][1] < 4.0


def test_the_words_of_a_live_run_are_written_as_the_language_does(turkish: None) -> None:
    mark = traces(live_curves(history(UP)))[RIM - 1]
    assert f"{ahead_of(history(UP)).explodes_at:,}".replace(",", ".") in mark["text"][0]


def test_a_finished_run_has_no_forecast() -> None:
    assert not {"forecast", "would explode"} & {*names(finished(history(UP)))}
