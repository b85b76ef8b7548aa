from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.builtin import celsius
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.suspects import SuspectNeuron
from core.schedule import Schedule, learning_rate_at, steered
from core.theory.limits import Regime
from core.theory.quadratic import theory
from core.theory.stretches import UNSTABLE, Stretch, before_explosion, stretches
from core.training import History, train
from tests.core.experiments import EVERY, experiments, known, quickly, samples

STABLE_SHARES = [0.0, 0.02, 0.3, 0.5, 0.7, 0.95]
SHARES = [*STABLE_SHARES, 1.0, 1.2, 3.0]


def one_weight(schedule: Schedule, iterations: int) -> Experiment:
    """A weight whose error a step multiplies by 1 - 2 rate: below 0.05 it creeps, and from 1 on it does not settle."""
    data = samples([[1.0]], [0.0], has_bias=False, start=[1.0])
    return Experiment.on(data, schedule=schedule, iterations=iterations)


def stretches_of(history: History) -> list[Stretch]:
    return stretches(history, known(history.experiment).limits)


def well(history: History) -> tuple[int, float]:
    """Where a run that exploded was last well."""
    assert history.diverged_at is not None
    return before_explosion(history, theory(history.experiment))


@st.composite
def schedules(draw: st.DrawFn, stable: float, shares: list[float], most: int = 5) -> Schedule:
    later = draw(st.sets(st.integers(1, 40), max_size=most))
    return tuple((beginning, draw(st.sampled_from(shares)) * stable) for beginning in sorted({0, *later}))


# Stretches


def test_a_stretch_lasts_from_one_regime_to_the_next() -> None:
    schedule = ((0, 0.01), (10, 0.25), (20, 0.4), (30, 0.75), (40, 1.0), (50, 1.5), (60, 0.02))
    assert stretches_of(train(one_weight(schedule, 70))) == [
        Stretch(Regime.CREEPING, 0, 10),
        Stretch(Regime.MONOTONE, 10, 30),
        Stretch(Regime.OVERSHOOTING, 30, 40),
        Stretch(Regime.BOUNCING, 40, 50),
        Stretch(Regime.DIVERGING, 50, 60),
        Stretch(Regime.CREEPING, 60, 70),
    ]


def test_a_constant_rate_is_one_stretch() -> None:
    assert stretches_of(train(one_weight(((0, 0.25),), 0))) == [Stretch(Regime.MONOTONE, 0, 0)]
    assert stretches_of(train(one_weight(((0, 0.25),), 9))) == [Stretch(Regime.MONOTONE, 0, 9)]


def test_a_rate_that_is_only_in_force_after_the_end_is_no_stretch() -> None:
    found = stretches_of(train(one_weight(((0, 0.25), (20, 0.75)), 15)))
    assert found == [Stretch(Regime.MONOTONE, 0, 15)]


def test_the_last_stretch_of_an_explosion_ends_with_the_history() -> None:
    history = train(one_weight(((0, 0.25), (5, 100.0), (5_000, 0.1)), 9_999))
    assert history.iterations < 100
    assert stretches_of(history) == [Stretch(Regime.MONOTONE, 0, 5), Stretch(Regime.DIVERGING, 5, history.iterations)]


@quickly(30)
@given(st.data(), experiments(sloping=True), st.integers(0, 45))
def test_stretches_cover_the_run_without_gaps_and_neighbours_differ(
    data: st.DataObject, experiment: Experiment, iterations: int
) -> None:
    schedule = data.draw(schedules(known(experiment).limits.stable, SHARES))
    history = train(replace(experiment, schedule=schedule, iterations=iterations))
    found = stretches_of(history)
    assert (found[0].first, found[-1].last) == (0, history.iterations)
    for one, other in pairwise(found):
        assert one.last == other.first
        assert one.regime is not other.regime


