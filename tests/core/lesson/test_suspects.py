from typing import Any

import numpy as np
import pytest
from hypothesis import given

from core.data.builtin import celsius, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.differences import gradient_at
from core.lesson.suspects import SUSPECTS, SuspectNeuron, Verdict, behind_letters
from core.losses import SquaredError
from core.training import History, train
from tests.core.experiments import ALL, exactly, experiments, quickly

RIGHT = np.array([-2135.60, -61.70])


def follows(suspect: str, data: Dataset, **changes: Any) -> Experiment:
    return Experiment.on(data, model=SuspectNeuron(data.has_bias, suspect), **changes)


def run(suspect: str, data: Dataset, **changes: Any) -> History:
    return train(follows(suspect, data, **changes))


@pytest.mark.parametrize(
    ("suspect", "gradient"),
    [
        ("as-derived", RIGHT),
        ("listing", [-1098.65, -61.70]),
        ("sign", -RIGHT),
        # 49 degrees: output 25, target 120.2, so 2 (25 - 120.2) / 100 = -1.904.
        ("missing-sum", [49 * -1.904, -1.904]),
        ("missing-two", RIGHT / 2),
        ("bias-inputs", [-2135.60, -2135.60]),
    ],
)
def test_each_suspect_s_gradient_at_the_article_s_start_is_the_published_one(suspect: str, gradient: Any) -> None:
    assert gradient_at(follows(suspect, celsius()), np.array([0.5, 0.5])) == exactly(gradient)
    summed = follows(suspect, celsius(), loss=SquaredError(summed=True))
    assert gradient_at(summed, np.array([0.5, 0.5])) == exactly(100 * np.array(gradient))


@pytest.mark.parametrize(
    ("suspect", "start", "end"),
    [
        ("listing", (0.5, 0.5), (1.8731804436269999, 27.784383187435427, 22.543632822974015)),
        ("listing", (0.0, 0.0), (1.8741337374010971, 27.716218419289362, 23.24911585607299)),
        ("listing", (0.8, 0.1), (1.8739357467294127, 27.73041568977278, 23.101348372476554)),
        ("as-derived", (0.5, 0.5), (1.7974385149673768, 27.73512588225364, 18.183695593848714)),
        ("as-derived", (0.0, 0.0), (1.7973978330636586, 27.667390488129286, 18.765874864982006)),
        ("as-derived", (0.8, 0.1), (1.797406003630864, 27.680994487432937, 18.648213602072232)),
    ],
)
def test_the_listing_and_the_right_pass_end_after_10_000_iterations_where_the_reference_says(
    suspect: str, start: tuple[float, float], end: tuple[float, float, float]
) -> None:
    history = run(suspect, celsius(), start=start)
    assert [*history.parameters[-1], history.loss[-1]] == exactly(end)


@pytest.mark.parametrize(("weight", "learning_rate"), [(-0.1, 1e-4), (0.5, 9e-4)])
def test_where_the_listing_explodes_the_right_gradient_settles(weight: float, learning_rate: float) -> None:
    listing, right = (
        run(suspect, celsius(), start=(weight, 0.5), learning_rate=learning_rate)
        for suspect in ("listing", "as-derived")
    )
    assert listing.diverged_at is not None
    assert right.diverged_at is None
    assert right.weights[-1, 0] == pytest.approx(1.8, abs=0.01)


@quickly()
@given(experiments())
def test_the_suspect_as_derived_computes_what_the_neuron_s_own_backward_does(experiment: Experiment) -> None:
    ours, written_out = (
        gradient_at(Experiment.on(experiment.data, model=model, loss=experiment.loss), np.array(experiment.start))
        for model in (experiment.model, SuspectNeuron(experiment.model.has_bias))
    )
    assert written_out == pytest.approx(ours, rel=1e-12, abs=1e-9)


def test_the_suspect_as_derived_trains_as_the_neuron_does() -> None:
    for data in ALL:
        ours, written_out = train(Experiment.on(data, iterations=1000)), run("as-derived", data, iterations=1000)
        assert written_out.parameters == pytest.approx(ours.parameters, rel=1e-12)
        assert written_out.loss == pytest.approx(ours.loss, rel=1e-10, abs=1e-20)


def test_every_suspect_trains_on_every_data_set() -> None:
    for suspect in SUSPECTS:
        for data in (celsius(), weighted_sum()):
            assert run(suspect, data, iterations=1).parameters.shape == (2, len(data.start))


def test_a_verdict_is_what_the_angle_to_the_right_gradient_says() -> None:
    for suspect in SUSPECTS:
        found = gradient_at(follows(suspect, celsius()), np.array([0.5, 0.5]))
        cosine = float(found @ RIGHT / np.linalg.norm(found) / np.linalg.norm(RIGHT))
        ratio = float(np.linalg.norm(found) / np.linalg.norm(RIGHT))
        same_direction, same_length = abs(cosine - 1) < 1e-12, abs(ratio - 1) < 0.01
        verdicts = {(True, True): Verdict.RIGHT, (True, False): Verdict.RESCALED}
        assert SUSPECTS[suspect].verdict is verdicts.get((same_direction, same_length), Verdict.WRONG)


def test_there_are_six_suspects_and_one_of_them_is_right() -> None:
    assert sorted(suspect.verdict.value for suspect in SUSPECTS.values()) == ["rescaled", "right", *["wrong"] * 4]


@pytest.mark.parametrize("suspect", ["missing-sum", "bias-inputs"])
def test_on_the_weighted_sum_two_wrong_suspects_happen_to_agree(suspect: str) -> None:
    found = gradient_at(follows(suspect, weighted_sum()), weighted_sum().start)
    assert found == exactly(gradient_at(Experiment.on(weighted_sum()), weighted_sum().start))


def test_behind_the_letters_each_suspect_hides_once_and_a_seed_fixes_where() -> None:
    assert sorted(behind_letters("ABCDEF", 3).values()) == sorted(SUSPECTS)
    assert list(behind_letters("ABCDEF", 3)) == list("ABCDEF")
    assert behind_letters("ABCDEF", 3) == behind_letters("ABCDEF", 3)
    assert len({tuple(behind_letters("ABCDEF", seed).values()) for seed in range(20)}) > 10
