from typing import Any

import numpy as np
import pytest

from core.activations import IDENTITY, TANH
from core.checks import Array
from core.data.builtin import celsius, tips
from core.data.clouds import xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.data.more import hours, iris
from core.experiment import Experiment, Model
from core.lesson.differences import (
    BENT_STEP,
    DEFAULT_STEP,
    agrees,
    central_differences,
    gradient_at,
    relative_difference,
    usual_step,
)
from core.lesson.suspects import (
    LINE_UPS,
    OF_CLASSES,
    OF_NETWORKS,
    OF_OUTLIERS,
    SUSPECTS,
    Verdict,
    behind_letters,
    line_up,
    suspected,
)
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.neuron import Neuron
from core.training import train
from tests.core.experiments import EVERY_ACTIVATION, EVERY_LOSS, classes, exactly, network, samples

NEURON = Neuron()
EVERY_LINE_UP = pytest.mark.parametrize("suspects", LINE_UPS, ids=["squares", "classes", "outliers", "networks"])
SCENES: dict[str, tuple[Dataset, Model, Loss]] = {
    "celsius": (celsius(), NEURON, SquaredError()),
    "hours": (hours(), NEURON, CrossEntropy()),
    "iris, summed": (iris(), NEURON, CrossEntropy(summed=True)),
    "tips with Huber": (tips(), NEURON, Huber()),
    "celsius with Huber": (celsius(), NEURON, Huber(delta=5.0)),
    "a network on the sine": (sine(), Network(), SquaredError()),
    "a network on the sine with Huber": (sine(), Network(4), Huber(delta=0.3)),
    "a network on XOR": (xor(), Network(), CrossEntropy()),
    "a network on XOR, summed": (xor(), Network(3), SquaredError(summed=True)),
}
CASES = [(scene, key) for scene, (_data, model, loss) in SCENES.items() for key in line_up(model, loss)]


def starts(data: Dataset, model: Model) -> list[Array]:
    """Starts drawn at random, where nothing is zero or equal by chance."""
    if isinstance(model, Network):
        return [model.start(data.n_features, seed) for seed in range(3)]
    return [np.random.default_rng(seed).normal(size=data.n_features + 1) for seed in range(3)]


def learning_by(scene: tuple[Dataset, Model, Loss], key: str, start: Any) -> Experiment:
    data, model, loss = scene
    return Experiment.on(data, model=suspected(model, key), loss=loss, start=start)


def verdict(experiment: Experiment) -> Verdict:
    """What central differences say of a gradient."""
    start = np.array(experiment.start)
    found = gradient_at(experiment, start)
    measured = central_differences(experiment, start, usual_step(experiment.model, experiment.loss))
    if relative_difference(found, measured) < 1e-6:
        return Verdict.RIGHT
    one, other = (gradient / np.linalg.norm(gradient) for gradient in (found, measured))
    return Verdict.RESCALED if np.allclose(one, other, rtol=0, atol=1e-6) else Verdict.WRONG


@pytest.mark.parametrize(("scene", "key"), CASES)
def test_the_verdict_on_a_suspect_is_what_central_differences_say(scene: str, key: str) -> None:
    data, model, loss = SCENES[scene]
    for start in starts(data, model):
        experiment = learning_by(SCENES[scene], key, start)
        assert verdict(experiment) is line_up(model, loss)[key].verdict
        assert agrees(experiment, start) is (line_up(model, loss)[key].verdict is Verdict.RIGHT)


@EVERY_LINE_UP
def test_a_line_up_has_six_suspects_of_whom_one_is_right_and_one_is_rescaled(suspects: Any) -> None:
    assert sorted(suspect.verdict.value for suspect in suspects.values()) == ["rescaled", "right", *["wrong"] * 4]


def test_a_key_that_two_line_ups_share_has_one_verdict() -> None:
    pairs = {(key, suspect.verdict) for suspects in LINE_UPS for key, suspect in suspects.items()}
    assert len(pairs) == len({key for key, _verdict in pairs})


def test_the_right_one_does_not_hide_behind_the_same_letter_in_every_line_up() -> None:
    letters = [next(k for k, v in behind_letters("ABCDEF", 0, each).items() if v == "as-derived") for each in LINE_UPS]
    assert len(set(letters)) > 1


def test_a_line_up_goes_together_with_the_model_and_the_loss() -> None:
    assert line_up(NEURON, SquaredError(summed=True)) is SUSPECTS
    assert line_up(NEURON, CrossEntropy()) is OF_CLASSES
    assert line_up(NEURON, Huber(delta=3.0)) is OF_OUTLIERS
    assert all(line_up(Network(), loss) is OF_NETWORKS for loss in (SquaredError(), Huber(), CrossEntropy()))


@EVERY_LOSS
@EVERY_ACTIVATION
def test_the_network_s_right_suspect_computes_what_its_own_backward_does(activation: Any, loss: Loss) -> None:
    experiment = network(classes(2), activation, loss=loss)
    written_out = Experiment.on(
        experiment.data, model=suspected(experiment.model, "as-derived"), loss=loss, start=experiment.start
    )
    start = np.array(experiment.start)
    assert gradient_at(written_out, start) == pytest.approx(gradient_at(experiment, start), rel=1e-12, abs=1e-15)


