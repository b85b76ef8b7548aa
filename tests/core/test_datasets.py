from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import plotly.data
import pytest

from core.datasets import DATASETS, Dataset, celsius, noisy_thermometer, tips, weighted_sum
from core.learning_rate import limits
from core.neuron import Neuron

NOT_FINITE = [np.nan, np.inf, -np.inf]
BAD_INPUTS = {
    "one axis": [1.0, 2.0],
    "three axes": [[[1.0], [2.0]]],
    "no samples": np.empty((0, 1)),
    "no features": np.empty((2, 0)),
    "NaN": [[1.0], [np.nan]],
    "infinity": [[1.0], [np.inf]],
    "minus infinity": [[1.0], [-np.inf]],
}
BAD_TARGETS = {
    "a single number": 1.0,
    "two axes": [[1.0], [2.0]],
    "empty": [],
    "too few": [1.0],
    "too many": [1.0, 2.0, 3.0],
    "NaN": [1.0, np.nan],
    "infinity": [1.0, np.inf],
    "minus infinity": [1.0, -np.inf],
}
BAD_WEIGHTS = {
    "a single number": 1.0,
    "two axes": [[1.0]],
    "empty": [],
    "too many": [1.0, 2.0],
    "NaN": [np.nan],
    "infinity": [np.inf],
    "minus infinity": [-np.inf],
}
BAD_FEATURES = {
    "a single number": 1.0,
    "two axes": [[1.0, 2.0]],
    "empty": [],
    "NaN": [1.0, np.nan],
    "infinity": [1.0, np.inf],
    "minus infinity": [1.0, -np.inf],
}


def two_samples(**changes: Any) -> Dataset:
    fields: dict[str, Any] = {
        "name": "Two samples",
        "inputs": [[1.0], [2.0]],
        "targets": [3.0, 5.0],
        "input_names": ("x",),
        "input_unit": "",
        "target_name": "y",
        "target_unit": "",
        "start": Neuron(np.array([0.0]), 0.0),
        "learning_rate": 0.1,
        "iterations": 10,
    }
    return Dataset(**(fields | changes))


def test_the_slugs_in_links_are_stable() -> None:
    assert {"celsius", "weighted-sum", "noisy-thermometer", "tips"} <= set(DATASETS)


