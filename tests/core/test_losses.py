import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.checks import Array
from core.losses import mean_squared_error, mean_squared_error_slope

Pair = tuple[Array, Array]

OUTPUTS = np.array([1.0, 2.0, 4.0])
TARGETS = np.array([1.0, 4.0, 1.0])
BAD_VALUES = {
    "empty": [],
    "two axes": [[1.0, 2.0, 4.0]],
    "a single number": 1.0,
    "NaN": [1.0, np.nan, 4.0],
    "infinity": [1.0, np.inf, 4.0],
    "minus infinity": [1.0, -np.inf, 4.0],
}


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    n_samples = draw(st.integers(1, 10))
    vectors = arrays(np.float64, n_samples, elements=st.floats(-100, 100, allow_subnormal=False))
    return draw(vectors), draw(vectors)


def test_the_loss_is_the_mean_of_the_squared_residuals() -> None:
    assert mean_squared_error(OUTPUTS, TARGETS) == pytest.approx(13 / 3, rel=1e-15)


def test_the_loss_is_a_float() -> None:
    assert type(mean_squared_error(OUTPUTS, TARGETS)) is float


def test_the_loss_is_a_mean_so_showing_every_sample_twice_does_not_change_it() -> None:
    twice = mean_squared_error(np.tile(OUTPUTS, 2), np.tile(TARGETS, 2))
    assert twice == pytest.approx(mean_squared_error(OUTPUTS, TARGETS), rel=1e-15)


def test_the_loss_of_perfect_outputs_is_zero() -> None:
    assert mean_squared_error(TARGETS, TARGETS) == 0.0


def test_the_slope_is_twice_the_residual_over_the_number_of_samples() -> None:
    assert mean_squared_error_slope(OUTPUTS, TARGETS) == pytest.approx([0.0, -4 / 3, 2.0], rel=1e-15)


def test_the_slope_at_the_optimum_is_zero() -> None:
    assert mean_squared_error_slope(TARGETS, TARGETS).tolist() == [0.0, 0.0, 0.0]


def test_the_slope_of_the_article_s_single_sample_is_minus_172_2() -> None:
    assert mean_squared_error_slope(np.array([21.5]), np.array([107.6])) == pytest.approx([-172.2], rel=1e-12)


@settings(deadline=None, derandomize=True)
@given(pairs())
def test_the_slope_equals_central_differences(pair: Pair) -> None:
    outputs, targets = pair
    expected = [
        (mean_squared_error(outputs + step, targets) - mean_squared_error(outputs - step, targets)) / 2
        for step in np.eye(len(outputs))
    ]
    assert mean_squared_error_slope(outputs, targets) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(deadline=None, derandomize=True)
@given(pairs())
def test_the_loss_is_never_negative(pair: Pair) -> None:
    assert mean_squared_error(*pair) >= 0


@settings(deadline=None, derandomize=True)
@given(pairs())
def test_the_loss_and_its_slope_never_change_what_they_are_given(pair: Pair) -> None:
    outputs, targets = pair[0].copy(), pair[1].copy()
    mean_squared_error(outputs, targets)
    mean_squared_error_slope(outputs, targets)
    assert np.array_equal(outputs, pair[0])
    assert np.array_equal(targets, pair[1])


@pytest.mark.parametrize("outputs", BAD_VALUES.values(), ids=BAD_VALUES.keys())
def test_bad_outputs_are_named(outputs: Array) -> None:
    with pytest.raises(ValueError, match=r"^outputs must"):
        mean_squared_error(outputs, TARGETS)


@pytest.mark.parametrize("targets", BAD_VALUES.values(), ids=BAD_VALUES.keys())
def test_bad_targets_are_named(targets: Array) -> None:
    with pytest.raises(ValueError, match=r"^targets must"):
        mean_squared_error(OUTPUTS, targets)


@pytest.mark.parametrize("n_samples", [1, 2, 4])
def test_outputs_that_are_not_as_many_as_the_targets_are_named(n_samples: int) -> None:
    with pytest.raises(ValueError, match=rf"^outputs must have 3 samples, not {n_samples}"):
        mean_squared_error(np.ones(n_samples), TARGETS)
