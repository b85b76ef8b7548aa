import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.checks import Array
from core.datasets import DATASETS, Dataset, celsius, tips, weighted_sum
from core.learning_rate import (
    Limits,
    Regime,
    condition_number,
    design_matrix,
    eigenvalues,
    exact_fit,
    hessian,
    limits,
    regime,
)
from core.losses import mean_squared_error
from core.neuron import Neuron, backward, forward
from core.training import History, train, trained_part

EVERY = pytest.mark.parametrize("slug", DATASETS)


def exactly(number: float) -> Any:
    return pytest.approx(number, rel=1e-12, abs=0)


def standardised_celsius() -> Dataset:
    dataset = celsius()
    return replace(dataset, inputs=(dataset.inputs - np.mean(dataset.inputs)) / np.std(dataset.inputs))


def flat() -> Dataset:
    return weighted_sum([0.0, 0.0])


def without_bias(inputs: Array, targets: Array) -> Dataset:
    return replace(
        weighted_sum(inputs[0]), inputs=inputs, targets=targets, start=Neuron(np.zeros(inputs.shape[1]), 0.0)
    )


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    n_samples, n_features = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    numbers = st.integers(-10, 10).map(float)
    dataset = without_bias(
        draw(arrays(np.float64, (n_samples, n_features), elements=numbers)),
        draw(arrays(np.float64, n_samples, elements=numbers)),
    )
    return replace(dataset, trains_bias=draw(st.booleans()))


def steepest_direction_from_the_fit(dataset: Dataset) -> Neuron:
    best = exact_fit(dataset, dataset.start)
    steepest = np.linalg.eigh(hessian(dataset))[1][:, -1]
    bias = float(steepest[-1]) if dataset.trains_bias else 0.0
    return Neuron(best.weights + steepest[: dataset.n_features], best.bias + bias)


def run(dataset: Dataset, share_of_the_stable_limit: float) -> History:
    start = steepest_direction_from_the_fit(dataset)
    return train(dataset, start, share_of_the_stable_limit * limits(dataset).stable, 10_000)


def largest_gradient(dataset: Dataset, neuron: Neuron) -> float:
    gradient = trained_part(backward(dataset.inputs, forward(neuron, dataset.inputs), dataset.targets), dataset)
    return float(max(*np.abs(gradient.weights), abs(gradient.bias)))


def test_the_design_matrix_has_a_column_of_ones_for_a_trained_bias() -> None:
    dataset = replace(celsius(), inputs=np.array([[3.0], [4.0]]), targets=np.array([1.0, 2.0]))
    assert design_matrix(dataset).tolist() == [[3.0, 1.0], [4.0, 1.0]]


def test_the_design_matrix_without_a_trained_bias_is_the_inputs() -> None:
    assert design_matrix(weighted_sum([2.0, 3.0])).tolist() == [[2.0, 3.0]]


def test_the_hessian_of_celsius_is_the_published_one() -> None:
    assert hessian(celsius()) == pytest.approx(np.array([[1667.0, -1.0], [-1.0, 2.0]]), rel=1e-12)


def test_the_hessian_of_the_weighted_sum_is_two_everywhere() -> None:
    assert hessian(weighted_sum()).tolist() == [[2.0] * 4] * 4


@settings(deadline=None, derandomize=True)
@given(datasets())
def test_the_hessian_equals_the_differences_of_the_gradient(dataset: Dataset) -> None:
    # The gradient is linear, so a difference over any width is exact.
    def gradient(parameters: Array) -> Array:
        bias = float(parameters[-1]) if dataset.trains_bias else 0.0
        neuron = Neuron(parameters[: dataset.n_features], bias)
        found = backward(dataset.inputs, forward(neuron, dataset.inputs), dataset.targets)
        return np.append(found.weights, found.bias) if dataset.trains_bias else found.weights

    steps = np.eye(dataset.n_features + dataset.trains_bias)
    expected = np.array([(gradient(step) - gradient(-step)) / 2 for step in steps])
    assert hessian(dataset) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_eigenvalues_of_celsius_are_the_published_ones() -> None:
    # Of [[1667, -1], [-1, 2]]: (1669 +- sqrt(1665^2 + 4)) / 2
    expected = [(1669 - math.sqrt(1665**2 + 4)) / 2, (1669 + math.sqrt(1665**2 + 4)) / 2]
    assert eigenvalues(celsius()) == pytest.approx(expected, rel=1e-11)
    assert eigenvalues(celsius()) == pytest.approx([1.9993994, 1667.0006006], abs=5e-8)


