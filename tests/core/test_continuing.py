"""A run that is steered is computed in portions; what it shows is what one training of the whole gives."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS, Activation
from core.batches import Batches
from core.checks import Array
from core.data.builtin import DATASETS, celsius, tips, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.suspects import SUSPECTS, SuspectNeuron
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.nudges import nudged, nudges_until
from core.optimisers import OPTIMISERS, Adam, Momentum, Optimiser, State, update
from core.schedule import constant, cut, steered
from core.stepping import Place, steps
from core.training import NEVER, OUTPUTS_AT_ONCE, History, common_until, losses, place_at, train
from tests.core.experiments import (
    ALL,
    EVERY,
    EVERY_OPTIMISER,
    at_share,
    classes,
    experiments,
    known,
    network,
    quickly,
    samples,
)

SHARES = [0.0, 0.02, 0.3, 0.9, 1.0, 1.1, 3.0, 1e3, 1e200, 1e307]
"""Learning rates in all regimes, as multiples of the largest stable one."""


def uneven() -> Dataset:
    """Data in whose products a neuron may be rounded differently among others, most of all in the last samples."""
    random = np.random.default_rng(0)
    inputs, targets = random.normal(size=(244, 3)), random.normal(size=244)
    inputs[-4:] *= 100
    targets[-4:] *= 1000
    return samples(inputs, targets, start=[5.0, -7.0, 3.0, 2.0], learning_rate=1e-3)


UNEVEN = uneven()
EVERY_AND_UNEVEN = pytest.mark.parametrize("data", [*ALL, UNEVEN], ids=[*DATASETS, "uneven"])
PLACES = [0.0, 1.0, -30.0, 1e6, 1e150, 1e300]


def assert_same(one: History, other: History) -> None:
    """The same numbers to the last bit, and the same end."""
    assert np.array_equal(one.parameters, other.parameters)
    assert np.array_equal(one.loss, other.loss)
    assert one.diverged_at == other.diverged_at


@dataclass(frozen=True)
class Move:
    """What a hand does next: where, as a share of the run so far, and how many steps follow."""

    kind: str
    back_to: float
    share: float
    place: float
    steps: int


def moves(most_steps: int) -> st.SearchStrategy[Move]:
    return st.builds(
        Move,
        kind=st.sampled_from(["play", "play", "rate", "nudge", "back", "later"]),
        back_to=st.floats(0, 1),
        share=st.sampled_from(SHARES),
        place=st.sampled_from(PLACES),
        steps=st.integers(0, most_steps),
    )


def moved(experiment: Experiment, move: Move, stable: float) -> Experiment:
    """The experiment after this move: what comes after the iteration at which it is made is forgotten."""
    at = experiment.iterations if move.kind == "play" else round(move.back_to * experiment.iterations)
    schedule, nudges = cut(experiment.schedule, at), nudges_until(experiment.nudges, at)
    if move.kind == "rate":
        schedule = steered(schedule, at, move.share * stable)
    if move.kind == "later":
        schedule = steered(schedule, at + 3, move.share * stable)
    if move.kind == "nudge" and at > 0:
        nudges = nudged(nudges, at, (move.place,) * len(experiment.start))
    end = at if move.kind == "back" else at + move.steps
    return replace(experiment, schedule=schedule, nudges=nudges, iterations=end)


def assert_portions_are_the_whole(
    experiment: Experiment, plan: list[Move], stable: float | None = None, **changes: Any
) -> None:
    """Play, steer, nudge and rewind as planned, and compare each state of the run with one training of the whole."""
    stable = known(experiment).limits.stable if stable is None else stable
    now = replace(experiment, schedule=constant(0.3 * stable), iterations=0, **changes)
    history = train(now)
    for move in plan:
        now = moved(now, move, stable)
        history = train(now, before=history)
        assert history.experiment == now
        assert_same(history, train(now))


# Whatever the portions were


@quickly(100)
@given(experiments(sloping=True), st.lists(moves(25), min_size=1, max_size=8))
def test_a_steered_run_s_portions_are_one_training_of_the_whole_to_the_last_bit(
    experiment: Experiment, plan: list[Move]
) -> None:
    assert_portions_are_the_whole(experiment, plan)


# Portions that together are longer than a block of losses: 101 iterations for the thermometers, 41 for tips and uneven.
@quickly(80)
@given(
    st.sampled_from(ALL), st.builds(SquaredError, summed=st.booleans()), st.lists(moves(120), min_size=2, max_size=5)
)
def test_so_are_the_portions_on_the_data_sets_that_come_with_the_app_and_on_uneven_numbers(
    data: Dataset, loss: SquaredError, plan: list[Move]
) -> None:
    assert_portions_are_the_whole(Experiment.on(data, loss=loss), plan)


@quickly(40)
@given(st.sampled_from(list(SUSPECTS)), st.lists(moves(60), min_size=2, max_size=4))
def test_so_are_the_portions_of_a_run_that_follows_what_a_suspect_takes_for_the_gradient(
    suspect: str, plan: list[Move]
) -> None:
    assert_portions_are_the_whole(Experiment.on(celsius()), plan, model=SuspectNeuron(suspect=suspect))


BATCHES = [None, Batches(1), Batches(3, seed=1), Batches(100)]


@quickly(100)
@given(
    experiments(sloping=True),
    st.sampled_from([make() for make in OPTIMISERS.values()]),
    st.sampled_from(BATCHES),
    st.lists(moves(25), min_size=1, max_size=6),
)
def test_so_are_the_portions_of_a_run_with_any_optimiser_and_in_batches(
    experiment: Experiment, optimiser: Optimiser, batches: Batches | None, plan: list[Move]
) -> None:
    assert_portions_are_the_whole(experiment, plan, optimiser=optimiser, batches=batches)


@quickly(60)
@given(
    st.sampled_from([1, 2]),
    st.sampled_from(list(ACTIVATIONS.values())),
    st.sampled_from([SquaredError(), Huber(), CrossEntropy()]),
    st.sampled_from([make() for make in OPTIMISERS.values()]),
    st.sampled_from(BATCHES),
    st.lists(moves(25), min_size=1, max_size=6),
)
def test_so_are_the_portions_of_a_network_s_run(
    n_features: int,
    activation: Activation,
    loss: Loss,
    optimiser: Optimiser,
    batches: Batches | None,
    plan: list[Move],
) -> None:
    experiment = network(classes(n_features), activation, loss=loss)
    assert_portions_are_the_whole(experiment, plan, stable=0.5, optimiser=optimiser, batches=batches)


def block(data: Dataset) -> int:
    """How many losses are computed at once."""
    return 1 + OUTPUTS_AT_ONCE // data.n_samples


@EVERY_AND_UNEVEN
@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_a_portion_that_ends_where_a_block_of_losses_does_is_no_exception(data: Dataset, beyond: int) -> None:
    whole = Experiment.on(data, learning_rate=data.learning_rate / 50, iterations=block(data) + 40)
    first = train(replace(whole, iterations=block(data) + beyond))
    assert_same(train(whole, before=first), train(whole))


def test_many_portions_of_one_step_are_the_whole() -> None:
    for data in (*ALL, UNEVEN):
        experiment = Experiment.on(data, iterations=0)
        history = train(experiment)
        for end in range(1, 120):
            history = train(replace(experiment, iterations=end), before=history)
        assert_same(history, train(replace(experiment, iterations=119)))


# Runs that explode


@EVERY
def test_a_run_that_explodes_in_any_of_its_portions_explodes_as_the_whole_does(data: Dataset) -> None:
    whole = train(at_share(Experiment.on(data), 3.0, 400))
    assert whole.diverged_at is not None
    for end in (0, 1, whole.diverged_at - 1, whole.diverged_at, whole.diverged_at + 1, 399):
        first = train(replace(whole.experiment, iterations=end))
        assert_same(train(whole.experiment, before=first), whole)


@EVERY
def test_a_run_that_exploded_goes_on_from_before_that_at_another_rate(data: Dataset) -> None:
    exploded = train(at_share(Experiment.on(data), 3.0, 400))
    for at in (0, 10, exploded.iterations):
        rescued = replace(exploded.experiment, schedule=steered(exploded.experiment.schedule, at, 0.0))
        history = train(rescued, before=exploded)
        assert history.diverged_at is None
        assert_same(history, train(rescued))


def test_a_start_with_an_infinite_loss_is_no_beginning_to_go_on_from() -> None:
    whole = Experiment.on(celsius(), start=(1e300, 0.5), iterations=9)
    assert_same(train(whole, before=train(replace(whole, iterations=0))), train(whole))


# These weights cancel, but whether their sum passes through infinity depends on the order of the additions.
@pytest.mark.parametrize("weights", [[1.2e308, 1.2e308, -1.2e308, -1.2e308], [1.2e308, -1.2e308, -1.2e308, 1.2e308]])
def test_a_start_without_finite_outputs_is_no_beginning_to_go_on_from(weights: list[float]) -> None:
    whole = Experiment.on(weighted_sum(), start=weights)
    assert_same(train(whole, before=train(replace(whole, iterations=0))), train(whole))


# What is taken over


UPDATES: list[float] = []


def counted(parameters: Array, gradient: Array, learning_rate: float) -> Array:
    UPDATES.append(learning_rate)
    return update(parameters, gradient, learning_rate)


def test_going_on_takes_only_the_steps_that_are_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.optimisers.update", counted)
    first = train(Experiment.on(celsius(), iterations=30))
    UPDATES.clear()
    train(replace(first.experiment, schedule=((0, 1e-4), (25, 2e-4)), iterations=40), before=first)
    assert UPDATES == [2e-4] * 15


@dataclass(frozen=True)
class Counted(Momentum):
    """A heavy ball that notes the rate of each of its steps."""

    def step(self, parameters: Array, gradient: Array, learning_rate: float, state: State) -> tuple[Array, State]:
        UPDATES.append(learning_rate)
        return super().step(parameters, gradient, learning_rate, state)


def test_what_an_optimiser_remembers_is_found_again_from_no_more_than_a_thousand_steps_before() -> None:
    first = train(Experiment.on(celsius(), iterations=2_500, optimiser=Counted()))
    for since, again in ((2_500, 0), (2_499, 499), (2_000, 0), (1_999, 999), (0, 0)):
        UPDATES.clear()
        train(replace(first.experiment, schedule=steered(first.experiment.schedule, since, 2e-4)), before=first)
        expected = [1e-4] * again + [2e-4] * (2_500 - since)
        assert expected == UPDATES


def test_a_run_is_another_s_beginning_up_to_the_first_difference() -> None:
    nudges = ((50, (1.0, 2.0)),)
    run = train(Experiment.on(celsius(), schedule=((0, 1e-4), (40, 2e-4)), nudges=nudges, iterations=100))

    def common(**changes: Any) -> int:
        return common_until(run, replace(run.experiment, **changes))

    assert common() == common(iterations=200) == 100
    assert common(iterations=70) == 70
    assert common(schedule=((0, 1e-4), (30, 2e-4))) == 30
    assert common(schedule=((0, 1e-4), (40, 2e-4), (60, 0.0))) == 60
    assert common(schedule=((0, 1e-4),)) == 40
    assert common(schedule=((0, 2e-4),)) == 0
    assert common(schedule=((0, 1e-4), (20, 1e-4), (40, 2e-4), (150, 0.0))) == 100
    assert common(nudges=()) == common(nudges=((50, (1.0, 3.0)),)) == 49
    assert common(nudges=((1, (1.0, 2.0)), *nudges)) == 0
    assert common(nudges=(*nudges, (200, (1.0, 2.0)))) == 100


OTHERS: dict[str, Any] = {
    "data": tips(),
    "model": SuspectNeuron(suspect="sign"),
    "start": (0.5, 0.25),
    "loss": SquaredError(summed=True),
    "optimiser": Momentum(),
    "batches": Batches(7),
}


@pytest.mark.parametrize("field", OTHERS)
def test_a_run_of_something_else_is_no_beginning(field: str) -> None:
    other = train(Experiment.on(celsius(), iterations=20))
    experiment = replace(other.experiment, iterations=40, **{field: OTHERS[field]})
    assert common_until(other, experiment) == NEVER
    assert_same(train(experiment, before=other), train(experiment))


def test_going_on_changes_nothing_of_the_run_before() -> None:
    first = train(Experiment.on(celsius(), iterations=150))
    parameters, loss = first.parameters.copy(), first.loss.copy()
    train(replace(first.experiment, schedule=((0, 1e-4), (120, 1.0)), iterations=400), before=first)
    assert np.array_equal(first.parameters, parameters)
    assert np.array_equal(first.loss, loss)


@EVERY
def test_the_steps_from_an_iteration_on_are_the_rest_of_all_steps(data: Dataset) -> None:
    rates = data.learning_rate, data.learning_rate / 3
    nudges = ((40, tuple((data.start + 3.0).tolist())),)
    experiment = Experiment.on(data, schedule=((0, rates[0]), (35, rates[1])), nudges=nudges, iterations=60)
    everything = [parameters for parameters, _state in steps(experiment)]
    for since in (0, 1, 34, 35, 39, 40, 59, 60):
        rest = [parameters for parameters, _state in steps(experiment, Place(since, everything[since], ()))]
        assert np.array_equal(rest, everything[since:])


# What an optimiser remembers


STEERED: dict[str, Any] = {"schedule": ((0, 1e-5), (30, 2e-5)), "nudges": ((34, (3.0, -8.0)),), "iterations": 46}
KINDS: dict[str, Experiment] = {
    **{name: Experiment.on(celsius(), optimiser=make(), **STEERED) for name, make in OPTIMISERS.items()},
    "momentum in batches": Experiment.on(celsius(), optimiser=Momentum(), batches=Batches(9), **STEERED),
    "adam in batches": Experiment.on(celsius(), optimiser=Adam(), batches=Batches(9), **STEERED),
    "network": network(
        classes(2),
        loss=CrossEntropy(),
        optimiser=Adam(),
        batches=Batches(3),
        **{**STEERED, "nudges": ((34, (0.5,) * 13),)},
    ),
}
EVERY_KIND = pytest.mark.parametrize("experiment", KINDS.values(), ids=list(KINDS))


@pytest.fixture
def places_20_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what an optimiser remembers every 20 iterations instead of every 1,000."""
    monkeypatch.setattr("core.training.PLACES_APART", 20)


