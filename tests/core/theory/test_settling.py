import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.data.builtin import DATASETS, celsius, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import SquaredError
from core.nudges import Nudges
from core.theory.quadratic import quadratic
from core.theory.settling import arrives_at, arrives_in, near_enough, settled_at, settles_at
from core.training import History, train
from tests.core.experiments import ALL, EVERY, at_share, experiments, known, quickly, samples

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


# Arriving, which is settling whatever the stable rates to come


def tilted() -> Experiment:
    """Two weights whose best values are 0, and whose loss is steepest along (-4, 3) and flattest along (3, 4)."""
    return Experiment.on(samples([[3.0, 4.0], [-8.0, 6.0]], [0.0, 0.0], has_bias=False))


def test_whoever_is_near_enough_has_the_sizes_of_all_directions_together_within_the_tolerance() -> None:
    # (1, 0.9) is 1.32 along (3, 4)/5 and 0.26 against (-4, 3)/5: up to 4/5 1.32 + 3/5 0.26 = 1.212 in one weight.
    places = np.array([[0.6, 0.8], [1.0, 0.9], [3.0, 4.0], [-0.8, 0.6]])
    theory = known(tilted())
    assert near_enough(theory, places, 1.0).tolist() == [True, False, False, True]
    assert near_enough(theory, places, 1.211).tolist() == [True, False, False, True]
    assert near_enough(theory, places, 1.213).tolist() == [True, True, False, True]
    assert near_enough(theory, places, 0.799).tolist() == [False] * 4


def test_the_best_parameters_are_near_enough_for_any_tolerance_beyond_rounding() -> None:
    for data in ALL:
        theory = known(Experiment.on(data))
        assert near_enough(theory, theory.best(data.start)[np.newaxis], 1e-9).tolist() == [True]


def test_a_halving_weight_arrives_when_its_halvings_are_counted() -> None:
    halving = train(replace(one_weight(8.0, learning_rate=0.25), iterations=10))
    assert [arrives_at(history, known(halving.experiment), 1.0) for history in (halving, halving.until(3))] == [3, 3]
    assert arrives_at(halving.until(2), known(halving.experiment), 1.0) is None


def test_a_run_that_starts_where_it_shall_arrive_never_does() -> None:
    for data in ALL:
        experiment = at_share(Experiment.on(data), 0.45, 50)
        assert arrives_at(train(experiment), known(experiment), 1e6) is None


def test_a_run_that_stood_there_already_does_not_arrive_again() -> None:
    halving = train(replace(one_weight(8.0, learning_rate=0.25), iterations=10))
    theory = known(halving.experiment)
    assert [arrives_at(halving, theory, 1.0, since) for since in (0, 2, 3, 7, 10)] == [3, 3, None, None, None]


def test_a_run_that_is_put_away_arrives_once_more() -> None:
    halving = replace(one_weight(8.0, learning_rate=0.25), iterations=12, nudges=((6, (-16.0,)),))
    history, theory = train(halving), known(halving)
    assert [arrives_at(history, theory, 1.0, since) for since in (0, 4, 6)] == [3, 10, 10]


def test_a_run_that_is_put_elsewhere_along_a_flat_direction_arrives_all_the_same() -> None:
    # Of the weights of the weighted sum only their sum counts: a step leaves a fifth of what it is off.
    experiment = Experiment.on(weighted_sum(), iterations=60, nudges=((30, (0.0, 0.0, 0.0, 50.0)),))
    history, theory = train(experiment), known(experiment)
    # 24.8 5^-3 = 0.1984, and 12.5 5^-3 = 0.1
    assert [arrives_at(history, theory, 0.2, since) for since in (0, 20, 29, 30)] == [3, 33, 33, 33]


@EVERY
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_on_each_data_set_a_run_arrives_no_sooner_than_it_settles_and_hardly_later(data: Dataset, share: float) -> None:
    history = train(at_share(Experiment.on(data), share, 12_000))
    arrival = arrives_at(history, known(history.experiment), HALF_A_DEGREE)
    assert arrival is not None
    last = max(at for at in settled(history.experiment, HALF_A_DEGREE) if at is not None)
    assert last <= arrival <= 1.05 * last + 1


def stable_runs(turns: int = 4) -> st.SearchStrategy[list[tuple[int, float]]]:
    """At which iterations a hand turns to which shares of the limit."""
    return st.lists(st.tuples(st.integers(1, 60), st.sampled_from([0.05, 0.3, 0.5, 0.8, 0.97, 1.0])), max_size=turns)


