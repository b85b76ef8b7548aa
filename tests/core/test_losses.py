import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import Array
from core.losses import MEAN_SQUARED_ERROR, CrossEntropy, Huber, Loss, SquaredError, accuracy
from tests.core.experiments import EVERY_LOSS, LOSSES, exactly, losses, quickly, vectors

OUTPUTS, TARGETS = np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 1.0])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Array, Array]:
    n_samples = draw(st.integers(1, 10))
    return draw(vectors(n_samples, 100)), draw(vectors(n_samples, 100))


def fitting(name: str, pair: tuple[Array, Array]) -> tuple[Array, Array]:
    """Outputs up to 5, none near where the Huber loss has its kink, and targets of 0 and 1, which any loss can take."""
    outputs, targets = pair
    return outputs / 20, (targets > 0).astype(float)


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


# Any loss


@quickly()
@given(pairs(), st.sampled_from(list(LOSSES)))
def test_the_slope_of_each_loss_equals_central_differences_of_its_value(pair: tuple[Array, Array], name: str) -> None:
    (outputs, targets), loss = fitting(name, pair), LOSSES[name]
    moves = 1e-4 * np.eye(len(outputs))
    expected = (loss.value(outputs + moves, targets) - loss.value(outputs - moves, targets)) / 2e-4
    assert loss.slope(outputs, targets) == pytest.approx(expected * loss.summands(targets), rel=1e-7, abs=1e-7)


@quickly()
@given(pairs(), st.sampled_from(list(LOSSES)))
def test_the_curvature_of_each_loss_equals_central_differences_of_its_slope(
    pair: tuple[Array, Array], name: str
) -> None:
    (outputs, targets), loss = fitting(name, pair), LOSSES[name]
    expected = (loss.slope(outputs + 1e-4, targets) - loss.slope(outputs - 1e-4, targets)) / 2e-4
    assert loss.curvature(outputs, targets) == pytest.approx(expected, rel=1e-7, abs=1e-7)


@EVERY_LOSS
def test_a_whole_history_s_loss_slopes_and_curvatures_are_those_of_each_of_its_states(loss: Loss) -> None:
    outputs, targets = np.linspace(-3.0, 3.0, 30).reshape(2, 5, 3), np.array([0.0, 1.0, 1.0])
    assert loss.value(outputs, targets).shape == (2, 5)
    assert loss.value(outputs, targets)[1, 3] == exactly(loss.value(outputs[1, 3], targets))
    for each in (loss.slope, loss.curvature):
        assert each(outputs, targets).shape == (2, 5, 3)
        assert each(outputs, targets)[1, 3] == exactly(each(outputs[1, 3], targets))


@EVERY_LOSS
def test_no_loss_changes_what_it_is_given(loss: Loss) -> None:
    outputs, targets = np.array([-2.0, 0.1, 5.0]), np.array([0.0, 1.0, 1.0])
    for each in (loss.value, loss.slope, loss.curvature):
        each(outputs, targets)
    loss.predicted(outputs)
    assert (outputs.tolist(), targets.tolist()) == ([-2.0, 0.1, 5.0], [0.0, 1.0, 1.0])


@pytest.mark.parametrize("make", [SquaredError, Huber, CrossEntropy])
def test_where_any_loss_is_summed_slope_and_curvature_are_n_times_as_large_and_the_reported_loss_is_not(
    make: type[Loss],
) -> None:
    outputs, targets = np.array([-2.0, 0.1, 5.0]), np.array([0.0, 1.0, 1.0])
    mean, summed = make(), make(summed=True)
    assert summed.value(outputs, targets) == mean.value(outputs, targets)
    assert summed.slope(outputs, targets) == exactly(3 * mean.slope(outputs, targets))
    assert summed.curvature(outputs, targets) == exactly(3 * mean.curvature(outputs, targets))
    assert (summed.summands(targets), mean.summands(targets)) == (3, 1)


def test_each_kind_of_loss_is_a_key_of_its_own() -> None:
    assert len({*LOSSES.values(), Huber(), Huber(delta=2.0)}) == 8
    assert Huber(delta=1.0) == Huber()


# The squared error


def test_the_squared_error_s_curvature_is_2_over_the_number_of_samples_everywhere() -> None:
    assert MEAN_SQUARED_ERROR.curvature(OUTPUTS, TARGETS) == exactly([2 / 3] * 3)
    assert SquaredError(summed=True).curvature(OUTPUTS, TARGETS) == exactly([2.0] * 3)


# The Huber loss


# Residuals of 1/2, -2 and 3: 1/8 within delta 1; 2 - 1/2 and 3 - 1/2 beyond it.
FAR_OUTPUTS, FAR_TARGETS = np.array([1.5, 0.0, 4.0]), np.array([1.0, 2.0, 1.0])


