from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.data.builtin import DATASETS, celsius, weighted_sum
from core.data.standardising import standardise
from core.experiment import Experiment
from core.lesson.suspects import SUSPECTS, SuspectNeuron
from core.losses import SquaredError
from core.neuron import Neuron
from core.schedule import constant
from core.theory.forecast import AHEAD, Forecast, forecast
from core.theory.quadratic import theory
from core.training import History, train
from tests.core.experiments import ALL, at_share, experiments, known, quickly, samples

KINDS = {
    **{slug: Experiment.on(make()) for slug, make in DATASETS.items()},
    **{f"{slug}, summed": Experiment.on(make(), loss=SquaredError(summed=True)) for slug, make in DATASETS.items()},
    **{f"{slug}, standardised": Experiment.on(standardise(make())) for slug, make in DATASETS.items()},
}
EVERY_KIND = pytest.mark.parametrize("experiment", KINDS.values(), ids=list(KINDS))
LONG_WAYS = {1.001: 1e150, 1.01: 1e145}
"""Just above the limit an explosion takes very long: those runs start where some of it is behind them."""


def ahead_of(history: History, ahead: Any = (0,)) -> Forecast:
    return forecast(history, theory(history.experiment), np.array(ahead, float))


def exploding(experiment: Experiment, share: float) -> History:
    """A run at this share of the limit, to its explosion."""
    if share in LONG_WAYS:
        experiment = replace(experiment, start=tuple(known(experiment).directions[:, -1] * LONG_WAYS[share]))
    history = train(at_share(experiment, share, 12_000))
    assert history.diverged_at is not None
    return history


# When it explodes