@quickly(100)
@given(experiments(sloping=True), stable_runs(), st.floats(0.05, 30.0))
def test_whoever_has_arrived_stays_within_the_tolerance_at_any_stable_rates(
    experiment: Experiment, turns: list[tuple[int, float]], tolerance: float
) -> None:
    theory = known(experiment)
    schedule = tuple(sorted({0: 0.7, **dict(turns)}.items()))
    schedule = tuple((beginning, share * theory.limits.stable) for beginning, share in schedule)
    history = train(replace(experiment, schedule=schedule, iterations=120))
    near = near_enough(theory, history.parameters, tolerance)
    assume(near.any())
    after = history.parameters[int(near.argmax()) :]
    away = np.abs(after - theory.best(history.parameters[0]))
    assert away.max() <= tolerance * (1 + 1e-9) + 1e-9
    assert near_enough(theory, after, tolerance * (1 + 1e-9) + 1e-9).all()


@quickly(50)
@given(experiments(sloping=True), st.sampled_from([0.05, 0.3, 0.7, 1.1]), st.floats(0.05, 30.0), st.integers(0, 40))
def test_a_run_arrives_where_it_is_first_near_enough_after_it_was_not(
    experiment: Experiment, share: float, tolerance: float, since: int
) -> None:
    history, theory = train(at_share(experiment, share, 80)), known(experiment)
    near = near_enough(theory, history.parameters, tolerance).tolist()
    expected = next((i for i in range(since + 1, 81) if near[i] and not near[i - 1]), None)
    found = arrives_at(history, theory, tolerance, since)
    assert found == expected


@EVERY
def test_an_explosion_arrives_nowhere_and_is_no_warning(data: Dataset) -> None:
    history = train(at_share(Experiment.on(data), 50.0, 1_000))
    assert history.diverged_at is not None
    assert arrives_at(history, known(history.experiment), 0.5) is None


# Looking ahead from where a run stands


@quickly(50)
@given(experiments(sloping=True), st.sampled_from([0.3, 0.7, 0.9]), st.floats(0.05, 30.0), st.integers(0, 20))
def test_a_run_arrives_after_as_many_steps_as_are_announced(
    experiment: Experiment, share: float, tolerance: float, at: int
) -> None:
    theory = known(experiment)
    assume(theory.condition_number < 20)  # so that it arrives within the run
    history = train(at_share(experiment, share, 1_000))
    # A bound that equals the tolerance may be rounded to either side of it.
    near, lower, upper = (near_enough(theory, history.parameters[at:], tolerance * n) for n in (1, 1 + 1e-9, 1 - 1e-9))
    assume(near.argmax() == lower.argmax() == upper.argmax() and near.any())
    errors, rate = theory.errors(history.parameters[at]), history.experiment.learning_rate
    assert arrives_in(theory, errors, rate, tolerance) == near.argmax()


def test_an_arrival_is_announced_in_halvings() -> None:
    halving = one_weight(8.0, learning_rate=0.25)
    found = [arrives_in(known(halving), np.array([8.0]), 0.25, tolerance) for tolerance in (8.0, 7.9, 1.0, 2.0**-40)]
    assert found == [0, 1, 3, 43]


def test_no_arrival_is_announced_at_a_rate_that_stands_still_bounces_or_explodes() -> None:
    for data in ALL:
        theory = known(Experiment.on(data))
        errors = theory.errors(data.start)
        for share in (0.0, 1.0 + 1e-9, 1.1, 10.0):
            assert arrives_in(theory, errors, share * theory.limits.stable, 0.01) is None
    assert arrives_in(known(one_weight(8.0, 1.0)), np.array([8.0]), 1.0, 0.5) is None


def test_a_run_at_one_rate_has_settled_where_that_rate_settles() -> None:
    for data in ALL:
        history = train(at_share(Experiment.on(data), 0.45, 20))
        assert settled_at(history, known(history.experiment), HALF_A_DEGREE) == settled(
            history.experiment, HALF_A_DEGREE
        )


@pytest.mark.parametrize(
    ("nudges", "tolerance", "iteration"),
    [
        # 16, 8, 4, then a quarter of it each step: 1, 1/4
        pytest.param((), 1.0, 3, id="after a turn"),
        pytest.param((), 0.25, 4, id="later after a turn"),
        pytest.param((), 5.0, 2, id="no sooner than the turn"),
        pytest.param(((4, (16.0,)),), 1.0, 6, id="after a nudge"),
        pytest.param(((1, (64.0,)),), 1.0, 5, id="after a nudge before the turn"),
    ],
)
def test_a_steered_run_settles_at_its_last_rate_after_its_last_turn(
    nudges: Nudges, tolerance: float, iteration: int
) -> None:
    # A step of rate 1/4 leaves half of the weight, one of rate 3/8 a quarter.
    steered = replace(one_weight(16.0, 0.25), schedule=((0, 0.25), (2, 0.375)), nudges=nudges, iterations=9)
    assert settled_at(train(steered), known(steered), tolerance) == [iteration]


def test_a_run_that_explodes_before_it_is_turned_to_a_stable_rate_never_settles() -> None:
    history = train(replace(one_weight(1.0, 1.5), schedule=((0, 1.5), (5_000, 0.25)), iterations=9_999))
    assert history.diverged_at is not None
    assert settled_at(history, known(history.experiment), 0.5) == [None]
