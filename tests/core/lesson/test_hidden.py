import numpy as np

from core.activations import TANH, Activation
from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.hidden import HiddenLayer, hidden_layer
from core.lesson.step import Step, step_after
from core.training import train
from tests.core.experiments import EVERY_ACTIVATION, exactly
from tests.core.lesson.by_hand import START, step_by_hand


def layer_of(step: Step) -> HiddenLayer:
    layer = hidden_layer(step)
    assert layer is not None
    return layer


def test_the_hidden_layer_of_two_neurons_has_the_numbers_worked_out_by_hand() -> None:
    step = step_by_hand()
    layer = layer_of(step)
    assert layer.sums == exactly(np.array([[1.1, -1.8], [-0.4, 1.2]]))
    assert layer.values == exactly(np.array([[1.1, 0.0], [0.0, 1.2]]))
    assert layer.products == exactly(np.array([[3.3, 0.0], [0.0, -2.4]]))
    assert step.outputs == exactly([3.8, -1.9])
    assert step.grad_output == exactly([2.0, -1.9])
    assert layer.grad_values == exactly(np.array([[6.0, -4.0], [-5.7, 3.8]]))
    assert layer.slopes.tolist() == [[1, 0], [0, 1]]
    assert layer.grad_sums == exactly(np.array([[6.0, 0.0], [0.0, 3.8]]))
    assert step.gradient == exactly([12.0, -3.8, 6.0, 3.8, 2.2, -2.28, 0.1])
    assert step.after == exactly(np.array(START) - 0.1 * step.gradient)


@EVERY_ACTIVATION
def test_the_slopes_at_the_sums_make_the_gradient_of_the_first_layer(activation: Activation) -> None:
    step = step_by_hand(activation)
    layer = layer_of(step)
    assert (step.inputs.T @ layer.grad_sums).ravel() == exactly(step.gradient[:4])
    assert (step.grad_output @ layer.values).tolist() == exactly(step.gradient[4:6].tolist())


def test_the_strongest_neuron_of_a_sample_adds_most_to_its_output_up_or_down() -> None:
    layer = layer_of(step_by_hand())
    assert [layer.strongest(sample) for sample in (0, 1)] == [0, 1]


def test_the_layer_holds_weights_and_biases_by_neuron() -> None:
    layer = layer_of(step_by_hand(TANH))
    assert (layer.first.tolist(), layer.second.tolist(), layer.n_hidden) == ([[0.5, -1.0], [0.1, 0.2]], [3.0, -2.0], 2)


def test_one_neuron_has_no_hidden_layer() -> None:
    assert hidden_layer(step_after(train(Experiment.on(celsius(), iterations=1)), 0)) is None
