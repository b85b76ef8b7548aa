import math
from dataclasses import FrozenInstanceError, dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import Array
from core.data.builtin import celsius, tips, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR, SquaredError
from core.neuron import Neuron
from core.optimisers import GradientDescent, State, update
from core.schedule import constant
from core.stepping import steps
from core.training import OUTPUTS_AT_ONCE, History, finite_history, losses, train
from tests.core.experiments import ALL, at_share, exactly, experiments, known, quickly, samples

# iteration, weight, bias, loss, from weight = bias = 0.5 at learning rate 1e-4
ARTICLE = [
    (0, 0.5, 0.5, 2359.915),
    (1, 0.71356, 0.50617, 1941.4684580492997),
    (2, 0.891520165, 0.512360122, 1650.782810642167),
    (3, 1.0398149895067, 0.5185668019921, 1448.8129445986078),
    (10, 1.5742996408031162, 0.562280780250534, 1023.6937187796024),
    (100, 1.781455164788008, 1.12286388628403, 953.1115729299142),
    (1000, 1.7845095058256757, 6.208317896153659, 665.0113426785309),
    (10000, 1.7974385149673768, 27.73512588225364, 18.183695593848714),
]

# weights after the update as NumPy prints them, output before it
THEANO = [
    ("[19.94 20.09 19.99 20.14]", 0.8),
    ("[23.908 24.058 23.958 24.108]", 80.16000000000001),
    ("[24.7016 24.8516 24.7516 24.9016]", 96.032),
    ("[24.86032 25.01032 24.91032 25.06032]", 99.2064),
    ("[24.892064 25.042064 24.942064 25.092064]", 99.84128),
    ("[24.8984128 25.0484128 24.9484128 25.0984128]", 99.968256),
    ("[24.89968256 25.04968256 24.94968256 25.09968256]", 99.9936512),
    ("[24.89993651 25.04993651 24.94993651 25.09993651]", 99.99873024),
    ("[24.8999873 25.0499873 24.9499873 25.0999873]", 99.99974604799999),
    ("[24.89999746 25.04999746 24.94999746 25.09999746]", 99.99994920960002),
]

THEANO_OUTPUTS = {
    0.01: [0.8, 8.736, 16.03712, 22.7541504],
    0.1: [0.8, 80.16, 96.032, 99.2064],
    0.125: [0.8, 100.0, 100.0, 100.0],
    0.2: [0.8, 159.52, 64.288, 121.4272, 87.14368],
    0.25: [0.8, 199.2, 0.8, 199.2, 0.8, 199.2],
    0.26: [0.8, 207.136, -15.70688, 224.9634304],
}


def run(data: Dataset, **changes: Any) -> History:
    return train(Experiment.on(data, **changes))


@cache
def article() -> History:
    return run(celsius())


def outputs(learning_rate: float, iterations: int) -> Array:
    """What the weighted sum predicts at each iteration."""
    history = run(weighted_sum(), learning_rate=learning_rate, iterations=iterations)
    return history.outputs(list(range(iterations + 1)))[:, 0]


# The articles' numbers


def test_the_article_s_run_gives_the_published_numbers() -> None:
    for iteration, *published in ARTICLE:
        assert [*article().parameters[iteration], article().loss[iteration]] == exactly(published)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((0.0, 0.0), [1.7973978330636586, 27.667390488129286, 18.765874864982006]),
        ((0.8, 0.1), [1.797406003630864, 27.680994487432937, 18.648213602072232]),
    ],
)
def test_the_article_s_run_ends_at_the_published_numbers_from_other_starts(
    start: tuple[float, float], end: list[float]
) -> None:
    history = run(celsius(), start=start)
    assert [*history.parameters[-1], history.loss[-1]] == exactly(end)


@pytest.mark.parametrize(("learning_rate", "iterations"), [(1e-4, 20_720), (1e-3, 2_071), (1.19e-3, 1_740)])
def test_the_article_s_bias_comes_within_half_a_degree_at_the_published_iteration(
    learning_rate: float, iterations: int
) -> None:
    history = run(celsius(), learning_rate=learning_rate, iterations=iterations)
    assert abs(history.bias[-1] - 32) <= 0.5 < abs(history.bias[-2] - 32)


