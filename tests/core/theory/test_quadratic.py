import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.checks import Array
from core.data.builtin import celsius, tips, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.differences import gradient_at
from core.lesson.suspects import SUSPECTS, SuspectNeuron
from core.losses import SquaredError
from core.schedule import constant
from core.theory.quadratic import quadratic, theory
from core.training import losses, train
from tests.core.experiments import ALL, EVERY, at_share, exactly, experiments, known, quickly, samples

SHARES = [0.0, 0.02, 0.3, 0.5, 0.8, 0.999, 1.0, 1.001, 1.5, 10.0]
FLAT = weighted_sum([0.0, 0.0])


def shares() -> st.SearchStrategy[float]:
    """Learning rates in all regimes, as multiples of the largest stable one."""
    return st.sampled_from([0.0, 0.01, 0.05, 0.3, 0.5, 0.75, 0.9, 0.99, 1.0, 1.01, 1.1, 1.5, 3.0])


def on(data: Dataset, *, summed: bool = False) -> Experiment:
    return Experiment.on(data, loss=SquaredError(summed=summed))


def steepest_direction_from_the_best(experiment: Experiment) -> Experiment:
    parts = known(experiment)
    return replace(experiment, start=tuple(parts.best(np.array(experiment.start)) + parts.directions[:, -1]))


def assert_alike(experiment: Experiment) -> None:
    """The stepped run and the closed form agree, and where they explode, they do so together.

    The two round differently, so on the brink one of them may overflow a step or two before the other.
    """
    stepped, formula = train(experiment), known(experiment).trajectory(experiment)
    n = min(len(stepped.loss), len(formula.loss))
    far = float(np.abs(stepped.parameters).max(initial=1.0))
    assert np.abs(stepped.parameters[:n] - formula.parameters[:n]).max() <= 1e-8 * far
    assert formula.loss[:n] == pytest.approx(stepped.loss[:n], rel=1e-7, abs=1e-7 * float(stepped.loss[:n].max()))
    assert (stepped.diverged_at is None) == (formula.diverged_at is None)
    assert abs((stepped.diverged_at or 0) - (formula.diverged_at or 0)) <= may_differ(experiment)


def may_differ(experiment: Experiment) -> float:
    """By how many iterations the two explosions may differ.

    The stepped run adds the squares before it divides them by n, so its loss overflows as many steps earlier as the
    loss needs to become n times as large.
    """
    growth = abs(1 - experiment.learning_rate * known(experiment).eigenvalues[-1])
    return 1 + math.log(experiment.data.n_samples) / (2 * math.log(growth)) if growth > 1 else 0


# Which experiments have a theory


def test_the_theory_of_equal_data_is_made_once() -> None:
    one, other = Experiment.on(celsius()), Experiment.on(celsius(), start=(7.0, 7.0), learning_rate=0.1, iterations=3)
    assert theory(one) is theory(other)
    assert theory(one) is not theory(Experiment.on(tips()))
    assert theory(one) is not theory(replace(one, loss=SquaredError(summed=True)))


def test_what_a_suspect_follows_has_no_theory() -> None:
    for suspect in SUSPECTS:
        assert theory(Experiment.on(celsius(), model=SuspectNeuron(suspect=suspect))) is None


def test_the_theory_of_data_alone_is_that_of_a_neuron_with_the_data_s_bias() -> None:
    assert quadratic(weighted_sum([2.0, 3.0])).inputs.tolist() == [[2.0, 3.0]]
    assert quadratic(samples([[3.0], [4.0]], [1.0, 2.0])).inputs.tolist() == [[3.0, 1.0], [4.0, 1.0]]


# Curvature and limits


def test_the_hessians_are_the_published_ones() -> None:
    assert quadratic(celsius()).hessian == exactly(np.array([[1667.0, -1.0], [-1.0, 2.0]]))
    assert quadratic(weighted_sum()).hessian.tolist() == [[2.0] * 4] * 4


@quickly()
@given(experiments())
def test_the_hessian_equals_the_differences_of_the_gradient(experiment: Experiment) -> None:
    # The gradient is linear, so a difference over any width is exact.
    moves = np.eye(len(experiment.start))
    slopes = np.array([gradient_at(experiment, move) - gradient_at(experiment, -move) for move in moves]) / 2
    found = known(experiment)
    assert found.hessian * found.summands == pytest.approx(slopes, rel=1e-9, abs=1e-9)