@EVERY_KIND
@pytest.mark.usefixtures("places_20_apart")
def test_a_run_goes_on_from_anywhere_with_what_its_optimiser_remembers(experiment: Experiment) -> None:
    whole = train(experiment)
    for end in (0, 1, 19, 20, 21, 29, 30, 31, 33, 34, 35, 40, 45):
        for before in (train(replace(experiment, iterations=end)), whole.until(end)):
            assert_same(train(experiment, before=before), whole)


@EVERY_KIND
@pytest.mark.usefixtures("places_20_apart")
def test_many_portions_across_the_places_that_are_kept_are_the_whole(experiment: Experiment) -> None:
    history = train(replace(experiment, iterations=0))
    for end in (7, 17, 19, 20, 23, 29, 31, 33, 36, 40, 41, 46):
        history = train(replace(experiment, iterations=end), before=history)
    assert_same(history, train(experiment))


@EVERY_KIND
@pytest.mark.usefixtures("places_20_apart")
def test_a_run_is_turned_and_nudged_anywhere(experiment: Experiment) -> None:
    whole = train(experiment)
    for at in (1, 19, 20, 21, 32, 34, 35):
        turned = replace(experiment, schedule=steered(experiment.schedule, at, 5e-6))
        assert_same(train(turned, before=whole), train(turned))
        put = replace(experiment, nudges=nudged(experiment.nudges, at, (1.0,) * len(experiment.start)))
        assert_same(train(put, before=whole), train(put))


