import numpy as np
import pytest

from core.data.curves import sine, step
from tests.core.experiments import NOT_FINITE

BOTH = [sine, step]


def test_the_points_are_60_and_even_from_minus_3_to_3() -> None:
    for curve in BOTH:
        points = curve().inputs[:, 0]
        assert (len(points), points[0], points[-1]) == (60, -3.0, 3.0)
        assert np.diff(points) == pytest.approx(6 / 59, abs=1e-6)


def test_without_noise_the_sine_is_the_sine_of_one_and_a_half_x() -> None:
    values = dict(zip(sine(0.0).inputs[:, 0].tolist(), sine(0.0).targets.tolist(), strict=True))
    assert values[3.0] == pytest.approx(-0.977530, abs=1e-6)
    assert values[-3.0] == pytest.approx(0.977530, abs=1e-6)
    assert max(values.values()) == pytest.approx(1.0, abs=0.01)


def test_without_noise_the_step_is_30_times_minus_1_and_then_30_times_1() -> None:
    assert step(0.0).targets.tolist() == [-1.0] * 30 + [1.0] * 30
    assert step(0.0).inputs[29, 0] < 0 < step(0.0).inputs[30, 0]


def test_one_neuron_begins_on_a_curve_at_zero() -> None:
    for curve in BOTH:
        data = curve()
        assert (data.start.tolist(), data.has_bias) == ([0.0, 0.0], True)
        assert (data.learning_rate, data.iterations) == (0.1, 200)


def test_a_curve_has_no_classes() -> None:
    assert not any(curve().has_classes for curve in BOTH)


def test_a_curve_is_the_same_each_time_it_is_made() -> None:
    for curve in BOTH:
        assert curve(0.2, 7) == curve(0.2, 7)


def test_another_seed_draws_other_noise() -> None:
    for curve in BOTH:
        assert (curve(0.2, 7).targets != curve(0.2, 8).targets).all()


def test_the_noise_is_the_standard_deviation_of_the_errors() -> None:
    for curve in BOTH:
        errors = np.concatenate([curve(0.1, seed).targets - curve(0.0).targets for seed in range(100)])
        assert np.std(errors) == pytest.approx(0.1, rel=0.03)
        assert abs(np.mean(errors)) < 0.004


def test_a_curve_is_rounded_to_six_decimals() -> None:
    for curve in BOTH:
        for values in (curve().inputs, curve().targets):
            assert np.array_equal(values, np.round(values, 6))


def test_noise_that_is_not_finite_or_negative_is_named() -> None:
    for curve in BOTH:
        for bad in (*NOT_FINITE, -0.1):
            with pytest.raises(ValueError, match=r"^noise must"):
                curve(bad)