@quickly()
@given(experiments())
def test_eigenvalues_and_directions_take_the_hessian_apart(experiment: Experiment) -> None:
    found = known(experiment)
    size = len(experiment.start)
    assert found.directions.T @ found.directions == pytest.approx(np.eye(size), abs=1e-12)
    together = found.directions * found.eigenvalues @ found.directions.T
    assert together == pytest.approx(found.hessian * found.summands, abs=1e-12 * max(1, found.eigenvalues[-1] * size))


def test_the_eigenvalues_of_celsius_are_the_published_ones() -> None:
    # Of [[1667, -1], [-1, 2]]: (1669 +- sqrt(1665^2 + 4)) / 2
    expected = [(1669 - math.sqrt(1665**2 + 4)) / 2, (1669 + math.sqrt(1665**2 + 4)) / 2]
    assert quadratic(celsius()).eigenvalues == pytest.approx(expected, rel=1e-11)
    assert expected == pytest.approx([1.9993994, 1667.0006006], abs=5e-8)


def test_the_eigenvalues_of_the_weighted_sum_are_three_exact_zeros_and_8() -> None:
    assert quadratic(weighted_sum()).eigenvalues.tolist()[:3] == [0.0, 0.0, 0.0]
    assert quadratic(weighted_sum()).sloping == exactly([8.0])


def test_the_eigenvalues_of_the_tips_are_the_published_ones() -> None:
    assert quadratic(tips()).eigenvalues == pytest.approx([0.33497765, 942.488336], rel=1e-8)


def test_the_condition_numbers_are_the_published_ones_and_leave_out_the_zeros() -> None:
    assert quadratic(celsius()).condition_number == pytest.approx(833.75, abs=0.005)
    assert quadratic(weighted_sum()).condition_number == exactly(1.0)
    assert quadratic(FLAT).condition_number == math.inf


def test_the_limits_of_celsius_are_the_published_ones() -> None:
    limits = quadratic(celsius()).limits
    expected = [0.000599879807865601, 0.0011983223487118033, 0.001199759615731202]
    assert [limits.monotone, limits.fastest, limits.stable] == exactly(expected)


def test_the_limits_of_the_tips_are_the_published_ones_and_those_of_the_moments_worked_by_hand() -> None:
    # The larger root of the characteristic polynomial of 2 [[m2, m1], [m1, 1]], where m are the bills' moments.
    bills = tips().inputs[:, 0]
    m1, m2 = math.fsum(bills) / 244, math.fsum(bills**2) / 244
    smallest, largest = (m2 + 1 + sign * math.sqrt((m2 - 1) ** 2 + 4 * m1**2) for sign in (-1, 1))
    limits = quadratic(tips()).limits
    assert [limits.monotone, limits.fastest, limits.stable] == exactly(
        [1 / largest, 2 / (smallest + largest), 2 / largest]
    )
    assert limits.stable == pytest.approx(0.002122042, rel=1e-6)


def test_the_limits_of_the_weighted_sum_follow_the_sum_of_the_features_squares() -> None:
    limits = quadratic(weighted_sum()).limits
    assert [limits.monotone, limits.fastest, limits.stable] == exactly([0.125, 0.125, 0.25])
    assert quadratic(weighted_sum([3.0, 4.0])).limits.stable == exactly(1 / 25)
    assert quadratic(FLAT).limits.stable == math.inf


def test_the_limits_of_the_summed_gradient_are_n_times_smaller() -> None:
    for data in ALL:
        averaged, summed = (known(on(data, summed=summed)).limits for summed in (False, True))
        n = data.n_samples
        assert vars(summed) == exactly({name: limit / n for name, limit in vars(averaged).items()})
        assert summed.regime(summed.stable) is averaged.regime(averaged.stable)


# At the limits


@EVERY
def test_just_below_the_stable_limit_the_loss_falls_and_just_above_it_grows_at_each_iteration(data: Dataset) -> None:
    for summed in (False, True):
        experiment = steepest_direction_from_the_best(on(data, summed=summed))
        below, above = (train(at_share(experiment, share, 10_000)).loss for share in (1 - 1e-5, 1 + 1e-5))
        assert len(below) == len(above) == 10_001
        assert (np.diff(below) < 0).all()
        assert (np.diff(above) > 0).all()


@EVERY
def test_at_the_stable_limit_the_loss_bounces_for_10_000_iterations(data: Dataset) -> None:
    loss = train(at_share(steepest_direction_from_the_best(on(data)), 1.0, 10_000)).loss
    assert loss == pytest.approx(np.full(10_001, loss[0]), rel=1e-6)


def test_only_above_the_monotone_limit_a_step_jumps_over_the_best_line() -> None:
    for data in ALL:
        experiment = steepest_direction_from_the_best(on(data))
        best = known(experiment).best(data.start)
        for share in (0.5 - 1e-5, 0.5 + 1e-5):
            before, after = train(at_share(experiment, share, 1)).parameters - best
            assert (before @ after < 0) == (share > 0.5)


