from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from core.data.builtin import DATASETS
from pages.settings.choosing import complete
from pages.settings.data import start
from pages.settings.places import (
    CHECK_STEPS,
    ITERATIONS,
    MAX_ITERATIONS,
    ball_places,
    learning_rates,
    nearest,
    parabola,
    rates_on_dial,
    scale_of_dial,
    span,
)
from tests.pages.known import known_of
from tests.pages.settings.strategies import PROPERTY, choices
from wording import number, speak

EVERY = pytest.mark.parametrize(
    "chosen",
    [
        *({"dataset": dataset} for dataset in DATASETS),
        {"standardise": True},
        {"dataset": "tips", "summed": True},
        {"more": True, "optimiser": "momentum"},
        {"more": True, "optimiser": "momentum", "momentum": 0.999},
        {"more": True, "optimiser": "nesterov", "momentum": 0.99},
        {"dataset": "tips", "more": True, "optimiser": "nesterov"},
    ],
    ids=str,
)


@EVERY
def test_the_dial_goes_up_from_far_below_the_limit_to_past_it(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    rates, stable = rates_on_dial(settings), known_of(settings).limits.stable
    assert list(rates) == sorted(set(rates))
    assert 0 < rates[0] <= stable / 1000
    assert 5 * stable < rates[-1] <= 10 * stable * (1 + 1e-12)


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_data_set_s_own_learning_rate_is_on_the_dial(dataset: str) -> None:
    settings = complete({"dataset": dataset})
    assert settings.rate in rates_on_dial(settings)


@EVERY
def test_two_rates_on_the_dial_are_at_most_a_tenth_apart(chosen: dict[str, Any]) -> None:
    rates = rates_on_dial(complete(chosen))
    assert max(b / a for a, b in pairwise(rates)) <= 1.1 + 1e-9


@EVERY
@pytest.mark.parametrize("language", ["en", "tr"])
def test_no_two_rates_on_the_dial_look_the_same(chosen: dict[str, Any], language: str) -> None:
    speak(language)
    rates = rates_on_dial(complete(chosen))
    assert len({number(rate) for rate in rates}) == len(rates)


@EVERY
def test_the_rates_on_the_dial_are_round_numbers(chosen: dict[str, Any]) -> None:
    assert [rate for rate in rates_on_dial(complete(chosen)) if float(f"{rate:.1e}") != rate] == []


def test_flat_data_have_a_dial_around_their_own_rate() -> None:
    rates = rates_on_dial(complete({"dataset": "weighted-sum", "features": (0.0, 0.0, 0.0, 0.0)}))
    assert rates[0] <= 1e-4
    assert rates[-1] == 1.0


@pytest.mark.parametrize("stable", [1e-300, 1e-20, 1e20, 1e300])
def test_very_steep_and_very_flat_data_have_a_dial_too(stable: float) -> None:
    rates = learning_rates(stable / 2, stable, 0.1)
    assert rates[0] < stable < rates[-1] < float("inf")


@pytest.mark.parametrize("rate", [0.000123, 0.0012, 0.0095])
def test_a_rate_has_a_place_on_the_dial_within_a_twentieth(rate: float) -> None:
    assert nearest(rates_on_dial(complete({})), rate, logarithmic=True) == pytest.approx(rate, rel=0.05)


@pytest.mark.parametrize(
    ("value", "place"), [(0.0, 1.0), (-5.0, 1.0), (1.0, 1.0), (3.0, 1.0), (3.3, 10.0), (30.0, 10.0), (1e300, 100.0)]
)
def test_a_value_off_a_logarithmic_slider_is_shown_at_the_nearest_place(value: float, place: float) -> None:
    assert nearest((1.0, 10.0, 100.0), value, logarithmic=True) == place


@pytest.mark.parametrize(("value", "place"), [(-99.0, -1.0), (0.4, 0.0), (5.4, 1.0), (5.6, 10.0), (1e300, 10.0)])
def test_a_value_off_a_linear_slider_is_shown_at_the_nearest_place(value: float, place: float) -> None:
    assert nearest((-1.0, 0.0, 1.0, 10.0), value, logarithmic=False) == place


def test_the_iterations_on_the_slider_are_1_2_5_10_up_to_the_most_allowed() -> None:
    assert ITERATIONS[:4] == (1, 2, 5, 10)
    assert ITERATIONS[-2:] == (50_000, MAX_ITERATIONS)
    assert list(ITERATIONS) == sorted(set(ITERATIONS))


def test_the_steps_of_the_differences_are_the_powers_of_ten_that_may_be_chosen() -> None:
    assert (CHECK_STEPS[0], CHECK_STEPS[-1], len(CHECK_STEPS)) == (1e-15, 100.0, 18)


@pytest.mark.parametrize("samples", ["one", "all"])
@pytest.mark.parametrize("summed", [False, True])
def test_the_parabola_has_the_slope_of_the_gradient_that_a_step_follows(samples: str, summed: bool) -> None:
    settings = complete({"samples": samples, "summed": summed, "sample": 93, "parameter": 1})
    residuals = {"one": [0.5 * 42 + 0.5 - (1.8 * 42 + 32)], "all": [-1.3 * x - 31.5 for x in range(-50, 50)]}[samples]
    inputs = {"one": [42], "all": range(-50, 50)}[samples]
    slope = sum(2 * r * x for r, x in zip(residuals, inputs, strict=True)) / (1 if summed else len(residuals))
    assert parabola(settings).slope(0.5) == pytest.approx(slope, rel=1e-12)


@EVERY
def test_the_span_shows_the_start_and_the_best_value_with_room_on_both_sides(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    (low, high), best = span(settings), parabola(settings).best
    assert low < min(best, start(settings)[0]) <= max(best, start(settings)[0]) < high


@EVERY
def test_the_ball_can_be_put_on_the_start_and_all_over_the_span(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    places, (low, high) = ball_places(settings), span(settings)
    assert float(f"{start(settings)[0]:.6g}") in places
    assert places[0] - low < (high - low) / 40
    assert high - places[-1] < (high - low) / 40


@given(choices())
@PROPERTY
def test_whatever_is_chosen_every_slider_has_places_that_go_up(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    for places in (rates_on_dial(settings), ball_places(settings)):
        assert len(places) > 1
        assert list(places) == sorted(set(places))


@EVERY
def test_each_regime_has_at_least_a_fifth_of_the_dial(chosen: dict[str, Any]) -> None:
    places = [place for place, _rate in scale_of_dial(complete(chosen))]
    assert (places[0], places[-1]) == (0.0, 1.0)
    assert min(high - low for low, high in pairwise(places)) >= 0.2


@EVERY
def test_the_regimes_of_the_dial_end_at_the_limits(chosen: dict[str, Any]) -> None:
    settings = complete(chosen)
    limits = known_of(settings).limits
    bounds = [limits.creeping, limits.monotone, limits.stable]
    assert [rate for _place, rate in scale_of_dial(settings)[1:-1]] == pytest.approx(bounds, rel=1e-12)


@EVERY
def test_the_dial_s_scale_goes_up_from_place_to_place(chosen: dict[str, Any]) -> None:
    rates = [rate for _place, rate in scale_of_dial(complete(chosen))]
    assert all(low < high for low, high in pairwise(rates))


def test_the_dial_of_flat_data_has_no_regimes() -> None:
    settings = complete({"dataset": "weighted-sum", "features": (0.0, 0.0, 0.0, 0.0)})
    assert scale_of_dial(settings) == ((0.0, rates_on_dial(settings)[0]), (1.0, rates_on_dial(settings)[-1]))


@given(choices())
@PROPERTY
def test_whatever_is_chosen_the_dial_s_rates_go_up_with_their_places(chosen: dict[str, Any]) -> None:
    scale = scale_of_dial(complete(chosen))
    assert [*scale] == sorted(set(scale))
    assert all(low < high for (_, low), (_, high) in pairwise(scale))
