"""Other numbers for a question: the same for everybody with one number, others for the neighbour."""

import math

import numpy as np
import pytest

from core.data.builtin import celsius, tips
from core.data.dataset import Dataset
from core.lesson.other_numbers import other_features, other_momentum, other_rate, other_start, other_units
from core.optimisers import Momentum, Nesterov, Optimiser
from core.theory.limits import NO_LIMITS, Regime
from core.theory.quadratic import quadratic

NUMBERS = range(1, 200)
USUAL = 0.0001


@pytest.mark.parametrize("optimiser", [None, Momentum(0.9), Nesterov(0.9)], ids=["plain", "momentum", "nesterov"])
def test_the_rates_are_of_every_regime_and_none_is_far_beyond_the_limit(optimiser: Optimiser | None) -> None:
    limits = quadratic(celsius(), optimiser=optimiser).limits if optimiser else quadratic(celsius()).limits
    rates = [other_rate(limits, USUAL, number) for number in NUMBERS]
    assert {limits.regime(rate) for rate in rates} >= {Regime.CREEPING, Regime.MONOTONE, Regime.DIVERGING}
    assert max(rates) <= 1.4 * limits.stable


def test_without_momentum_each_of_the_four_regimes_comes_about_as_often() -> None:
    limits = quadratic(celsius()).limits
    found = [limits.regime(other_rate(limits, USUAL, number)) for number in NUMBERS]
    assert all(35 < found.count(regime) < 65 for regime in set(found))
    assert len(set(found)) == 4


def test_a_rate_is_written_with_two_digits() -> None:
    rates = [other_rate(quadratic(celsius()).limits, USUAL, number) for number in NUMBERS]
    assert rates == [float(f"{rate:.1e}") for rate in rates]


def test_where_there_is_no_limit_the_rates_lie_around_the_usual_one() -> None:
    rates = np.array([other_rate(NO_LIMITS, 0.1, number) for number in NUMBERS])
    assert (rates.min() >= 0.005, rates.max() <= 0.8, len(set(rates.tolist())) > 50) == (True, True, True)


@pytest.mark.parametrize("data", [celsius(), tips()], ids=["celsius", "tips"])
def test_a_start_is_in_the_picture_and_away_from_the_best_line_at_both_ends(data: Dataset) -> None:
    ends, best = np.array([data.inputs.min(), data.inputs.max()]), quadratic(data).best(data.start)
    height = float(np.ptp(data.targets))
    for number in NUMBERS:
        weight, bias = other_start(data, number)
        off = np.abs((weight - best[0]) * ends + bias - best[1]) / height
        assert (off > 0.14).all()
        assert (off < 0.87).all()


def test_the_same_number_has_the_same_numbers_and_the_next_one_others() -> None:
    limits = quadratic(celsius()).limits
    for number in NUMBERS:
        drawn = [other_rate(limits, USUAL, number), other_start(celsius(), number), other_features(number)]
        again = [other_rate(limits, USUAL, number), other_start(celsius(), number), other_features(number)]
        assert drawn == again
        assert other_start(celsius(), number + 1) != drawn[1]
        assert other_momentum(number + 1) != other_momentum(number)
        assert other_units(number + 1) != other_units(number)


def test_the_features_of_a_weighted_sum_are_never_all_zero() -> None:
    assert all(math.hypot(*other_features(number)) > 0 for number in NUMBERS)