def test_the_eigenvalues_of_the_weighted_sum_are_three_exact_zeros_and_8() -> None:
    values = eigenvalues(weighted_sum())
    assert values[:3].tolist() == [0.0, 0.0, 0.0]
    assert values[3] == exactly(8.0)


def test_the_eigenvalues_of_the_tips_are_the_published_ones() -> None:
    assert eigenvalues(tips()) == pytest.approx([0.33497765, 942.488336], rel=1e-8)


def test_the_condition_number_of_celsius_is_833_75() -> None:
    assert condition_number(celsius()) == pytest.approx(833.75, abs=0.005)


def test_the_condition_number_of_the_weighted_sum_leaves_out_the_zeros() -> None:
    assert condition_number(weighted_sum()) == exactly(1.0)


def test_the_condition_number_of_standardised_inputs_is_1() -> None:
    assert condition_number(standardised_celsius()) == exactly(1.0)


def test_the_condition_number_of_flat_data_is_infinite() -> None:
    assert condition_number(flat()) == math.inf


def test_the_limits_of_celsius_are_the_published_ones() -> None:
    found = limits(celsius())
    assert found.monotone == exactly(0.000599879807865601)
    assert found.fastest == exactly(0.0011983223487118033)
    assert found.stable == exactly(0.001199759615731202)


def test_the_limits_of_the_tips_are_those_of_the_published_eigenvalues() -> None:
    found = limits(tips())
    assert found.monotone == pytest.approx(1 / 942.488336, rel=1e-9)
    assert found.fastest == pytest.approx(2 / (0.33497765 + 942.488336), rel=1e-9)
    assert found.stable == pytest.approx(0.002122042, rel=1e-6)


def test_the_limits_of_the_tips_are_those_of_the_moments_worked_by_hand() -> None:
    # The larger root of the characteristic polynomial of 2 [[m2, m1], [m1, 1]], where m are the bills' moments.
    bills = tips().inputs[:, 0]
    m1, m2 = math.fsum(bills) / 244, math.fsum(bills**2) / 244
    largest = m2 + 1 + math.sqrt((m2 - 1) ** 2 + 4 * m1**2)
    smallest = m2 + 1 - math.sqrt((m2 - 1) ** 2 + 4 * m1**2)
    found = limits(tips())
    assert found.monotone == exactly(1 / largest)
    assert found.fastest == exactly(2 / (smallest + largest))
    assert found.stable == exactly(2 / largest)


def test_the_limits_of_the_weighted_sum_come_from_its_only_slope() -> None:
    found = limits(weighted_sum())
    assert found.monotone == exactly(0.125)
    assert found.fastest == exactly(0.125)
    assert found.stable == exactly(0.25)


def test_the_limits_of_other_features_follow_the_sum_of_their_squares() -> None:
    assert limits(weighted_sum([3.0, 4.0])).stable == exactly(1 / 25)


def test_the_limits_of_standardised_inputs_are_a_half_and_1() -> None:
    found = limits(standardised_celsius())
    assert found.monotone == exactly(0.5)
    assert found.fastest == exactly(0.5)
    assert found.stable == exactly(1.0)


def test_the_limits_of_flat_data_are_infinite() -> None:
    assert limits(flat()) == Limits(math.inf, math.inf, math.inf)


@settings(deadline=None, derandomize=True)
@given(datasets())
def test_the_limits_are_in_order(dataset: Dataset) -> None:
    found = limits(dataset)
    assert 0 < found.monotone <= found.fastest * (1 + 1e-12) <= found.stable * (1 + 1e-12)


@settings(deadline=None, derandomize=True)
@given(datasets())
def test_the_fastest_rate_shrinks_the_steepest_and_the_flattest_error_alike(dataset: Dataset) -> None:
    sloping = eigenvalues(dataset)[eigenvalues(dataset) > 0]
    if sloping.size:
        fastest = limits(dataset).fastest
        assert 1 - fastest * sloping[0] == pytest.approx(fastest * sloping[-1] - 1, abs=1e-12)


