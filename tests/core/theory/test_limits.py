import math

import numpy as np
import pytest
from hypothesis import given

from core.data.builtin import celsius, weighted_sum
from core.experiment import Experiment
from core.optimisers import DESCENT
from core.theory.factors import limits_with
from core.theory.limits import Limits, Regime, half_life
from tests.core.experiments import exactly, experiments, known, quickly

FLAT = Limits(math.inf, math.inf, math.inf)
WEIGHTED_SUM = Limits(0.125, 0.125, 0.25)


def test_the_limits_follow_from_the_smallest_and_the_largest_eigenvalue_that_are_not_zero() -> None:
    assert limits_with(DESCENT, np.array([0.0, 1.0, 2.0, 4.0])) == Limits(monotone=0.25, fastest=0.4, stable=0.5)
    assert limits_with(DESCENT, np.zeros(2)) == FLAT


@quickly()
@given(experiments())
def test_the_limits_are_in_order(experiment: Experiment) -> None:
    found = known(experiment).limits
    assert 0 < found.monotone <= found.fastest * (1 + 1e-12) <= found.stable * (1 + 1e-12)


@quickly()
@given(experiments(sloping=True))
def test_the_fastest_rate_shrinks_the_steepest_and_the_flattest_error_alike(experiment: Experiment) -> None:
    factors = known(experiment).step_factors(known(experiment).limits.fastest)
    assert factors[0] == pytest.approx(-factors[-1], abs=1e-12)


@pytest.mark.parametrize(
    ("regime", "learning_rates"),
    [
        (Regime.CREEPING, [0.0, 1e-6, 5.9e-5]),
        (Regime.MONOTONE, [6.0e-5, 1e-4, 0.0005998]),
        (Regime.OVERSHOOTING, [0.0006, 0.0008, 0.00119975961]),
        (Regime.BOUNCING, [0.001199759615731202]),
        (Regime.DIVERGING, [0.00119975962, 0.0012, 1e300]),
    ],
)
def test_the_regimes_of_celsius_are_the_published_ones(regime: Regime, learning_rates: list[float]) -> None:
    limits = known(Experiment.on(celsius())).limits
    assert {limits.regime(rate) for rate in learning_rates} == {regime}


def test_the_regimes_of_the_weighted_sum_are_the_published_ones() -> None:
    found = [WEIGHTED_SUM.regime(rate) for rate in (0.01, 0.1, 0.125, 0.2, 0.25, 0.26)]
    assert found == [
        Regime.CREEPING,
        Regime.MONOTONE,
        Regime.MONOTONE,
        Regime.OVERSHOOTING,
        Regime.BOUNCING,
        Regime.DIVERGING,
    ]


@pytest.mark.parametrize("rounding", [1 - 1e-13, 1 + 1e-13])
def test_a_rate_within_rounding_of_a_limit_is_at_that_limit(rounding: float) -> None:
    assert WEIGHTED_SUM.regime(0.25 * rounding) is Regime.BOUNCING
    assert WEIGHTED_SUM.regime(0.125 * rounding) is Regime.MONOTONE


def test_no_learning_rate_diverges_on_flat_data() -> None:
    assert FLAT.regime(1e300) is Regime.CREEPING


def test_each_zone_holds_the_rates_of_its_regime() -> None:
    for limits in (WEIGHTED_SUM, known(Experiment.on(celsius())).limits, FLAT):
        for regime, low, high in limits.zones():
            if low < high:
                middle = (low + min(high, 1.5 * limits.stable, 1e9)) / 2
                assert limits.regime(middle) is regime


def test_the_zones_leave_no_gap() -> None:
    zones = WEIGHTED_SUM.zones()
    assert (zones[0][1], zones[-1][2]) == (0.0, math.inf)
    assert [low for _, low, _ in zones[1:]] == [high for _, _, high in zones[:-1]]


def test_the_examples_are_shares_of_the_stable_limit_with_two_digits() -> None:
    assert known(Experiment.on(celsius())).limits.examples() == (2.4e-5, 5.4e-4, 9.6e-4, 1.3e-3)
    assert known(Experiment.on(weighted_sum())).limits.examples() == (5e-3, 0.11, 0.2, 0.28)
    assert FLAT.examples() == (0.01, 0.1)


def test_there_is_an_example_of_every_kind() -> None:
    limits = known(Experiment.on(celsius())).limits
    assert [limits.regime(rate) for rate in limits.examples()] == [
        Regime.CREEPING,
        Regime.MONOTONE,
        Regime.OVERSHOOTING,
        Regime.DIVERGING,
    ]


def test_the_half_life_is_the_number_of_steps_that_halve_an_error() -> None:
    assert [half_life(factor) for factor in (0.5, -0.5, 0.25, 0.0, 1.0, -1.0, 2.0)] == [
        *[1.0, 1.0, 0.5, 0.0],
        *[math.inf] * 3,
    ]
    assert 0.9 ** half_life(0.9) == exactly(0.5)
