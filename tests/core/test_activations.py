import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from core.activations import ACTIVATIONS, IDENTITY, RELU, SIGMOID, TANH, Activation, sigmoid
from tests.core.experiments import EVERY_ACTIVATION, exactly

SUMS = np.linspace(-4.1, 4.1, 42)  # without 0, where the rectifier has its kink
LN3 = math.log(3)
NEAR = 1e-5


def test_each_activation_has_its_own_name() -> None:
    assert {name: activation.name for name, activation in ACTIVATIONS.items()} == {
        name: name for name in ("tanh", "sigmoid", "relu", "identity")
    }


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        # tanh ln 3 = (3 - 1/3) / (3 + 1/3), and 1 / (1 + e^(-ln 3)) = 1 / (1 + 1/3)
        pytest.param(TANH, [-0.8, 0.0, 0.8], id="tanh"),
        pytest.param(SIGMOID, [0.25, 0.5, 0.75], id="sigmoid"),
        pytest.param(RELU, [0.0, 0.0, LN3], id="relu"),
        pytest.param(IDENTITY, [-LN3, 0.0, LN3], id="identity"),
    ],
)
def test_the_values_at_0_and_ln_3_are_those_worked_by_hand(activation: Activation, expected: list[float]) -> None:
    assert activation.value(np.array([-LN3, 0.0, LN3])) == pytest.approx(expected, rel=1e-12, abs=1e-16)


@pytest.mark.parametrize(
    ("activation", "slope", "curvature"),
    [
        pytest.param(TANH, 0.36, -0.576, id="tanh"),
        pytest.param(SIGMOID, 0.1875, -0.09375, id="sigmoid"),
        pytest.param(RELU, 1.0, 0.0, id="relu"),
        pytest.param(IDENTITY, 1.0, 0.0, id="identity"),
    ],
)
def test_slope_and_curvature_at_ln_3_are_those_worked_by_hand(
    activation: Activation, slope: float, curvature: float
) -> None:
    value = activation.value(np.array([LN3]))
    assert activation.slope(value) == exactly([slope])
    assert activation.curvature(value) == exactly([curvature])


@EVERY_ACTIVATION
def test_the_slope_equals_central_differences_of_the_value(activation: Activation) -> None:
    differences = (activation.value(SUMS + NEAR) - activation.value(SUMS - NEAR)) / (2 * NEAR)
    assert activation.slope(activation.value(SUMS)) == pytest.approx(differences, rel=1e-8, abs=1e-10)


@EVERY_ACTIVATION
def test_the_curvature_equals_central_differences_of_the_slope(activation: Activation) -> None:
    above, below = (activation.slope(activation.value(SUMS + move)) for move in (NEAR, -NEAR))
    differences = (above - below) / (2 * NEAR)
    assert activation.curvature(activation.value(SUMS)) == pytest.approx(differences, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("activation", "values", "slopes"),
    [
        pytest.param(TANH, [-1.0, 1.0], [0.0, 0.0], id="tanh"),
        pytest.param(SIGMOID, [0.0, 1.0], [0.0, 0.0], id="sigmoid"),
        pytest.param(RELU, [0.0, 1e4], [0.0, 1.0], id="relu"),
        pytest.param(IDENTITY, [-1e4, 1e4], [1.0, 1.0], id="identity"),
    ],
)
def test_far_from_0_nothing_overflows(activation: Activation, values: list[float], slopes: list[float]) -> None:
    found = activation.value(np.array([-1e4, 1e4]))
    assert found.tolist() == values
    assert activation.slope(found).tolist() == slopes
    assert activation.curvature(found).tolist() == [0.0, 0.0]


def test_at_its_kink_the_rectifier_is_flat() -> None:
    assert RELU.slope(RELU.value(np.array([0.0, -0.0]))).tolist() == [0.0, 0.0]


def test_the_sigmoid_of_a_sum_and_of_its_opposite_add_up_to_1() -> None:
    assert sigmoid(SUMS) + sigmoid(-SUMS) == exactly(np.ones(42))


@EVERY_ACTIVATION
def test_sums_of_any_shape_are_taken_one_by_one_and_never_changed(activation: Activation) -> None:
    sums = SUMS.reshape(2, 3, 7)
    values, slopes = activation.value(sums), activation.slope(activation.value(sums))
    assert np.array_equal(sums, SUMS.reshape(2, 3, 7))
    assert values.shape == slopes.shape == activation.curvature(values).shape == (2, 3, 7)
    assert values[1, 2, 6] == exactly(activation.value(SUMS[-1:])[0])
    assert slopes[1, 2, 6] == exactly(activation.slope(activation.value(SUMS[-1:]))[0])


def test_an_activation_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        TANH.name = "other"  # type: ignore[misc]