@EVERY_KIND
@pytest.mark.usefixtures("places_20_apart")
def test_from_each_place_of_a_run_the_steps_are_the_rest_of_it(experiment: Experiment) -> None:
    whole = train(experiment)
    assert [place.iteration for place in whole.places] == [0, 20, 40, 46]
    assert [place.iteration for place in whole.until(25).places] == [0, 20]
    for place in (*whole.places, *(place_at(whole, at) for at in range(47))):
        rest = [parameters for parameters, _state in steps(experiment, place)]
        assert np.array_equal(rest, whole.parameters[place.iteration :])


@EVERY_OPTIMISER
def test_a_run_of_thousands_of_iterations_goes_on_from_beside_the_places_that_are_kept(optimiser: Optimiser) -> None:
    whole = train(Experiment.on(celsius(), optimiser=optimiser, iterations=2_100))
    assert [place.iteration for place in whole.places] == [0, 1_000, 2_000, 2_100]
    for end in (999, 1_000, 1_001, 2_001):
        assert_same(train(whole.experiment, before=whole.until(end)), whole)


@EVERY_OPTIMISER
def test_where_a_hand_has_put_a_run_its_optimiser_begins_anew(optimiser: Optimiser) -> None:
    put = train(Experiment.on(celsius(), optimiser=optimiser, nudges=((40, (3.0, -8.0)),), iterations=100))
    anew = train(Experiment.on(celsius(), optimiser=optimiser, start=(3.0, -8.0), iterations=60))
    assert np.array_equal(put.parameters[40:], anew.parameters)