def test_celsius_settles_at_learning_rate_0_0009_where_the_article_s_listing_diverges() -> None:
    assert run(celsius(), learning_rate=0.0009).parameters[-1] == pytest.approx([1.8, 32], rel=1e-6)


def test_the_first_step_of_the_article_s_single_sample_follows_its_gradient() -> None:
    history = run(celsius().only(92), iterations=1)
    assert history.loss[0] == exactly(7413.21)
    assert history.parameters[1] == exactly([1.22324, 0.51722])


def test_summing_over_the_samples_with_a_hundredth_of_the_learning_rate_gives_the_same_run() -> None:
    summed = run(celsius(), learning_rate=1e-6, loss=SquaredError(summed=True))
    assert summed.parameters == exactly(article().parameters)
    assert summed.loss == pytest.approx(article().loss, rel=1e-11)


def test_the_weighted_sum_prints_as_published() -> None:
    history = run(weighted_sum())
    for iteration, (weights, output) in enumerate(THEANO):
        assert np.array2string(history.weights[iteration + 1]) == weights
        assert history.outputs(iteration) == exactly([output])


@pytest.mark.parametrize("learning_rate", THEANO_OUTPUTS)
def test_the_weighted_sum_s_outputs_at_other_learning_rates_are_those_worked_by_hand(learning_rate: float) -> None:
    expected = THEANO_OUTPUTS[learning_rate]
    assert outputs(learning_rate, len(expected) - 1) == exactly(expected)


def test_the_weighted_sum_at_its_limit_bounces_for_a_thousand_iterations() -> None:
    assert outputs(0.25, 1000) == pytest.approx([*[0.8, 199.2] * 500, 0.8], rel=1e-9)


def test_the_weighted_sum_moves_every_weight_by_the_same_amount() -> None:
    weights = run(weighted_sum()).weights
    assert weights - weights[:, :1] == pytest.approx(np.tile([0.0, 0.15, 0.05, 0.2], (11, 1)), abs=1e-12)


# What a history is


def test_each_iteration_is_one_forward_backward_and_update() -> None:
    for data in ALL:
        history = run(data, iterations=20)
        model, inputs = history.experiment.model, history.experiment.model.seen(data.inputs)
        for before, after in zip(history.parameters, history.parameters[1:], strict=False):
            outputs = model.forward(before, inputs)
            gradient = model.backward(before, inputs, outputs, data.targets, MEAN_SQUARED_ERROR)
            assert np.array_equal(update(before, gradient, data.learning_rate), after)


@quickly(30)
@given(experiments(sloping=True), st.sampled_from([0.0, 0.3, 0.9, 1.0, 3.0]), st.integers(0, 30))
def test_the_steps_are_the_states_that_training_keeps(experiment: Experiment, share: float, iterations: int) -> None:
    experiment = at_share(experiment, share, iterations)
    history = train(experiment)
    assert np.array_equal([parameters for parameters, _state in steps(experiment)], history.parameters)
    assert np.array_equal(history.parameters[0], experiment.start)


def test_the_steps_of_an_explosion_go_on_until_no_output_is_finite_and_the_history_until_no_loss_is() -> None:
    experiment = Experiment.on(weighted_sum(), learning_rate=1.0, iterations=10_000)
    with np.errstate(over="ignore", invalid="ignore"):
        taken = [parameters for parameters, _state in steps(experiment)]
    # The loss, a square, overflows at 181; the parameters at about twice that.
    assert len(taken) < 400
    assert np.array_equal(taken[:181], train(experiment).parameters)


def test_the_loss_kept_is_the_mean_squared_error_of_the_outputs_kept() -> None:
    for data in ALL:
        history = run(data, iterations=500)
        expected = [MEAN_SQUARED_ERROR.value(history.outputs(i), data.targets) for i in range(501)]
        assert history.loss == pytest.approx(expected, rel=1e-9, abs=1e-20)


def test_the_losses_of_many_neurons_are_each_neuron_s_own() -> None:
    for beyond in (-1, 0, 1, 2):
        # So many that they are computed in one block, in just one, and in two.
        n_neurons = OUTPUTS_AT_ONCE // 100 + beyond
        parameters = np.column_stack([np.linspace(-3, 3, n_neurons), np.linspace(100, -100, n_neurons)])
        outputs = parameters @ np.vstack([celsius().inputs.T, np.ones(100)])
        expected = ((outputs - celsius().targets) ** 2).mean(axis=1)
        assert losses(Experiment.on(celsius()), parameters) == exactly(expected)


