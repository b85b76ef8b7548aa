from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.batches import Batches
from core.data.builtin import celsius
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.optimisers import Adam, Momentum, RMSProp
from core.training import History, train
from telling.trying import outcome, shortened, summary, why_tried

RATES = np.array([0.01, 0.1, 1.0, 10.0])


def network(**others: Any) -> History:
    start = Network(4).start(1, seed=0)
    chosen = {"learning_rate": 0.1, "iterations": 50, **others}
    return train(Experiment.on(sine(), model=Network(4), start=start, **chosen))


def told(*losses: float) -> str:
    return outcome(RATES, np.array(losses))


def test_the_summary_names_the_best_rate_tried_and_its_loss() -> None:
    text = summary(RATES, np.array([4.0, 2.5, 9.0, np.inf]), 2000)
    assert text == ("The loss at iteration 2,000, over the learning rate. Of 4 rates tried 0.1 is best: loss 2.5.")


def test_the_summary_of_nothing_but_explosions_says_so() -> None:
    assert summary(RATES, np.full(4, np.inf), 5).endswith("All 4 rates tried explode.")
    assert told(*[np.inf] * 4) == ""


def test_the_smallest_rate_that_explodes_is_named() -> None:
    assert told(4.0, 2.0, np.inf, np.inf) == "The smallest rate that explodes is 1."


def test_a_loss_that_rises_again_without_exploding_is_told() -> None:
    assert told(4.0, 2.0, 3.0, 5.0) == "None explodes up to 10, but there the loss ends at 5."
    assert told(4.0, 3.0, 2.0, 1.0) == "None explodes up to 10."


@pytest.mark.parametrize(
    ("losses", "ends"),
    [
        ((4.0, 2.0, 2.01, np.inf), ("0.1", "1")),
        ((2.0, 2.0, 2.0, 9.0), ("0.01", "1")),
        ((9.0, 9.0, 2.0, 2.0), ("1", "10")),
    ],
)
def test_rates_as_good_as_the_best_are_named(losses: tuple[float, ...], ends: tuple[str, str]) -> None:
    assert told(*losses).startswith(f"All rates tried from {ends[0]} to {ends[1]} end within 1 % of the least loss.")


def test_a_rate_as_good_beyond_a_worse_one_does_not_count() -> None:
    assert told(2.0, 9.0, 2.0, np.inf) == "The smallest rate that explodes is 10."


@pytest.mark.parametrize("optimiser", [Adam(), RMSProp()])
def test_of_paces_of_their_own_it_is_said_that_no_limit_is_known(optimiser: Any) -> None:
    text = why_tried(train(Experiment.on(celsius(), optimiser=optimiser, iterations=9)))
    assert "the limit of the steepest direction does not hold for them, and no other is known beforehand" in text


def test_a_moving_limit_is_given_at_the_start_and_at_the_end() -> None:
    history = network()
    limits = [2 / np.linalg.eigvalsh(hessian)[-1] for hessian in _hessians(history)]
    expected = "at the rate 0.1 it is {:.3g} at the start and {:.3g} at the end".format(*limits)
    assert expected in why_tried(history)
    assert "2 / sharpness" in why_tried(history)


def _hessians(history: History) -> list[np.ndarray]:
    """By central differences of the gradient."""
    experiment, step = history.experiment, 1e-5
    model, data = experiment.model, experiment.data
    inputs = model.seen(data.inputs)

    def gradient(parameters: np.ndarray) -> np.ndarray:
        return model.backward(parameters, inputs, model.forward(parameters, inputs), data.targets, experiment.loss)

    moves = step * np.eye(len(experiment.start))
    return [
        np.array([(gradient(place + move) - gradient(place - move)) / (2 * step) for move in moves])
        for place in history.parameters[[0, -1]]
    ]


def test_with_momentum_the_limit_is_no_more_2_over_the_sharpness() -> None:
    assert "2 / sharpness" not in why_tried(network(optimiser=Momentum(0.5)))


def test_of_batches_it_is_said_that_they_can_be_steeper() -> None:
    text = why_tried(train(Experiment.on(celsius(), batches=Batches(10), iterations=9)))
    assert "the limit 0.0012 holds for all samples at once, but the few samples of a batch can be steeper" in text


def test_a_bound_is_said_to_hold_everywhere() -> None:
    text = why_tried(train(Experiment.on(hours(), loss=CrossEntropy(), iterations=9)))
    assert "below 0.746, the limit that holds everywhere, no run explodes" in text


def test_with_momentum_a_bound_is_not_said_to_hold_everywhere() -> None:
    text = why_tried(train(Experiment.on(hours(), loss=CrossEntropy(), optimiser=Momentum(0.9), iterations=9)))
    assert "1.42 is the limit where the valley is steepest" in text


def test_it_is_said_where_not_all_iterations_were_tried() -> None:
    assert shortened(100, 100) == ""
    assert shortened(100, 2000).startswith("Only the first 100 of 2,000 iterations were tried")


def test_a_schedule_is_told_by_the_rate_in_force() -> None:
    experiment = replace(network().experiment, schedule=((0, 0.01), (20, 0.2)))
    assert "at the rate 0.2 it is" in why_tried(train(experiment))
