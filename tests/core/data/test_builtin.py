from typing import Any

import numpy as np
import plotly.data
import pytest

from core.data.builtin import DATASETS, celsius, noisy_thermometer, tips, weighted_sum
from core.experiment import Experiment
from tests.core.experiments import ALL, NOT_FINITE, exactly, known


def test_the_slugs_in_links_are_stable() -> None:
    assert {"celsius", "weighted-sum", "noisy-thermometer", "tips"} <= set(DATASETS)


def test_every_data_set_fits_together() -> None:
    for data in ALL:
        assert data.inputs.shape == (data.n_samples, data.n_features)
        assert data.targets.shape == (data.n_samples,)
        assert len(data.input_names) == data.n_features


def test_every_default_learning_rate_settles() -> None:
    for data in ALL:
        assert 0 < data.learning_rate < known(Experiment.on(data)).limits.stable


def test_every_data_set_is_the_same_each_time_it_is_made() -> None:
    assert [make() for make in DATASETS.values()] == [make() for make in DATASETS.values()]


def test_celsius_is_the_100_whole_degrees_from_minus_50_to_49_in_fahrenheit() -> None:
    fahrenheit = dict(zip(celsius().inputs[:, 0].tolist(), celsius().targets, strict=True))
    assert list(fahrenheit) == list(range(-50, 50))
    assert [fahrenheit[c] for c in (-50, -40, 0, 10)] == [-58.0, -40.0, 32.0, 50.0]
    assert fahrenheit[42] == exactly(107.6)


def test_celsius_begins_as_the_article_does() -> None:
    data = celsius()
    assert (data.start.tolist(), data.has_bias) == ([0.5, 0.5], True)
    assert (data.learning_rate, data.iterations) == (1e-4, 10_000)


def test_the_weighted_sum_is_the_theano_example() -> None:
    data = weighted_sum()
    assert (data.inputs.tolist(), data.targets.tolist()) == ([[1.0, 1.0, 1.0, 1.0]], [100.0])
    assert (data.start.tolist(), data.has_bias) == ([0.1, 0.25, 0.15, 0.3], False)
    assert (data.learning_rate, data.iterations) == (0.1, 10)


def test_the_weighted_sum_takes_other_features_and_another_target() -> None:
    data = weighted_sum([2.0, -3.0], 50.0)
    assert (data.inputs.tolist(), data.targets.tolist()) == ([[2.0, -3.0]], [50.0])
    assert data.start.tolist() == [0.1, 0.25]


def test_the_weighted_sum_of_more_than_four_features_repeats_the_start_weights() -> None:
    assert weighted_sum(np.ones(6)).start.tolist() == [0.1, 0.25, 0.15, 0.3, 0.1, 0.25]


def test_the_noise_is_drawn_from_its_seed() -> None:
    assert np.array_equal(noisy_thermometer(5.0, 7).targets, noisy_thermometer(5.0, 7).targets)
    assert (noisy_thermometer(5.0, 7).targets != noisy_thermometer(5.0, 8).targets).all()


def test_without_noise_the_noisy_thermometer_is_celsius() -> None:
    assert np.array_equal(noisy_thermometer(0.0, 7).targets, celsius().targets)
    assert np.array_equal(noisy_thermometer().inputs, celsius().inputs)


def test_twice_the_noise_makes_each_error_twice_as_large() -> None:
    errors, doubled = (noisy_thermometer(noise, 7).targets - celsius().targets for noise in (5.0, 10.0))
    assert doubled == pytest.approx(2 * errors, rel=1e-9, abs=1e-9)


def test_the_noise_is_the_standard_deviation_of_the_errors() -> None:
    errors = np.concatenate([noisy_thermometer(10.0, seed).targets - celsius().targets for seed in range(100)])
    assert np.std(errors) == pytest.approx(10.0, rel=0.03)
    assert abs(np.mean(errors)) < 0.3


def test_tips_equals_the_244_bills_shipped_with_plotly() -> None:
    published = plotly.data.tips()
    assert tips().inputs.shape == (244, 1)
    assert np.array_equal(tips().inputs[:, 0], published["total_bill"].to_numpy())
    assert np.array_equal(tips().targets, published["tip"].to_numpy())


def test_features_that_do_not_fit_are_named() -> None:
    misfits: list[Any] = [1.0, [[1.0, 2.0]], [], *([1.0, bad] for bad in NOT_FINITE)]
    for features in misfits:
        with pytest.raises(ValueError, match=r"^features must"):
            weighted_sum(features)


def test_a_target_and_a_noise_that_are_not_finite_are_named() -> None:
    for bad in NOT_FINITE:
        with pytest.raises(ValueError, match=r"^target must"):
            weighted_sum(target=bad)
        with pytest.raises(ValueError, match=r"^noise must"):
            noisy_thermometer(bad)


def test_noise_that_is_negative_is_named() -> None:
    with pytest.raises(ValueError, match=r"^noise must"):
        noisy_thermometer(-1.0)
