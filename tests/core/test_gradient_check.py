from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.closed_form import parameter_vector
from core.datasets import DATASETS, Dataset, celsius, weighted_sum
from core.gradient_check import (
    DEFAULT_STEP,
    RULES,
    Verdict,
    as_derived,
    central_differences,
    difference_errors,
    forgets_the_sum,
    forgets_the_two,
    forward_differences,
    gradient_vector,
    multiplies_by_outputs,
    relative_difference,
    sums_inputs_for_the_bias,
    turns_the_sign,
)
from core.neuron import Gradient, Neuron, backward, forward
from core.surface import line
from core.training import Backward, History, losses, train

EVERY_DATASET = pytest.mark.parametrize("slug", DATASETS)
EVERY_RULE = pytest.mark.parametrize("rule", RULES)
NUMBERS = st.integers(-10, 10).map(float)
PROPERTY = settings(deadline=None, derandomize=True, max_examples=150)


def celsius_neuron(weight: float = 0.5, bias: float = 0.5) -> Neuron:
    return Neuron(np.array([weight]), bias)


def analytic(dataset: Dataset, neuron: Neuron, rule: Backward = backward) -> Gradient:
    return rule(dataset.inputs, forward(neuron, dataset.inputs), dataset.targets)


def run(weight: float, bias: float, rule: Backward, rate: float = 1e-4, iterations: int = 10_000) -> History:
    return train(celsius(), celsius_neuron(weight, bias), rate, iterations, rule)


# The published listing


def test_the_listing_s_gradient_of_the_weight_at_the_article_s_start_is_1098_65_downhill() -> None:
    gradient = analytic(celsius(), celsius_neuron(), multiplies_by_outputs)
    assert gradient.weights.tolist() == pytest.approx([-1098.65], rel=1e-12)


def test_the_listing_s_gradient_of_the_bias_is_right() -> None:
    gradient = analytic(celsius(), celsius_neuron(), multiplies_by_outputs)
    assert gradient.bias == pytest.approx(-61.70, rel=1e-12)


def test_the_right_gradient_at_the_article_s_start_is_2135_60_and_61_70_downhill() -> None:
    gradient = analytic(celsius(), celsius_neuron(), as_derived)
    assert [*gradient.weights.tolist(), gradient.bias] == pytest.approx([-2135.60, -61.70], rel=1e-12)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((0.5, 0.5), (1.8731804436269999, 27.784383187435427, 22.543632822974015)),
        ((0.0, 0.0), (1.8741337374010971, 27.716218419289362, 23.24911585607299)),
        ((0.8, 0.1), (1.8739357467294127, 27.73041568977278, 23.101348372476554)),
    ],
)
def test_the_listing_ends_after_10_000_iterations_where_the_reference_says(
    start: tuple[float, float], end: tuple[float, float, float]
) -> None:
    history = run(*start, multiplies_by_outputs)
    assert (history.weights[-1, 0], history.bias[-1], history.loss[-1]) == pytest.approx(end, rel=1e-12)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((0.5, 0.5), (1.7974385149673768, 27.73512588225364, 18.183695593848714)),
        ((0.0, 0.0), (1.7973978330636586, 27.667390488129286, 18.765874864982006)),
        ((0.8, 0.1), (1.797406003630864, 27.680994487432937, 18.648213602072232)),
    ],
)
def test_the_right_gradient_ends_after_10_000_iterations_where_the_reference_says(
    start: tuple[float, float], end: tuple[float, float, float]
) -> None:
    history = run(*start, as_derived)
    assert (history.weights[-1, 0], history.bias[-1], history.loss[-1]) == pytest.approx(end, rel=1e-12)


@pytest.mark.parametrize(("weight", "rate"), [(-0.1, 1e-4), (0.5, 9e-4)])
def test_the_listing_explodes_from_a_start_weight_of_minus_a_tenth_and_at_a_learning_rate_of_0_0009(
    weight: float, rate: float
) -> None:
    assert run(weight, 0.5, multiplies_by_outputs, rate).diverged_at is not None


@pytest.mark.parametrize(("weight", "rate"), [(-0.1, 1e-4), (0.5, 9e-4)])
def test_where_the_listing_explodes_the_right_gradient_settles(weight: float, rate: float) -> None:
    history = run(weight, 0.5, as_derived, rate)
    assert history.diverged_at is None
    assert history.weights[-1, 0] == pytest.approx(1.8, abs=0.01)


