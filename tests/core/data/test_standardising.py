import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import Array
from core.data.builtin import celsius, noisy_thermometer, tips, weighted_sum
from core.data.dataset import Dataset
from core.data.standardising import moments, standardise, to_original, to_standardised
from core.experiment import Experiment
from core.neuron import Neuron
from core.theory.limits import Limits
from core.training import train
from tests.core.experiments import exactly, known, quickly, samples, vectors

WITH_BIAS = pytest.mark.parametrize("data", [celsius(), noisy_thermometer(), tips()], ids=["celsius", "noisy", "tips"])


def predicted(data: Dataset, parameters: Array) -> Array:
    return Neuron().forward(parameters, Neuron().seen(data.inputs))


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Dataset, Array]:
    """Data of eighths, and parameters."""
    n_samples, n_features = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    data = samples(draw(vectors((n_samples, n_features), 1000)) / 8, np.zeros(n_samples))
    return data, draw(vectors(n_features + 1, 1000)) / 8


@WITH_BIAS
def test_standardised_inputs_have_mean_0_and_deviation_1(data: Dataset) -> None:
    inputs = standardise(data).inputs
    assert inputs.mean() == pytest.approx(0, abs=1e-14)
    assert inputs.std() == exactly(1.0)


def test_each_feature_is_standardised_by_itself() -> None:
    data = standardise(samples([[0.0, 100.0], [2.0, 300.0]], [0.0, 0.0]))
    assert data.inputs.tolist() == [[-1.0, -1.0], [1.0, 1.0]]


def test_the_moments_of_celsius_are_the_published_ones() -> None:
    means, deviations = moments(celsius())
    assert means.tolist() == [-0.5]
    assert deviations == pytest.approx([28.86607], abs=5e-6)


@WITH_BIAS
def test_the_valley_of_standardised_data_is_round_and_its_limits_are_a_half_and_1(data: Dataset) -> None:
    theory = known(Experiment.on(standardise(data)))
    assert theory.eigenvalues == exactly([2.0, 2.0])
    assert theory.condition_number == exactly(1.0)
    assert vars(theory.limits) == exactly(vars(Limits(0.5, 0.5, 1.0)))


@WITH_BIAS
def test_learning_rate_a_half_lands_in_one_step_on_what_is_best_in_original_units(data: Dataset) -> None:
    end = train(Experiment.on(standardise(data), learning_rate=0.5, iterations=1)).parameters[1]
    best = known(Experiment.on(data)).best(data.start)
    assert to_original(data, end) == pytest.approx(best, rel=1e-11)


@WITH_BIAS
def test_the_start_predicts_the_same_before_and_after(data: Dataset) -> None:
    after = standardise(data)
    assert predicted(after, after.start) == pytest.approx(predicted(data, data.start), rel=1e-12)


@quickly()
@given(scenes())
def test_to_original_and_to_standardised_invert_each_other(scene: tuple[Dataset, Array]) -> None:
    data, parameters = scene
    means, deviations = moments(data)
    for found, weights in (
        (to_original(data, to_standardised(data, parameters)), parameters[:-1]),
        (to_standardised(data, to_original(data, parameters)), parameters[:-1] / deviations),
    ):
        taken_up = float(np.abs(weights) @ np.abs(means)) + 1  # what the bias takes up, and gives back but for rounding
        assert found[:-1] == pytest.approx(parameters[:-1], rel=1e-9, abs=1e-9)
        assert found[-1] == pytest.approx(parameters[-1], rel=1e-9, abs=1e-12 * taken_up)


@quickly()
@given(scenes())
def test_any_neuron_predicts_the_same_from_original_and_from_standardised_inputs(scene: tuple[Dataset, Array]) -> None:
    data, parameters = scene
    expected = predicted(data, parameters)
    found = predicted(standardise(data), to_standardised(data, parameters))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * (np.abs(expected).max() + 1e3))


@quickly()
@given(scenes())
def test_any_standardised_feature_has_mean_0_and_deviation_1_or_never_changes(scene: tuple[Dataset, Array]) -> None:
    inputs, changing = standardise(scene[0]).inputs, np.ptp(scene[0].inputs, axis=0) > 0
    assert inputs.mean(axis=0) == pytest.approx(np.zeros(inputs.shape[1]), abs=1e-9)
    assert inputs.std(axis=0) == pytest.approx(changing.astype(float), rel=1e-9)


def test_a_data_set_without_bias_stays_as_it_is() -> None:
    data = weighted_sum()
    assert standardise(data) is data


def test_a_feature_that_never_changes_is_moved_to_zero_and_taken_up_by_the_bias() -> None:
    data = samples([[5.0, 1.0], [5.0, 3.0]], [0.0, 0.0])
    assert standardise(data).inputs.tolist() == [[0.0, -1.0], [0.0, 1.0]]
    assert to_standardised(data, np.array([7.0, 1.0, 1.0])).tolist() == [7.0, 1.0, 7 * 5 + 1 * 2 + 1]


def test_a_feature_that_never_changes_up_to_rounding_has_no_stretched_rounding() -> None:
    # The mean of three times 0.1 is not quite 0.1.
    assert np.abs(standardise(samples([[0.1], [0.1], [0.1]], [0.0] * 3)).inputs).max() < 1e-9


def test_a_single_sample_is_moved_to_zero() -> None:
    assert standardise(samples([[42.0]], [0.0])).inputs.tolist() == [[0.0]]


def test_standardising_twice_changes_nothing_more() -> None:
    once = standardise(tips())
    assert standardise(once).inputs == pytest.approx(once.inputs, abs=1e-12)


def test_targets_and_names_stay_and_the_original_is_never_changed() -> None:
    before = tips()
    after = standardise(before)
    assert before == tips()
    assert after.targets.tolist() == before.targets.tolist()
    assert (after.name, after.input_names, after.target_unit) == (before.name, before.input_names, before.target_unit)
