import numpy as np
import pytest
from hypothesis import given

from core.data.builtin import celsius, weighted_sum
from core.experiment import Experiment
from core.lesson.differences import (
    DEFAULT_STEP,
    agrees,
    central_differences,
    difference_errors,
    forward_differences,
    gradient_at,
    relative_difference,
)
from core.lesson.suspects import SUSPECTS, SuspectNeuron, Verdict
from core.losses import SquaredError
from tests.core.experiments import ALL, exactly, experiments, quickly

CELSIUS, START = Experiment.on(celsius()), np.array([0.5, 0.5])


def test_the_gradient_is_the_published_one() -> None:
    assert gradient_at(CELSIUS, START) == exactly([-2135.60, -61.70])
    assert gradient_at(Experiment.on(weighted_sum()), weighted_sum().start) == exactly([2 * (0.8 - 100)] * 4)


def test_every_single_central_difference_agrees_with_the_gradient_at_the_default_step() -> None:
    for data in ALL:
        for summed in (False, True):
            experiment = Experiment.on(data, loss=SquaredError(summed=summed))
            slopes = central_differences(experiment, data.start)
            assert slopes == pytest.approx(gradient_at(experiment, data.start), rel=1e-6)
            assert agrees(experiment, data.start)


@quickly()
@given(experiments())
def test_differences_never_change_the_parameters_they_are_given(experiment: Experiment) -> None:
    parameters = np.array(experiment.start)
    central_differences(experiment, parameters)
    forward_differences(experiment, parameters, 0.1)
    assert parameters.tolist() == list(experiment.start)


def test_only_the_right_suspect_agrees_with_central_differences() -> None:
    for name, suspect in SUSPECTS.items():
        experiment = Experiment.on(celsius(), model=SuspectNeuron(suspect=name))
        assert agrees(experiment, START) == (suspect.verdict is Verdict.RIGHT)


def test_the_default_step_is_a_thousandth() -> None:
    assert DEFAULT_STEP == 1e-3


def test_forward_differences_are_off_by_half_the_step_times_the_curvature() -> None:
    # Celsius has the curvature 1667 along the weight and 2 along the bias.
    slopes = forward_differences(CELSIUS, START, 0.1)
    assert slopes == pytest.approx([-2135.60 + 0.05 * 1667, -61.70 + 0.05 * 2], rel=1e-9)


def test_central_differences_are_exact_for_a_parabola_however_large_the_step() -> None:
    assert central_differences(CELSIUS, START, 100.0) == pytest.approx([-2135.60, -61.70], rel=1e-9)


def test_the_error_of_forward_differences_is_a_v_with_its_tip_between_1e_9_and_1e_6() -> None:
    steps = np.logspace(-15, 2, 400)
    errors, _ = difference_errors(CELSIUS, START, steps)
    assert 1e-9 <= steps[np.argmin(errors)] <= 1e-6
    tiny, middle, large = difference_errors(CELSIUS, START, np.array([1e-14, 1e-7, 10.0]))[0]
    assert middle < 1e-6
    assert min(tiny, large) > 1e-4


def test_the_errors_of_central_differences_fall_as_the_step_grows_to_the_default() -> None:
    _, errors = difference_errors(CELSIUS, START, np.array([1e-13, 1e-3]))
    assert errors[1] < 1e-6 < errors[0]


def test_a_step_that_is_not_greater_than_zero_is_refused_by_name() -> None:
    for step in (0.0, -1e-3, float("nan")):
        for differences in (forward_differences, central_differences):
            with pytest.raises(ValueError, match=r"^step must"):
                differences(CELSIUS, START, step)


def test_a_step_that_rounding_swallows_still_gives_numbers() -> None:
    for step in (1e-15, 1e-12, 1e-3):
        # 32 + 1e-15 is 32: the step that was taken is zero.
        for differences in (forward_differences, central_differences):
            assert np.isfinite(differences(CELSIUS, np.array([1.8, 32.0]), step)).all()


def test_the_relative_difference_is_taken_to_the_longer_gradient() -> None:
    assert relative_difference(np.array([3.0, 4.0]), np.array([6.0, 8.0])) == exactly(0.5)
    assert relative_difference(np.zeros(2), np.zeros(2)) == 0