def test_in_the_long_run_no_tried_rate_brings_celsius_nearer_than_the_fastest() -> None:
    fastest = quadratic(celsius()).limits.fastest

    def distance(share: float) -> float:
        end = train(Experiment.on(celsius(), learning_rate=share * fastest, iterations=5_000)).parameters[-1]
        return math.dist(end, (1.8, 32))

    assert distance(1.0) < min(map(distance, (0.5, 0.9, 0.999, 1.001)))


# What is best


def test_the_best_parameters_equal_numpy_s_least_squares() -> None:
    for data in ALL:
        design = np.hstack([data.inputs, np.ones((data.n_samples, int(data.has_bias)))])
        expected = np.linalg.lstsq(design, data.targets, rcond=None)[0]
        assert quadratic(data).best(np.zeros(len(data.start))) == exactly(expected)


@quickly()
@given(experiments())
def test_the_best_parameters_have_no_gradient_and_no_neighbour_with_a_smaller_loss(experiment: Experiment) -> None:
    found, moves = known(experiment), 1e-3 * np.eye(len(experiment.start))
    best = found.best(np.array(experiment.start))
    assert np.abs(gradient_at(experiment, best)).max() < 1e-8
    around = losses(experiment, np.vstack([best + moves, best - moves]))
    assert around.min() >= losses(experiment, best[np.newaxis])[0] - 1e-11
    assert found.best_loss == pytest.approx(losses(experiment, best[np.newaxis])[0], rel=1e-9, abs=1e-11)


def test_the_best_of_each_data_set_is_the_published_one() -> None:
    assert quadratic(celsius()).best(np.array([-7.0, 900.0])) == exactly([1.8, 32.0])
    assert quadratic(tips()).best(np.zeros(2)) == pytest.approx([0.10502452, 0.92026961], abs=5e-9)
    assert quadratic(weighted_sum()).best(np.zeros(4)) == exactly([25.0] * 4)
    assert quadratic(weighted_sum()).best(weighted_sum().start) == exactly([24.9, 25.05, 24.95, 25.1])


def test_the_least_losses_are_the_published_ones() -> None:
    assert quadratic(tips()).best_loss == pytest.approx(1.036019442, abs=5e-10)
    assert [quadratic(data).best_loss for data in (celsius(), weighted_sum(), FLAT)] == [0.0, 0.0, 10_000.0]


@pytest.mark.parametrize("start", [[0.1, 0.25, 0.15, 0.3], [0.0] * 4, [100.0, -5.0, 0.0, 7.0]])
def test_where_many_are_equally_good_the_best_is_where_training_goes(start: list[float]) -> None:
    end = train(Experiment.on(weighted_sum(), start=start, iterations=100)).parameters[-1]
    assert end == exactly(quadratic(weighted_sum()).best(np.array(start)))


def test_the_best_of_flat_data_is_their_start_and_never_changes_it() -> None:
    start = np.array([1.0, 2.0])
    assert quadratic(FLAT).best(start).tolist() == [1.0, 2.0]
    assert start.tolist() == [1.0, 2.0]


def test_from_a_start_without_a_finite_output_there_still_is_a_best() -> None:
    for data in ALL:
        far = np.full(len(data.start), 1e308)
        best = quadratic(data).best(far)
        assert losses(on(data), best[np.newaxis])[0] == pytest.approx(quadratic(data).best_loss, rel=1e-9, abs=1e-20)


# The closed form


@quickly(100)
@given(experiments(sloping=True), shares(), st.integers(0, 200))
def test_the_stepped_run_equals_the_closed_form(experiment: Experiment, share: float, iterations: int) -> None:
    assert_alike(at_share(experiment, share, iterations))


@EVERY
def test_each_data_set_s_stepped_run_equals_its_closed_form(data: Dataset) -> None:
    for share in SHARES:
        assert_alike(at_share(on(data), share, 2000))


@EVERY
def test_each_data_set_s_summed_run_equals_its_closed_form(data: Dataset) -> None:
    for share in (0.3, 1.0, 1.5):
        assert_alike(at_share(on(data, summed=True), share, 500))


@quickly(30)
@given(experiments(sloping=True), st.sampled_from([1.5, 3.0, 10.0, 1e6, 1e100]))
def test_the_stepped_run_and_the_closed_form_explode_together(experiment: Experiment, share: float) -> None:
    # Else the error that grows is rounding, and each way has a rounding of its own.
    assume(abs(known(experiment).errors(np.array(experiment.start))[-1]) > 1e-6)
    experiment = at_share(experiment, share, 2000)
    assert train(experiment).diverged_at is not None
    assert_alike(experiment)