@EVERY_KIND
def test_going_on_changes_nothing_that_was_remembered(experiment: Experiment) -> None:
    first = train(replace(experiment, iterations=32))
    before = [(place.iteration, [np.copy(part) for part in (place.parameters, *place.state)]) for place in first.places]
    train(experiment, before=first)
    for (iteration, parts), place in zip(before, first.places, strict=True):
        assert iteration == place.iteration
        assert all(map(np.array_equal, parts, (place.parameters, *place.state)))


# A loss is the same wherever in a run it is computed


@EVERY_AND_UNEVEN
def test_a_neuron_s_loss_does_not_depend_on_how_many_others_are_computed_after_it(data: Dataset) -> None:
    experiment, n = Experiment.on(data), 2 * block(data) + 5
    parameters = np.linspace(data.start - 3, data.start + 7, n)
    together = losses(experiment, parameters)
    for some in (1, 2, block(data) - 1, block(data), block(data) + 1, n - 1):
        assert np.array_equal(losses(experiment, parameters[:some]), together[:some])


# Where a run stood


@quickly(60)
@given(experiments(sloping=True), st.lists(moves(20), min_size=1, max_size=5), st.integers(0, 60))
def test_a_run_until_an_iteration_is_one_training_until_there(
    experiment: Experiment, plan: list[Move], iteration: int
) -> None:
    stable = known(experiment).limits.stable
    now = replace(experiment, schedule=constant(0.3 * stable), iterations=0)
    for move in plan:
        now = moved(now, move, stable)
    found = train(now).until(iteration)
    assert_same(found, train(replace(now, iterations=min(iteration, now.iterations))))
    assert_same(found, train(found.experiment))