def test_the_huber_loss_is_the_one_worked_by_hand() -> None:
    assert Huber().value(FAR_OUTPUTS, FAR_TARGETS) == exactly((0.125 + 1.5 + 2.5) / 3)
    # With delta 2: 1/8, 2 within, just so, and 2 (3 - 1) beyond.
    assert Huber(delta=2.0).value(FAR_OUTPUTS, FAR_TARGETS) == exactly((0.125 + 2.0 + 4.0) / 3)


def test_the_huber_loss_pulls_no_harder_than_delta_and_bends_only_within() -> None:
    assert Huber().slope(FAR_OUTPUTS, FAR_TARGETS) == exactly([0.5 / 3, -1 / 3, 1 / 3])
    assert Huber(delta=2.0).slope(FAR_OUTPUTS, FAR_TARGETS) == exactly([0.5 / 3, -2 / 3, 2 / 3])
    assert Huber(summed=True).slope(FAR_OUTPUTS, FAR_TARGETS).tolist() == [0.5, -1.0, 1.0]
    assert Huber().curvature(FAR_OUTPUTS, FAR_TARGETS) == exactly([1 / 3, 0.0, 0.0])


def test_within_delta_the_huber_loss_is_half_the_squared_error() -> None:
    wide = Huber(delta=100.0)
    assert wide.value(OUTPUTS, TARGETS) == exactly(MEAN_SQUARED_ERROR.value(OUTPUTS, TARGETS) / 2)
    assert wide.slope(OUTPUTS, TARGETS) == exactly(MEAN_SQUARED_ERROR.slope(OUTPUTS, TARGETS) / 2)


def test_a_residual_too_large_to_be_squared_has_a_finite_huber_loss() -> None:
    assert Huber().value(np.array([1e200]), np.array([0.0])) == 1e200


# The cross-entropy


def test_the_cross_entropy_of_even_odds_and_of_three_to_one_is_the_one_worked_by_hand() -> None:
    # A logit of ln 3 says 3/4: -ln 1/2 for the first, -ln 1/4 for the second, which is the wrong class.
    logits, targets = np.array([0.0, math.log(3)]), np.array([1.0, 0.0])
    assert CrossEntropy().value(logits, targets) == exactly((math.log(2) + math.log(4)) / 2)
    assert CrossEntropy().slope(logits, targets) == exactly([-0.5 / 2, 0.75 / 2])
    assert CrossEntropy().curvature(logits, targets) == exactly([0.25 / 2, 0.1875 / 2])


@quickly()
@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(0, 1)), min_size=1, max_size=8))
def test_the_cross_entropy_of_logits_is_that_of_their_probabilities(samples: list[tuple[float, float]]) -> None:
    logits, targets = np.array(samples).T
    p, q = 1 / (1 + np.exp(-logits)), 1 / (1 + np.exp(logits))
    expected = np.mean(-targets * np.log(p) - (1 - targets) * np.log(q))
    assert CrossEntropy().value(logits, targets) == pytest.approx(expected, rel=1e-9, abs=1e-14)


@pytest.mark.parametrize(
    ("logit", "target", "loss", "slope"),
    [(1000.0, 1.0, 0.0, 0.0), (1000.0, 0.0, 1000.0, 1.0), (-1000.0, 0.0, 0.0, 0.0), (-1000.0, 1.0, 1000.0, -1.0)],
)
def test_from_a_logit_of_1000_either_way_the_cross_entropy_is_finite_and_right(
    logit: float, target: float, loss: float, slope: float
) -> None:
    outputs, targets = np.array([logit]), np.array([target])
    assert CrossEntropy().value(outputs, targets) == loss
    assert CrossEntropy().slope(outputs, targets).tolist() == [slope]
    assert CrossEntropy().curvature(outputs, targets).tolist() == [0.0]


def test_the_curvature_of_the_cross_entropy_is_largest_at_even_odds() -> None:
    logits = np.linspace(-5.0, 5.0, 101)
    curvatures = CrossEntropy(summed=True).curvature(logits, np.zeros(101))
    assert curvatures[50] == 0.25
    assert np.delete(curvatures, 50).max() < 0.25


# What the outputs say


def test_what_a_logit_says_is_a_probability_and_any_other_output_says_itself() -> None:
    outputs = np.array([-math.log(3), 0.0, math.log(3), 1000.0])
    assert CrossEntropy().predicted(outputs) == exactly([0.25, 0.5, 0.75, 1.0])
    assert MEAN_SQUARED_ERROR.predicted(outputs) is Huber().predicted(outputs) is outputs


def test_the_accuracy_is_the_share_of_samples_on_the_right_side_of_one_half() -> None:
    targets = np.array([0.0, 0.0, 1.0, 1.0])
    assert accuracy(np.array([0.4, 0.6, 0.6, 0.4]), targets) == 0.5
    assert accuracy(np.array([[0.1, 0.2, 0.8, 0.9], [0.9, 0.8, 0.2, 0.6]]), targets).tolist() == [1.0, 0.25]


def test_even_odds_are_on_the_side_of_class_0() -> None:
    assert [accuracy(np.array([0.5]), np.array([target])) for target in (0.0, 1.0)] == [1.0, 0.0]