def test_standardised_celsius_lands_in_one_step_at_the_fastest_rate() -> None:
    dataset = standardised_celsius()
    history = train(dataset, dataset.start, 0.5, 1)
    assert history.weights[1, 0] == exactly(1.8 * float(np.std(celsius().inputs)))
    assert history.bias[1] == exactly(1.8 * -0.5 + 32)


def test_in_the_long_run_no_tried_rate_brings_celsius_nearer_than_the_fastest() -> None:
    dataset = celsius()
    fastest = limits(dataset).fastest

    def distance(learning_rate: float) -> float:
        neuron = train(dataset, dataset.start, learning_rate, 5_000).neuron(-1)
        return math.hypot(neuron.weights[0] - 1.8, neuron.bias - 32)

    assert distance(fastest) < min(distance(share * fastest) for share in (0.5, 0.9, 0.999, 1.001))


@pytest.mark.parametrize(
    ("learning_rate", "expected"),
    [
        (0.0, Regime.CREEPING),
        (1e-6, Regime.CREEPING),
        (5.9e-5, Regime.CREEPING),
        (6.0e-5, Regime.MONOTONE),
        (1e-4, Regime.MONOTONE),
        (0.0005998, Regime.MONOTONE),
        (0.0006, Regime.OVERSHOOTING),
        (0.0008, Regime.OVERSHOOTING),
        (0.00119975961, Regime.OVERSHOOTING),
        (0.001199759615731202, Regime.BOUNCING),
        (0.00119975962, Regime.DIVERGING),
        (0.0012, Regime.DIVERGING),
        (1e300, Regime.DIVERGING),
    ],
)
def test_the_regimes_of_celsius_are_the_published_ones(learning_rate: float, expected: Regime) -> None:
    assert regime(learning_rate, limits(celsius())) is expected


@pytest.mark.parametrize(
    ("learning_rate", "expected"),
    [
        (0.01, Regime.CREEPING),
        (0.1, Regime.MONOTONE),
        (0.125, Regime.MONOTONE),
        (0.2, Regime.OVERSHOOTING),
        (0.25, Regime.BOUNCING),
        (0.26, Regime.DIVERGING),
    ],
)
def test_the_regimes_of_the_weighted_sum_are_the_published_ones(learning_rate: float, expected: Regime) -> None:
    assert regime(learning_rate, Limits(0.125, 0.125, 0.25)) is expected


@pytest.mark.parametrize("rounding", [1 - 1e-13, 1 + 1e-13])
def test_a_rate_within_rounding_of_the_stable_limit_bounces(rounding: float) -> None:
    assert regime(0.25 * rounding, Limits(0.125, 0.125, 0.25)) is Regime.BOUNCING


def test_no_learning_rate_diverges_on_flat_data() -> None:
    assert regime(1e300, limits(flat())) is Regime.CREEPING


def test_at_the_monotone_limit_nothing_overshoots() -> None:
    assert regime(0.125, Limits(0.125, 0.2, 0.25)) is Regime.MONOTONE


@EVERY
def test_just_below_the_stable_limit_the_loss_falls_at_each_of_10_000_iterations(slug: str) -> None:
    history = run(DATASETS[slug](), 1 - 1e-5)
    assert history.iterations == 10_000
    assert (np.diff(history.loss) < 0).all()


@EVERY
def test_just_above_the_stable_limit_the_loss_grows_at_each_of_10_000_iterations(slug: str) -> None:
    history = run(DATASETS[slug](), 1 + 1e-5)
    assert history.iterations == 10_000
    assert (np.diff(history.loss) > 0).all()


@EVERY
def test_at_the_stable_limit_the_loss_bounces_for_10_000_iterations(slug: str) -> None:
    history = run(DATASETS[slug](), 1.0)
    assert history.loss == pytest.approx(np.full(10_001, history.loss[0]), rel=1e-6)


@EVERY
@pytest.mark.parametrize("share", [0.5 - 1e-5, 0.5 + 1e-5])
def test_only_above_the_monotone_limit_a_step_jumps_over_the_best_line(slug: str, share: float) -> None:
    dataset = DATASETS[slug]()
    best, start = exact_fit(dataset, dataset.start), steepest_direction_from_the_fit(dataset)
    history = train(dataset, start, share * limits(dataset).stable, 1)
    before, after = history.weights - best.weights
    assert (before @ after < 0) == (share > 0.5)


