from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.data.builtin import celsius
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR
from core.nudges import checked_nudges, nudged, nudges_until
from core.optimisers import update
from core.training import train
from tests.core.experiments import EVERY, NOT_FINITE, samples

NUDGES = ((5, (1.0, 2.0)), (9, (3.0, 4.0)))


# What a nudge is


@pytest.mark.parametrize("iterations", [[0], [0, 5], [5, 5], [5, 3]])
def test_nudges_that_do_not_go_forward_from_iteration_1_are_named(iterations: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^nudges must go forward from iteration 1, not through \["):
        checked_nudges(tuple((iteration, (1.0, 2.0)) for iteration in iterations), 2)


@pytest.mark.parametrize("iteration", [-1, 2.5, *NOT_FINITE])
def test_a_nudge_s_iteration_that_is_no_whole_number_is_named(iteration: Any) -> None:
    with pytest.raises(ValueError, match=r"^nudge's iteration must be a whole number"):
        checked_nudges(((iteration, (1.0, 2.0)),), 2)


@pytest.mark.parametrize(
    "parameters", [(), (1.0,), (1.0, 2.0, 3.0), ((1.0, 2.0),), *((0.5, bad) for bad in NOT_FINITE)]
)
def test_a_nudge_that_is_no_place_for_the_run_is_named(parameters: Any) -> None:
    with pytest.raises(ValueError, match=r"^nudge must"):
        checked_nudges(((3, (1.0, 2.0)), (5, parameters)), 2)


def test_nudges_that_go_forward_and_fit_are_kept() -> None:
    assert checked_nudges(NUDGES, 2) == NUDGES
    assert checked_nudges((), 2) == ()


@pytest.mark.parametrize(
    ("iteration", "expected"),
    [
        pytest.param(12, (*NUDGES, (12, (7.0, 8.0))), id="after all"),
        pytest.param(7, (NUDGES[0], (7, (7.0, 8.0))), id="in between"),
        pytest.param(9, (NUDGES[0], (9, (7.0, 8.0))), id="in place of another"),
        pytest.param(1, ((1, (7.0, 8.0)),), id="before all"),
    ],
)
def test_one_more_nudge_keeps_the_earlier_ones_and_forgets_the_later_ones(iteration: int, expected: Any) -> None:
    assert nudged(NUDGES, iteration, (7.0, 8.0)) == expected


def test_a_run_has_had_the_nudges_up_to_the_iteration_at_which_it_stands() -> None:
    assert [len(nudges_until(NUDGES, iteration)) for iteration in (0, 4, 5, 8, 9, 100)] == [0, 0, 1, 1, 2, 2]
    assert nudges_until(NUDGES, 8) == NUDGES[:1]


# What a nudge does


def test_a_halving_weight_goes_on_halving_from_where_it_is_put() -> None:
    # The gradient of w^2 is 2 w, so that a step of rate 1/4 leaves half of w.
    halving = Experiment.on(samples([[1.0]], [0.0], has_bias=False, start=[8.0]), learning_rate=0.25, iterations=6)
    history = train(replace(halving, nudges=((3, (64.0,)), (5, (-4.0,)))))
    assert history.parameters[:, 0].tolist() == [8, 4, 2, 64, 32, -4, -2]
    assert history.loss.tolist() == [64, 16, 4, 4096, 1024, 16, 4]


@EVERY
def test_before_a_nudge_nothing_differs_and_at_it_the_run_is_where_it_is_put(data: Dataset) -> None:
    untouched = train(Experiment.on(data, iterations=60))
    place = tuple((data.start + 3.0).tolist())
    history = train(replace(untouched.experiment, nudges=((40, place),)))
    assert np.array_equal(history.parameters[:40], untouched.parameters[:40])
    assert np.array_equal(history.loss[:40], untouched.loss[:40])
    assert history.parameters[40].tolist() == list(place)


@EVERY
def test_after_a_nudge_each_step_is_one_forward_backward_and_update_from_there(data: Dataset) -> None:
    place = tuple((data.start + 3.0).tolist())
    history = train(Experiment.on(data, iterations=44, nudges=((40, place),)))
    model, inputs, here = history.experiment.model, history.experiment.model.seen(data.inputs), np.array(place)
    for after in history.parameters[41:]:
        gradient = model.backward(here, inputs, model.forward(here, inputs), data.targets, MEAN_SQUARED_ERROR)
        here = update(here, gradient, data.learning_rate)
        assert np.array_equal(here, after)


@EVERY
def test_a_run_put_elsewhere_goes_on_as_one_that_starts_there(data: Dataset) -> None:
    place = tuple((data.start + 3.0).tolist())
    history = train(Experiment.on(data, iterations=60, nudges=((40, place),)))
    assert np.array_equal(history.parameters[40:], train(Experiment.on(data, start=place, iterations=20)).parameters)


def test_a_nudge_at_the_last_iteration_is_where_the_run_ends() -> None:
    history = train(Experiment.on(celsius(), iterations=5, nudges=((5, (1.8, 32.0)),)))
    assert history.parameters[-1].tolist() == [1.8, 32.0]
    assert history.loss[-1] < 1e-20


def test_a_nudge_after_the_last_iteration_changes_no_number() -> None:
    history, untouched = (train(Experiment.on(celsius(), iterations=5, nudges=n)) for n in (((6, (1.8, 32.0)),), ()))
    assert np.array_equal(history.parameters, untouched.parameters)


def test_a_run_put_where_the_loss_is_infinite_explodes_there() -> None:
    history = train(Experiment.on(celsius(), iterations=9, nudges=((5, (1e300, 0.0)),)))
    assert (history.diverged_at, history.iterations) == (5, 4)


def test_a_nudge_brings_back_no_run_that_has_exploded() -> None:
    exploding = Experiment.on(celsius(), learning_rate=1.0, iterations=1000)
    alone = train(exploding)
    assert alone.diverged_at is not None
    history = train(replace(exploding, nudges=((alone.diverged_at + 1, (1.8, 32.0)),)))
    assert (history.diverged_at, history.iterations) == (alone.diverged_at, alone.iterations)
