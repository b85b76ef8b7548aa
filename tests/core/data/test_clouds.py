from collections.abc import Callable

import numpy as np
import pytest

from core.checks import Array
from core.data.clouds import circles, moons, spirals, two_clouds, xor
from core.data.dataset import Dataset
from tests.core.experiments import NOT_FINITE

MAKERS: list[Callable[..., Dataset]] = [two_clouds, xor, circles, moons, spirals]
EVERY = pytest.mark.parametrize("make", MAKERS)
ROUNDING = 2e-6  # of lengths between points whose coordinates have six decimals


def of_class(data: Dataset, number: int) -> Array:
    samples: Array = data.inputs[data.targets == number]
    return samples


def along_the_diagonal(data: Dataset, number: int) -> Array:
    projections: Array = of_class(data, number).sum(axis=1) / np.sqrt(2)
    return projections


def radii(data: Dataset, number: int) -> Array:
    distances: Array = np.hypot(*of_class(data, number).T)
    return distances


@EVERY
def test_the_classes_are_0_and_1_with_100_samples_each(make: Callable[..., Dataset]) -> None:
    assert make().targets.tolist() == [0.0] * 100 + [1.0] * 100
    assert make().class_names == ("orange", "blue")


@EVERY
def test_one_neuron_begins_at_zero(make: Callable[..., Dataset]) -> None:
    data = make()
    assert (data.start.tolist(), data.has_bias) == ([0.0, 0.0, 0.0], True)
    assert (data.learning_rate, data.iterations) == (0.5, 200)


@EVERY
def test_classes_are_the_same_each_time_they_are_made(make: Callable[..., Dataset]) -> None:
    assert make(noise_seed=7) == make(noise_seed=7)


@EVERY
def test_another_seed_draws_other_samples(make: Callable[..., Dataset]) -> None:
    assert np.mean(make(noise_seed=7).inputs != make(noise_seed=8).inputs) > 0.9


@EVERY
def test_samples_are_rounded_to_six_decimals_and_no_zero_is_negative(make: Callable[..., Dataset]) -> None:
    inputs = make().inputs
    assert np.array_equal(inputs, np.round(inputs, 6))
    assert not np.signbit(inputs[inputs == 0]).any()


@EVERY
def test_samples_lie_about_the_origin_and_not_far_out(make: Callable[..., Dataset]) -> None:
    inputs = make().inputs
    assert 1.5 < np.abs(inputs).max() < 3.0
    assert np.abs(inputs.mean(axis=0)) == pytest.approx(0.0, abs=0.25)


def test_the_nearest_points_of_two_clouds_are_exactly_the_gap_apart() -> None:
    for gap in (0.01, 0.5, 1.0, 2.0):
        for seed in range(20):
            data = two_clouds(gap, seed)
            between = along_the_diagonal(data, 1).min() - along_the_diagonal(data, 0).max()
            assert between == pytest.approx(gap, abs=ROUNDING)


def test_with_no_gap_two_clouds_share_a_point_and_no_line_separates_them() -> None:
    data = two_clouds(0.0)
    assert {tuple(point) for point in of_class(data, 0)} & {tuple(point) for point in of_class(data, 1)} == {(0.0, 0.0)}


def test_with_a_gap_below_0_samples_of_each_cloud_on_the_diagonal_enclose_one_of_the_other() -> None:
    for gap in (-0.01, -1.0, -2.0):
        for seed in range(20):
            orange, blue = (of_class(two_clouds(gap, seed), number) for number in (0, 1))
            orange, blue = (points[points[:, 0] == points[:, 1], 0] for points in (orange, blue))
            assert orange.min() < blue.min() < orange.max() < blue.max()


def test_the_two_clouds_have_a_radius_of_one_point_two() -> None:
    data = two_clouds(1.0)
    for number, centre in ((0, -1.7 / np.sqrt(2)), (1, 1.7 / np.sqrt(2))):
        distances = np.hypot(*(of_class(data, number) - centre).T)
        assert distances.max() == pytest.approx(1.2, abs=ROUNDING)
        assert np.mean(distances < 0.6) == pytest.approx(0.25, abs=0.1)


