import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import IDENTITY, RELU, Activation
from core.checks import Array
from core.data.builtin import DATASETS, celsius, tips
from core.data.curves import sine
from core.data.dataset import Dataset
from core.data.more import hours, iris
from core.data.standardising import standardise
from core.experiment import Experiment
from core.lesson.differences import gradient_at
from core.losses import CrossEntropy, Loss, SquaredError
from core.network import Network
from core.optimisers import Adam, Momentum, Nesterov
from core.schedule import constant
from core.theory.factors import limits_with
from core.theory.in_force import limits_at
from core.theory.limits import Limits
from core.theory.sharpness import curvatures, hessian, jacobian, sharpness
from core.training import History, train
from tests.core.experiments import (
    EVERY_ACTIVATION,
    EVERY_LOSS,
    classes,
    exactly,
    experiments,
    known,
    network,
    quickly,
    samples,
)

NEAR = 1e-5


def differences_of_the_gradient(experiment: Experiment, parameters: Array) -> Array:
    """The second derivatives by central differences, (n_parameters, n_parameters)."""
    moves = NEAR * np.eye(len(parameters))
    slopes = [gradient_at(experiment, parameters + move) - gradient_at(experiment, parameters - move) for move in moves]
    return np.array(slopes) / (2 * NEAR)


# The Hessian


@pytest.mark.parametrize("n_features", [1, 2])
@EVERY_LOSS
@EVERY_ACTIVATION
def test_a_network_s_hessian_equals_central_differences_of_its_gradient(
    activation: Activation, loss: Loss, n_features: int
) -> None:
    for seed in range(3):
        experiment = network(classes(n_features), activation, seed=seed, loss=loss)
        start = np.array(experiment.start)
        expected = differences_of_the_gradient(experiment, start)
        assert hessian(experiment, start) == pytest.approx(expected, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("n_features", [1, 2])
@EVERY_LOSS
def test_a_neuron_s_hessian_equals_central_differences_of_its_gradient(loss: Loss, n_features: int) -> None:
    experiment = Experiment.on(classes(n_features), loss=loss)
    for seed in range(3):
        place = np.random.default_rng(seed).normal(size=n_features + 1)
        expected = differences_of_the_gradient(experiment, place)
        assert hessian(experiment, place) == pytest.approx(expected, rel=1e-6, abs=1e-8)


@EVERY_ACTIVATION
def test_the_slopes_of_each_output_equal_central_differences_of_forward(activation: Activation) -> None:
    experiment = network(classes(2), activation)
    start, inputs = np.array(experiment.start), experiment.model.seen(experiment.data.inputs)
    moves = NEAR * np.eye(len(start))
    forward = experiment.model.forward
    expected = (forward(start + moves, inputs) - forward(start - moves, inputs)).T / (2 * NEAR)
    assert jacobian(experiment, start, inputs) == pytest.approx(expected, rel=1e-7, abs=1e-9)


def test_the_hessian_of_one_hidden_neuron_is_the_one_worked_by_hand() -> None:
    # output = v w x + v b + c with x = 1, w = 2, b = 0, v = 3, c = -5, and a target of 0, so an output of 1: slopes
    # (3, 3, 2, 1) over (w, b, v, c), curvature 2, and a slope of 2 for what w and b bend together with v.
    data = samples([[1.0]], [0.0])
    experiment = Experiment.on(data, model=Network(1, IDENTITY), start=[2.0, 0.0, 3.0, -5.0])
    slopes = np.array([3.0, 3.0, 2.0, 1.0])
    bent = np.zeros((4, 4))
    bent[:2, 2] = bent[2, :2] = 2.0
    assert hessian(experiment, np.array(experiment.start)) == exactly(2 * np.outer(slopes, slopes) + bent)


@EVERY_LOSS
@EVERY_ACTIVATION
def test_the_hessian_is_symmetric_and_that_of_a_whole_history_each_state_s_own(
    activation: Activation, loss: Loss
) -> None:
    experiment = network(classes(2), activation, loss=loss)
    places = np.random.default_rng(1).normal(size=(2, 3, 13))
    together = hessian(experiment, places)
    assert together.shape == (2, 3, 13, 13)
    assert np.array_equal(together, together.swapaxes(-1, -2)) or together == pytest.approx(
        together.swapaxes(-1, -2), rel=1e-12, abs=1e-12
    )
    assert together[1, 2] == pytest.approx(hessian(experiment, places[1, 2]), rel=1e-12, abs=1e-12)
    assert curvatures(experiment, places)[1, 2] == pytest.approx(curvatures(experiment, places[1, 2]), abs=1e-12)


def test_the_hessian_of_other_data_is_theirs() -> None:
    trained, held = classes(2), samples([[0.3, -1.0], [2.0, 0.5]], [1.0, 0.0])
    experiment = network(trained)
    start = np.array(experiment.start)
    assert np.array_equal(hessian(experiment, start, held), hessian(replace(experiment, data=held), start))
    assert not np.allclose(hessian(experiment, start, held), hessian(experiment, start))


def test_nothing_that_is_asked_for_its_hessian_is_changed() -> None:
    experiment = network(classes(2))
    start = np.array(experiment.start)
    hessian(experiment, start)
    assert start.tolist() == list(experiment.start)


# One neuron


@quickly()
@given(experiments())
def test_with_a_squared_error_a_neuron_s_curvatures_are_the_eigenvalues_of_its_theory(experiment: Experiment) -> None:
    found, expected = curvatures(experiment, np.array(experiment.start)), known(experiment).eigenvalues
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12 * max(1.0, float(expected[-1])))


