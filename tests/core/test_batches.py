from dataclasses import FrozenInstanceError
from itertools import chain, islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.batches import Batches
from core.data.builtin import celsius, tips
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR
from core.training import train
from tests.core.experiments import NOT_FINITE, quickly


def first(batches: Batches, n_samples: int, n_steps: int, since: int = 0) -> list[list[int]]:
    """Which samples so many steps see."""
    return [rows.tolist() for rows in islice(batches.rows(n_samples, since), n_steps)]


# An epoch


@quickly()
@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 5), st.integers(0, 3))
def test_each_sample_is_seen_once_an_epoch(n_samples: int, size: int, seed: int, epoch: int) -> None:
    batches = Batches(size, seed)
    per_epoch = batches.steps_per_epoch(n_samples)
    seen = first(batches, n_samples, per_epoch, epoch * per_epoch)
    assert sorted(chain(*seen)) == list(range(n_samples))


def test_an_epoch_has_as_many_steps_as_it_takes_to_see_all_samples() -> None:
    assert [Batches(size).steps_per_epoch(10) for size in (1, 3, 5, 9, 10, 11)] == [10, 4, 2, 2, 1, 1]


def test_all_batches_are_full_but_the_last_one_of_an_epoch() -> None:
    assert [len(rows) for rows in first(Batches(3), 10, 8)] == [3, 3, 3, 1, 3, 3, 3, 1]
    assert [len(rows) for rows in first(Batches(5), 10, 4)] == [5, 5, 5, 5]


@pytest.mark.parametrize("size", [10, 11, 1000])
def test_batches_as_large_as_the_data_are_all_samples_in_each_step(size: int) -> None:
    assert [sorted(rows) for rows in first(Batches(size), 10, 3)] == [list(range(10))] * 3


# The order


def test_each_epoch_has_an_order_of_its_own_and_none_is_that_of_the_data() -> None:
    one, two, three = first(Batches(50), 50, 3)
    assert len({tuple(order) for order in (one, two, three, range(50))}) == 4


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    assert first(Batches(4, seed=1), 50, 30) == first(Batches(4, seed=1), 50, 30)
    assert first(Batches(4, seed=1), 50, 13) != first(Batches(4, seed=2), 50, 13)


def test_the_order_does_not_depend_on_the_batches_size() -> None:
    fours, fives = (list(chain(*first(Batches(size), 12, 3))) for size in (4, 5))
    assert fours == fives


@quickly()
@given(st.integers(1, 20), st.integers(1, 25), st.integers(0, 60))
def test_any_step_can_be_taken_again(n_samples: int, size: int, since: int) -> None:
    assert first(Batches(size), n_samples, 10, since) == first(Batches(size), n_samples, since + 10)[since:]


# What a step follows


def test_each_step_follows_the_gradient_of_its_batch_alone() -> None:
    data, batches = tips(), Batches(32, seed=3)
    history = train(Experiment.on(data, batches=batches, iterations=20))
    model = history.experiment.model
    for i, rows in enumerate(islice(batches.rows(244), 20)):
        before, inputs, targets = history.parameters[i], model.seen(data.inputs[rows]), data.targets[rows]
        outputs = model.forward(before, inputs)
        gradient = model.backward(before, inputs, outputs, targets, MEAN_SQUARED_ERROR)
        assert np.array_equal(before - data.learning_rate * gradient, history.parameters[i + 1])


def test_the_loss_kept_is_that_of_all_samples() -> None:
    history = train(Experiment.on(celsius(), batches=Batches(7), iterations=30))
    expected = [MEAN_SQUARED_ERROR.value(history.outputs(i), celsius().targets) for i in range(31)]
    assert history.loss == pytest.approx(expected, rel=1e-12)


def test_with_all_samples_in_a_batch_a_run_is_the_one_without_batches_but_for_rounding() -> None:
    whole, batch = (train(Experiment.on(celsius(), batches=b, iterations=500)) for b in (None, Batches(100)))
    assert batch.parameters == pytest.approx(whole.parameters, rel=1e-10)


# What batches are


@pytest.mark.parametrize("size", [0, -1, 2.5, *NOT_FINITE])
def test_a_size_that_is_no_whole_number_from_1_on_is_named(size: float) -> None:
    with pytest.raises(ValueError, match=r"^batch size must be "):
        Batches(size)  # type: ignore[arg-type]


def test_a_whole_number_written_as_a_float_is_a_size_like_any_other() -> None:
    assert first(Batches(4.0), 10, 6) == first(Batches(4), 10, 6)  # type: ignore[arg-type]


def test_batches_cannot_be_changed_and_equal_ones_are_one_key() -> None:
    with pytest.raises(FrozenInstanceError):
        Batches(3).size = 4  # type: ignore[misc]
    assert len({Batches(3), Batches(3, 0), Batches(4), Batches(3, 1)}) == 3