# The rules


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Dataset, Neuron]:
    """Small data of whole numbers, and a neuron."""
    n_samples, n_features = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    dataset = replace(
        weighted_sum(np.ones(n_features)),
        inputs=draw(arrays(np.float64, (n_samples, n_features), elements=NUMBERS)),
        targets=draw(arrays(np.float64, n_samples, elements=NUMBERS)),
        trains_bias=draw(st.booleans()),
    )
    return dataset, Neuron(draw(arrays(np.float64, n_features, elements=NUMBERS)), draw(NUMBERS))


@PROPERTY
@given(scenes())
def test_the_rule_as_derived_computes_what_the_app_s_own_backward_does(scene: tuple[Dataset, Neuron]) -> None:
    ours, written_out = (analytic(*scene, rule) for rule in (backward, as_derived))
    assert [*written_out.weights, written_out.bias] == pytest.approx([*ours.weights, ours.bias], rel=1e-12, abs=1e-10)


def test_there_are_six_rules_and_one_of_them_is_right() -> None:
    assert [rule.verdict for rule in RULES.values()].count(Verdict.RIGHT) == 1
    assert len(RULES) == 6


@EVERY_RULE
@EVERY_DATASET
def test_every_rule_returns_a_gradient_of_the_parameters_shape(rule: str, slug: str) -> None:
    dataset = DATASETS[slug]()
    gradient = analytic(dataset, dataset.start, RULES[rule].backward)
    assert gradient.weights.shape == (dataset.n_features,)
    assert np.ndim(gradient.bias) == 0


def checked(rule: str) -> tuple[float, float]:
    """The relative difference of a rule to central differences, and the cosine of the angle between them."""
    found = gradient_vector(celsius(), analytic(celsius(), celsius_neuron(), RULES[rule].backward))
    slopes = gradient_vector(celsius(), central_differences(celsius(), celsius_neuron()))
    cosine = float(found @ slopes / np.linalg.norm(found) / np.linalg.norm(slopes))
    return relative_difference(found, slopes), cosine


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if rule.verdict is Verdict.RIGHT])
def test_a_rule_said_to_be_right_agrees_with_central_differences(rule: str) -> None:
    assert checked(rule)[0] < 1e-6


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if rule.verdict is Verdict.RESCALED])
def test_a_rule_said_to_be_rescaled_has_the_right_direction_but_not_the_right_length(rule: str) -> None:
    difference, cosine = checked(rule)
    assert cosine == pytest.approx(1, abs=1e-12)
    assert difference > 0.1


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if rule.verdict is Verdict.WRONG])
def test_a_rule_said_to_be_wrong_has_another_direction(rule: str) -> None:
    assert checked(rule)[1] < 1 - 1e-6


def test_the_turned_sign_points_the_opposite_way() -> None:
    turned, right = (analytic(celsius(), celsius_neuron(), rule) for rule in (turns_the_sign, backward))
    assert [*turned.weights, turned.bias] == pytest.approx([*-right.weights, -right.bias], rel=1e-12)


def test_without_the_two_the_gradient_is_half_as_long() -> None:
    half, right = (analytic(celsius(), celsius_neuron(), rule) for rule in (forgets_the_two, backward))
    assert [*half.weights, half.bias] == pytest.approx([*right.weights / 2, right.bias / 2], rel=1e-12)


def test_without_the_sum_only_the_last_sample_counts() -> None:
    # 49 degrees: output 25, target 120.2, so 2 (25 - 120.2) / 100 = -1.904.
    last = analytic(celsius(), celsius_neuron(), forgets_the_sum)
    assert [*last.weights, last.bias] == pytest.approx([49 * -1.904, -1.904], rel=1e-12)


def test_a_bias_that_sums_the_inputs_has_the_gradient_of_the_weight() -> None:
    gradient = analytic(celsius(), celsius_neuron(), sums_inputs_for_the_bias)
    assert [*gradient.weights, gradient.bias] == pytest.approx([-2135.60, -2135.60], rel=1e-12)


@pytest.mark.parametrize("rule", ["missing-sum", "bias-inputs"])
def test_on_the_weighted_sum_two_wrong_rules_happen_to_agree(rule: str) -> None:
    dataset = weighted_sum()
    found = gradient_vector(dataset, analytic(dataset, dataset.start, RULES[rule].backward))
    right = gradient_vector(dataset, analytic(dataset, dataset.start))
    assert found == pytest.approx(right, rel=1e-12)


# Finite differences


@EVERY_DATASET
def test_central_differences_agree_with_the_gradient_at_the_default_step(slug: str) -> None:
    dataset = DATASETS[slug]()
    slopes = gradient_vector(dataset, central_differences(dataset, dataset.start))
    assert relative_difference(slopes, gradient_vector(dataset, analytic(dataset, dataset.start))) < 1e-6


