import pytest

from core.activations import ACTIVATIONS, IDENTITY, RELU, TANH, Activation
from core.data.builtin import celsius
from core.data.clouds import two_clouds
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.theory.slices import Parabola, Slice
from telling.parabola import activation_before, shape, step_sentence

MODEL = Network(4)


def network(index: int, loss: Loss | None = None, activation: Activation = TANH) -> Slice:
    """The loss of a network of 13 parameters over one of them."""
    experiment = Experiment.on(
        sine(), model=Network(4, activation), start=MODEL.start(1, 0), loss=loss or SquaredError()
    )
    return Slice(experiment, experiment.start, index)


def neuron(loss: Loss) -> Slice:
    experiment = Experiment.on(celsius() if isinstance(loss, Huber) else hours(), loss=loss)
    return Slice(experiment, experiment.start, 0)


def test_of_a_parabola_nothing_is_said() -> None:
    assert shape(Parabola(2.0, 1.0, 4.0)) == ""


def test_why_the_loss_is_no_parabola_is_said_in_a_sentence() -> None:
    assert "acts through a hidden neuron" in shape(network(0))
    assert "acts through a hidden neuron" in shape(network(7, CrossEntropy()))
    assert "cross-entropy" in shape(neuron(CrossEntropy()))
    assert "beyond 0.5 Huber" in shape(neuron(Huber(delta=0.5)))
    assert "beyond 0.5 Huber" in shape(network(8, Huber(delta=0.5)))


@pytest.mark.parametrize("index", [8, 11, 12])
def test_over_a_weight_into_the_output_the_squared_error_still_is_a_parabola(index: int) -> None:
    found = network(index)
    assert shape(found) == "Over this parameter it still is a parabola: the output follows it evenly."
    second = [found.loss(place - 1) - 2 * found.loss(place) + found.loss(place + 1) for place in (-5.0, 0.0, 7.0)]
    assert second == pytest.approx([second[0]] * 3)


def test_without_an_activation_it_is_one_over_every_parameter() -> None:
    assert all("still is a parabola" in shape(network(index, activation=IDENTITY)) for index in range(13))


def test_where_it_falls_as_far_as_one_looks_that_is_said() -> None:
    apart = Experiment.on(two_clouds(10.0), loss=CrossEntropy())
    assert shape(Slice(apart, apart.start, 0)).endswith("there is no best one nearby.")


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
def test_first_weights_and_biases_act_through_the_activation_the_others_do_not(activation: Activation) -> None:
    found = [activation_before(network(index, activation=activation)) for index in range(13)]
    assert found == [activation] * 8 + [None] * 5


def test_a_step_to_a_greater_loss_is_told_to_be_too_long() -> None:
    found = neuron(CrossEntropy())
    assert "The loss is greater there, " in step_sentence(found, 0.0, 5.0)
    assert step_sentence(found, 0.0, 5.0).endswith("the step is too long.")


def test_a_step_over_the_bottom_to_a_smaller_loss_is_told_to_overshoot() -> None:
    found = neuron(CrossEntropy())
    rate = (1.4 * found.best - 0.0) / -found.slope(0.0)
    assert step_sentence(found, 0.0, rate).endswith("There the slope has the other sign: it overshoots.")


def test_of_a_short_step_only_the_landing_is_told() -> None:
    assert step_sentence(neuron(CrossEntropy()), 0.0, 0.01).endswith("it lands at 0.005063.")


def test_where_a_rectifier_is_off_the_step_has_no_length() -> None:
    off = network(0, activation=RELU)
    start = [*off.held[:4], -1e3, *off.held[5:]]
    experiment = Experiment.on(sine(), model=Network(4, RELU), start=start)
    found = Slice(experiment, experiment.start, 0)
    assert found.slope(0.5) == 0
    assert "lands at 0.5." in step_sentence(found, 0.5, 0.1)
