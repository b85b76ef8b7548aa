from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.checks import Array
from core.closed_form import parameter_vector
from core.datasets import Dataset, celsius, tips, weighted_sum
from core.learning_rate import exact_fit
from core.neuron import Neuron
from core.surface import Plane, plane
from core.training import losses


def neuron(dataset: Dataset, parameters: Array, untrained_bias: float) -> Neuron:
    bias = float(parameters[-1]) if dataset.trains_bias else untrained_bias
    return Neuron(parameters[: dataset.n_features], bias)


def direct_loss(dataset: Dataset, held: Neuron, pair: tuple[int, int], point: Array) -> float:
    """The loss with the pair of parameters at a point, computed from the data."""
    parameters = parameter_vector(dataset, held).copy()
    parameters[list(pair)] = point
    at = neuron(dataset, parameters, held.bias)
    return float(losses(dataset, at.weights[np.newaxis], np.array([at.bias]))[0])


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Dataset, Neuron, tuple[int, int], Array]:
    """Data, a neuron that holds the other parameters, the pair of parameters, and points in their plane."""
    n_samples, trains_bias = draw(st.integers(1, 8)), draw(st.booleans())
    n_features = draw(st.integers(2 - trains_bias, 4))
    numbers = st.integers(-10, 10).map(float)
    dataset = replace(
        weighted_sum(np.ones(n_features)),
        inputs=draw(arrays(np.float64, (n_samples, n_features), elements=numbers)),
        targets=draw(arrays(np.float64, n_samples, elements=numbers)),
        trains_bias=trains_bias,
    )
    held = Neuron(draw(arrays(np.float64, n_features, elements=numbers)), draw(numbers))
    pair = draw(st.sampled_from(list(permutations(range(n_features + trains_bias), 2))))
    return dataset, held, pair, draw(arrays(np.float64, (5, 2), elements=numbers))


def of(dataset: Dataset, held: Neuron, pair: tuple[int, int]) -> Plane:
    return plane(dataset, exact_fit(dataset, held), held, pair)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(scenes())
def test_the_loss_of_a_plane_is_the_loss_with_the_other_parameters_held(
    scene: tuple[Dataset, Neuron, tuple[int, int], Array],
) -> None:
    dataset, held, pair, points = scene
    expected = [direct_loss(dataset, held, pair, point) for point in points]
    assert of(dataset, held, pair).loss(points) == pytest.approx(expected, rel=1e-8, abs=1e-6)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(scenes())
def test_no_point_of_a_plane_has_a_loss_below_the_least(
    scene: tuple[Dataset, Neuron, tuple[int, int], Array],
) -> None:
    dataset, held, pair, points = scene
    found = of(dataset, held, pair)
    near = [*points, *(found.best + step for step in ([0.1, 0], [-0.1, 0], [0, 0.1], [0, -0.1], [0.1, 0.1]))]
    assert min(direct_loss(dataset, held, pair, point) for point in near) >= found.least - 1e-7


@settings(deadline=None, derandomize=True, max_examples=200)
@given(scenes())
def test_the_least_loss_of_a_plane_is_met_at_its_best_point(
    scene: tuple[Dataset, Neuron, tuple[int, int], Array],
) -> None:
    dataset, held, pair, _ = scene
    found = of(dataset, held, pair)
    assert direct_loss(dataset, held, pair, found.best) == pytest.approx(found.least, rel=1e-8, abs=1e-6)


def test_the_best_point_of_celsius_is_nine_fifths_and_32() -> None:
    assert of(celsius(), celsius().start, (0, 1)).best == pytest.approx([1.8, 32.0], rel=1e-12)


def test_the_least_loss_of_celsius_is_zero() -> None:
    assert of(celsius(), celsius().start, (0, 1)).least == pytest.approx(0, abs=1e-20)


def test_the_loss_of_celsius_at_its_start_is_the_published_one() -> None:
    assert of(celsius(), celsius().start, (0, 1)).loss(np.array([0.5, 0.5])) == pytest.approx(2359.915, rel=1e-12)


def test_the_least_loss_of_the_tips_is_the_published_one() -> None:
    assert of(tips(), tips().start, (0, 1)).least == pytest.approx(1.036019442, abs=5e-10)


def test_the_parameters_of_a_pair_may_be_exchanged() -> None:
    one, other = (of(celsius(), celsius().start, pair) for pair in ((0, 1), (1, 0)))
    assert other.best == pytest.approx(one.best[::-1])
    assert other.loss(np.array([3.0, 2.0])) == pytest.approx(one.loss(np.array([2.0, 3.0])))


@pytest.mark.parametrize("pair", list(combinations(range(4), 2)))
def test_any_two_weights_of_the_weighted_sum_make_up_for_what_the_others_leave(pair: tuple[int, int]) -> None:
    dataset = weighted_sum()
    found = of(dataset, Neuron(np.array([10.0, 10.0, 10.0, 10.0]), 0.0), pair)
    assert found.best.sum() == pytest.approx(80.0)
    assert found.least == pytest.approx(0, abs=1e-20)


def test_two_weights_without_any_effect_keep_the_loss_that_the_others_leave() -> None:
    dataset = weighted_sum([1.0, 0.0, 0.0])
    found = of(dataset, Neuron(np.array([90.0, 1.0, 2.0]), 0.0), (1, 2))
    assert found.least == pytest.approx(100.0)
    assert found.loss(np.array([[0.0, 0.0], [7.0, -7.0]])) == pytest.approx([100.0, 100.0])


def test_the_losses_have_the_shape_of_the_points() -> None:
    assert of(celsius(), celsius().start, (0, 1)).loss(np.zeros((3, 4, 2))).shape == (3, 4)


def test_neither_neuron_is_changed() -> None:
    best, held = Neuron(np.array([25.0] * 4), 0.0), Neuron(np.array([1.0, 2.0, 3.0, 4.0]), 0.0)
    plane(weighted_sum(), best, held, (1, 3))
    assert (best.weights.tolist(), held.weights.tolist()) == ([25.0] * 4, [1.0, 2.0, 3.0, 4.0])
