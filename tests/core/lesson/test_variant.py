"""The numbers of the worksheet's variants, against what a student would calculate."""

import math

import numpy as np
import pytest

from core.lesson.variant import CORNERS, Variant
from core.theory.limits import Regime

VARIANTS = [Variant(number) for number in (0, 1, 2, 3, 7, 999)]
EVERY_VARIANT = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: str(variant.number))
MANY = [Variant(number) for number in range(61)]
ASKED = (
    *("degrees", "start", "learning_rate", "asked_weight", "iterations_of_curve", "rate_across", "other_rate"),
    *("iterations", "curvature", "start_of_sum", "claim", "corners", "sharpness", "rate_of_network"),
)


@pytest.mark.parametrize("asked", ASKED)
def test_neighbours_get_other_numbers_in_every_question(asked: str) -> None:
    assert [k for k in range(60) if getattr(MANY[k], asked) == getattr(MANY[k + 1], asked)] == []


def test_the_same_number_gives_the_same_variant() -> None:
    assert Variant(5) == Variant(5)
    assert [getattr(Variant(5), asked) for asked in ASKED] == [getattr(Variant(5), asked) for asked in ASKED]


@pytest.mark.parametrize("number", [-1, 0.5, math.nan, math.inf])
def test_a_variant_is_a_whole_number_from_0(number: float) -> None:
    with pytest.raises(ValueError, match="number"):
        Variant(number)  # type: ignore[arg-type]


@EVERY_VARIANT
def test_output_and_target_are_those_of_the_two_lines(variant: Variant) -> None:
    weight, bias = variant.start
    assert variant.output == pytest.approx(weight * variant.degrees + bias)
    assert variant.target == pytest.approx(variant.degrees * 9 / 5 + 32)


@EVERY_VARIANT
def test_the_steps_are_those_of_a_loop_by_hand(variant: Variant) -> None:
    weight, bias = variant.start
    for step in variant.steps:
        missing = weight * 42 + bias - 107.6
        assert step.parameters.tolist() == pytest.approx([weight, bias])
        assert (step.outputs - step.targets).tolist() == pytest.approx([missing])
        assert step.gradient.tolist() == pytest.approx([84 * missing, 2 * missing])
        weight, bias = weight - variant.learning_rate * 84 * missing, bias - variant.learning_rate * 2 * missing
        assert step.after.tolist() == pytest.approx([weight, bias])


@pytest.mark.parametrize("variant", MANY, ids=lambda variant: str(variant.number))
def test_the_steps_by_hand_never_explode(variant: Variant) -> None:
    losses = [step.loss for step in variant.steps]
    assert losses == sorted(losses, reverse=True)


@EVERY_VARIANT
def test_the_asked_slope_is_the_central_difference_and_not_flat(variant: Variant) -> None:
    weight, bias = variant.asked_weight, variant.start[1]

    def loss(weight: float) -> float:
        return (42 * weight + bias - 107.6) ** 2

    slope = variant.parabola.slope(weight)
    assert slope == pytest.approx((loss(weight + 1e-3) - loss(weight - 1e-3)) / 2e-3)
    assert abs(slope) > 100


@EVERY_VARIANT
def test_the_factor_across_the_valley_says_what_happens(variant: Variant) -> None:
    assert variant.factor == pytest.approx(1 - variant.rate_across * 1667.0006006)
    size, turns = abs(variant.factor) > 1, variant.factor < 0
    assert (
        variant.regime
        is {
            (False, False): Regime.MONOTONE,
            (False, True): Regime.OVERSHOOTING,
            (True, True): Regime.DIVERGING,
        }[size, turns]
    )


def test_all_three_regimes_are_asked() -> None:
    assert {variant.regime for variant in MANY} == {Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING}


def test_the_limits_of_the_other_data_are_known() -> None:
    assert [variant.other.limits.stable for variant in MANY[:3]] == pytest.approx([0.002122042, 0.25, 1.0])
    assert [variant.other_rate for variant in MANY[:4]] == [0.0017, 0.28, 0.8, 0.0023]


def test_after_1000_and_10_000_iterations_the_run_stands_where_the_table_says() -> None:
    assert Variant(0).end == pytest.approx((1.7845095058256757, 6.208317896153659, 665.0113426785309))
    assert Variant(3).end == pytest.approx((1.7974385149673768, 27.73512588225364, 18.183695593848714))


@EVERY_VARIANT
def test_four_weights_end_at_a_sum_of_100_and_keep_their_differences(variant: Variant) -> None:
    moved = np.subtract(variant.end_of_sum, variant.start_of_sum)
    assert sum(variant.end_of_sum) == pytest.approx(100)
    assert moved.tolist() == pytest.approx([moved[0]] * 4)
    assert moved[0] == int(moved[0]) != 0


def test_a_claimed_slope_is_right_half_or_turned_round() -> None:
    shares = [variant.claim / variant.parabola.slope(variant.start[0]) for variant in MANY[:3]]
    assert shares == pytest.approx([1.0, 0.5, -1.0])
    assert [variant.claim_is_right for variant in MANY[:3]] == [True, False, False]


@pytest.mark.parametrize("number", range(len(CORNERS)))
def test_corners_are_separable_where_some_straight_line_separates_them(number: int) -> None:
    variant, places = Variant(number), np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]])
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    sides = [places @ [np.cos(angle), np.sin(angle)] > 0.1 for angle in angles]
    assert variant.is_separable is any(side.tolist() == [*map(bool, variant.corners)] for side in sides)


@EVERY_VARIANT
def test_the_curve_to_draw_ends_at_a_wall(variant: Variant) -> None:
    below, above = variant.losses(np.array([0.00119, 0.0014])).tolist()
    assert below < 2359.915 < 1e4 < above or above == math.inf