@EVERY_KIND
@pytest.mark.parametrize("share", [1.001, 1.01, 1.1, 2.0, 50.0])
def test_an_explosion_is_announced_where_the_run_finds_it_if_nothing_is_touched(
    experiment: Experiment, share: float
) -> None:
    history = exploding(experiment, share)
    end = history.iterations
    announced = [ahead_of(history.until(at)).explodes_at for at in (0, 1, 7, end // 2, end - 1, end)]
    assert announced == [pytest.approx(history.diverged_at, abs=1)] * 6


@quickly(30)
@given(experiments(sloping=True), st.sampled_from([1.1, 1.5, 3.0, 50.0]), st.integers(0, 12))
def test_so_it_is_on_small_data_in_a_run_that_was_stable_at_first(
    experiment: Experiment, share: float, turned_at: int
) -> None:
    stable = known(experiment).limits.stable
    schedule = ((0, 0.7 * stable), (turned_at, share * stable)) if turned_at else constant(share * stable)
    history = train(replace(experiment, schedule=schedule, iterations=2_400))
    # What is only rounding explodes, too, but no theory says when.
    assume(abs(known(experiment).errors(history.parameters[0])[-1]) > 1e-3)
    assert history.diverged_at is not None
    assert ahead_of(history.until(turned_at)).explodes_at == pytest.approx(history.diverged_at, abs=1)


def test_an_explosion_is_that_of_a_nudged_run_and_of_its_last_rate() -> None:
    for data in ALL:
        stable = known(Experiment.on(data)).limits.stable
        place = tuple((data.start + 1e6).tolist())
        schedule = ((0, 0.3 * stable), (5, 0.9 * stable), (12, 1.5 * stable))
        history = train(Experiment.on(data, schedule=schedule, nudges=((12, place),), iterations=2_000))
        assert history.diverged_at is not None
        assert ahead_of(history.until(12)).explodes_at == pytest.approx(history.diverged_at, abs=1)


# At learning rate 1 each step of the weighted sum multiplies its loss, 99.2^2, by 49, which 99.2^2 * 49^181 ends.
def test_the_weighted_sum_s_explosion_is_announced_where_it_was_worked_out_by_hand() -> None:
    history = train(Experiment.on(weighted_sum(), learning_rate=1.0, iterations=20))
    assert ahead_of(history).explodes_at == 181


@EVERY_KIND
def test_no_explosion_is_announced_at_a_stable_rate(experiment: Experiment) -> None:
    for share in (0.0, 0.02, 0.3, 0.5, 0.9, 0.999, 1.0):
        assert ahead_of(train(at_share(experiment, share, 30))).explodes_at is None


def test_no_explosion_is_announced_for_a_run_at_rest_or_on_flat_data() -> None:
    at_rest = Experiment.on(samples([[1.0]], [0.0], has_bias=False, start=[0.0]), learning_rate=1e6)
    flat = Experiment.on(weighted_sum([0.0, 0.0]), learning_rate=1e6)
    for experiment in (at_rest, flat):
        assert ahead_of(train(experiment)).explodes_at is None


def test_no_explosion_is_announced_more_than_a_million_million_iterations_ahead() -> None:
    # The error grows by 2e-13 a step, so that it needs about 2e15 steps.
    experiment = Experiment.on(samples([[1.0]], [0.0], has_bias=False, start=[1.0]), learning_rate=1 + 1e-13)
    assert ahead_of(train(experiment)).explodes_at is None


def test_a_run_that_has_exploded_is_forecast_no_further() -> None:
    for model in (Neuron(), SuspectNeuron(suspect="sign")):
        history = train(Experiment.on(celsius(), model=model, learning_rate=1.0, iterations=1_000))
        found = ahead_of(history, range(50))
        assert (found.loss.size, found.iterations.size, found.explodes_at) == (0, 0, history.diverged_at)
        assert found.explodes_at is not None


# Where the loss goes


@EVERY_KIND
@pytest.mark.parametrize("share", [0.02, 0.45, 0.9, 1.0, 1.1, 50.0])
def test_the_losses_forecast_are_those_of_the_steps_that_follow(experiment: Experiment, share: float) -> None:
    history = train(at_share(experiment, share, 150))
    for at in (0, 10):
        end = min(history.iterations, at + 120)
        found = ahead_of(history.until(at), np.arange(end - at + 1))
        assert np.array_equal(found.iterations, np.arange(at, end + 1))
        # An error may shrink until only rounding is left of it.
        rounding = 1e-22 * history.loss[0]
        assert found.loss == pytest.approx(history.loss[at : end + 1], rel=1e-6, abs=rounding)


@quickly(50)
@given(experiments(sloping=True), st.sampled_from([0.3, 0.9, 1.0, 1.1, 3.0]), st.integers(0, 30))
def test_so_they_are_on_small_data(experiment: Experiment, share: float, at: int) -> None:
    history = train(at_share(experiment, share, 60))
    found = ahead_of(history.until(at), np.arange(60 - at + 1))
    # What is only rounding at the start may grow with the largest of the losses.
    far = 1e-15 * float(history.loss.max())
    assert found.loss == pytest.approx(history.loss[at:], rel=1e-6, abs=far)


def test_the_losses_of_a_halving_weight_are_quartered() -> None:
    halving = Experiment.on(samples([[1.0]], [0.0], has_bias=False, start=[8.0]), learning_rate=0.25, iterations=2)
    found = ahead_of(train(halving), [0, 1, 3, 1000])
    assert found.iterations.tolist() == [2, 3, 5, 1002]
    assert found.loss.tolist() == pytest.approx([4.0, 1.0, 1 / 16, 0.0])


def test_the_loss_forecast_beyond_an_explosion_is_infinite_and_no_warning() -> None:
    history = train(Experiment.on(weighted_sum(), learning_rate=1.0, iterations=20))
    assert np.isinf(ahead_of(history, [1_000, 10**9]).loss).all()


# Without theory


def tried(suspect: str, rate: float, iterations: int) -> Experiment:
    """A run that follows a suspect's gradient; the rate is in force from iteration 8 on, after a nudge."""
    schedule = ((0, 1e-5), (8, rate))
    model = SuspectNeuron(suspect=suspect)
    return Experiment.on(celsius(), model=model, schedule=schedule, nudges=((8, (1.0, 3.0)),), iterations=iterations)


@pytest.mark.parametrize("suspect", SUSPECTS)
@pytest.mark.parametrize("rate", [1e-4, 1e-3, 0.1])
def test_without_theory_a_forecast_is_what_a_few_hundred_steps_give(suspect: str, rate: float) -> None:
    history = train(tried(suspect, rate, 10 + AHEAD))
    found = ahead_of(history.until(10), np.arange(2 * AHEAD))
    assert found.explodes_at == history.diverged_at
    assert found.iterations.tolist() == list(range(10, history.iterations + 1))
    assert found.loss == pytest.approx(history.loss[10:], rel=1e-12)


def test_without_theory_a_forecast_knows_of_no_explosion_after_that() -> None:
    history = train(tried("sign", 1e-4, 10_000))
    assert history.diverged_at is not None
    assert history.diverged_at > 10 + AHEAD
    assert ahead_of(history.until(10)).explodes_at is None
    near = history.until(history.diverged_at - AHEAD)
    assert ahead_of(near).explodes_at == history.diverged_at
