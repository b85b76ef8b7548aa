import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import Array
from core.losses import MEAN_SQUARED_ERROR, SquaredError
from tests.core.experiments import exactly, losses, quickly, vectors

OUTPUTS, TARGETS = np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 1.0])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Array, Array]:
    n_samples = draw(st.integers(1, 10))
    return draw(vectors(n_samples, 100)), draw(vectors(n_samples, 100))


def test_the_loss_is_the_mean_of_the_squared_residuals() -> None:
    assert MEAN_SQUARED_ERROR.value(OUTPUTS, TARGETS) == exactly(13 / 3)


def test_the_loss_is_a_mean_so_showing_every_sample_twice_does_not_change_it() -> None:
    assert MEAN_SQUARED_ERROR.value(np.tile(OUTPUTS, 2), np.tile(TARGETS, 2)) == exactly(13 / 3)


def test_the_slope_is_twice_the_residual_over_the_number_of_samples() -> None:
    assert MEAN_SQUARED_ERROR.slope(OUTPUTS, TARGETS) == exactly([0.0, -4 / 3, 2.0])


def test_where_the_loss_is_summed_the_slope_loses_its_mean_and_the_reported_loss_does_not() -> None:
    summed = SquaredError(summed=True)
    assert summed.slope(OUTPUTS, TARGETS).tolist() == [0.0, -4.0, 6.0]
    assert summed.value(OUTPUTS, TARGETS) == exactly(13 / 3)
    assert (summed.summands(TARGETS), MEAN_SQUARED_ERROR.summands(TARGETS)) == (3, 1)


def test_loss_and_slope_of_perfect_outputs_are_zero() -> None:
    assert MEAN_SQUARED_ERROR.value(TARGETS, TARGETS) == 0.0
    assert MEAN_SQUARED_ERROR.slope(TARGETS, TARGETS).tolist() == [0.0, 0.0, 0.0]


@quickly()
@given(pairs(), losses())
def test_the_slope_equals_central_differences(pair: tuple[Array, Array], loss: SquaredError) -> None:
    outputs, targets = pair
    moves = np.eye(len(outputs))
    expected = (loss.value(outputs + moves, targets) - loss.value(outputs - moves, targets)) / 2
    assert loss.slope(outputs, targets) == pytest.approx(expected * loss.summands(targets), rel=1e-9, abs=1e-9)


@quickly()
@given(pairs())
def test_the_loss_is_never_negative_and_never_changes_what_it_is_given(pair: tuple[Array, Array]) -> None:
    outputs, targets = (array.copy() for array in pair)
    assert MEAN_SQUARED_ERROR.value(outputs, targets) >= 0
    MEAN_SQUARED_ERROR.slope(outputs, targets)
    assert np.array_equal((outputs, targets), pair)