def test_a_history_has_one_float64_entry_an_iteration_and_the_start() -> None:
    for data in ALL:
        history = run(data, iterations=7)
        assert history.parameters.shape == (8, len(data.start))
        assert (history.weights.shape, history.loss.shape) == ((8, data.n_features), (8,))
        assert history.parameters.dtype == history.loss.dtype == np.float64
        assert (history.iterations, history.diverged_at) == (7, None)


def test_weights_and_bias_are_views_of_the_parameters() -> None:
    history = article()
    assert np.shares_memory(history.weights, history.parameters)
    assert np.shares_memory(history.bias, history.parameters)
    assert np.array_equal(np.column_stack([history.weights, history.bias]), history.parameters)


def test_a_history_without_a_bias_says_so() -> None:
    with pytest.raises(IndexError):
        _ = run(weighted_sum()).bias


def test_a_history_predicts_for_its_own_data_and_for_other_inputs() -> None:
    history = article()
    assert history.outputs([0, 1]).shape == (2, 100)
    assert history.outputs(1) == exactly(celsius().inputs[:, 0] * 0.71356 + 0.50617)
    assert history.outputs(1, np.array([[0.0], [100.0]])) == exactly([0.50617, 71.86217])


def test_a_history_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        article().diverged_at = 3  # type: ignore[misc]


def test_a_shorter_run_is_the_beginning_of_a_longer_one() -> None:
    shorter = run(celsius(), iterations=1000)
    assert np.array_equal(shorter.parameters, article().parameters[:1001])
    assert np.array_equal(shorter.loss, article().loss[:1001])


def test_a_state_kept_is_a_start_like_any_other() -> None:
    again = run(celsius(), start=article().parameters[9_900], iterations=100)
    assert np.array_equal(again.parameters, article().parameters[9_900:])


def test_a_schedule_of_two_rates_is_two_runs_one_after_the_other() -> None:
    for data in ALL:
        rates = 0.1 * data.learning_rate, data.learning_rate
        scheduled = train(replace(Experiment.on(data), schedule=((0, rates[0]), (30, rates[1])), iterations=80))
        first = run(data, learning_rate=rates[0], iterations=30)
        second = run(data, start=first.parameters[-1], learning_rate=rates[1], iterations=50)
        assert np.array_equal(scheduled.parameters, [*first.parameters, *second.parameters[1:]])


@dataclass(frozen=True)
class OnlySigns(GradientDescent):
    """An optimiser that asks the gradient for the way alone, not how steep it is."""

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        return parameters - learning_rate * np.sign(gradient), state


def test_another_optimiser_takes_other_steps() -> None:
    history = run(celsius(), learning_rate=0.25, iterations=3, optimiser=OnlySigns())
    assert history.parameters.tolist() == [[0.5, 0.5], [0.75, 0.75], [1.0, 1.0], [1.25, 1.25]]


# What never happens


def test_equal_experiments_give_equal_histories_and_change_nothing() -> None:
    for data in ALL:
        experiment, untouched = Experiment.on(data, iterations=500), replace(data)
        first, second = train(experiment), train(Experiment.on(untouched, iterations=500))
        assert np.array_equal(first.parameters, second.parameters)
        assert np.array_equal(first.loss, second.loss)
        assert experiment == Experiment.on(untouched, iterations=500)


def test_zero_iterations_give_the_start_alone() -> None:
    for data in ALL:
        history = run(data, iterations=0)
        assert (history.parameters.tolist(), history.loss.shape) == ([data.start.tolist()], (1,))
        assert history.diverged_at is None


def test_a_learning_rate_of_zero_changes_nothing() -> None:
    for data in ALL:
        assert np.array_equal(run(data, learning_rate=0.0, iterations=50).parameters, np.tile(data.start, (51, 1)))


def test_a_start_at_the_optimum_stays_there() -> None:
    for data in ALL:
        best = known(Experiment.on(data)).best(data.start)
        history = run(data, start=best, iterations=1000)
        assert history.parameters == pytest.approx(np.tile(best, (1001, 1)), rel=1e-9)


