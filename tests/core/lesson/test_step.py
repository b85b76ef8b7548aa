import math
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.batches import Batches
from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.step import step_after
from core.lesson.suspects import SuspectNeuron
from core.losses import CrossEntropy
from core.optimisers import Adam, Momentum, Nesterov, RMSProp
from core.schedule import learning_rate_at
from core.training import train
from tests.core.experiments import at_share, classes, exactly, experiments, network, quickly


@quickly()
@given(experiments(sloping=True), st.sampled_from([0.3, 0.9, 1.2]), st.integers(1, 10))
def test_a_step_is_the_run_s_own(experiment: Experiment, share: float, iterations: int) -> None:
    history = train(at_share(experiment, share, iterations))
    for i in range(iterations):
        step = step_after(history, i)
        assert np.array_equal(step.parameters, history.parameters[i])
        assert np.array_equal(step.after, history.parameters[i + 1])
        assert step.loss == history.loss[i]
        assert step.next_loss == pytest.approx(history.loss[i + 1], rel=1e-12, abs=1e-20)
        assert step.outputs == pytest.approx(history.outputs(i), rel=1e-12, abs=1e-9)


def test_a_suspect_s_step_is_the_run_s_own() -> None:
    history = train(Experiment.on(celsius(), model=SuspectNeuron(suspect="listing"), iterations=3))
    assert all(np.array_equal(step_after(history, i).after, history.parameters[i + 1]) for i in range(3))


def test_the_numbers_of_a_step_follow_from_one_another() -> None:
    step = step_after(train(Experiment.on(celsius(), iterations=5)), 2)
    assert step.outputs == exactly(step.inputs @ step.parameters)
    assert step.grad_output == exactly(2 * (step.outputs - step.targets) / 100)
    assert step.gradient == pytest.approx(step.inputs.T @ step.grad_output, rel=1e-11)
    assert step.after == exactly(step.parameters - step.learning_rate * step.gradient)
    assert step.loss == exactly(np.mean((step.outputs - step.targets) ** 2))


def test_the_step_after_the_last_iteration_is_the_one_that_a_longer_run_takes() -> None:
    short, longer = (train(Experiment.on(celsius(), iterations=iterations)) for iterations in (5, 6))
    assert np.array_equal(step_after(short, 5).after, longer.parameters[6])


def test_the_article_s_first_step_has_the_published_numbers() -> None:
    step = step_after(train(Experiment.on(celsius().only(92), iterations=1)), 0)
    assert (step.inputs.tolist(), step.outputs.tolist(), step.targets) == ([[42.0, 1.0]], [21.5], exactly([107.6]))
    assert (step.loss, step.grad_output, step.gradient) == (
        exactly(7413.21),
        exactly([-172.2]),
        exactly([-7232.4, -172.2]),
    )
    assert step.after == exactly([1.22324, 0.51722])


def test_a_step_takes_the_rate_that_the_schedule_has_there() -> None:
    experiment = Experiment(celsius(), SuspectNeuron(), (0.5, 0.5), ((0, 1e-4), (2, 1e-5)), 4)
    history = train(experiment)
    for i in range(4):
        assert step_after(history, i).learning_rate == learning_rate_at(experiment.schedule, i)
        assert np.array_equal(step_after(history, i).after, history.parameters[i + 1])


MEMORABLE: dict[str, Experiment] = {
    "momentum": Experiment.on(celsius(), optimiser=Momentum()),
    "nesterov": Experiment.on(celsius(), optimiser=Nesterov()),
    "rmsprop": Experiment.on(celsius(), optimiser=RMSProp()),
    "adam": Experiment.on(celsius(), optimiser=Adam()),
    "batches": Experiment.on(celsius(), batches=Batches(9)),
    "momentum in batches": Experiment.on(celsius(), optimiser=Momentum(), batches=Batches(9)),
    "network with adam in batches": network(classes(2), loss=CrossEntropy(), optimiser=Adam(), batches=Batches(3)),
}
EVERY_MEMORABLE = pytest.mark.parametrize("experiment", MEMORABLE.values(), ids=list(MEMORABLE))


@EVERY_MEMORABLE
def test_a_step_with_a_memory_or_a_batch_is_the_run_s_own(experiment: Experiment) -> None:
    schedule, nudge = ((0, 1e-4), (20, 3e-4)), (25, (0.5,) * len(experiment.start))
    history = train(replace(experiment, schedule=schedule, nudges=(nudge,), iterations=40))
    for i in (0, 1, 2, 12, 19, 20, 21, 23, 25, 26, 39):
        step = step_after(history, i)
        assert np.array_equal(step.parameters, history.parameters[i])
        assert np.array_equal(step.after, history.parameters[i + 1])
        assert step.loss == history.loss[i]
        assert step.next_loss == pytest.approx(history.loss[i + 1], rel=1e-12)