@pytest.mark.parametrize("slug", DATASETS)
def test_with_a_squared_error_a_neuron_s_sharpness_never_changes_and_gives_the_limits_of_its_theory(slug: str) -> None:
    for optimiser in (Momentum(0.5), Nesterov(), Experiment.on(celsius()).optimiser):
        history = train(Experiment.on(DATASETS[slug](), optimiser=optimiser, iterations=20))
        theory = known(history.experiment)
        assert sharpness(history, [0, 7, 20]) == exactly(np.full(3, theory.eigenvalues[-1]))
        assert limits_at(history, 7).stable == exactly(theory.limits.stable)
        assert limits_at(history, 7).monotone == exactly(theory.limits.monotone)


def bound(experiment: Experiment) -> float:
    """What the curvature of a logistic neuron never exceeds: the largest eigenvalue of X'X / 4n, or X'X / 4 summed."""
    inputs = experiment.model.seen(experiment.data.inputs)
    share = experiment.loss.summands(experiment.data.targets) / experiment.data.n_samples
    return float(np.linalg.eigvalsh(inputs.T @ inputs)[-1] * share / 4)


@pytest.mark.parametrize("summed", [False, True])
def test_a_logistic_neuron_is_steepest_at_weights_of_0_where_it_attains_its_bound(summed: bool) -> None:
    for data in (hours(), iris(), standardise(iris()), classes(2)):
        experiment = Experiment.on(data, loss=CrossEntropy(summed=summed))
        assert curvatures(experiment, np.zeros(data.n_features + 1))[-1] == exactly(bound(experiment))


@quickly()
@given(st.sampled_from([hours(), iris(), classes(1), classes(2)]), st.integers(0, 10**6), st.floats(1e-3, 1e3))
def test_a_logistic_neuron_s_curvature_never_exceeds_its_bound_and_is_never_negative(
    data: Dataset, seed: int, size: float
) -> None:
    experiment = Experiment.on(data, loss=CrossEntropy())
    place = size * np.random.default_rng(seed).normal(size=data.n_features + 1)
    found = curvatures(experiment, place)
    assert found[-1] <= bound(experiment) * (1 + 1e-12)
    assert found[0] >= -1e-12 * bound(experiment)


def test_below_the_limit_of_its_bound_a_logistic_neuron_s_loss_only_falls() -> None:
    for data in (hours(), iris()):
        experiment = Experiment.on(data, loss=CrossEntropy(), iterations=200)
        history = train(replace(experiment, schedule=constant(1.99 / bound(experiment))))
        assert (np.diff(history.loss) < 0).all()


# What follows from the curvatures


