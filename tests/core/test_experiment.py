from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import numpy as np
import pytest

from core.batches import Batches
from core.data.builtin import celsius, noisy_thermometer, tips, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import SquaredError
from core.neuron import Neuron
from core.optimisers import Momentum
from core.training import train
from tests.core.experiments import ALL, NOT_FINITE

OTHER: dict[str, Any] = {
    "data": noisy_thermometer(noise_seed=1),
    "model": Neuron(has_bias=False),
    "start": (0.5, 0.25),
    "schedule": ((0, 1e-4), (5, 1e-5)),
    "iterations": 9_999,
    "loss": SquaredError(summed=True),
    "optimiser": Momentum(),
    "batches": Batches(10),
    "nudges": ((5, (1.0, 2.0)),),
}


def test_an_experiment_begins_with_what_its_data_propose() -> None:
    for data in ALL:
        experiment = Experiment.on(data)
        assert experiment.start == tuple(data.start.tolist())
        assert (experiment.learning_rate, experiment.iterations) == (data.learning_rate, data.iterations)
        assert experiment.model == Neuron(data.has_bias)


def test_what_is_said_counts_more_than_what_the_data_propose() -> None:
    experiment = Experiment.on(celsius(), start=[1, 2], learning_rate=1, iterations=3, loss=SquaredError(summed=True))
    assert (experiment.start, experiment.schedule, experiment.iterations) == ((1.0, 2.0), ((0, 1.0),), 3)
    assert experiment.loss.summed


def test_equal_experiments_are_one_key() -> None:
    one, same = Experiment.on(tips()), Experiment.on(tips(), start=np.zeros(2), learning_rate=1e-3)
    assert one == same
    assert hash(one) == hash(same)


@pytest.mark.parametrize("field", [field.name for field in fields(Experiment)])
def test_a_difference_in_any_field_is_another_experiment(field: str) -> None:
    experiment = Experiment.on(celsius())
    other: dict[str, Any] = {"start": (0.5,)} if field == "model" else {}
    changed = replace(experiment, **{field: OTHER[field]}, **other)
    assert changed != experiment
    assert len({changed, experiment}) == 2


def test_lists_and_arrays_make_the_same_key_as_tuples() -> None:
    given: dict[str, Any] = {"start": np.array([0.5, 0.5]), "schedule": [[0, 1e-4]], "iterations": 10_000.0}
    experiment = replace(Experiment.on(celsius()), **given)
    assert (experiment, hash(experiment)) == (Experiment.on(celsius()), hash(Experiment.on(celsius())))


def test_nudges_as_lists_and_arrays_make_the_same_key_as_tuples() -> None:
    nudges: Any = [[5.0, np.array([1, 2])], (7, [3, 4])]
    one, same = (Experiment.on(celsius(), nudges=some) for some in (nudges, ((5, (1.0, 2.0)), (7, (3.0, 4.0)))))
    assert (one, hash(one)) == (same, hash(same))


def test_the_learning_rate_is_the_one_in_force_when_the_run_ends() -> None:
    schedule = ((0, 0.1), (5, 0.2), (9, 0.3))
    found = [Experiment.on(tips(), schedule=schedule, iterations=n).learning_rate for n in (0, 4, 5, 8, 9, 100)]
    assert found == [0.1, 0.1, 0.2, 0.2, 0.3, 0.3]


def test_a_nudge_that_does_not_fit_the_model_is_named() -> None:
    with pytest.raises(ValueError, match=r"^nudge must have 2 parameters, not 1"):
        Experiment.on(celsius(), nudges=((5, (1.0,)),))


def test_an_experiment_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Experiment.on(celsius()).iterations = 3  # type: ignore[misc]


def test_changing_the_array_of_a_start_afterwards_changes_no_experiment() -> None:
    start = np.array([0.5, 0.5])
    experiment = Experiment.on(celsius(), start=start)
    start[0] = 99.0
    assert experiment.start == (0.5, 0.5)


def test_a_start_that_does_not_fit_is_named() -> None:
    misfits: list[Any] = [[], [1.0], [1.0, 2.0, 3.0], [[1.0, 2.0]], *([0.5, bad] for bad in NOT_FINITE)]
    for start in misfits:
        with pytest.raises(ValueError, match=r"^start must"):
            Experiment.on(celsius(), start=start)


@pytest.mark.parametrize(("data", "has_bias"), [(celsius(), False), (weighted_sum(), True)])
def test_a_start_that_does_not_fit_the_model_is_named(data: Dataset, has_bias: bool) -> None:
    with pytest.raises(ValueError, match=r"^start must have \d parameters, not \d"):
        Experiment.on(data, model=Neuron(has_bias))


def test_a_learning_rate_that_is_not_finite_is_named() -> None:
    for rate in NOT_FINITE:
        with pytest.raises(ValueError, match=r"^learning_rate must"):
            Experiment.on(celsius(), learning_rate=rate)


def test_iterations_that_are_no_whole_number_are_named() -> None:
    misfits: list[Any] = [-1, 2.5, *NOT_FINITE]
    for iterations in misfits:
        with pytest.raises(ValueError, match=r"^iterations must"):
            Experiment.on(celsius(), iterations=iterations)


def test_whole_numbers_are_trained_as_float64() -> None:
    whole, floats = (train(Experiment.on(celsius(), start=start, iterations=1)) for start in ([1, 0], [1.0, 0.0]))
    assert whole.parameters.dtype == np.float64
    assert np.array_equal(whole.parameters, floats.parameters)