@EVERY_LOSS
def test_the_neuron_s_right_suspect_computes_what_its_own_backward_does(loss: Loss) -> None:
    data = classes(2)
    start = np.array([0.5, -1.0, 2.0])
    ours, written_out = (
        gradient_at(Experiment.on(data, model=model, loss=loss, start=start), start)
        for model in (NEURON, suspected(NEURON, "as-derived"))
    )
    assert written_out == pytest.approx(ours, rel=1e-12, abs=1e-15)


ODDS_OF_3 = samples([[2.0]], [0.0])
"""One sample of class 0; with a weight of ln 3 / 2 and no bias its probability is 3/4."""


@pytest.mark.parametrize(
    ("key", "slope"),
    [
        *(("as-derived", 3 / 4), ("missing-sum", 3 / 4), ("missing-mean", 3 / 4)),
        *(("slope-twice", 9 / 64), ("class", 1.0), ("sign", -3 / 4)),
    ],
)
def test_the_slopes_of_a_surely_wrong_sample_are_those_worked_by_hand(key: str, slope: float) -> None:
    start = np.array([np.log(3) / 2, 0.0])
    found = gradient_at(learning_by((ODDS_OF_3, NEURON, CrossEntropy()), key, start), start)
    assert found == exactly([2 * slope, slope])


@pytest.mark.parametrize(
    ("key", "slope"),
    [("as-derived", 1.0), ("never-clipped", 4.0), ("signs", 1.0), ("extra-two", 2.0), ("missing-sum", 1.0)],
)
def test_the_slopes_of_an_outlier_are_those_worked_by_hand(key: str, slope: float) -> None:
    far, start = samples([[3.0]], [-4.0]), np.zeros(2)
    assert gradient_at(learning_by((far, NEURON, Huber()), key, start), start) == exactly([3 * slope, slope])


def test_from_a_start_of_zero_the_slope_taken_twice_looks_only_rescaled_by_a_quarter() -> None:
    scene, start = SCENES["hours"], np.zeros(2)
    trap, right = (gradient_at(learning_by(scene, key, start), start) for key in ("slope-twice", "as-derived"))
    assert trap == exactly(right / 4)


def test_a_surely_wrong_start_is_hardly_corrected_by_the_slope_taken_twice() -> None:
    data, model, loss = SCENES["hours"]
    trap, right = (
        train(Experiment.on(data, model=suspected(model, key), loss=loss, start=(-3.0, 0.0), learning_rate=0.1))
        for key in ("slope-twice", "as-derived")
    )
    assert trap.loss[-1] > trap.loss[0]
    assert right.loss[-1] == pytest.approx(0.4015, abs=1e-4)


def test_the_transposed_gradient_has_the_right_numbers_at_other_weights() -> None:
    data, model, _loss = scene = SCENES["a network on the sine"]
    start = starts(data, model)[0]
    wrong, right = (gradient_at(learning_by(scene, key, start), start) for key in ("transposed", "as-derived"))
    assert sorted(wrong) == pytest.approx(sorted(right))
    assert wrong[16:] == exactly(right[16:])
    assert wrong[1] == exactly(right[8]), "after the weight into the first neuron comes that neuron's bias"


def test_without_an_activation_two_wrong_suspects_of_a_network_happen_to_agree() -> None:
    experiment = network(classes(2), IDENTITY)
    start = np.array(experiment.start)
    scene = (experiment.data, experiment.model, SquaredError())
    assert {key for key in OF_NETWORKS if agrees(learning_by(scene, key, start), start)} == {
        *("as-derived", "missing-slope", "weighted-sums")
    }


def test_a_network_with_a_wrong_layer_has_the_other_layer_right() -> None:
    data, model, _loss = scene = SCENES["a network on the sine"]
    start = starts(data, model)[1]
    right = gradient_at(learning_by(scene, "as-derived", start), start)
    for key, agrees_in in (("missing-slope", slice(16, None)), ("weighted-sums", slice(0, 16))):
        assert gradient_at(learning_by(scene, key, start), start)[agrees_in] == exactly(right[agrees_in])


def test_added_up_gradients_are_as_many_times_as_long_as_there_are_samples() -> None:
    for name in ("hours", "a network on XOR"):
        data, model, _loss = scene = SCENES[name]
        start = starts(data, model)[0]
        added, right = (gradient_at(learning_by(scene, key, start), start) for key in ("missing-mean", "as-derived"))
        assert added == exactly(data.n_samples * right)


@pytest.mark.parametrize("scene", SCENES)
def test_every_suspect_trains(scene: str) -> None:
    data, model, loss = SCENES[scene]
    for key in line_up(model, loss):
        assert train(
            Experiment.on(data, model=suspected(model, key), loss=loss, start=starts(data, model)[0], iterations=2)
        ).parameters.shape == (3, model.n_parameters(data.n_features))


def test_a_suspect_of_a_network_keeps_its_activation_and_its_size() -> None:
    model = suspected(Network(5, TANH), "transposed")
    assert isinstance(model, Network)
    assert (model.n_hidden, model.activation) == (5, TANH)


def test_the_usual_step_is_smaller_where_the_loss_is_no_parabola() -> None:
    assert usual_step(NEURON, SquaredError()) == DEFAULT_STEP
    for model, loss in ((NEURON, CrossEntropy()), (NEURON, Huber()), (Network(), SquaredError())):
        assert usual_step(model, loss) == BENT_STEP