@EVERY_AND_UNEVEN
@pytest.mark.parametrize("share", [0.9, 3.0])
def test_a_run_on_each_data_set_until_an_iteration_is_one_training_until_there(data: Dataset, share: float) -> None:
    history = train(at_share(Experiment.on(data), share, 400))
    end = history.diverged_at or 210
    for iteration in (0, 1, 40, 41, 101, end - 1, end, end + 1, 399):
        assert_same(history.until(iteration), train(replace(history.experiment, iterations=iteration)))


def test_a_run_until_its_end_or_beyond_is_the_run_itself() -> None:
    history = train(Experiment.on(celsius(), iterations=30))
    assert history.until(30) is history.until(31) is history.until(10**9) is history


def test_what_a_run_until_an_iteration_depends_on_is_what_had_happened_by_then() -> None:
    schedule, nudges = ((0, 1e-4), (20, 2e-4), (30, 3e-4)), ((25, (1.0, 2.0)), (35, (3.0, 4.0)))
    history = train(Experiment.on(celsius(), schedule=schedule, nudges=nudges, iterations=50))
    cut_short = history.until(25).experiment
    assert cut_short == replace(history.experiment, schedule=schedule[:2], nudges=nudges[:1], iterations=25)


@quickly(30)
@given(st.integers(0, 60), st.integers(0, 60))
def test_a_run_that_goes_on_from_where_it_stood_is_the_run(iteration: int, iterations: int) -> None:
    schedule, nudges = ((0, 1e-4), (20, 2e-4), (30, 3e-4)), ((25, (1.0, 2.0)), (35, (3.0, 4.0)))
    history = train(Experiment.on(celsius(), schedule=schedule, nudges=nudges, iterations=iterations))
    assert_same(train(history.experiment, before=history.until(iteration)), history)