@EVERY_DATASET
def test_every_single_central_difference_agrees_with_the_gradient_at_the_default_step(slug: str) -> None:
    dataset = DATASETS[slug]()
    slopes = gradient_vector(dataset, central_differences(dataset, dataset.start))
    assert slopes == pytest.approx(gradient_vector(dataset, analytic(dataset, dataset.start)), rel=1e-6)


def test_the_default_step_is_a_thousandth() -> None:
    assert DEFAULT_STEP == 1e-3


def test_forward_differences_are_off_by_half_the_step_times_the_curvature() -> None:
    # Celsius has the curvature 1667 along the weight and 2 along the bias.
    slopes = gradient_vector(celsius(), forward_differences(celsius(), celsius_neuron(), 0.1))
    assert slopes == pytest.approx([-2135.60 + 0.05 * 1667, -61.70 + 0.05 * 2], rel=1e-9)


def test_central_differences_are_exact_for_a_parabola_however_large_the_step() -> None:
    slopes = gradient_vector(celsius(), central_differences(celsius(), celsius_neuron(), 100.0))
    assert slopes == pytest.approx([-2135.60, -61.70], rel=1e-9)


def test_the_best_step_of_forward_differences_lies_between_1e_9_and_1e_6_for_celsius() -> None:
    steps = np.logspace(-15, 2, 400)
    errors, _ = difference_errors(celsius(), celsius_neuron(), steps)
    assert 1e-9 <= steps[np.argmin(errors)] <= 1e-6


def test_the_error_of_forward_differences_is_a_v() -> None:
    errors, _ = difference_errors(celsius(), celsius_neuron(), np.array([1e-14, 1e-7, 10.0]))
    assert errors[1] < 1e-6
    assert errors[0] > 1e-4
    assert errors[2] > 1e-4


def test_the_errors_of_central_differences_fall_as_the_step_grows_to_the_default() -> None:
    _, errors = difference_errors(celsius(), celsius_neuron(), np.array([1e-13, 1e-3]))
    assert errors[1] < 1e-6 < errors[0]


@pytest.mark.parametrize("step", [0.0, -1e-3, float("nan")])
def test_a_step_that_is_not_greater_than_zero_is_refused_by_name(step: float) -> None:
    with pytest.raises(ValueError, match="step"):
        forward_differences(celsius(), celsius_neuron(), step)
    with pytest.raises(ValueError, match="step"):
        central_differences(celsius(), celsius_neuron(), step)


@pytest.mark.parametrize("step", [1e-15, 1e-12, 1e-3])
def test_a_step_that_rounding_swallows_still_gives_numbers(step: float) -> None:
    # 32 + 1e-15 is 32: the step that was taken is zero.
    neuron = celsius_neuron(1.8, 32.0)
    slopes = [differences(celsius(), neuron, step) for differences in (forward_differences, central_differences)]
    assert np.isfinite([[*slope.weights, slope.bias] for slope in slopes]).all()


def test_a_bias_that_is_not_trained_is_not_in_the_gradient_vector() -> None:
    dataset = weighted_sum()
    assert gradient_vector(dataset, analytic(dataset, dataset.start)) == pytest.approx(4 * [2 * (0.8 - 100)])


def test_two_zero_gradients_do_not_differ() -> None:
    assert relative_difference(np.zeros(2), np.zeros(2)) == 0


def test_the_relative_difference_is_taken_to_the_longer_gradient() -> None:
    assert relative_difference(np.array([3.0, 4.0]), np.array([6.0, 8.0])) == pytest.approx(0.5)


# The line of one parameter


@PROPERTY
@given(scenes(), st.integers(0, 4), NUMBERS)
def test_the_loss_of_a_line_is_the_loss_with_the_other_parameters_held(
    scene: tuple[Dataset, Neuron], index: int, value: float
) -> None:
    dataset, held = scene
    index %= dataset.n_features + dataset.trains_bias
    best, least, curvature = line(dataset, held, index)
    moved = parameter_vector(dataset, held).copy()
    moved[index] = value
    bias = moved[-1] if dataset.trains_bias else held.bias
    (expected,) = losses(dataset, moved[np.newaxis, : dataset.n_features], np.array([bias]))
    assert least + curvature / 2 * (value - best) ** 2 == pytest.approx(expected, rel=1e-9, abs=1e-8)


def test_the_line_of_the_article_s_weight_has_the_slope_of_the_gradient() -> None:
    best, _, curvature = line(celsius(), celsius_neuron(), 0)
    assert curvature * (0.5 - best) == pytest.approx(-2135.60, rel=1e-12)
    assert curvature == pytest.approx(1667, rel=1e-12)
