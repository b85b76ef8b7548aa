import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.checks import Array
from core.closed_form import Errors, errors, errors_at, final_losses, parameter_vector, settles_at, trajectory
from core.datasets import DATASETS, Dataset, celsius, tips, weighted_sum
from core.learning_rate import eigenvalues, exact_fit, limits
from core.neuron import Neuron
from core.training import History, train

EVERY = pytest.mark.parametrize("slug", DATASETS)
EVERY_SHARE = pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.5, 0.8, 0.999, 1.0, 1.001, 1.5, 10.0])
HALF_A_DEGREE = 0.5


def quickly(examples: int) -> settings:
    return settings(deadline=None, derandomize=True, max_examples=examples)


def without_bias(inputs: Array, targets: Array) -> Dataset:
    return replace(
        weighted_sum(inputs[0]), inputs=inputs, targets=targets, start=Neuron(np.zeros(inputs.shape[1]), 0.0)
    )


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    n_samples, n_features = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    numbers = st.integers(-10, 10).map(float)
    dataset = without_bias(
        draw(arrays(np.float64, (n_samples, n_features), elements=numbers)),
        draw(arrays(np.float64, n_samples, elements=numbers)),
    )
    dataset = replace(dataset, trains_bias=draw(st.booleans()))
    assume(math.isfinite(limits(dataset).stable))
    weights = draw(arrays(np.float64, n_features, elements=st.integers(-50, 50).map(float)))
    return replace(dataset, start=Neuron(weights, float(draw(st.integers(-50, 50)))))


def shares() -> st.SearchStrategy[float]:
    """Learning rates in all regimes, as multiples of the largest stable one."""
    return st.sampled_from([0.0, 0.01, 0.05, 0.3, 0.5, 0.75, 0.9, 0.99, 1.0, 1.01, 1.1, 1.5, 3.0])


def table(dataset: Dataset, history: History) -> Array:
    return np.array([parameter_vector(dataset, history.neuron(i)) for i in range(history.iterations + 1)])


def largest_met(dataset: Dataset, history: History) -> float:
    return float(np.abs(table(dataset, history)).max(initial=1.0))


def rate_at(dataset: Dataset, share: float) -> float:
    return share * limits(dataset).stable


def of_one_direction(start: float, eigenvalue: float) -> Errors:
    return Errors(np.array([eigenvalue]), np.eye(1), np.array([start]), np.zeros(1), 0.0)


@cache
def long_run(slug: str) -> History:
    dataset = DATASETS[slug]()
    return train(dataset, dataset.start, rate_at(dataset, 0.9), 30_000)


def explosions(dataset: Dataset, share: float) -> tuple[int | None, int | None, float]:
    """When the stepped run and the closed form diverge, and by how many iterations they may differ.

    The stepped run adds the squares before it divides them by n, so its loss overflows as many steps earlier as the
    loss needs to become n times as large.
    """
    stepped, formula = (way(dataset, dataset.start, rate_at(dataset, share), 2000) for way in (train, trajectory))
    growth = abs(1 - 2 * share)
    may_differ = 1 + math.log(dataset.n_samples) / (2 * math.log(growth)) if growth > 1 else 0
    return stepped.diverged_at, formula.diverged_at, may_differ


def brute_force(dataset: Dataset, history: History, tolerance: float) -> list[int | None]:
    """The iteration after the last one outside the tolerance, for each parameter; None where the run ends outside."""
    away = np.abs(table(dataset, history) - parameter_vector(dataset, exact_fit(dataset, history.neuron(0))))
    found: list[int | None] = []
    for column in away.T:
        outside = np.flatnonzero(column > tolerance)
        last = int(outside[-1]) if outside.size else -1
        found.append(last + 1 if last < history.iterations else None)
    return found


@quickly(200)
@given(datasets(), shares(), st.integers(0, 200))
def test_the_stepped_run_and_the_closed_form_have_the_same_parameters(
    dataset: Dataset, share: float, iterations: int
) -> None:
    rate = rate_at(dataset, share)
    stepped, formula = (way(dataset, dataset.start, rate, iterations) for way in (train, trajectory))
    n = min(stepped.iterations, formula.iterations) + 1
    difference = np.abs(table(dataset, stepped)[:n] - table(dataset, formula)[:n])
    assert difference.max() <= 1e-8 * largest_met(dataset, stepped)


@quickly(100)
@given(datasets(), shares(), st.integers(0, 200))
def test_the_stepped_run_and_the_closed_form_have_the_same_losses(
    dataset: Dataset, share: float, iterations: int
) -> None:
    rate = rate_at(dataset, share)
    stepped, formula = (way(dataset, dataset.start, rate, iterations) for way in (train, trajectory))
    assert formula.loss == pytest.approx(stepped.loss, rel=1e-7, abs=1e-7 * float(stepped.loss.max()))