def test_the_limits_where_a_run_stands_are_those_of_its_curvatures_there() -> None:
    history = train(network(classes(2), optimiser=Nesterov(0.5), iterations=50))
    eigenvalues = curvatures(history.experiment, history.parameters[30])
    assert eigenvalues[0] < 0
    assert limits_at(history, 30) == limits_with(Nesterov(0.5), eigenvalues)
    assert limits_at(history, 30).stable == exactly(1.5 / eigenvalues[-1])


def test_with_adam_no_curvature_is_a_limit() -> None:
    history = train(network(classes(2), optimiser=Adam(), iterations=5))
    assert limits_at(history, 5) == Limits(math.inf, math.inf, math.inf)


def test_a_silent_rectifier_network_bends_along_its_last_bias_alone() -> None:
    experiment = Experiment.on(classes(1), model=Network(2, RELU), start=[0.0, 0.0, -1.0, -1.0, 1.0, 1.0, 0.3])
    assert curvatures(experiment, np.array(experiment.start)) == exactly([0.0] * 6 + [2.0])


def test_where_the_hessian_is_too_large_for_a_computer_the_sharpness_is_infinite_without_a_warning() -> None:
    experiment = network(sine(), RELU)
    history = replace(train(experiment), parameters=np.array([experiment.start, np.full(10, 1e300)]))
    found = sharpness(history, [0, 1])
    assert np.isfinite(found[0])
    assert found[1] == math.inf


# The edge of stability (Cohen et al. 2021): above it a step overshoots, and the run comes back to it by itself


@cache
def on_the_sine(learning_rate: float) -> History:
    model = Network(8)
    start, schedule = tuple(model.start(1, seed=1).tolist()), constant(learning_rate)
    return train(Experiment(sine(), model, start, schedule, 2_000, loss=SquaredError()))


def shares_of_the_edge(learning_rate: float, iterations: list[int]) -> Array:
    """The sharpness in limits: 1 where the rate is exactly 2 / sharpness."""
    return sharpness(on_the_sine(learning_rate), iterations) * learning_rate / 2


@pytest.mark.parametrize(
    ("learning_rate", "shares"),
    [
        (0.05, [0.24, 0.46, 0.54, 0.56]),
        (0.1, [0.47, 1.08, 1.02, 0.99]),
        (0.2, [0.94, 1.00, 0.99, 0.96]),
        (0.3, [1.41, 1.02, 1.01, 1.00]),
    ],
)
def test_the_sharpness_on_the_way_is_the_published_one(learning_rate: float, shares: list[float]) -> None:
    assert shares_of_the_edge(learning_rate, [0, 500, 1_000, 2_000]) == pytest.approx(shares, abs=0.011)


@pytest.mark.parametrize("learning_rate", [0.1, 0.2, 0.3])
def test_from_iteration_1000_on_a_network_trains_at_the_edge_of_stability(learning_rate: float) -> None:
    found = shares_of_the_edge(learning_rate, list(range(1_000, 2_001, 50)))
    assert found == pytest.approx(np.ones(21), abs=0.1)


@pytest.mark.parametrize("learning_rate", [0.1, 0.2, 0.3])
def test_at_the_edge_the_loss_is_not_monotone_and_falls_all_the_same(learning_rate: float) -> None:
    loss = on_the_sine(learning_rate).loss
    assert (np.diff(loss) > 0).any()
    assert loss[1_000:].max() < loss[0] / 10
    assert loss[1_500:].mean() < loss[1_000:1_500].mean()


def test_far_below_the_edge_the_loss_only_falls_while_the_sharpness_grows() -> None:
    found = shares_of_the_edge(0.05, list(range(100, 2_001, 100)))
    assert (np.diff(found) > -0.01).all()
    assert found.max() < 0.6
    assert (np.diff(on_the_sine(0.05).loss) < 0).all()


def test_at_a_rate_of_0_4_the_same_network_explodes() -> None:
    # When, depends on the last bits: moving the start by 1e-12 of itself moves it between 230 and 300.
    exploded = on_the_sine(0.4).diverged_at
    assert exploded is not None
    assert 200 < exploded < 400


def test_the_tips_in_dollars_have_the_sharpness_that_is_published() -> None:
    assert sharpness(train(Experiment.on(tips(), iterations=1)), [1]) == pytest.approx([942.488336], rel=1e-8)
