"""How good a prediction is: all of it for the truth, less the farther it is from it, never below nothing."""

import numpy as np
import pytest

from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.prediction import EXPLODES, Given, Kind, question
from core.lesson.scoring import FULL, answer, limit_score, line_score, loss_score, regime_score, score
from core.lesson.truth import limit_of, line_at, loss_at, regime_of
from core.theory.limits import Regime
from core.training import train

FARTHER = np.geomspace(1, 1e9, 200).tolist()
BEFORE, TRUTH, HEIGHT = (0.0, 0.0), (10.0, 20.0), 50.0


def falls(scores: list[int]) -> bool:
    return scores[0] == FULL and scores[-1] == 0 and scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_loss_is_worth_less_the_farther_off_it_is(sign: int) -> None:
    assert falls([loss_score(40.0 * times**sign, 40.0, 1000.0) for times in FARTHER])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_limit_is_worth_less_the_farther_off_it_is(sign: int) -> None:
    assert falls([limit_score(0.0012 * times**sign, 0.0012) for times in FARTHER])


@pytest.mark.parametrize("ends", [(1.0, 1.0), (1.0, -1.0), (0.0, 1.0), (-1.0, 0.0)])
def test_a_line_is_worth_less_the_farther_off_it_is(ends: tuple[float, float]) -> None:
    lines = [(TRUTH[0] + far * ends[0], TRUTH[1] + far * ends[1]) for far in np.linspace(0, 60, 100).tolist()]
    assert falls([line_score(line, TRUTH, BEFORE, HEIGHT) for line in lines])


def test_a_line_that_stays_where_it_is_is_worth_nothing_but_for_what_a_hand_cannot_draw_better() -> None:
    # It goes sqrt((100² + 200²) / 2) = 158 far, and 2 % of the height, which is 1, are forgiven.
    assert line_score(BEFORE, (100.0, 200.0), BEFORE, HEIGHT) == round(100 / np.sqrt(25_000))


def test_where_hardly_anything_moves_it_is_right_to_say_so() -> None:
    assert line_score(BEFORE, (0.1, 0.1), BEFORE, HEIGHT) == FULL


def test_a_loss_of_ten_times_as_much_is_worth_half() -> None:
    assert loss_score(400.0, 40.0, 1000.0) == round(100 * (1 - (1 - 0.02) / 2)) == 51


def test_what_is_beyond_four_powers_of_ten_is_all_the_same() -> None:
    assert loss_score(1e9, 1e300, 1.0) == loss_score(EXPLODES, 1e12, 1.0) == loss_score(1e-20, 0.0, 1.0) == FULL


def test_the_neighbour_of_a_regime_is_worth_something_and_all_others_nothing() -> None:
    regimes = (Regime.CREEPING, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)
    assert [regime_score(given, Regime.MONOTONE) for given in regimes] == [40, FULL, 40, 0]
    assert regime_score(Regime.OVERSHOOTING, Regime.BOUNCING) == regime_score(Regime.DIVERGING, Regime.BOUNCING) == 70


@pytest.mark.parametrize("rate", [0.0001, 0.0011, 0.0013])
@pytest.mark.parametrize("kind", Kind)
def test_the_truth_is_worth_all(kind: Kind, rate: float) -> None:
    experiment = Experiment.on(celsius(), learning_rate=rate, iterations=200)
    history, asked = train(experiment), question(kind, experiment)
    truth: dict[Kind, Given] = {
        Kind.LINE: line_at(asked, history, ahead=1),
        Kind.LOSS: loss_at(asked, history),
        Kind.REGIME: regime_of(asked),
        Kind.LIMIT: limit_of(asked),
    }
    assert answer(asked, history, truth[kind]).score == FULL
    assert answer(asked, history, truth[kind]).question is asked


@pytest.mark.parametrize(("rate", "worth"), [(0.0001, 0), (0.0011, 0), (0.00121, FULL), (0.0013, FULL), (1.0, FULL)])
def test_it_explodes_is_right_of_what_explodes_alone(rate: float, worth: int) -> None:
    experiment = Experiment.on(celsius(), learning_rate=rate, iterations=200)
    assert score(question(Kind.LOSS, experiment), train(experiment), EXPLODES) == worth