@quickly(60)
@given(datasets(), st.sampled_from([1.5, 3.0, 10.0, 1e6, 1e100]))
def test_the_stepped_run_and_the_closed_form_diverge_at_the_same_iteration(dataset: Dataset, share: float) -> None:
    steepest = errors(dataset, dataset.start).start[-1]
    assume(abs(steepest) > 1e-6)  # else the error that grows is rounding, and each way has a rounding of its own
    stepped, formula, may_differ = explosions(dataset, share)
    assert stepped is not None
    assert formula is not None
    assert abs(formula - stepped) <= may_differ


@EVERY
@EVERY_SHARE
def test_each_data_set_s_stepped_run_and_closed_form_agree(slug: str, share: float) -> None:
    dataset = DATASETS[slug]()
    rate = rate_at(dataset, share)
    stepped, formula = (way(dataset, dataset.start, rate, 2000) for way in (train, trajectory))
    n = min(stepped.iterations, formula.iterations) + 1
    difference = np.abs(table(dataset, stepped)[:n] - table(dataset, formula)[:n])
    assert difference.max() <= 1e-8 * largest_met(dataset, stepped)


@EVERY
@EVERY_SHARE
def test_each_data_set_s_stepped_run_and_closed_form_diverge_together(slug: str, share: float) -> None:
    stepped, formula, may_differ = explosions(DATASETS[slug](), share)
    assert (stepped is None) == (formula is None)
    assert abs((stepped or 0) - (formula or 0)) <= may_differ


def test_the_article_s_run_ends_in_closed_form_at_the_published_numbers() -> None:
    history = trajectory(celsius(), celsius().start, 1e-4, 10_000)
    assert history.weights[-1, 0] == pytest.approx(1.7974385149673768, rel=1e-11)
    assert history.bias[-1] == pytest.approx(27.73512588225364, rel=1e-11)
    assert history.loss[-1] == pytest.approx(18.183695593848714, rel=1e-10)


def test_the_first_iteration_of_the_closed_form_is_the_start() -> None:
    history = trajectory(weighted_sum(), weighted_sum().start, 0.1, 3)
    assert history.weights[0] == pytest.approx([0.1, 0.25, 0.15, 0.3], rel=1e-12)


def test_a_closed_form_without_iterations_holds_the_start_only() -> None:
    history = trajectory(celsius(), celsius().start, 1e-4, 0)
    assert (history.weights.shape, history.bias.shape, history.loss.shape) == ((1, 1), (1,), (1,))


def test_a_bias_that_is_not_trained_stays_where_it_starts() -> None:
    history = trajectory(weighted_sum(), Neuron(np.zeros(4), 7.0), 0.1, 5)
    assert history.bias.tolist() == [7.0] * 6


def test_the_closed_form_of_flat_data_stays_at_its_start() -> None:
    dataset = weighted_sum([0.0, 0.0])
    assert trajectory(dataset, dataset.start, 1e9, 3).weights.tolist() == [[0.1, 0.25]] * 4


@quickly(100)
@given(datasets(), st.lists(shares(), min_size=1, max_size=6), st.integers(0, 200))
def test_the_final_losses_are_those_of_the_trajectories(dataset: Dataset, many: list[float], iterations: int) -> None:
    rates = limits(dataset).stable * np.array(many)
    found = final_losses(dataset, dataset.start, rates, iterations)
    expected = [trajectory(dataset, dataset.start, rate, iterations).loss[-1] for rate in rates.tolist()]
    assert found == pytest.approx(np.array(expected), rel=1e-9, abs=1e-12)


@EVERY
@EVERY_SHARE
def test_a_final_loss_is_the_last_loss_of_the_stepped_run(slug: str, share: float) -> None:
    dataset = DATASETS[slug]()
    rate = rate_at(dataset, share)
    (found,) = final_losses(dataset, dataset.start, np.array([rate]), 100)
    history = train(dataset, dataset.start, rate, 100)
    assert found == pytest.approx(history.loss[-1], rel=1e-8, abs=1e-10 * float(history.loss[0]))


