from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given

from core.checks import Array
from core.data.builtin import celsius
from core.experiment import Experiment
from core.losses import MEAN_SQUARED_ERROR, SquaredError
from core.neuron import Neuron
from core.optimisers import update
from core.training import losses
from tests.core.experiments import exactly, experiments, known, quickly

INPUTS = np.array([[1.0, 2.0], [3.0, 4.0]])


def gradient(experiment: Experiment, parameters: Array) -> Array:
    inputs, targets = experiment.model.seen(experiment.data.inputs), experiment.data.targets
    outputs = experiment.model.forward(parameters, inputs)
    return experiment.model.backward(parameters, inputs, outputs, targets, experiment.loss)


def test_a_neuron_with_a_bias_sees_one_more_input_that_is_always_1() -> None:
    assert Neuron().seen(INPUTS).tolist() == [[1.0, 2.0, 1.0], [3.0, 4.0, 1.0]]
    assert Neuron(has_bias=False).seen(INPUTS) is INPUTS


def test_forward_adds_the_weighted_inputs_and_the_bias() -> None:
    assert Neuron().forward(np.array([10.0, 100.0, 1.0]), Neuron().seen(INPUTS)).tolist() == [211.0, 431.0]


def test_forward_predicts_for_a_whole_history_at_once() -> None:
    histories = np.arange(30.0).reshape(2, 5, 3)
    outputs = Neuron().forward(histories, Neuron().seen(INPUTS))
    assert outputs.shape == (2, 5, 2)
    assert outputs[1, 3] == exactly(Neuron().forward(histories[1, 3], Neuron().seen(INPUTS)))


def test_backward_gives_the_gradient_worked_by_hand() -> None:
    outputs, targets = np.array([3.0, 5.0]), np.array([1.0, 1.0])
    for loss, expected in (
        (MEAN_SQUARED_ERROR, [14.0, 20.0, 6.0]),
        (SquaredError(summed=True), [28.0, 40.0, 12.0]),
    ):
        assert Neuron().backward(np.zeros(3), Neuron().seen(INPUTS), outputs, targets, loss).tolist() == expected
        assert Neuron(False).backward(np.zeros(2), INPUTS, outputs, targets, loss).tolist() == expected[:2]


def test_the_article_s_single_sample_has_the_published_output_loss_and_gradient() -> None:
    inputs, target = Neuron().seen(np.array([[42.0]])), np.array([107.6])
    outputs = Neuron().forward(np.array([0.5, 0.5]), inputs)
    assert outputs.tolist() == [21.5]
    assert MEAN_SQUARED_ERROR.value(outputs, target) == exactly(7413.21)
    assert MEAN_SQUARED_ERROR.slope(outputs, target) == exactly([-172.2])
    assert Neuron().backward(np.array([0.5, 0.5]), inputs, outputs, target, MEAN_SQUARED_ERROR) == exactly(
        [-7232.4, -172.2]
    )


def test_the_gradient_at_the_article_s_start_is_the_chain_rule_s_and_not_the_listing_s() -> None:
    assert gradient(Experiment.on(celsius()), np.array([0.5, 0.5])) == exactly([-2135.60, -61.70])


@quickly()
@given(experiments())
def test_the_gradient_equals_central_differences(experiment: Experiment) -> None:
    # The loss is a parabola, so central differences are exact at any width; a wide one rounds least.
    start, summands = np.array(experiment.start), experiment.loss.summands(experiment.data.targets)
    moves = np.eye(len(start))
    expected = (losses(experiment, start + moves) - losses(experiment, start - moves)) / 2 * summands
    assert gradient(experiment, start) == pytest.approx(expected, rel=1e-9, abs=1e-8)


@quickly()
@given(experiments(sloping=True))
def test_a_small_enough_step_never_raises_the_loss(experiment: Experiment) -> None:
    start = np.array(experiment.start)
    after = update(start, gradient(experiment, start), known(experiment).limits.monotone)
    first, second = losses(experiment, np.array([start, after]))
    assert second <= first * (1 + 1e-12)


@quickly()
@given(experiments())
def test_forward_and_backward_never_change_what_they_are_given(experiment: Experiment) -> None:
    model, targets = experiment.model, experiment.data.targets
    inputs, parameters = model.seen(experiment.data.inputs), np.array(experiment.start)
    outputs = model.forward(parameters, inputs)
    given_arrays = (inputs, parameters, outputs, targets)
    before = [array.copy() for array in given_arrays]
    model.forward(parameters, inputs)
    model.backward(parameters, inputs, outputs, targets, experiment.loss)
    assert all(map(np.array_equal, given_arrays, before))


def test_a_neuron_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Neuron().has_bias = False  # type: ignore[misc]