@EVERY
def test_the_exact_fit_equals_numpy_s_least_squares(slug: str) -> None:
    dataset = DATASETS[slug]()
    design = np.hstack([dataset.inputs, np.ones((dataset.n_samples, int(dataset.trains_bias)))])
    expected = np.linalg.lstsq(design, dataset.targets, rcond=None)[0]
    best = exact_fit(dataset)
    found = np.append(best.weights, best.bias) if dataset.trains_bias else best.weights
    assert found == pytest.approx(expected, rel=1e-12)


@EVERY
def test_the_exact_fit_has_a_zero_gradient(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert largest_gradient(dataset, exact_fit(dataset)) < 1e-10


@settings(deadline=None, derandomize=True)
@given(datasets())
def test_the_exact_fit_of_any_data_has_a_zero_gradient(dataset: Dataset) -> None:
    assert largest_gradient(dataset, exact_fit(dataset)) < 1e-9


@EVERY
def test_every_neuron_near_the_exact_fit_has_a_loss_at_least_as_large(slug: str) -> None:
    dataset = DATASETS[slug]()
    best = exact_fit(dataset)
    least = mean_squared_error(forward(best, dataset.inputs), dataset.targets)
    directions = [*np.eye(dataset.n_features), *-np.eye(dataset.n_features)]
    near = [Neuron(best.weights + 1e-3 * direction, best.bias) for direction in directions]
    assert all(mean_squared_error(forward(neuron, dataset.inputs), dataset.targets) > least for neuron in near)


def test_the_exact_fit_of_celsius_is_nine_fifths_and_32() -> None:
    best = exact_fit(celsius())
    assert best.weights == pytest.approx([1.8], rel=1e-12)
    assert best.bias == pytest.approx(32.0, rel=1e-12)


def test_the_exact_fit_of_the_tips_is_the_published_one() -> None:
    best = exact_fit(tips())
    assert best.weights == pytest.approx([0.10502452], abs=5e-9)
    assert best.bias == pytest.approx(0.92026961, abs=5e-9)


def test_the_least_loss_of_the_tips_is_the_published_one_and_not_zero() -> None:
    dataset = tips()
    least = mean_squared_error(forward(exact_fit(dataset), dataset.inputs), dataset.targets)
    assert least == pytest.approx(1.036019442, abs=5e-10)


def test_the_exact_fit_of_the_weighted_sum_without_a_start_has_the_smallest_weights() -> None:
    best = exact_fit(weighted_sum())
    assert best.weights == pytest.approx([25.0] * 4, rel=1e-12)
    assert best.bias == 0.0


def test_the_exact_fit_of_the_weighted_sum_from_its_start_is_the_published_end() -> None:
    dataset = weighted_sum()
    assert exact_fit(dataset, dataset.start).weights == pytest.approx([24.9, 25.05, 24.95, 25.1], rel=1e-12)


@pytest.mark.parametrize("weights", [[0.1, 0.25, 0.15, 0.3], [0.0] * 4, [100.0, -5.0, 0.0, 7.0]])
@pytest.mark.parametrize("bias", [0.0, 3.0])
def test_the_exact_fit_of_the_weighted_sum_from_a_start_is_where_training_goes(
    weights: list[float], bias: float
) -> None:
    dataset, start = weighted_sum(), Neuron(np.array(weights), bias)
    best, end = exact_fit(dataset, start), train(dataset, start, 0.1, 100).neuron(-1)
    assert end.weights == pytest.approx(best.weights, rel=1e-12)
    assert end.bias == best.bias == bias


def test_where_only_one_neuron_is_best_the_start_does_not_matter() -> None:
    best = exact_fit(celsius(), Neuron(np.array([-7.0]), 900.0))
    assert best.weights == pytest.approx([1.8], rel=1e-12)
    assert best.bias == pytest.approx(32.0, rel=1e-12)


def test_the_exact_fit_of_flat_data_is_its_start() -> None:
    best = exact_fit(flat(), Neuron(np.array([1.0, 2.0]), 3.0))
    assert (best.weights.tolist(), best.bias) == ([1.0, 2.0], 3.0)


def test_the_exact_fit_never_changes_the_start_it_is_given() -> None:
    start = Neuron(np.array([1.0, 2.0, 3.0, 4.0]), 5.0)
    exact_fit(weighted_sum(), start)
    assert (start.weights.tolist(), start.bias) == ([1.0, 2.0, 3.0, 4.0], 5.0)
