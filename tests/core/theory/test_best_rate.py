import numpy as np
import pytest

from core.data.builtin import celsius, noisy_thermometer, weighted_sum
from core.data.dataset import Dataset
from core.theory.best_rate import best_rate
from core.theory.quadratic import quadratic

RATES = np.geomspace(1e-6, 1.0, 300)


def found(data: Dataset, iterations: int) -> float:
    return best_rate(quadratic(data), data.start, RATES, iterations)


@pytest.mark.parametrize("iterations", [5, 100, 10_000])
def test_no_other_rate_has_a_smaller_loss(iterations: int) -> None:
    theory, start = quadratic(celsius()), celsius().start
    losses = theory.final_losses(start, np.linspace(1e-5, 0.0012, 2001), iterations)
    best = theory.final_losses(start, np.array([found(celsius(), iterations)]), iterations)[0]
    assert best <= losses.min() * 1.01


def test_the_more_iterations_the_nearer_the_best_rate_is_to_the_fastest_in_the_long_run() -> None:
    away = [quadratic(celsius()).limits.fastest - found(celsius(), n) for n in (10, 100, 1000, 10_000)]
    assert away == sorted(away, reverse=True)
    assert 0 < away[-1] < 1e-6 < away[0]


@pytest.mark.parametrize("data", [weighted_sum(), noisy_thermometer()])
def test_where_many_rates_reach_the_end_the_fastest_is_the_best(data: Dataset) -> None:
    assert found(data, 100_000) == quadratic(data).limits.fastest