@quickly(30)
@given(st.data(), experiments(sloping=True), st.integers(0, 45))
def test_every_step_s_rate_is_in_the_regime_of_its_stretch(
    data: st.DataObject, experiment: Experiment, iterations: int
) -> None:
    limits = known(experiment).limits
    schedule = data.draw(schedules(limits.stable, SHARES))
    history = train(replace(experiment, schedule=schedule, iterations=iterations))
    spread = [stretch.regime for stretch in stretches_of(history) for _step in range(stretch.first, stretch.last)]
    assert spread == [limits.regime(learning_rate_at(schedule, step)) for step in range(history.iterations)]


# Where a run was last well


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        pytest.param(((0, 0.25), (10, 0.4), (20, 1.5)), (20, 0.4), id="at the last stable rate"),
        pytest.param(((0, 1.5),), (0, 1.5), id="at the start"),
        pytest.param(((0, 0.25), (5, 1.5), (8, 0.75), (20, 2.0)), (20, 0.75), id="not at an earlier excess"),
        pytest.param(((0, 0.25), (5, 1.5), (8, 2.0), (20, 3.0)), (5, 0.25), id="before the first of many excesses"),
        pytest.param(((0, 0.25), (5, 1.0), (20, 3.0)), (20, 1.0), id="where it bounced"),
    ],
)
def test_a_run_was_last_well_where_its_last_explosive_stretch_began(
    schedule: Schedule, expected: tuple[int, float]
) -> None:
    assert well(train(one_weight(schedule, 5_000))) == expected


def test_a_run_put_where_the_loss_is_infinite_was_last_well_where_its_loss_was_least() -> None:
    # Halving from 1, put to 1 again at iteration 4.
    experiment = one_weight(((0, 0.25), (2, 0.26)), 20)
    history = train(replace(experiment, nudges=((4, (1.0,)), (6, (1e300,)))))
    assert well(history) == (3, 0.26)


def test_without_theory_a_run_was_last_well_where_its_loss_was_least() -> None:
    model, schedule = SuspectNeuron(suspect="missing-two"), ((0, 1e-4), (30, 2e-4), (50, 10.0))
    history = train(Experiment.on(celsius(), model=model, schedule=schedule, iterations=1_000))
    assert well(history) == (50, 2e-4)
    assert history.loss.argmin() == 50


def goes_on(history: History, iterations: int) -> History:
    """The run from where it was last well, at the rate of that moment."""
    at, rate = well(history)
    before = history.until(at)
    schedule = steered(before.experiment.schedule, at, rate)
    return train(replace(before.experiment, schedule=schedule, iterations=at + iterations), before=before)


@quickly(30)
@given(st.data(), experiments(sloping=True), st.integers(1, 60), st.sampled_from([1.3, 3.0, 50.0]))
def test_a_run_that_was_stable_before_explodes_no_more_after_rewinding(
    data: st.DataObject, experiment: Experiment, turned_at: int, share: float
) -> None:
    stable = known(experiment).limits.stable
    before = data.draw(schedules(stable, STABLE_SHARES))
    schedule = steered(before, turned_at, share * stable)
    place = (1e9,) * len(experiment.start)  # so that something is left to explode
    history = train(replace(experiment, schedule=schedule, nudges=((turned_at, place),), iterations=1_000))
    if history.diverged_at is not None:  # else the place is one of the best
        assert goes_on(history, 300).diverged_at is None


@EVERY
@pytest.mark.parametrize("share", [1.1, 2.0, 1e9])
def test_on_each_data_set_a_run_explodes_no_more_after_rewinding(data: Dataset, share: float) -> None:
    stable = known(Experiment.on(data)).limits.stable
    # At the rates before the weighted sum does not quite land: something is left to explode.
    schedule = ((0, 0.02 * stable), (5, 0.9 * stable), (20, share * stable), (25, (share + 1) * stable))
    history = train(Experiment.on(data, schedule=schedule, iterations=3_000))
    assert well(history) == (20, 0.9 * stable)
    assert goes_on(history, 300).diverged_at is None


def test_what_counts_as_unstable_is_what_does_not_settle() -> None:
    limits = known(one_weight(((0, 0.1),), 0)).limits
    assert [limits.regime(rate) in UNSTABLE for rate in (0.01, 0.3, 0.7, 0.999, 1.0, 1.001)] == [False] * 4 + [True] * 2
