import math
from dataclasses import FrozenInstanceError, replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from core.activations import IDENTITY, RELU, TANH, Activation
from core.checks import Array
from core.experiment import Experiment
from core.lesson.differences import central_differences, gradient_at
from core.losses import MEAN_SQUARED_ERROR, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from tests.core.experiments import (
    DELTA,
    EVERY_ACTIVATION,
    EVERY_LOSS,
    classes,
    exactly,
    experiments,
    network,
    quickly,
    samples,
)

# One input into two hidden neurons: weights 1 and -2, biases 1/2 and 1; they count 3 and 10 times; less 1.
TWO = np.array([1.0, -2.0, 0.5, 1.0, 3.0, 10.0, -1.0])
SEEN = np.array([[2.0, 1.0], [-1.0, 1.0]])


def hidden_sums(experiment: Experiment) -> Array:
    """The weighted sum of each hidden neuron for each sample at the start."""
    assert isinstance(experiment.model, Network)
    inputs = experiment.model.seen(experiment.data.inputs)
    first, _second, _bias = experiment.model.layers(np.array(experiment.start), inputs.shape[1])
    sums: Array = inputs @ first
    return sums


def nearest_kink(experiment: Experiment) -> float:
    """How far the start is from where the rectifier or the Huber loss has a kink."""
    start, data = np.array(experiment.start), experiment.data
    residuals = experiment.model.forward(start, experiment.model.seen(data.inputs)) - data.targets
    return float(min(np.abs(hidden_sums(experiment)).min(), np.abs(np.abs(residuals) - DELTA).min()))


def swapped(parameters: Array, n_hidden: int, one: int, other: int) -> Array:
    """The parameters of a network in which two hidden neurons have changed places."""
    order = np.arange(n_hidden)
    order[[one, other]] = other, one
    rows = parameters[:-1].reshape(-1, n_hidden)
    return np.append(rows[:, order].ravel(), parameters[-1])


# The parameters


def test_a_network_has_weights_and_biases_into_the_hidden_neurons_and_out_of_them() -> None:
    assert Network(8).n_parameters(1) == 8 + 8 + 8 + 1
    assert Network(16).n_parameters(2) == 32 + 16 + 16 + 1
    assert Network(2).n_parameters(1) == len(TWO)


def test_the_layers_are_views_of_the_one_vector() -> None:
    first, second, bias = Network(2).layers(TWO, 2)
    assert (first.tolist(), second.tolist(), bias.tolist()) == ([[1.0, -2.0], [0.5, 1.0]], [3.0, 10.0], [-1.0])
    assert all(np.shares_memory(layer, TWO) for layer in (first, second, bias))