def test_training_never_prints(capfd: pytest.CaptureFixture[str]) -> None:
    run(celsius(), learning_rate=1.0, iterations=1000)
    assert capfd.readouterr() == ("", "")


# Explosions


# At learning rate 1 each step of the weighted sum multiplies its error, 99.2, by 1 - 8 = -7 and its loss by 49:
# 99.2^2 * 49^180 = 1.6917e308 is the last loss below the largest float, 1.7977e308.
@pytest.mark.parametrize(("iterations", "diverged_at"), [(1000, 181), (181, 181), (180, None)])
def test_a_run_ends_before_the_iteration_at_which_its_loss_overflows(iterations: int, diverged_at: int | None) -> None:
    history = run(weighted_sum(), learning_rate=1.0, iterations=iterations)
    assert (history.iterations, history.diverged_at) == (180, diverged_at)
    assert history.loss[-1] == pytest.approx(1.6916781870720008e308, rel=1e-9)


@pytest.mark.parametrize("data", [celsius(), tips()], ids=["celsius", "tips"])
def test_divergence_is_a_finite_history_without_warning_or_exception(data: Dataset) -> None:
    for learning_rate in (0.003, 0.1, 1e10, 1e300, 1e308, -1.0, -1e308):
        history = run(data, learning_rate=learning_rate)
        assert history.diverged_at == history.iterations + 1
        assert np.isfinite(history.parameters).all()
        assert np.isfinite(history.loss).all()


def test_a_learning_rate_that_overflows_at_once_leaves_only_the_start() -> None:
    history = run(celsius(), learning_rate=1e308, iterations=10)
    assert (history.parameters.tolist(), history.diverged_at) == ([[0.5, 0.5]], 1)


def test_a_start_with_an_infinite_loss_has_diverged_at_0_and_is_kept() -> None:
    for iterations in (0, 1, 100):
        history = run(celsius(), start=(1e300, 0.5), iterations=iterations)
        assert (history.parameters.tolist(), history.loss.tolist()) == ([[1e300, 0.5]], [math.inf])
        assert (history.iterations, history.diverged_at) == (0, 0)
        assert np.isfinite(history.outputs(0)).all()


def test_a_start_with_an_infinite_loss_has_diverged_even_where_one_step_would_land() -> None:
    history = run(weighted_sum([1.0]), start=[1e200], learning_rate=0.5)
    assert (history.diverged_at, history.iterations) == (0, 0)


@dataclass(frozen=True)
class Counting(Neuron):
    """A neuron that notes how often it predicts for a single state."""

    def forward(self, parameters: Array, inputs: Array) -> Array:
        CALLS.append(parameters.ndim)
        return super().forward(parameters, inputs)


CALLS: list[int] = []


def test_a_diverged_run_soon_stops_computing() -> None:
    CALLS.clear()
    run(weighted_sum(), model=Counting(has_bias=False), learning_rate=1.0, iterations=10_000)
    assert 180 < CALLS.count(1) < 400


# These weights cancel, but whether their sum passes through infinity depends on the order of the additions.
@pytest.mark.parametrize("weights", [[1.2e308, 1.2e308, -1.2e308, -1.2e308], [1.2e308, -1.2e308, -1.2e308, 1.2e308]])
def test_a_run_that_ends_early_always_says_that_it_diverged(weights: list[float]) -> None:
    history = run(weighted_sum(), start=weights)
    assert (history.iterations < 10) == (history.diverged_at is not None)


def test_a_history_that_breaks_off_with_finite_losses_has_diverged_all_the_same() -> None:
    data = samples([[1.0]], [0.0], has_bias=False)
    history = finite_history(Experiment.on(data), np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 4.0, 9.0]))
    assert (history.parameters.tolist(), history.diverged_at) == ([[1.0], [2.0]], 2)


@pytest.mark.parametrize("factor", [1.0, 1 / 100])
def test_a_summed_run_explodes_as_the_averaged_one_does(factor: float) -> None:
    averaged = run(celsius(), learning_rate=factor)
    summed = train(replace(averaged.experiment, loss=SquaredError(summed=True), schedule=constant(factor / 100)))
    assert summed.diverged_at == averaged.diverged_at is not None
