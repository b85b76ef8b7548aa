"""Predict first in words: what is asked, and what is said of an answer, from the numbers of the run."""

import re
from itertools import product

import pytest

from core.lesson.prediction import EXPLODES, Given, Kind, Unsuited, question
from core.lesson.scoring import answer
from core.optimisers import Momentum
from core.theory.limits import Regime
from core.training import History
from telling.predicted import verdict
from telling.predicting import (
    UNSUITED,
    alt,
    handle_names,
    known_before,
    points,
    question_names,
    reason_why_not,
    tally,
    title,
    typed_value,
)
from tests.telling.runs import run
from wording import speak

LOSSES: tuple[Given, ...] = (EXPLODES, 1e-9, 40.0, 900.0, 1e9)
LINES: tuple[Given, ...] = ((-24.5, 25.0), (0.0, 0.0), (-200.0, 300.0), (50.0, -50.0))
REGIMES: tuple[Given, ...] = (Regime.CREEPING, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)
ANSWERS: dict[Kind, tuple[Given, ...]] = {
    Kind.LINE: LINES,
    Kind.LOSS: LOSSES,
    Kind.REGIME: REGIMES,
    Kind.LIMIT: (0.0001, 0.0006, 0.0012, 1.0),
}
RATES = (0.00002, 0.0001, 0.0006, 0.0011, 0.0013, 0.01)


def told(kind: Kind, given: Given, history: History | None = None, **chosen: float) -> str:
    history = history or run(iterations=200, **chosen)
    return verdict(answer(question(kind, history.experiment), history, given), history)


def test_of_a_loss_both_numbers_are_said_and_why() -> None:
    assert told(Kind.LOSS, 40.0, learning_rate=0.0013) == (
        "You said 40, it was 3.612 × 10¹⁶: the bounce carried it up, and each step makes the error 1.17 times as large."
    )


def test_of_a_loss_that_exploded_the_iteration_is_said() -> None:
    assert re.match(r"You said 40, it had exploded at iteration \d+: ", told(Kind.LOSS, 40.0, learning_rate=0.1))
    text = told(Kind.LOSS, EXPLODES, learning_rate=0.1)
    assert re.match(r"It explodes, as you said, at iteration \d+: the bounce", text)
    assert told(Kind.LOSS, EXPLODES, learning_rate=0.0013).startswith("It explodes, as you said, and was at 3.612")


@pytest.mark.parametrize(
    ("rate", "given", "reason"),
    [
        (0.0001, EXPLODES, "You said that it explodes, it was 953.1: the steep direction was done early"),
        (0.0001, 20.0, "still creeping: half of the flattest error goes only every 3,467 steps"),
        (0.0001, 950.0, "that is well predicted"),
        (0.0011997, 20.0, "still bouncing from side to side"),
        (0.0006, 20_000.0, "the steep direction was done early"),
    ],
)
def test_the_reason_is_that_of_the_run(rate: float, given: float, reason: str) -> None:
    assert reason in told(Kind.LOSS, given, learning_rate=rate)


def test_of_a_loss_below_all_losses_the_least_one_is_said() -> None:
    tips = run("tips", iterations=200)
    assert "no line has a loss below 1.036" in told(Kind.LOSS, 0.01, tips)


@pytest.mark.parametrize(
    ("rate", "given", "reason"),
    [
        (0.0013, (-24.5, 25.0), "went past the best line, and landed farther away than before"),
        (0.0011, (-24.5, 25.0), "went past the best line, to its other side, and landed nearer"),
        (0.0001, (50.0, -50.0), "downhill was the other way"),
        (0.0001, (-58.0, 120.0), "a step at this rate covered"),
    ],
)
def test_the_reason_of_a_line_is_that_of_the_step(rate: float, given: Given, reason: str) -> None:
    assert reason in told(Kind.LINE, given, learning_rate=rate)


def test_a_line_is_compared_where_it_is_farthest_off() -> None:
    assert told(Kind.LINE, (-35.0, 500.0), learning_rate=0.0001).startswith("At 49 °C you said 500, it was 35.5: ")
    assert told(Kind.LINE, (-500.0, 35.0), learning_rate=0.0001).startswith("At −50 °C you said −500, it was −35.2: ")


