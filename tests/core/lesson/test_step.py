import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.step import step_after
from core.lesson.suspects import SuspectNeuron
from core.schedule import learning_rate_at
from core.training import train
from tests.core.experiments import at_share, exactly, experiments, quickly


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


def test_a_step_out_of_the_finite_world_has_an_infinite_loss_and_no_warning() -> None:
    history = train(Experiment.on(celsius(), learning_rate=1e308, iterations=10))
    assert history.diverged_at == 1
    assert not math.isfinite(step_after(history, 0).next_loss)
    far = train(Experiment.on(celsius(), start=(1e300, 0.5)))
    assert step_after(far, 0).loss == math.inf