@EVERY
def test_the_final_loss_of_a_run_that_explodes_is_infinite(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert final_losses(dataset, dataset.start, np.array([rate_at(dataset, 3.0)]), 10_000).tolist() == [math.inf]


@EVERY
def test_the_final_loss_of_a_run_that_explodes_at_once_is_infinite(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert final_losses(dataset, dataset.start, np.array([1e300]), 10).tolist() == [math.inf]


@EVERY
def test_the_final_loss_at_learning_rate_0_is_the_first_loss(slug: str) -> None:
    dataset = DATASETS[slug]()
    (found,) = final_losses(dataset, dataset.start, np.array([0.0]), 10_000)
    assert found == pytest.approx(train(dataset, dataset.start, 0.0, 0).loss[0], rel=1e-9)


def test_final_losses_have_one_entry_for_each_learning_rate() -> None:
    assert final_losses(tips(), tips().start, np.geomspace(1e-6, 1.0, 300), 10_000).shape == (300,)


def test_from_the_best_neuron_no_learning_rate_leaves_more_than_the_least_loss() -> None:
    dataset = weighted_sum()
    start = Neuron(np.array([10.0, 20.0, 30.0, 40.0]), 0.0)
    assert final_losses(dataset, start, np.array([0.1, 0.25, 0.3]), 10).max() < 1e-20


@EVERY
def test_the_errors_are_the_way_from_the_best_neuron_to_the_start(slug: str) -> None:
    dataset = DATASETS[slug]()
    parts = errors(dataset, dataset.start)
    assert parts.best + parts.directions @ parts.start == pytest.approx(parameter_vector(dataset, dataset.start))


@EVERY
def test_the_directions_of_the_errors_are_orthonormal(slug: str) -> None:
    directions = errors(DATASETS[slug](), DATASETS[slug]().start).directions
    assert directions.T @ directions == pytest.approx(np.eye(len(directions)), abs=1e-12)


@quickly(100)
@given(datasets())
def test_nothing_is_missing_along_a_direction_without_slope(dataset: Dataset) -> None:
    parts = errors(dataset, dataset.start)
    flat = parts.start[parts.eigenvalues == 0]
    assert flat == pytest.approx(np.zeros(len(flat)), abs=1e-10)


def test_an_error_is_multiplied_by_the_same_factor_at_each_step() -> None:
    found = errors_at(of_one_direction(8.0, 1.0), 0.5, np.arange(4.0))
    assert found.tolist() == [[8.0], [4.0], [2.0], [1.0]]


def test_an_error_with_a_negative_factor_changes_sides_at_each_step() -> None:
    found = errors_at(of_one_direction(8.0, 1.0), 1.5, np.arange(4.0))
    assert found.tolist() == [[8.0], [-4.0], [2.0], [-1.0]]


def test_each_direction_has_a_factor_of_its_own() -> None:
    parts = Errors(np.array([1.0, 3.0]), np.eye(2), np.array([4.0, 9.0]), np.zeros(2), 0.0)
    assert errors_at(parts, 0.5, np.array([0.0, 2.0])).tolist() == [[4.0, 9.0], [1.0, 2.25]]


def test_an_error_of_zero_stays_zero_even_by_an_infinite_factor() -> None:
    with np.errstate(over="ignore"):
        assert errors_at(of_one_direction(0.0, 1e10), 1e300, np.array([0.0, 5.0])).tolist() == [[0.0], [0.0]]


def test_errors_that_stand_still_are_the_start_s_at_every_iteration() -> None:
    assert errors_at(of_one_direction(8.0, 0.0), 0.5, np.array([0.0, 7.0])).tolist() == [[8.0], [8.0]]


@pytest.mark.parametrize(("learning_rate", "iterations"), [(1e-4, 20_720), (1e-3, 2_071), (1.19e-3, 1_740)])
def test_the_bias_of_celsius_settles_at_the_published_iteration(learning_rate: float, iterations: int) -> None:
    assert settles_at(errors(celsius(), celsius().start), learning_rate, HALF_A_DEGREE)[1] == iterations


@quickly(60)
@given(datasets(), st.sampled_from([0.05, 0.3, 0.5, 0.75, 0.9, 0.97]), st.floats(0.01, 20.0))
def test_a_parameter_settles_where_a_search_through_a_long_run_finds_it(
    dataset: Dataset, share: float, tolerance: float
) -> None:
    sloping = eigenvalues(dataset)[eigenvalues(dataset) > 0]
    assume(sloping[-1] < 20 * sloping[0])  # so that everything settles within the run
    rate = rate_at(dataset, share)
    history = train(dataset, dataset.start, rate, 3_000)
    # A distance that equals the tolerance may be rounded to either side of it.
    expected, lower, upper = (brute_force(dataset, history, tolerance * near) for near in (1, 1 + 1e-9, 1 - 1e-9))
    assume(lower == expected == upper)
    assert settles_at(errors(dataset, dataset.start), rate, tolerance) == expected


@EVERY
@pytest.mark.parametrize("tolerance", [0.5, 0.01, 1e-4])
def test_each_data_set_settles_where_a_search_through_its_run_finds_it(slug: str, tolerance: float) -> None:
    dataset = DATASETS[slug]()
    expected = brute_force(dataset, long_run(slug), tolerance)
    assert settles_at(errors(dataset, dataset.start), rate_at(dataset, 0.9), tolerance) == expected


def test_a_parameter_that_first_walks_away_settles_when_it_is_back_for_good() -> None:
    # Celsius' weight starts at its best value, and is dragged off it by the bias.
    start = Neuron(np.array([1.8]), 0.5)
    (weight, _) = settles_at(errors(celsius(), start), 1e-4, 0.001)
    assert weight == brute_force(celsius(), train(celsius(), start, 1e-4, 40_000), 0.001)[0]
    assert weight is not None
    assert weight > 1000


@EVERY
@pytest.mark.parametrize("share", [1 + 1e-9, 1.1, 10.0, 1e300])
def test_a_run_that_diverges_never_settles(slug: str, share: float) -> None:
    dataset = DATASETS[slug]()
    assert set(settles_at(errors(dataset, dataset.start), rate_at(dataset, share), 0.5)) == {None}


@EVERY
def test_at_learning_rate_0_nothing_settles(slug: str) -> None:
    dataset = DATASETS[slug]()
    assert set(settles_at(errors(dataset, dataset.start), 0.0, 0.01)) == {None}


def test_exactly_at_the_limit_nothing_settles() -> None:
    assert settles_at(errors(weighted_sum(), weighted_sum().start), 0.25, 0.5) == [None] * 4


def test_one_direction_exactly_at_its_limit_never_settles() -> None:
    assert settles_at(of_one_direction(1.0, 2.0), 1.0, 0.5) == [None]


@EVERY
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_from_a_start_that_is_near_enough_everything_has_settled_at_iteration_0(slug: str, share: float) -> None:
    dataset = DATASETS[slug]()
    assert set(settles_at(errors(dataset, dataset.start), rate_at(dataset, share), 1e6)) == {0}


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_what_starts_near_enough_and_never_grows_has_settled_at_iteration_0(share: float) -> None:
    assert settles_at(of_one_direction(0.5, 2.0), share, 0.5) == [0]


def test_a_step_that_does_it_all_settles_at_iteration_1() -> None:
    assert settles_at(of_one_direction(8.0, 2.0), 0.5, 1e-6) == [1]


def test_a_distance_of_exactly_the_tolerance_is_near_enough() -> None:
    assert settles_at(of_one_direction(8.0, 1.0), 0.5, 1.0) == [3]


@pytest.mark.parametrize(("tolerance", "expected"), [(1.0, 0), (0.5, 1), (2.0**-40, 40)])
def test_halving_at_each_step_settles_after_as_many_halvings(tolerance: float, expected: int) -> None:
    assert settles_at(of_one_direction(1.0, 1.0), 0.5, tolerance) == [expected]


def test_a_direction_at_rest_does_not_keep_the_others_from_settling() -> None:
    parts = Errors(np.array([0.0, 1.0]), np.eye(2), np.array([0.0, 8.0]), np.zeros(2), 0.0)
    assert settles_at(parts, 0.5, 1.0) == [0, 3]


def test_settling_is_found_a_billion_iterations_beyond_any_run() -> None:
    # (1 - 1e-9)^k = 1/2 at k = ln 2 * 1e9
    (found,) = settles_at(of_one_direction(1.0, 1.0), 1e-9, 0.5)
    assert found == pytest.approx(math.log(2) * 1e9, rel=1e-6)


def test_flat_data_from_any_start_have_settled_at_iteration_0() -> None:
    dataset = weighted_sum([0.0, 0.0])
    assert settles_at(errors(dataset, dataset.start), 1.0, 1e-9) == [0, 0]


def test_the_parameters_of_a_neuron_with_a_bias_end_with_it() -> None:
    assert parameter_vector(celsius(), Neuron(np.array([2.0]), 3.0)).tolist() == [2.0, 3.0]


def test_a_bias_that_is_not_trained_is_no_parameter() -> None:
    assert parameter_vector(weighted_sum(), Neuron(np.array([1.0, 2.0, 3.0, 4.0]), 5.0)).tolist() == [
        1.0,
        2.0,
        3.0,
        4.0,
    ]


def test_the_least_loss_of_the_errors_is_that_of_the_best_line() -> None:
    assert errors(tips(), tips().start).best_loss == pytest.approx(1.036019442, abs=5e-10)