def test_of_a_regime_both_names_are_said_and_what_a_step_does() -> None:
    assert told(Kind.REGIME, Regime.MONOTONE, learning_rate=0.0011) == (
        "You said “steady”, it was “overshoots”: each step goes past the best, but lands nearer, with 83.4 % of the "
        "error."
    )
    assert told(Kind.REGIME, Regime.OVERSHOOTING, learning_rate=0.0011).startswith("“overshoots”, as you said: ")


def test_with_momentum_the_limit_says_which_regime_it_is() -> None:
    history = run(iterations=50, learning_rate=0.0015, optimiser=Momentum(0.5))
    assert "the limit is 0.0018, and 0.0015 is 83.4 % of it" in told(Kind.REGIME, Regime.DIVERGING, history)


def test_a_limit_that_is_half_the_limit_is_where_overshooting_begins() -> None:
    assert told(Kind.LIMIT, 0.0006) == (
        "You said 0.0006, it is 0.0012: there overshooting begins, and exploding at twice that."
    )
    assert told(Kind.LIMIT, 0.1).endswith("2 over the curvature in the steepest direction, 1,667.")


@pytest.mark.parametrize("kind", Kind)
def test_each_answer_to_each_run_has_a_sentence_in_every_language(kind: Kind) -> None:
    for given, rate in product(ANSWERS[kind], RATES):
        speak("en")
        english = told(kind, given, learning_rate=rate)
        speak("tr")
        turkish = told(kind, given, learning_rate=rate)
        assert english != turkish
        assert not {"{", "}"} & {*english, *turkish}
        assert english.endswith(".")
        assert turkish.endswith(".")


@pytest.mark.parametrize("kind", Kind)
def test_a_question_says_nothing_that_depends_on_what_becomes_of_it(kind: Kind) -> None:
    asked = [run(iterations=200, learning_rate=rate) for rate in (0.0001, 0.0013)]
    first, second = (
        [title(one), alt(one), known_before(one, history, is_rescaled=False)]
        for history in asked
        for one in [question(kind, history.experiment)]
    )
    assert [text.replace("0.0013", "0.0001") for text in second] == first


def test_how_the_gradient_and_the_inputs_are_taken_is_said_before() -> None:
    history = run(standardised=True, summed=True, optimiser=Momentum(0.5), iterations=5)
    text = known_before(question(Kind.LIMIT, history.experiment), history, is_rescaled=True)
    assert "inputs rescaled" in text
    assert "the gradient added up over the 100 samples" in text
    assert "a momentum of 0.5" in text


@pytest.mark.parametrize("reason", Unsuited)
def test_each_reason_why_not_has_a_sentence_of_its_own(reason: Unsuited) -> None:
    assert reason_why_not(reason) == f"Here no question comes first. {UNSUITED[reason]}"
    assert len({*UNSUITED.values()}) == len(Unsuited)


@pytest.mark.parametrize(("language", "text"), [("en", "0.0012"), ("tr", "0,0012"), ("tr", "0.0012"), ("en", "1.2e-3")])
def test_a_number_is_read_as_the_language_writes_it(language: str, text: str) -> None:
    speak(language)
    assert typed_value(Kind.LIMIT, text) == 0.0012


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a lot", "not a number yet"),
        ("", "not a number yet"),
        ("1,500e3", "can be read in more than one way"),
        ("-3", "a number greater than zero"),
        ("0", "a number greater than zero"),
    ],
)
def test_what_is_no_loss_is_answered_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        typed_value(Kind.LOSS, text)


def test_points_and_their_mean_are_said() -> None:
    history = run(iterations=200, learning_rate=0.0011)
    asked = question(Kind.REGIME, history.experiment)
    given = [answer(asked, history, regime) for regime in (Regime.OVERSHOOTING, Regime.MONOTONE)]
    assert [points(one) for one in given] == ["100 of 100", "40 of 100"]
    assert [tally(given[:1]), tally(given)] == ["", "2 answers, 70 on average"]


def test_every_question_has_a_name_and_what_a_hand_can_take_one_too() -> None:
    assert [*question_names()] == ["", *(kind.value for kind in Kind)]
    assert [len(handle_names(kind)) for kind in Kind] == [2, 1, 0, 1]