def test_a_gap_that_is_not_finite_or_below_minus_2_4_is_named() -> None:
    for bad in (*NOT_FINITE, -2.5):
        with pytest.raises(ValueError, match=r"^gap must"):
            two_clouds(bad)
    assert two_clouds(-2.4).n_samples == 200


def test_each_corner_of_xor_holds_50_samples() -> None:
    corners, counts = np.unique(np.sign(xor().inputs), axis=0, return_counts=True)
    assert corners.tolist() == [[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]
    assert counts.tolist() == [50, 50, 50, 50]


def test_opposite_corners_of_xor_are_of_one_class() -> None:
    data = xor()
    assert np.array_equal(data.targets == 1, data.inputs.prod(axis=1) > 0)


def test_xor_leaves_a_margin_at_the_axes() -> None:
    sizes = np.concatenate([np.abs(xor(seed).inputs) for seed in range(20)])
    assert 0.3 <= sizes.min() < 0.31
    assert 2.49 < sizes.max() <= 2.5


def test_the_disc_lies_in_the_ring() -> None:
    for seed in range(20):
        disc, ring = radii(circles(seed), 1), radii(circles(seed), 0)
        assert 1.1 < disc.max() < 1.25 + ROUNDING
        assert 1.75 - ROUNDING < ring.min() < 1.85
        assert 2.4 < ring.max() < 2.5 + ROUNDING


def test_half_of_the_disc_lies_beyond_0_71_of_its_radius() -> None:
    disc = np.concatenate([radii(circles(seed), 1) for seed in range(100)])
    assert np.median(disc) == pytest.approx(1.25 / np.sqrt(2), rel=0.02)


def test_without_noise_the_moons_are_half_circles_around_each_other_s_ends() -> None:
    data = moons(noise=0.0)
    for number, centre in ((0, [-2.5 / 3, -1.25 / 3]), (1, [2.5 / 3, 1.25 / 3])):
        assert np.hypot(*(of_class(data, number) - centre).T) == pytest.approx(5 / 3, abs=ROUNDING)


def test_without_noise_the_moons_reach_from_minus_2_5_to_2_5() -> None:
    data = moons(noise=0.0)
    assert (data.inputs[:, 0].min(), data.inputs[:, 0].max()) == (-2.5, 2.5)
    assert (of_class(data, 0)[0].tolist(), of_class(data, 1)[-1].tolist()) == ([0.833333, -0.416667], [2.5, 0.416667])


def test_the_noise_of_the_moons_is_in_radii_of_the_half_circles() -> None:
    errors = np.concatenate([moons(seed, 0.1).inputs - moons(noise=0.0).inputs for seed in range(20)])
    assert np.std(errors) == pytest.approx(0.1 * 5 / 3, rel=0.03)


def test_noise_of_the_moons_that_is_not_finite_or_negative_is_named() -> None:
    for bad in (*NOT_FINITE, -0.1):
        with pytest.raises(ValueError, match=r"^noise must"):
            moons(noise=bad)


def test_the_spirals_share_the_origin_alone() -> None:
    orange, blue = ({tuple(point) for point in of_class(spirals(), number)} for number in (0, 1))
    assert orange & blue == {(0.0, 0.0)}


def test_the_spirals_wind_outwards_to_2_5() -> None:
    for number in (0, 1):
        assert (np.diff(radii(spirals(), number)) > 0).all()
        assert 2.4 < radii(spirals(), number).max() < 2.5


def test_the_spirals_take_one_and_three_quarter_turns_opposite_each_other() -> None:
    for number, begins in ((0, 0.0), (1, np.pi)):
        expected = begins + 3.5 * np.pi * radii(spirals(), number) / 2.5
        x, y = of_class(spirals(), number).T
        assert np.hypot(x, y) * np.cos(expected) == pytest.approx(x, abs=1e-4)
        assert np.hypot(x, y) * np.sin(expected) == pytest.approx(y, abs=1e-4)
