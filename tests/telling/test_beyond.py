from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from core.batches import Batches
from core.data.builtin import celsius, noisy_thermometer
from core.data.dataset import Dataset
from core.data.more import MORE_DATASETS
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber
from core.network import Network
from core.neuron import Neuron
from core.optimisers import Adam, Momentum, Nesterov
from core.schedule import constant
from core.theory.in_force import LimitKind, limit_kind
from core.training import History, train
from telling.beyond import accuracy_at
from telling.headline import headline, two_numbers
from telling.reasons import reasons
from telling.why import why
from wording import LANGUAGES, speak

IN_BOTH_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)


@cache
def network(rate: float = 0.1, iterations: int = 2000) -> History:
    model = Network(8)
    start = model.start(1, seed=1)
    return train(
        Experiment.on(MORE_DATASETS["sine"](), model=model, start=start, learning_rate=rate, iterations=iterations)
    )


@cache
def logistic(dataset: str, rate: float | None = None, iterations: int = 300) -> History:
    data = MORE_DATASETS[dataset]()
    return train(Experiment.on(data, loss=CrossEntropy(), learning_rate=rate, iterations=iterations))


def with_optimiser(optimiser: Momentum | Nesterov | Adam, rate: float) -> History:
    return train(Experiment.on(celsius(), optimiser=optimiser, learning_rate=rate, iterations=200))


def in_batches(data: Dataset) -> History:
    return train(Experiment.on(data, batches=Batches(10), iterations=200))


def test_a_network_whose_sharpness_has_come_to_the_rate_is_at_the_edge() -> None:
    assert str(headline(network(0.1))) == "At the edge: the limit has come to meet this rate."
    assert two_numbers(network(0.1)).startswith("0.1 is 98.6 % of the limit as it is here, 0.101.")


def test_a_network_far_below_its_limit_is_not() -> None:
    assert str(headline(network(0.02))).startswith("Steady")


def test_a_network_that_explodes_says_when() -> None:
    exploded = network(0.5)
    assert exploded.diverged_at
    assert (
        str(headline(exploded)) == f"Explodes at iteration {exploded.diverged_at}: the numbers have become too large."
    )


def test_the_limit_moves_for_a_network_and_stands_still_for_a_neuron() -> None:
    assert limit_kind(network(0.02).experiment) is LimitKind.MOVING
    assert limit_kind(logistic("hours").experiment) is LimitKind.EVERYWHERE
    assert limit_kind(Experiment.on(celsius(), loss=Huber())) is LimitKind.EVERYWHERE
    assert limit_kind(Experiment.on(celsius(), loss=Huber(), optimiser=Momentum())) is LimitKind.STEEPEST
    assert limit_kind(Experiment.on(celsius(), batches=Batches(10))) is LimitKind.WHOLE
    assert limit_kind(Experiment.on(celsius(), optimiser=Nesterov())) is LimitKind.EXACT


def test_of_classes_the_share_on_the_right_side_is_said() -> None:
    run = logistic("hours", 0.1, 5000)
    assert accuracy_at(run, 5000) == 0.8
    assert "80 % of the samples are on the right side." in two_numbers(run)


def test_of_separable_classes_the_weights_grow_without_end_and_the_page_says_why() -> None:
    run = logistic("two-clouds")
    assert str(headline(run)) == "All are on the right side, and the weights grow without end."
    assert any("There is no best" in paragraph for paragraph in why(run))


def test_the_rate_of_a_logistic_neuron_is_compared_with_the_limit_that_holds_everywhere() -> None:
    inputs = Neuron().seen(MORE_DATASETS["hours"]().inputs)
    bound = 8 * 20 / np.linalg.eigvalsh(inputs.T @ inputs)[-1]
    assert f"of the limit that holds everywhere, {bound:.3g}." in two_numbers(logistic("hours"))
    assert any("its curvature is that of 0.25 · X'X" in paragraph for paragraph in why(logistic("hours")))


def test_momentum_swings_and_says_its_limit() -> None:
    run = with_optimiser(Momentum(0.9), 1e-4)
    assert str(headline(run)) == "Swings from side to side like a heavy ball."
    assert "of the limit, 0.00228." in two_numbers(run)
    assert "2 (1 + b) = 3.8" in reasons(run)[0]


def test_nesterov_says_its_own_limit() -> None:
    assert "= 1.36" in reasons(with_optimiser(Nesterov(0.9), 1e-4))[0]


def test_adam_says_that_no_limit_is_known() -> None:
    run = with_optimiser(Adam(), 0.01)
    assert str(headline(run)) == "Each parameter has a pace of its own: the steepest direction sets no limit."
    assert "which rates are stable is not known here" in two_numbers(run)
    assert "38 over the learning rate" in reasons(run)[0]


def test_batches_say_how_many_samples_a_step_sees() -> None:
    run = in_batches(noisy_thermometer())
    assert str(headline(run)) == "Each step sees 10 of 100 samples: quick, and never quite still."
    assert any("noise floor" in paragraph for paragraph in why(run))


@IN_BOTH_LANGUAGES
def test_nothing_is_left_unsaid_in_any_language(language: str) -> None:
    speak(language)
    runs = [network(0.1), network(0.5), logistic("hours"), logistic("two-clouds"), in_batches(celsius())]
    runs += [with_optimiser(optimiser, 1e-4) for optimiser in (Momentum(), Nesterov(), Adam())]
    for run in runs:
        said = [str(headline(run)), two_numbers(run), *why(run)]
        assert all(said)
        assert not any(mark in text for text in said for mark in ("{", "}", "nan"))


def test_a_rate_beyond_what_is_stable_everywhere_is_said_to_be_so() -> None:
    run = logistic("hours")
    fast = train(replace(run.experiment, schedule=constant(1.0), iterations=50))
    assert str(headline(fast)).startswith("Beyond the limit")


def test_classes_told_apart_by_a_squared_error_have_a_best_and_nothing_grows_without_end() -> None:
    data = MORE_DATASETS["two-clouds"]()
    run = train(Experiment.on(data, optimiser=Adam(), learning_rate=0.01, iterations=500))
    assert accuracy_at(run, 500) == 1
    assert "without end" not in " ".join([str(headline(run)), *why(run)]).lower()


def test_batches_of_data_without_noise_have_no_floor() -> None:
    run = in_batches(celsius())
    assert str(headline(run)) == "Each step sees 10 of 100 samples, and at the best they all agree."
    assert any("no floor" in paragraph for paragraph in why(run))


def test_past_its_limit_momentum_on_a_parabola_only_goes_farther_away() -> None:
    assert str(headline(with_optimiser(Momentum(0.9), 0.003))) == "Explodes: every step lands farther away."


def test_what_a_rate_does_is_judged_where_the_run_stands() -> None:
    run = logistic("hours", 0.5, 2000)  # past half of the limit that holds everywhere, which is that of the start
    assert str(headline(run)).startswith("Steady")


def test_a_network_with_momentum_has_the_limit_of_momentum() -> None:
    run = train(replace(network(0.02).experiment, optimiser=Momentum(0.5)))
    assert any("The limit is 3 over the sharpness" in paragraph for paragraph in why(run))