def test_a_start_is_drawn_with_its_seed_and_fits_an_experiment() -> None:
    model, data = Network(5), classes(2)
    one, same, other = (model.start(2, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.any(one[:-1] == other[:-1])
    assert Experiment.on(data, model=model, start=one).start == tuple(one.tolist())


@pytest.mark.parametrize("n_features", [1, 2])
def test_a_start_has_the_spreads_that_are_documented(n_features: int) -> None:
    model = Network(20_000)
    first, second, bias = model.layers(model.start(n_features, seed=0), n_features + 1)
    weights, biases = first[:-1], first[-1]
    # Of 20,000 draws the standard deviation is known to within 0.5 %, and the mean to within 0.7 % of it.
    assert [layer.std() for layer in (weights, biases, second)] == pytest.approx(
        [1.5 / math.sqrt(n_features), 1.0, 1 / math.sqrt(20_000)], rel=0.02
    )
    assert [layer.mean() / layer.std() for layer in (weights, biases, second)] == pytest.approx([0.0] * 3, abs=0.03)
    assert bias.tolist() == [0.0]


# Forward


def test_a_network_sees_one_more_input_that_is_always_1() -> None:
    assert Network().seen(np.array([[2.0, 3.0], [4.0, 5.0]])).tolist() == [[2.0, 3.0, 1.0], [4.0, 5.0, 1.0]]
    assert Network().has_bias


def test_forward_of_two_hidden_rectifiers_is_the_one_worked_by_hand() -> None:
    # Sums of 2.5 and -3 for the first sample, -0.5 and 3 for the second: 3 * 2.5 - 1 and 10 * 3 - 1.
    assert Network(2, RELU).hidden(TWO, SEEN).tolist() == [[2.5, 0.0], [0.0, 3.0]]
    assert Network(2, RELU).forward(TWO, SEEN).tolist() == [6.5, 29.0]


def test_forward_of_two_hidden_tanhs_is_the_one_worked_by_hand() -> None:
    # tanh ln 3 = 0.8 and tanh ln 2 = 0.6
    parameters = np.array([math.log(3), 0.0, 0.0, math.log(2), 5.0, -10.0, 0.5])
    assert Network(2).forward(parameters, SEEN[1:] * [-1.0, 1.0]) == exactly([5 * 0.8 - 10 * 0.6 + 0.5])
    assert Network(2).forward(parameters, SEEN[1:]) == exactly([-5 * 0.8 - 10 * 0.6 + 0.5])


@EVERY_ACTIVATION
def test_forward_and_backward_take_a_whole_history_at_once(activation: Activation) -> None:
    model, data = Network(3, activation), classes(2)
    histories = np.random.default_rng(0).normal(size=(2, 5, model.n_parameters(2)))
    inputs = model.seen(data.inputs)
    outputs = model.forward(histories, inputs)
    gradients = model.backward(histories, inputs, outputs, data.targets, MEAN_SQUARED_ERROR)
    assert outputs.shape == (2, 5, 7)
    assert gradients.shape == histories.shape
    for i, k in np.ndindex(2, 5):
        alone = model.forward(histories[i, k], inputs)
        gradient = model.backward(histories[i, k], inputs, alone, data.targets, MEAN_SQUARED_ERROR)
        assert outputs[i, k] == pytest.approx(alone, rel=1e-12, abs=1e-12)
        assert gradients[i, k] == pytest.approx(gradient, rel=1e-12, abs=1e-12)


# Backward


def test_the_gradient_of_two_hidden_rectifiers_is_the_one_worked_by_hand() -> None:
    # Outputs 6.5 and 29 for targets 5.5 and 31: slopes 2 * 1 and 2 * -2, where the squares are summed. The first sample
    # (2, 1) goes through the first neuron alone, which counts 3 times, the second, (-1, 1), through the other.
    outputs, targets = np.array([6.5, 29.0]), np.array([5.5, 31.0])
    found = Network(2, RELU).backward(TWO, SEEN, outputs, targets, SquaredError(summed=True))
    assert found.tolist() == [2 * 3 * 2, -4 * 10 * -1, 2 * 3, -4 * 10, 2 * 2.5, -4 * 3, 2 - 4]


@pytest.mark.parametrize("n_features", [1, 2])
@EVERY_LOSS
@EVERY_ACTIVATION
def test_the_gradient_equals_central_differences(activation: Activation, loss: Loss, n_features: int) -> None:
    for seed in range(5):
        experiment = network(classes(n_features), activation, seed=seed, loss=loss)
        start = np.array(experiment.start)
        assert nearest_kink(experiment) > 1e-4
        found = gradient_at(experiment, start)
        assert found == pytest.approx(central_differences(experiment, start, 1e-5), rel=1e-6, abs=1e-8)


@EVERY_LOSS
def test_a_gradient_with_all_hidden_neurons_silent_moves_the_last_bias_alone(loss: Loss) -> None:
    experiment = network(classes(2), RELU, loss=loss)
    silent = np.concatenate([np.zeros(6), [-1.0] * 3, [1.0] * 3, [0.7]])
    found = gradient_at(experiment, silent)
    assert found[:-1].tolist() == [0.0] * 12
    assert found[-1] != 0


# What never happens


@EVERY_ACTIVATION
@pytest.mark.parametrize("n_features", [1, 2])
def test_swapping_two_hidden_neurons_changes_no_output_and_swaps_the_gradient(
    activation: Activation, n_features: int
) -> None:
    experiment = network(classes(n_features), activation, n_hidden=4)
    model, start = experiment.model, np.array(experiment.start)
    inputs = model.seen(experiment.data.inputs)
    for one, other in combinations(range(4), 2):
        changed = swapped(start, 4, one, other)
        assert not np.array_equal(changed, start)
        assert model.forward(changed, inputs) == pytest.approx(model.forward(start, inputs), rel=1e-12, abs=1e-13)
        expected = swapped(gradient_at(experiment, start), 4, one, other)
        assert gradient_at(experiment, changed) == pytest.approx(expected, rel=1e-12, abs=1e-13)


@EVERY_LOSS
@EVERY_ACTIVATION
def test_forward_and_backward_never_change_what_they_are_given(activation: Activation, loss: Loss) -> None:
    experiment = network(classes(2), activation)
    model, targets = experiment.model, experiment.data.targets
    inputs, parameters = model.seen(experiment.data.inputs), np.array(experiment.start)
    outputs = model.forward(parameters, inputs)
    given_arrays = (inputs, parameters, outputs, targets)
    before = [array.copy() for array in given_arrays]
    model.forward(parameters, inputs)
    model.backward(parameters, inputs, outputs, targets, loss)
    assert all(map(np.array_equal, given_arrays, before))


def test_a_network_cannot_be_changed_and_equal_ones_are_one_key() -> None:
    with pytest.raises(FrozenInstanceError):
        Network().n_hidden = 9  # type: ignore[misc]
    assert len({Network(), Network(8, TANH), Network(9), Network(8, RELU)}) == 3


# One hidden neuron that says its sum


@quickly()
@given(experiments().filter(lambda experiment: experiment.data.has_bias))
def test_one_hidden_neuron_that_says_its_sum_and_counts_once_is_the_neuron(experiment: Experiment) -> None:
    through = replace(experiment, model=Network(1, IDENTITY), start=(*experiment.start, 1.0, 0.0))
    seen, start, there = Neuron().seen(experiment.data.inputs), np.array(experiment.start), np.array(through.start)
    assert through.model.forward(there, seen) == exactly(Neuron().forward(start, seen))
    expected = gradient_at(experiment, start)
    assert gradient_at(through, there)[: len(start)] == pytest.approx(expected, rel=1e-12, abs=1e-9)


def test_hidden_neurons_that_say_their_sums_are_together_one_neuron() -> None:
    # x -> 2 (3 x + 1) + 5 (4 x - 2) + 7 = 26 x - 1
    parameters = np.array([3.0, 4.0, 1.0, -2.0, 2.0, 5.0, 7.0])
    data = samples([[0.0], [1.0], [-2.0]], [0.0, 0.0, 0.0])
    assert Network(2, IDENTITY).forward(parameters, Network().seen(data.inputs)).tolist() == [-1.0, 25.0, -53.0]
