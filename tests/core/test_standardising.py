from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.checks import Array
from core.datasets import Dataset, celsius, noisy_thermometer, tips, weighted_sum
from core.learning_rate import condition_number, eigenvalues, exact_fit, limits
from core.neuron import Neuron, forward
from core.standardising import moments, standardise, to_original, to_standardised
from core.training import train

MADE = {"celsius": celsius, "noisy-thermometer": noisy_thermometer, "tips": tips}
EVERY_WITH_A_BIAS = pytest.mark.parametrize("slug", MADE)


def exactly(number: float) -> Any:
    return pytest.approx(number, rel=1e-12, abs=0)


def nearly(values: Array, scale: float) -> Any:
    return pytest.approx(values, rel=1e-9, abs=1e-9 * scale)


def several_features(inputs: Array) -> Dataset:
    n_features = inputs.shape[1]
    return replace(
        celsius(),
        inputs=inputs,
        targets=np.zeros(len(inputs)),
        input_names=tuple(f"x{j}" for j in range(n_features)),
        start=Neuron(np.ones(n_features), 2.0),
    )


@st.composite
def datasets_and_neurons(draw: st.DrawFn) -> tuple[Dataset, Neuron]:
    n_samples, n_features = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    numbers = st.integers(-1000, 1000).map(lambda n: n / 8)
    inputs = draw(arrays(np.float64, (n_samples, n_features), elements=numbers))
    weights = draw(arrays(np.float64, n_features, elements=numbers))
    return several_features(inputs), Neuron(weights, draw(numbers))


@EVERY_WITH_A_BIAS
def test_standardised_inputs_have_mean_0(slug: str) -> None:
    assert standardise(MADE[slug]()).inputs.mean() == pytest.approx(0, abs=1e-14)


@EVERY_WITH_A_BIAS
def test_standardised_inputs_have_deviation_1(slug: str) -> None:
    assert standardise(MADE[slug]()).inputs.std() == exactly(1.0)


def test_each_feature_is_standardised_by_itself() -> None:
    dataset = standardise(several_features(np.array([[0.0, 100.0], [2.0, 300.0]])))
    assert dataset.inputs.tolist() == [[-1.0, -1.0], [1.0, 1.0]]


def test_the_moments_of_celsius_are_the_published_ones() -> None:
    means, deviations = moments(celsius())
    assert means.tolist() == [-0.5]
    assert deviations == pytest.approx([28.86607], abs=5e-6)


@pytest.mark.parametrize("slug", ["celsius", "tips"])
def test_both_eigenvalues_of_standardised_data_are_2(slug: str) -> None:
    assert eigenvalues(standardise(MADE[slug]())) == exactly(2.0)


@pytest.mark.parametrize("slug", ["celsius", "tips"])
def test_the_limit_of_standardised_data_is_1(slug: str) -> None:
    assert limits(standardise(MADE[slug]())).stable == exactly(1.0)


@pytest.mark.parametrize("slug", ["celsius", "tips"])
def test_the_fastest_rate_of_standardised_data_is_a_half(slug: str) -> None:
    assert limits(standardise(MADE[slug]())).fastest == exactly(0.5)


@pytest.mark.parametrize("slug", ["celsius", "tips"])
def test_the_valley_of_standardised_data_is_round(slug: str) -> None:
    assert condition_number(standardise(MADE[slug]())) == exactly(1.0)


@EVERY_WITH_A_BIAS
def test_learning_rate_a_half_lands_in_one_step(slug: str) -> None:
    dataset = standardise(MADE[slug]())
    best, history = exact_fit(dataset), train(dataset, dataset.start, 0.5, 1)
    assert history.weights[1] == pytest.approx(best.weights, rel=1e-12)
    assert history.bias[1] == exactly(best.bias)


def test_one_step_on_standardised_celsius_leads_back_to_nine_fifths_and_32() -> None:
    dataset = standardise(celsius())
    found = to_original(celsius(), train(dataset, dataset.start, 0.5, 1).neuron(1))
    assert found.weights == pytest.approx([1.8], rel=1e-12)
    assert found.bias == exactly(32.0)


def test_the_best_line_of_standardised_tips_is_the_published_one_in_original_units() -> None:
    found = to_original(tips(), exact_fit(standardise(tips())))
    assert found.weights == pytest.approx([0.10502452], abs=5e-9)
    assert found.bias == pytest.approx(0.92026961, abs=5e-9)


