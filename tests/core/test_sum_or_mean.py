import math

import numpy as np
import pytest

from core.datasets import DATASETS, Dataset, celsius, tips
from core.learning_rate import Limits, Regime, limits, regime, scaled_limits
from core.neuron import Neuron, forward

EVERY = pytest.mark.parametrize("slug", DATASETS)


def summed_run(dataset: Dataset, learning_rate: float, iterations: int) -> Neuron:
    """Gradient descent with the gradient summed over the samples, written out."""
    weights, bias = dataset.start.weights, dataset.start.bias
    for _ in range(iterations):
        residuals = forward(Neuron(weights, bias), dataset.inputs) - dataset.targets
        weights = weights - learning_rate * 2 * residuals @ dataset.inputs
        bias -= learning_rate * 2 * float(residuals.sum()) * dataset.trains_bias
    return Neuron(weights, bias)


def distance(dataset: Dataset, learning_rate: float) -> float:
    residuals = forward(summed_run(dataset, learning_rate, 3000), dataset.inputs) - dataset.targets
    return float(residuals @ residuals)


def test_each_limit_is_multiplied_by_the_factor() -> None:
    assert scaled_limits(Limits(1.0, 1.5, 2.0), 0.25) == Limits(0.25, 0.375, 0.5)


def test_the_factor_1_changes_nothing() -> None:
    assert scaled_limits(limits(tips()), 1.0) == limits(tips())


def test_the_limits_of_flat_data_stay_infinite() -> None:
    assert scaled_limits(Limits(math.inf, math.inf, math.inf), 0.01) == Limits(math.inf, math.inf, math.inf)


def test_the_stable_limit_of_the_summed_gradient_of_celsius_is_a_hundredth() -> None:
    assert scaled_limits(limits(celsius()), 1 / 100).stable == pytest.approx(0.00001199759615731202, rel=1e-12)


@EVERY
def test_just_below_the_scaled_limit_a_run_with_the_summed_gradient_comes_nearer(slug: str) -> None:
    dataset = DATASETS[slug]()
    stable = scaled_limits(limits(dataset), 1 / dataset.n_samples).stable
    assert distance(dataset, 0.999 * stable) < distance(dataset, 0.0)


@EVERY
def test_just_above_the_scaled_limit_a_run_with_the_summed_gradient_flies_apart(slug: str) -> None:
    dataset = DATASETS[slug]()
    stable = scaled_limits(limits(dataset), 1 / dataset.n_samples).stable
    assert distance(dataset, 1.01 * stable) > 1000 * distance(dataset, 0.0)


@EVERY
@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 1.3])
def test_a_rate_and_its_limits_scaled_alike_are_in_the_same_regime(slug: str, share: float) -> None:
    found = limits(DATASETS[slug]())
    rate = share * found.stable
    assert regime(rate / 244, scaled_limits(found, 1 / 244)) is regime(rate, found)


@EVERY
def test_the_scaled_limit_itself_bounces(slug: str) -> None:
    found = limits(DATASETS[slug]())
    assert regime(found.stable / 100, scaled_limits(found, 1 / 100)) is Regime.BOUNCING


def test_summing_with_the_hundredth_of_the_rate_gives_the_article_s_numbers() -> None:
    end = summed_run(celsius(), 1e-6, 1000)
    assert end.weights == pytest.approx(np.array([1.7845095058256757]), rel=1e-12)
    assert end.bias == pytest.approx(6.208317896153659, rel=1e-11)
