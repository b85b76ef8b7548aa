import math
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.data.builtin import DATASETS, celsius, weighted_sum
from core.experiment import Experiment
from core.losses import SquaredError
from core.theory.quadratic import quadratic
from core.theory.settling import settles_at
from core.training import History, train
from tests.core.experiments import ALL, at_share, experiments, known, quickly, samples

HALF_A_DEGREE = 0.5


def settled(experiment: Experiment, tolerance: float) -> list[int | None]:
    return settles_at(known(experiment), np.array(experiment.start), experiment.learning_rate, tolerance)


def one_weight(start: float, learning_rate: float) -> Experiment:
    """A weight whose best value is 0 and whose error a step multiplies by 1 - 2 * learning_rate."""
    data = samples([[1.0]], [0.0], has_bias=False, start=[start])
    return Experiment.on(data, learning_rate=learning_rate)


@cache
def long_run(slug: str) -> History:
    return train(at_share(Experiment.on(DATASETS[slug]()), 0.9, 30_000))


def brute_force(history: History, tolerance: float) -> list[int | None]:
    """The iteration after the last one outside the tolerance, for each parameter; None where the run ends outside."""
    away = np.abs(history.parameters - known(history.experiment).best(history.parameters[0]))
    found: list[int | None] = []
    for column in away.T:
        outside = np.flatnonzero(column > tolerance)
        last = int(outside[-1]) if outside.size else -1
        found.append(last + 1 if last < history.iterations else None)
    return found


@pytest.mark.parametrize(("learning_rate", "iterations"), [(1e-4, 20_720), (1e-3, 2_071), (1.19e-3, 1_740)])
def test_the_bias_of_celsius_settles_at_the_published_iteration(learning_rate: float, iterations: int) -> None:
    averaged = Experiment.on(celsius(), learning_rate=learning_rate)
    summed = Experiment.on(celsius(), learning_rate=learning_rate / 100, loss=SquaredError(summed=True))
    assert settled(averaged, HALF_A_DEGREE)[1] == settled(summed, HALF_A_DEGREE)[1] == iterations


@quickly(40)
@given(experiments(sloping=True), st.sampled_from([0.05, 0.3, 0.5, 0.75, 0.9, 0.97]), st.floats(0.01, 20.0))
def test_a_parameter_settles_where_a_search_through_a_long_run_finds_it(
    experiment: Experiment, share: float, tolerance: float
) -> None:
    assume(known(experiment).condition_number < 20)  # so that everything settles within the run
    history = train(at_share(experiment, share, 2_000))
    # A distance that equals the tolerance may be rounded to either side of it.
    expected, lower, upper = (brute_force(history, tolerance * near) for near in (1, 1 + 1e-9, 1 - 1e-9))
    assume(lower == expected == upper)
    assert settled(history.experiment, tolerance) == expected


@pytest.mark.parametrize("slug", DATASETS)
def test_each_data_set_settles_where_a_search_through_its_run_finds_it(slug: str) -> None:
    history = long_run(slug)
    for tolerance in (0.5, 0.01, 1e-4):
        assert settled(history.experiment, tolerance) == brute_force(history, tolerance)


def test_a_parameter_that_first_walks_away_settles_when_it_is_back_for_good() -> None:
    # Celsius' weight starts at its best value, and is dragged off it by the bias.
    history = train(Experiment.on(celsius(), start=(1.8, 0.5), iterations=40_000))
    weight = settled(history.experiment, 0.001)[0]
    assert weight == brute_force(history, 0.001)[0]
    assert weight is not None
    assert weight > 1000


def test_a_run_that_stands_still_or_explodes_never_settles() -> None:
    for data in ALL:
        for share in (0.0, 1 + 1e-9, 1.1, 10.0, 1e300):
            assert set(settled(at_share(Experiment.on(data), share, 0), 0.01)) == {None}


def test_exactly_at_the_limit_nothing_settles() -> None:
    assert settled(Experiment.on(weighted_sum(), learning_rate=0.25), 0.5) == [None] * 4
    assert settled(one_weight(1.0, learning_rate=1.0), 0.5) == [None]


def test_from_a_start_that_is_near_enough_everything_has_settled_at_iteration_0() -> None:
    for data in ALL:
        for share in (0.01, 0.5, 0.99):
            assert set(settled(at_share(Experiment.on(data), share, 0), 1e6)) == {0}


@pytest.mark.parametrize(
    ("start", "learning_rate", "tolerance", "iteration"),
    [
        pytest.param(0.5, 0.0, 0.5, 0, id="stands still, near enough"),
        pytest.param(0.5, 1.0, 0.5, 0, id="bounces, near enough"),
        pytest.param(8.0, 0.5, 1e-6, 1, id="one step does it all"),
        pytest.param(8.0, 0.25, 1.0, 3, id="exactly the tolerance"),
        pytest.param(1.0, 0.25, 2.0**-40, 40, id="forty halvings"),
        pytest.param(8.0, 0.75, 1.0, 3, id="halves and changes sides"),
    ],
)
def test_halvings_settle_when_they_are_counted(
    start: float, learning_rate: float, tolerance: float, iteration: int
) -> None:
    assert settled(one_weight(start, learning_rate), tolerance) == [iteration]


def test_a_direction_at_rest_does_not_keep_the_others_from_settling() -> None:
    data = samples([[0.0, 1.0]], [0.0], has_bias=False, start=[5.0, 8.0])
    assert settled(Experiment.on(data, learning_rate=0.25), 1.0) == [0, 3]


def test_settling_is_found_a_billion_iterations_beyond_any_run() -> None:
    # (1 - 1e-9)^k = 1/2 at k = ln 2 * 1e9
    (found,) = settled(one_weight(1.0, learning_rate=0.5e-9), 0.5)
    assert found == pytest.approx(math.log(2) * 1e9, rel=1e-6)


def test_flat_data_from_any_start_have_settled_at_iteration_0() -> None:
    flat = weighted_sum([0.0, 0.0])
    assert settles_at(quadratic(flat), flat.start, 1.0, 1e-9) == [0, 0]
