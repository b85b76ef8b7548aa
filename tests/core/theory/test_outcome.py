import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from core.data.builtin import celsius, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import SquaredError
from core.theory.outcome import (
    at_best,
    distances,
    errors_along_directions,
    measured_growth,
    mirrored,
    predicted_growth,
    shares_left,
    slowest_factor,
)
from core.theory.quadratic import Quadratic
from core.training import History, losses, train
from tests.core.experiments import ALL, at_share, exactly, experiments, known, quickly, samples


def outcome(experiment: Experiment) -> tuple[History, Quadratic]:
    return train(experiment), known(experiment)


def test_the_distances_are_signed_and_to_the_best_values() -> None:
    found = distances(*outcome(Experiment.on(celsius())), [0, 10_000])
    assert found == pytest.approx(np.array([[-1.3, -31.5], [-0.0025614850326232, -4.26487411774636]]), rel=1e-10)


def test_a_start_is_at_its_best_but_for_rounding_or_not_at_all() -> None:
    for start, expected in (((1.8, 32.0), True), ((1.8 + 1e-12, 32.0), True), ((1.8, 32.001), False)):
        assert at_best(*outcome(Experiment.on(celsius(), start=start, iterations=0)), 0) is expected
    assert at_best(*outcome(Experiment.on(weighted_sum(), start=[10, 20, 30, 40], iterations=0)), 0)


def test_what_is_left_of_the_way_of_each_parameter_is_a_share() -> None:
    # After 10,000 iterations the bias of the article is still at 27.7: of the way from 0.5 to 32 an eighth is left.
    assert shares_left(*outcome(Experiment.on(celsius()))) == pytest.approx(
        [0.0025614850326232 / 1.3, 4.26487411774636 / 31.5], rel=1e-10
    )


def test_a_parameter_that_starts_at_its_best_is_measured_by_the_longest_way() -> None:
    history, theory = outcome(Experiment.on(celsius(), start=(1.8, 0.5), iterations=100))
    weight, _bias = shares_left(history, theory)
    assert weight == exactly(abs(history.weights[-1, 0] - 1.8) / (1e-3 * 31.5))


def test_of_no_way_nothing_is_left() -> None:
    start = known(Experiment.on(celsius())).best(np.zeros(2))
    assert shares_left(*outcome(Experiment.on(celsius(), start=start, iterations=0))).tolist() == [0.0, 0.0]


def test_the_growth_of_an_explosion_is_measured_as_it_is_predicted() -> None:
    for data in ALL:
        for loss in (SquaredError(), SquaredError(summed=True)):
            history, theory = outcome(at_share(Experiment.on(data, loss=loss), 1.5, 10_000))
            assert history.diverged_at is not None
            assert measured_growth(history, theory) == pytest.approx(predicted_growth(history, theory), rel=1e-9)
            assert predicted_growth(history, theory) == exactly(2.0)


def test_a_run_without_a_step_has_not_grown() -> None:
    assert measured_growth(*outcome(Experiment.on(celsius(), iterations=0))) == 1.0


def test_a_growth_of_which_only_rounding_is_left_is_no_number() -> None:
    history, theory = outcome(Experiment.on(weighted_sum(), learning_rate=0.125))
    assert history.loss[-1] == 0
    assert math.isnan(measured_growth(history, theory))
    below = History(history.experiment, history.parameters, np.array([1.0, -1e-30]))
    assert math.isnan(measured_growth(below, theory))


def test_the_slowest_factor_is_that_of_the_direction_that_takes_longest() -> None:
    def slowest(data: Dataset, learning_rate: float) -> float:
        return slowest_factor(*outcome(Experiment.on(data, learning_rate=learning_rate, iterations=0)))

    assert slowest(celsius(), 1e-4) == pytest.approx(1 - 1e-4 * 1.9993994, rel=1e-9)
    assert slowest(celsius(), 1.19e-3) == pytest.approx(1 - 1.19e-3 * 1.9993994, rel=1e-9)
    assert slowest(celsius(), 1e-2) == pytest.approx(1e-2 * 1667.0006006 - 1, rel=1e-9)
    assert slowest(weighted_sum(), 0.125) == pytest.approx(0, abs=1e-15)
    assert slowest(weighted_sum([0.0]), 0.125) == 1.0


