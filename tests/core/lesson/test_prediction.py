"""What can be asked of a run, and what is true of it, found by hand."""

from typing import Any

import numpy as np
import pytest

from core.data.builtin import celsius, tips, weighted_sum
from core.data.clouds import xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.prediction import EXPLODES, Kind, Question, Unsuited, question, unsuited
from core.lesson.truth import first_errors, is_exploding, limit_of, line_at, loss_at, picture_height, regime_of
from core.losses import CrossEntropy
from core.network import Network
from core.optimisers import Adam, Momentum
from core.theory.limits import Regime
from core.training import History, train

CELSIUS = np.arange(-50.0, 50.0)
FAHRENHEIT = 1.8 * CELSIUS + 32


def asked(kind: Kind, data: Dataset | None = None, iteration: int = 0, **chosen: Any) -> tuple[Question, History]:
    experiment = Experiment.on(data or celsius(), **chosen)
    return question(kind, experiment, iteration), train(experiment)


def network(data: Dataset) -> dict[str, Any]:
    model = Network(3)
    return {"model": model, "start": tuple(model.start(data.n_features, 1)), "iterations": 5}


def test_the_line_after_the_step_is_the_article_s_loop() -> None:
    found, history = asked(Kind.LINE, learning_rate=0.0011)
    missing = 0.5 * CELSIUS + 0.5 - FAHRENHEIT
    weight = 0.5 - 0.0011 * float(np.mean(2 * missing * CELSIUS))
    bias = 0.5 - 0.0011 * float(np.mean(2 * missing))
    assert line_at(found, history) == (-24.5, 25.0)
    assert line_at(found, history, ahead=1) == pytest.approx((weight * -50 + bias, weight * 49 + bias))


def test_a_line_is_asked_for_where_the_run_stands_and_never_behind_its_end() -> None:
    assert asked(Kind.LINE, iteration=3, iterations=10)[0].iteration == 3
    found, history = asked(Kind.LINE, iteration=70, iterations=10)
    assert found.iteration == 9
    assert line_at(found, history, ahead=1) == line_at(*asked(Kind.LINE, iteration=10, iterations=11))


@pytest.mark.parametrize(("iterations", "at"), [(10_000, 100), (100, 100), (40, 40)])
def test_the_loss_is_that_at_iteration_100_or_at_the_end(iterations: int, at: int) -> None:
    found, history = asked(Kind.LOSS, iterations=iterations)
    assert found.iteration == at
    assert loss_at(found, history) == history.loss[at]


def test_a_loss_that_has_exploded_by_then_is_infinite() -> None:
    found, history = asked(Kind.LOSS, learning_rate=1.0)
    assert history.diverged_at is not None
    assert history.diverged_at < 100
    assert loss_at(found, history) == EXPLODES


@pytest.mark.parametrize(("rate", "explodes"), [(0.0001, False), (0.00119, False), (0.00121, True), (0.0013, True)])
def test_a_loss_explodes_when_its_rate_is_past_the_limit_even_if_there_are_numbers_yet(
    rate: float, explodes: bool
) -> None:
    assert is_exploding(*asked(Kind.LOSS, learning_rate=rate, iterations=100)) is explodes


@pytest.mark.parametrize(
    ("rate", "regime"),
    [
        (0.00005, Regime.CREEPING),
        (0.0003, Regime.MONOTONE),
        (0.001, Regime.OVERSHOOTING),
        (0.0013, Regime.DIVERGING),
    ],
)
def test_the_regime_is_that_of_the_learning_rate(rate: float, regime: Regime) -> None:
    assert regime_of(asked(Kind.REGIME, learning_rate=rate)[0]) is regime


def test_the_limit_is_two_over_the_largest_eigenvalue_and_farther_with_momentum() -> None:
    design = np.column_stack([CELSIUS, np.ones(100)])
    largest = float(np.linalg.eigvalsh(design.T @ design / 50)[-1])
    assert limit_of(asked(Kind.LIMIT)[0]) == pytest.approx(2 / largest)
    assert limit_of(asked(Kind.LIMIT, optimiser=Momentum(0.5))[0]) == pytest.approx(3 / largest)


def test_the_first_errors_begin_whole_and_shrink_by_the_factor_of_the_steepest_direction() -> None:
    errors = first_errors(*asked(Kind.REGIME, learning_rate=0.001))
    factor = 1 - 2 * 0.001 / limit_of(asked(Kind.LIMIT)[0])
    assert errors == pytest.approx(factor ** np.arange(9.0))


def test_the_picture_is_as_high_as_data_and_line() -> None:
    assert picture_height(*asked(Kind.LINE)) == FAHRENHEIT[-1] - FAHRENHEIT[0]
    assert picture_height(*asked(Kind.LINE, start=(0.0, 500.0))) == 500.0 - FAHRENHEIT[0]


@pytest.mark.parametrize(
    ("kind", "data", "chosen", "reason"),
    [
        (Kind.LINE, weighted_sum(), {}, Unsuited.NO_LINE),
        (Kind.LINE, xor(), {"loss": CrossEntropy()}, Unsuited.NO_LINE),
        (Kind.LINE, sine(), network(sine()), Unsuited.NO_LINE),
        (Kind.LINE, celsius(), {"learning_rate": 1e306}, Unsuited.TOO_FAR),
        (Kind.LOSS, celsius(), {"start": (1e200, 0.0)}, Unsuited.TOO_FAR),
        (Kind.LOSS, celsius(), {"start": (1.8, 32.0), "iterations": 3}, Unsuited.ALREADY_THERE),
        (Kind.REGIME, celsius(), {"start": (1.8, 32.0), "iterations": 3}, Unsuited.ALREADY_THERE),
        (Kind.REGIME, celsius(), {"schedule": ((0, 0.0001), (5, 0.001)), "iterations": 9}, Unsuited.STEERED),
        (Kind.REGIME, celsius(), {"nudges": ((2, (1.0, 1.0)),), "iterations": 9}, Unsuited.STEERED),
        (Kind.REGIME, sine(), network(sine()), Unsuited.NO_LIMIT),
        (Kind.LIMIT, sine(), network(sine()), Unsuited.NO_LIMIT),
        (Kind.LIMIT, celsius(), {"optimiser": Adam(), "iterations": 3}, Unsuited.NO_LIMIT),
        (Kind.LIMIT, weighted_sum((0.0, 0.0, 0.0, 0.0)), {}, Unsuited.FLAT),
    ],
)
def test_what_does_not_suit_a_run_is_not_asked(
    kind: Kind, data: Dataset, chosen: dict[str, Any], reason: Unsuited
) -> None:
    assert unsuited(*asked(kind, data, **chosen)) is reason


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("data", [celsius(), tips()], ids=["celsius", "tips"])
def test_every_question_suits_a_line(kind: Kind, data: Dataset) -> None:
    assert unsuited(*asked(kind, data)) is None


def test_a_network_can_be_asked_for_its_loss() -> None:
    assert unsuited(*asked(Kind.LOSS, sine(), **network(sine()))) is None