@EVERY_MEMORABLE
def test_the_step_after_the_last_iteration_is_the_longer_run_s_whatever_is_remembered(experiment: Experiment) -> None:
    short, longer = (train(replace(experiment, iterations=iterations)) for iterations in (30, 31))
    assert np.array_equal(step_after(short, 30).after, longer.parameters[31])


def test_a_step_in_batches_sees_the_samples_of_its_batch() -> None:
    data, batches = celsius(), Batches(9, seed=2)
    history = train(Experiment.on(data, batches=batches, iterations=30))
    for i, rows in enumerate(islice(batches.rows(100), 30)):
        step = step_after(history, i)
        assert step.inputs.tolist() == [[celsius, 1.0] for celsius in data.inputs[rows, 0].tolist()]
        assert step.targets.tolist() == data.targets[rows].tolist()
        assert step.outputs == exactly(step.inputs @ step.parameters)
        assert step.grad_output == exactly(2 * (step.outputs - step.targets) / len(rows))
        assert step.gradient == pytest.approx(step.inputs.T @ step.grad_output, rel=1e-11)
        assert step.loss == history.loss[i]


def test_a_step_with_momentum_is_its_gradient_s_and_a_part_of_the_last_move() -> None:
    history = train(Experiment.on(celsius(), optimiser=Momentum(0.8), iterations=20))
    step, moves = step_after(history, 7), np.diff(history.parameters, axis=0)
    assert step.after == exactly(step.parameters + 0.8 * moves[6] - 1e-4 * step.gradient)


def test_a_step_whose_squared_gradient_overflows_is_no_warning() -> None:
    history = train(Experiment.on(celsius(), start=(1e151, 0.5), optimiser=Adam(), iterations=5))
    assert history.iterations == 5
    assert step_after(history, 3).after.tolist() == history.parameters[4].tolist()


def test_a_step_out_of_the_finite_world_has_an_infinite_loss_and_no_warning() -> None:
    history = train(Experiment.on(celsius(), learning_rate=1e308, iterations=10))
    assert history.diverged_at == 1
    assert not math.isfinite(step_after(history, 0).next_loss)
    far = train(Experiment.on(celsius(), start=(1e300, 0.5)))
    assert step_after(far, 0).loss == math.inf


def test_a_step_knows_which_samples_it_sees_and_their_own_loss() -> None:
    experiment = Experiment.on(celsius(), iterations=12, batches=Batches(10, seed=3))
    history = train(experiment)
    steps = [step_after(history, iteration) for iteration in range(10)]
    assert sorted(row for step in steps for row in step.rows.tolist()) == list(range(100))
    for step in steps:
        assert step.inputs[:, 0].tolist() == celsius().inputs[step.rows, 0].tolist()
        assert step.targets.tolist() == celsius().targets[step.rows].tolist()
        assert step.seen_loss == exactly(np.mean((step.outputs - step.targets) ** 2))
        assert step.loss == history.loss[step.iteration]
        assert np.array_equal(step.after, history.parameters[step.iteration + 1])
        assert not step.sees_all


def test_a_sample_has_its_place_among_those_that_a_step_sees_or_none() -> None:
    step = step_after(train(Experiment.on(celsius(), iterations=1, batches=Batches(10))), 0)
    places = [step.place_of(row) for row in range(100)]
    assert [place for place in places if place is not None] == np.argsort(step.rows).tolist()
    assert all(place is None or step.rows[place] == row for row, place in enumerate(places))


def test_a_step_of_all_samples_has_one_loss_and_each_sample_in_its_own_place() -> None:
    step = step_after(train(Experiment.on(celsius(), iterations=1)), 0)
    assert step.sees_all
    assert step.seen_loss == step.loss
    assert [step.place_of(row) for row in range(101)] == [*range(100), None]


def test_a_step_holds_what_the_optimiser_remembers_before_and_after_it() -> None:
    history = train(Experiment.on(celsius(), iterations=3, optimiser=Momentum(0.9)))
    step = step_after(history, 1)
    assert step.state[0] == exactly(history.parameters[1] - history.parameters[0])
    assert step.next_state[0] == exactly(history.parameters[2] - history.parameters[1])