def test_the_article_s_run_ends_in_closed_form_at_the_published_numbers() -> None:
    history = quadratic(celsius()).trajectory(Experiment.on(celsius()))
    assert history.parameters[-1] == pytest.approx([1.7974385149673768, 27.73512588225364], rel=1e-11)
    assert history.loss[-1] == pytest.approx(18.183695593848714, rel=1e-10)


def test_a_closed_form_without_iterations_holds_the_start_only() -> None:
    for data in ALL:
        history = quadratic(data).trajectory(Experiment.on(data, iterations=0))
        assert history.parameters == pytest.approx(np.array([data.start]), rel=1e-12, abs=1e-12)
        assert history.loss == pytest.approx(train(history.experiment).loss, rel=1e-9)


def test_the_closed_form_of_flat_data_stays_at_its_start() -> None:
    history = quadratic(FLAT).trajectory(Experiment.on(FLAT, learning_rate=1e9, iterations=3))
    assert history.parameters.tolist() == [[0.1, 0.25]] * 4


def test_the_errors_are_the_way_from_the_best_to_the_start() -> None:
    for data in ALL:
        parts = quadratic(data)
        assert parts.best(data.start) + parts.directions @ parts.errors(data.start) == pytest.approx(data.start)


@quickly()
@given(experiments())
def test_nothing_is_missing_along_a_direction_without_slope(experiment: Experiment) -> None:
    parts = known(experiment)
    flat = parts.errors(np.array(experiment.start))[parts.eigenvalues == 0]
    assert flat == pytest.approx(np.zeros(len(flat)), abs=1e-9)


@pytest.mark.parametrize(("rate", "path"), [(0.25, [9, 5, 3, 2]), (0.75, [9, -3, 3, 0]), (0.0, [9, 9, 9, 9])])
def test_each_direction_is_multiplied_by_a_factor_of_its_own(rate: float, path: list[float]) -> None:
    # One sample at 1 and the target 1: eigenvalue 2, best 1, so the error 8 is multiplied by 1 - 2 rate.
    data = samples([[1.0]], [1.0], has_bias=False, start=[9.0])
    history = quadratic(data).trajectory(Experiment.on(data, learning_rate=rate, iterations=3))
    assert history.parameters[:, 0] == exactly(path)


def test_an_error_of_zero_stays_zero_even_by_an_infinite_factor() -> None:
    data = samples([[1e5]], [0.0], has_bias=False)
    history = quadratic(data).trajectory(Experiment.on(data, learning_rate=1e300, iterations=5))
    assert (history.parameters.tolist(), history.diverged_at) == ([[0.0]] * 6, None)


# A sweep of final losses


@quickly()
@given(experiments(sloping=True), st.lists(shares(), min_size=1, max_size=6), st.integers(0, 200))
def test_the_final_losses_are_those_of_the_trajectories(experiment: Experiment, many: list[float], count: int) -> None:
    parts, rates = known(experiment), known(experiment).limits.stable * np.array(many)
    found = parts.final_losses(np.array(experiment.start), rates, count)
    runs = (replace(experiment, schedule=constant(rate), iterations=count) for rate in rates.tolist())
    expected = [parts.trajectory(run).loss[-1] for run in runs]
    assert found == pytest.approx(np.array(expected), rel=1e-9, abs=1e-12)


@EVERY
def test_a_final_loss_is_the_last_loss_of_the_stepped_run(data: Dataset) -> None:
    for summed in (False, True):
        runs = [train(at_share(on(data, summed=summed), share, 100)) for share in SHARES]
        rates = np.array([run.experiment.learning_rate for run in runs])
        found: Array = known(on(data, summed=summed)).final_losses(data.start, rates, 100)
        for loss, run in zip(found, runs, strict=True):
            assert loss == pytest.approx(run.loss[-1], rel=1e-8, abs=1e-10 * float(run.loss[0]))


def test_the_final_loss_of_a_run_that_explodes_sooner_or_later_is_infinite() -> None:
    for data in ALL:
        rates = np.array([3 * quadratic(data).limits.stable, 1e300])
        assert quadratic(data).final_losses(data.start, rates, 10_000).tolist() == [math.inf, math.inf]


def test_from_the_best_start_no_learning_rate_leaves_more_than_the_least_loss() -> None:
    found = quadratic(weighted_sum()).final_losses(np.array([10.0, 20.0, 30.0, 40.0]), np.array([0.1, 0.25, 0.3]), 10)
    assert found.shape == (3,)
    assert found.max() < 1e-20