@pytest.mark.parametrize("slug", DATASETS)
def test_every_data_set_names_each_of_its_inputs(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert len(dataset.input_names) == dataset.n_features


@pytest.mark.parametrize("slug", DATASETS)
def test_every_data_set_has_two_dimensional_float64_inputs_and_one_target_a_sample(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert dataset.inputs.shape == (dataset.n_samples, dataset.n_features)
    assert dataset.targets.shape == (dataset.n_samples,)
    assert dataset.inputs.dtype == dataset.targets.dtype == dataset.start.weights.dtype == np.float64


@pytest.mark.parametrize("slug", DATASETS)
def test_every_default_learning_rate_settles(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert 0 < dataset.learning_rate < limits(dataset).stable


@pytest.mark.parametrize("slug", DATASETS)
def test_every_data_set_is_the_same_each_time_it_is_made(slug: str) -> None:
    first, second = DATASETS[slug](), DATASETS[slug]()
    assert np.array_equal(first.inputs, second.inputs)
    assert np.array_equal(first.targets, second.targets)
    assert np.array_equal(first.start.weights, second.start.weights)


@pytest.mark.parametrize("slug", DATASETS)
def test_every_data_set_s_arrays_are_read_only(slug: str) -> None:
    dataset = DATASETS[slug]()
    for array in (dataset.inputs, dataset.targets, dataset.start.weights):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_a_data_set_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        two_samples().learning_rate = 1.0  # type: ignore[misc]


def test_a_data_set_keeps_copies_so_later_changes_do_not_reach_it() -> None:
    inputs, targets, weights = np.array([[1.0], [2.0]]), np.array([3.0, 5.0]), np.array([0.5])
    dataset = two_samples(inputs=inputs, targets=targets, start=Neuron(weights, 0.0))
    inputs[...] = targets[...] = weights[...] = 99.0
    assert dataset.inputs.tolist() == [[1.0], [2.0]]
    assert dataset.targets.tolist() == [3.0, 5.0]
    assert dataset.start.weights.tolist() == [0.5]


def test_making_a_data_set_leaves_the_arrays_it_is_given_writable() -> None:
    inputs = np.array([[1.0], [2.0]])
    two_samples(inputs=inputs)
    assert inputs.flags.writeable


def test_whole_numbers_become_float64() -> None:
    dataset = two_samples(inputs=[[1], [2]], targets=[3, 5], start=Neuron(np.array([1]), 0))
    assert dataset.inputs.dtype == dataset.targets.dtype == dataset.start.weights.dtype == np.float64
    assert type(dataset.start.bias) is float


def test_celsius_is_the_100_whole_degrees_from_minus_50_to_49() -> None:
    assert celsius().inputs[:, 0].tolist() == list(range(-50, 50))


def test_celsius_knows_what_freezes_and_where_both_scales_meet() -> None:
    dataset = celsius()
    fahrenheit = dict(zip(dataset.inputs[:, 0], dataset.targets, strict=True))
    assert (fahrenheit[-50], fahrenheit[-40], fahrenheit[0], fahrenheit[10]) == (-58.0, -40.0, 32.0, 50.0)
    assert fahrenheit[42] == pytest.approx(107.6, rel=1e-15)


def test_celsius_begins_as_the_article_does() -> None:
    dataset = celsius()
    assert (dataset.start.weights.tolist(), dataset.start.bias) == ([0.5], 0.5)
    assert (dataset.learning_rate, dataset.iterations, dataset.trains_bias) == (1e-4, 10_000, True)


def test_the_weighted_sum_is_the_theano_example() -> None:
    dataset = weighted_sum()
    assert dataset.inputs.tolist() == [[1.0, 1.0, 1.0, 1.0]]
    assert dataset.targets.tolist() == [100.0]
    assert (dataset.start.weights.tolist(), dataset.start.bias) == ([0.1, 0.25, 0.15, 0.3], 0.0)
    assert (dataset.learning_rate, dataset.iterations, dataset.trains_bias) == (0.1, 10, False)


def test_the_weighted_sum_takes_other_features_and_another_target() -> None:
    dataset = weighted_sum([2.0, -3.0], 50.0)
    assert (dataset.inputs.tolist(), dataset.targets.tolist()) == ([[2.0, -3.0]], [50.0])
    assert dataset.start.weights.tolist() == [0.1, 0.25]


def test_the_weighted_sum_of_more_than_four_features_repeats_the_start_weights() -> None:
    assert weighted_sum(np.ones(6)).start.weights.tolist() == [0.1, 0.25, 0.15, 0.3, 0.1, 0.25]


def test_the_same_noise_seed_gives_the_same_data() -> None:
    assert np.array_equal(noisy_thermometer(5.0, 7).targets, noisy_thermometer(5.0, 7).targets)


def test_another_noise_seed_gives_other_data() -> None:
    assert (noisy_thermometer(5.0, 7).targets != noisy_thermometer(5.0, 8).targets).all()


def test_without_noise_the_noisy_thermometer_is_celsius() -> None:
    assert np.array_equal(noisy_thermometer(0.0, 7).targets, celsius().targets)


def test_the_noisy_thermometer_reads_the_same_degrees_as_celsius() -> None:
    assert np.array_equal(noisy_thermometer().inputs, celsius().inputs)


def test_twice_the_noise_makes_each_error_twice_as_large() -> None:
    truth = celsius().targets
    errors, doubled = noisy_thermometer(5.0, 7).targets - truth, noisy_thermometer(10.0, 7).targets - truth
    assert doubled == pytest.approx(2 * errors, rel=1e-9, abs=1e-9)


def test_the_noise_is_the_standard_deviation_of_the_errors() -> None:
    errors = np.concatenate([noisy_thermometer(10.0, seed).targets - celsius().targets for seed in range(100)])
    assert np.std(errors) == pytest.approx(10.0, rel=0.03)
    assert abs(np.mean(errors)) < 0.3


def test_tips_has_244_restaurant_bills() -> None:
    assert (tips().n_samples, tips().n_features) == (244, 1)


def test_tips_equals_the_data_shipped_with_plotly() -> None:
    published = plotly.data.tips()
    assert np.array_equal(tips().inputs[:, 0], published["total_bill"].to_numpy())
    assert np.array_equal(tips().targets, published["tip"].to_numpy())


@pytest.mark.parametrize("inputs", BAD_INPUTS.values(), ids=BAD_INPUTS.keys())
def test_bad_inputs_are_named(inputs: object) -> None:
    with pytest.raises(ValueError, match=r"^inputs must"):
        two_samples(inputs=inputs)


@pytest.mark.parametrize("targets", BAD_TARGETS.values(), ids=BAD_TARGETS.keys())
def test_bad_targets_are_named(targets: object) -> None:
    with pytest.raises(ValueError, match=r"^targets must"):
        two_samples(targets=targets)


@pytest.mark.parametrize("weights", BAD_WEIGHTS.values(), ids=BAD_WEIGHTS.keys())
def test_bad_start_weights_are_named(weights: Any) -> None:
    with pytest.raises(ValueError, match=r"^start\.weights must"):
        two_samples(start=Neuron(weights, 0.0))


@pytest.mark.parametrize("bias", NOT_FINITE)
def test_a_start_bias_that_is_not_finite_is_named(bias: float) -> None:
    with pytest.raises(ValueError, match=r"^start\.bias must"):
        two_samples(start=Neuron(np.array([0.0]), bias))


@pytest.mark.parametrize("features", BAD_FEATURES.values(), ids=BAD_FEATURES.keys())
def test_bad_features_are_named(features: Any) -> None:
    with pytest.raises(ValueError, match=r"^features must"):
        weighted_sum(features)


@pytest.mark.parametrize("target", NOT_FINITE)
def test_a_target_that_is_not_finite_is_named(target: float) -> None:
    with pytest.raises(ValueError, match=r"^target must"):
        weighted_sum(target=target)


@pytest.mark.parametrize("noise", [*NOT_FINITE, -1.0])
def test_noise_that_is_negative_or_not_finite_is_named(noise: float) -> None:
    with pytest.raises(ValueError, match=r"^noise must"):
        noisy_thermometer(noise)


def test_replacing_a_field_checks_again() -> None:
    with pytest.raises(ValueError, match=r"^targets must have 2 samples, not 1"):
        replace(two_samples(), targets=np.array([1.0]))