@quickly()
@given(experiments(sloping=True))
def test_the_errors_along_the_directions_shrink_by_the_factors_of_their_eigenvalues(experiment: Experiment) -> None:
    history, theory = outcome(at_share(experiment, 0.6, 8))
    eigenvalues = dict.fromkeys([float(theory.sloping[-1]), float(theory.sloping[0])])
    found = errors_along_directions(history, theory, 5)
    for errors, eigenvalue in zip(found, eigenvalues, strict=False):
        if abs(errors[0]) == 1 and np.abs(theory.errors(history.parameters[0])).min() > 1e-3:
            expected = (1 - history.experiment.learning_rate * eigenvalue) ** np.arange(6.0)
            assert errors == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_the_errors_end_with_the_run_and_one_direction_is_told_once() -> None:
    steepest, flattest = errors_along_directions(*outcome(Experiment.on(celsius(), iterations=3)), 20)
    assert (len(steepest), len(flattest)) == (4, 4)
    (only,) = errors_along_directions(*outcome(Experiment.on(weighted_sum())), 2)
    assert only == exactly([1.0, 0.2, 0.04])
    assert errors_along_directions(*outcome(Experiment.on(samples([[0.0]], [1.0], has_bias=False))), 2) == []


def test_mirrored_in_the_floor_of_the_valley_the_weighted_sum_lies_as_far_beyond_its_target() -> None:
    # 0.8 lies 99.2 below the target of 100, and each of the four weights takes a quarter of twice that.
    history, theory = outcome(Experiment.on(weighted_sum(), start=[0.1, 0.25, 0.15, 0.3], iterations=0))
    across = mirrored(history, theory)
    assert across == exactly(np.array([0.1, 0.25, 0.15, 0.3]) + 49.6)
    assert across.sum() == exactly(199.2)


def test_mirrored_the_error_along_the_steep_direction_turns_round_and_that_along_the_flat_one_stays() -> None:
    history, theory = outcome(Experiment.on(celsius(), iterations=0))
    flat, steep = theory.errors(history.parameters[0])
    assert theory.errors(mirrored(history, theory)) == pytest.approx([flat, -steep], rel=1e-9)


def test_mirrored_the_weight_of_celsius_lies_as_far_beyond_its_best_but_for_what_the_bias_does_worked_by_hand() -> None:
    # The steep direction leans by 0.5 · 2 / (1667 - 2) = 0.0006006 to the bias: -1.3 · 1 + 31.5 · 0.0006006 = -1.28108.
    weight, bias = mirrored(*outcome(Experiment.on(celsius(), iterations=0)))
    assert weight == pytest.approx(0.5 + 2 * 1.28108, abs=1e-5)
    assert bias == pytest.approx(0.5 - 2 * 1.28108 * 0.0006006, abs=1e-6)


def test_a_step_just_below_the_limit_lands_where_the_start_is_mirrored() -> None:
    experiment = at_share(Experiment.on(weighted_sum()), 1 - 1e-9, 1)
    history, theory = outcome(experiment)
    assert history.parameters[1] == pytest.approx(mirrored(history, theory), rel=1e-7)


@quickly()
@given(experiments(sloping=True))
def test_mirrored_twice_the_start_is_itself_again(experiment: Experiment) -> None:
    history, theory = outcome(replace(experiment, iterations=0))
    there = mirrored(history, theory)
    back = mirrored(train(replace(history.experiment, start=tuple(there.tolist()))), theory)
    assert back == pytest.approx(history.parameters[0], rel=1e-9, abs=1e-7)


@quickly()
@given(experiments(sloping=True))
def test_mirrored_the_loss_is_what_it_was(experiment: Experiment) -> None:
    history, theory = outcome(replace(experiment, iterations=0))
    (across,) = losses(experiment, mirrored(history, theory)[np.newaxis])
    assert across == pytest.approx(history.loss[0], rel=1e-9, abs=1e-7)


def test_a_start_too_far_away_is_mirrored_without_a_warning() -> None:
    experiment = Experiment.on(celsius(), start=(1.7e308, -1.7e308), iterations=0)
    assert mirrored(*outcome(experiment)).shape == (2,)