@EVERY_WITH_A_BIAS
def test_the_start_predicts_the_same_before_and_after(slug: str) -> None:
    before, after = MADE[slug](), standardise(MADE[slug]())
    assert forward(after.start, after.inputs) == pytest.approx(forward(before.start, before.inputs), rel=1e-12)


@settings(deadline=None, derandomize=True)
@given(datasets_and_neurons())
def test_to_original_inverts_to_standardised(both: tuple[Dataset, Neuron]) -> None:
    dataset, neuron = both
    back = to_original(dataset, to_standardised(dataset, neuron))
    scale = float(np.abs(neuron.weights).sum() * np.abs(dataset.inputs).max() + abs(neuron.bias) + 1)
    assert back.weights == nearly(neuron.weights, 1.0)
    assert back.bias == pytest.approx(neuron.bias, rel=1e-9, abs=1e-12 * scale)


@settings(deadline=None, derandomize=True)
@given(datasets_and_neurons())
def test_to_standardised_inverts_to_original(both: tuple[Dataset, Neuron]) -> None:
    dataset, neuron = both
    back = to_standardised(dataset, to_original(dataset, neuron))
    means, deviations = moments(dataset)
    scale = float(np.abs(neuron.weights / deviations) @ np.abs(means) + abs(neuron.bias) + 1)
    assert back.weights == nearly(neuron.weights, 1.0)
    assert back.bias == pytest.approx(neuron.bias, rel=1e-9, abs=1e-12 * scale)


@settings(deadline=None, derandomize=True)
@given(datasets_and_neurons())
def test_any_neuron_predicts_the_same_from_original_and_from_standardised_inputs(
    both: tuple[Dataset, Neuron],
) -> None:
    dataset, neuron = both
    expected = forward(neuron, dataset.inputs)
    found = forward(to_standardised(dataset, neuron), standardise(dataset).inputs)
    assert found == nearly(expected, float(np.abs(expected).max()) + 1e3)


@settings(deadline=None, derandomize=True)
@given(datasets_and_neurons())
def test_any_standardised_features_have_mean_0_and_deviation_1_or_never_change(both: tuple[Dataset, Neuron]) -> None:
    inputs = standardise(both[0]).inputs
    assert inputs.mean(axis=0) == pytest.approx(np.zeros(inputs.shape[1]), abs=1e-9)
    changing = np.ptp(both[0].inputs, axis=0) > 0
    assert inputs.std(axis=0) == pytest.approx(changing.astype(float), rel=1e-9)


def test_a_data_set_without_bias_stays_as_it_is() -> None:
    dataset = weighted_sum()
    assert standardise(dataset) is dataset


def test_a_feature_that_never_changes_is_moved_to_zero_and_not_stretched() -> None:
    dataset = standardise(several_features(np.array([[5.0, 1.0], [5.0, 3.0]])))
    assert dataset.inputs.tolist() == [[0.0, -1.0], [0.0, 1.0]]


def test_a_feature_that_never_changes_keeps_its_weight() -> None:
    dataset = several_features(np.array([[5.0, 1.0], [5.0, 3.0]]))
    assert to_standardised(dataset, Neuron(np.array([7.0, 1.0]), 0.0)).weights.tolist() == [7.0, 1.0]


def test_a_feature_that_never_changes_is_taken_up_by_the_bias() -> None:
    dataset = several_features(np.array([[5.0, 1.0], [5.0, 3.0]]))
    assert to_standardised(dataset, Neuron(np.array([7.0, 1.0]), 1.0)).bias == 7 * 5 + 1 * 2 + 1


def test_a_feature_that_never_changes_up_to_rounding_has_no_stretched_rounding() -> None:
    # The mean of three times 0.1 is not quite 0.1.
    dataset = standardise(several_features(np.array([[0.1], [0.1], [0.1]])))
    assert np.abs(dataset.inputs).max() < 1e-9


def test_a_single_sample_is_moved_to_zero() -> None:
    assert standardise(several_features(np.array([[42.0]]))).inputs.tolist() == [[0.0]]


def test_standardising_twice_changes_nothing_more() -> None:
    once = standardise(tips())
    assert standardise(once).inputs == pytest.approx(once.inputs, abs=1e-12)


def test_targets_and_names_stay_as_they_are() -> None:
    before, after = tips(), standardise(tips())
    assert after.targets.tolist() == before.targets.tolist()
    assert (after.name, after.input_names, after.target_unit) == (before.name, before.input_names, before.target_unit)


def test_the_original_data_set_is_never_changed() -> None:
    dataset = celsius()
    standardise(dataset)
    assert dataset.inputs[:, 0].tolist() == list(range(-50, 50))
