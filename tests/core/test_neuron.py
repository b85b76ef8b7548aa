from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.checks import Array
from core.datasets import celsius
from core.losses import mean_squared_error
from core.neuron import Gradient, Neuron, backward, forward, update

Problem = tuple[Array, Array, Neuron]

INPUTS = np.array([[1.0, 2.0], [3.0, 4.0]])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    n_samples, n_features = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    numbers = st.floats(-10, 10, allow_subnormal=False)
    return (
        draw(arrays(np.float64, (n_samples, n_features), elements=numbers)),
        draw(arrays(np.float64, n_samples, elements=numbers)),
        Neuron(draw(arrays(np.float64, n_features, elements=numbers)), draw(numbers)),
    )


def central_differences(inputs: Array, targets: Array, neuron: Neuron) -> Gradient:
    # The loss is a parabola, so central differences are exact at any width; a wide one rounds least.
    def loss(weights: Array, bias: float) -> float:
        return mean_squared_error(forward(Neuron(weights, bias), inputs), targets)

    weights, bias = neuron.weights, neuron.bias
    steps = np.eye(len(weights))
    return Gradient(
        np.array([(loss(weights + step, bias) - loss(weights - step, bias)) / 2 for step in steps]),
        (loss(weights, bias + 1) - loss(weights, bias - 1)) / 2,
    )


def test_forward_adds_the_weighted_inputs_and_the_bias() -> None:
    outputs = forward(Neuron(np.array([10.0, 100.0]), 1.0), INPUTS)
    assert outputs.tolist() == [211.0, 431.0]


def test_backward_gives_the_gradient_worked_by_hand() -> None:
    gradient = backward(INPUTS, np.array([3.0, 5.0]), np.array([1.0, 1.0]))
    assert gradient.weights.tolist() == [14.0, 20.0]
    assert gradient.bias == 6.0


def test_update_steps_against_the_gradient() -> None:
    neuron = update(Neuron(np.array([1.0, 2.0]), 3.0), Gradient(np.array([10.0, -20.0]), 5.0), 0.1)
    assert neuron.weights.tolist() == [0.0, 4.0]
    assert neuron.bias == 2.5


def test_update_with_a_gradient_of_zero_stays() -> None:
    neuron = update(Neuron(np.array([1.0, 2.0]), 3.0), Gradient(np.zeros(2), 0.0), 0.1)
    assert (neuron.weights.tolist(), neuron.bias) == ([1.0, 2.0], 3.0)


def test_forward_of_the_article_s_single_sample_is_21_5() -> None:
    assert forward(Neuron(np.array([0.5]), 0.5), np.array([[42.0]])).tolist() == [21.5]


def test_the_loss_of_the_article_s_single_sample_is_7413_21() -> None:
    assert mean_squared_error(np.array([21.5]), np.array([107.6])) == pytest.approx(7413.21, rel=1e-12)


def test_the_gradient_of_the_article_s_single_sample_is_the_published_one() -> None:
    gradient = backward(np.array([[42.0]]), np.array([21.5]), np.array([107.6]))
    assert gradient.weights[0] == pytest.approx(-7232.4, rel=1e-12)
    assert gradient.bias == pytest.approx(-172.2, rel=1e-12)


def test_the_gradient_at_the_article_s_start_is_the_chain_rule_s_and_not_the_listing_s() -> None:
    dataset = celsius()
    gradient = backward(dataset.inputs, forward(dataset.start, dataset.inputs), dataset.targets)
    assert gradient.weights[0] == pytest.approx(-2135.60, rel=1e-12)
    assert gradient.bias == pytest.approx(-61.70, rel=1e-12)


@settings(deadline=None, derandomize=True)
@given(problems())
def test_the_gradient_equals_central_differences(problem: Problem) -> None:
    inputs, targets, neuron = problem
    gradient = backward(inputs, forward(neuron, inputs), targets)
    expected = central_differences(inputs, targets, neuron)
    assert gradient.weights == pytest.approx(expected.weights, rel=1e-9, abs=1e-9)
    assert gradient.bias == pytest.approx(expected.bias, rel=1e-9, abs=1e-9)


@settings(deadline=None, derandomize=True)
@given(problems())
def test_a_small_enough_step_never_raises_the_loss(problem: Problem) -> None:
    inputs, targets, neuron = problem
    outputs = forward(neuron, inputs)
    steepest = 2 * (np.sum(inputs**2) + len(inputs)) / len(inputs)
    after = update(neuron, backward(inputs, outputs, targets), 1 / steepest)
    before = mean_squared_error(outputs, targets)
    assert mean_squared_error(forward(after, inputs), targets) <= before * (1 + 1e-12)


@settings(deadline=None, derandomize=True)
@given(problems())
def test_forward_backward_and_update_never_change_what_they_are_given(problem: Problem) -> None:
    inputs, targets, neuron = problem
    before = [array.copy() for array in (inputs, targets, neuron.weights)]
    outputs = forward(neuron, inputs)
    outputs_before = outputs.copy()
    gradient = backward(inputs, outputs, targets)
    slope_before = gradient.weights.copy()
    update(neuron, gradient, 0.1)
    after = [inputs, targets, neuron.weights, outputs, gradient.weights]
    assert all(map(np.array_equal, after, [*before, outputs_before, slope_before]))


def test_a_neuron_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Neuron(np.array([1.0]), 0.0).bias = 1.0  # type: ignore[misc]


def test_a_gradient_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Gradient(np.array([1.0]), 0.0).bias = 1.0  # type: ignore[misc]
