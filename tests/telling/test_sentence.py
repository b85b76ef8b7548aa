import re
from typing import Any

import pytest

from core.theory.outcome import distances
from core.theory.quadratic import theory
from core.training import History
from telling.sentence import rate_sentence, sentence, special_case
from tests.telling.runs import run
from wording import LANGUAGES, speak

STABLE = 0.001199759615731202
"""The largest stable learning rate of the Celsius data."""

SITUATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "exploded": (
        {"learning_rate": 0.01},
        "Exploded: at iteration 127 the numbers became greater than a computer can hold. "
        "The learning rate 0.01 is 8.34 times the limit, 0.0012. "
        "Each step made the error 15.67 times as large; the theory says |1 − 0.01 · 1,667| = 15.67.",
    ),
    "exploded at once": (
        {"learning_rate": 1e300},
        "Exploded: at iteration 1 the numbers became greater than a computer can hold.",
    ),
    "flying apart": (
        {"dataset": "weighted-sum", "learning_rate": 0.26},
        "Flying apart: by iteration 10 the loss has grown from 9,841 to 45,867. "
        "Each step made the error 1.08 times as large; the theory says |1 − 0.26 · 8| = 1.08. "
        "The learning rate 0.26 is 1.04 times the limit, 0.25.",
    ),
    "bouncing": (
        {"dataset": "weighted-sum", "learning_rate": 0.25},
        "Bounces for ever: at iteration 10 the error along the steep direction is as large as ever. "
        "The learning rate 0.25 is exactly the limit.",
    ),
    "overshooting": (
        {"learning_rate": 0.0008, "iterations": 5000},
        "Learned: at iteration 5,000 the loss is 0.000111; the least possible is 0. "
        "0.0008 is 66.7 % of the limit, 0.0012: it overshoots at every step along the steep "
        "direction and still settles; each step leaves 0.9984 of the slowest error, so halving it takes 434 steps.",
    ),
    "overshooting and not finished": (
        {"dataset": "weighted-sum", "learning_rate": 0.2, "iterations": 4},
        "Not finished: at iteration 4 the output is still 87.14, and 100 would be best. "
        "0.2 is 80 % of the limit, 0.25: it overshoots at every step along the steep "
        "direction and still settles; each step leaves 0.6 of the slowest error, so halving it takes 2 steps.",
    ),
    "learned": (
        {"dataset": "weighted-sum"},
        "Learned: at iteration 10 the loss is 1.03 × 10⁻¹⁰; the least possible is 0. "
        "0.1 is 40 % of the limit, 0.25: no step overshoots; "
        "each step leaves 0.2 of the slowest error, no more than half.",
    ),
    "learned in one step": (
        {"dataset": "weighted-sum", "learning_rate": 0.125, "iterations": 1},
        "Learned: at iteration 1 the loss is 0; the least possible is 0. "
        "0.125 is 50 % of the limit, 0.25: no step overshoots; one step does it all.",
    ),
    "learned though a loss is left": (
        {"dataset": "tips", "learning_rate": 0.002, "iterations": 15_000},
        "Learned: at iteration 15,000 the loss is 1.04; the least possible is 1.04.",
    ),
    "not finished": (
        {},
        "Not finished: at iteration 10,000 the bias is still 27.74, and 32 would be best. "
        "0.0001 is 8.3 % of the limit, 0.0012: no step overshoots; "
        "each step leaves 0.9998 of the slowest error, so halving it takes 3,467 steps.",
    ),
    "not finished after one step": (
        {"iterations": 1, "start": (0.5, 32.0)},
        "Not finished: at iteration 1 the weight is still 0.7167, and 1.8 would be best.",
    ),
    "learning rate 0": (
        {"learning_rate": 0.0},
        "Nothing moves: with a learning rate of 0 every step has length zero. Choose a greater one.",
    ),
    "start at the optimum": (
        {"start": (1.8, 32.0)},
        "This start is already the best possible: the gradient is zero there, and nothing is left to learn.",
    ),
    "start on the other side of many optima": (
        {"dataset": "weighted-sum", "start": (100.0, 0.0, 50.0, -50.0)},
        "This start is already the best possible: the gradient is zero there, and nothing is left to learn.",
    ),
    "start at 1e300": (
        {"start": (1e300, 0.5)},
        "This start is too far away: its loss is greater than the largest number there is here, 1.798 × 10³⁰⁸. "
        "Choose weights and bias nearer to zero.",
    ),
    "flat data": (
        {"features": (0.0, 0.0, 0.0, 0.0)},
        "These data are flat: every feature is zero, so no weight can change the output.",
    ),
    "exploded, without a theory": (
        {"suspect": "listing", "start": (-0.1, 0.5)},
        "Exploded: at iteration 22 the numbers became greater than a computer can hold.",
    ),
    "settled, without a theory": (
        {"suspect": "listing"},
        "By iteration 10,000 the loss has gone from 2,360 to 22.5.",
    ),
    "learning rate 0, without a theory": (
        {"suspect": "sign", "learning_rate": 0.0},
        "Nothing moves: with a learning rate of 0 every step has length zero. Choose a greater one.",
    ),
}

EVERY_SITUATION = pytest.mark.parametrize("situation", SITUATIONS)


def said(**chosen: Any) -> tuple[History, str]:
    history = run(**chosen)
    return history, sentence(history)


@EVERY_SITUATION
def test_the_sentence_says_what_happened(situation: str) -> None:
    chosen, expected = SITUATIONS[situation]
    text = sentence(run(**chosen))
    # Where only the beginning is given, the rest of the sentence is about the learning rate.
    assert text == expected if text.endswith(expected) else text.startswith(f"{expected} ")


@EVERY_SITUATION
def test_every_sentence_is_said_in_turkish_too_and_no_placeholder_is_left_open(situation: str) -> None:
    history, english = said(**SITUATIONS[situation][0])
    speak("tr")
    turkish = sentence(history)
    assert re.search("[çğıöşüİ]", turkish)
    assert set(turkish.split(". ")).isdisjoint(english.split(". "))
    assert not set("{}") & set(english + turkish)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_theory_the_rate_is_said_and_that_nothing_is_known_of_its_limits(language: str) -> None:
    speak(language)
    assert rate_sentence(run(suspect="listing")) == {
        "en": "The learning rate is 0.0001; which rates are stable is not known here.",
        "tr": "Öğrenme oranı 0,0001; hangi oranların kararlı olduğu burada bilinmiyor.",
    }.get(language)


def test_a_run_that_gets_going_is_no_special_case() -> None:
    assert [special_case(run(**chosen)) for chosen in ({}, {"learning_rate": 0.01}, {"suspect": "sign"})] == [""] * 3


@pytest.mark.parametrize("learning_rate", [0.002, 0.01, 1.0, 1e300])
def test_the_iteration_of_the_explosion_is_the_history_s(learning_rate: float) -> None:
    history, text = said(learning_rate=learning_rate)
    found = re.match(r"Exploded: at iteration ([\d,]+) ", text)
    assert found
    assert int(found[1].replace(",", "")) == history.diverged_at


# At learning rate 0.1 each step leaves a fifth of the error: 0.0016 of it after four steps, 0.00032 after five.
@pytest.mark.parametrize(("iterations", "beginning"), [(4, "Not finished"), (5, "Learned")])
def test_learned_is_said_when_less_than_a_thousandth_of_the_way_is_left(iterations: int, beginning: str) -> None:
    assert said(dataset="weighted-sum", iterations=iterations)[1].startswith(beginning)


@pytest.mark.parametrize(
    ("dataset", "learning_rate", "growth"),
    [("celsius", 0.01, "15.67"), ("weighted-sum", 0.5, "3"), ("tips", 0.01, "8.425")],
)
def test_the_error_of_a_run_that_explodes_grows_as_the_theory_says(
    dataset: str, learning_rate: float, growth: str
) -> None:
    _history, text = said(dataset=dataset, learning_rate=learning_rate, iterations=1000)
    found = re.search(r"the error (.+) times as large; the theory says .* = (.+)\.$", text)
    assert found
    assert found.groups() == (growth, growth)


@pytest.mark.parametrize("dataset", ["celsius", "noisy-thermometer", "tips", "weighted-sum"])
@pytest.mark.parametrize("share", [0.05, 0.7, 0.99, 1.002, 1.05])
def test_flying_apart_is_said_exactly_where_the_loss_has_grown(dataset: str, share: float) -> None:
    known = theory(run(dataset).experiment)
    assert known
    history, text = said(dataset=dataset, learning_rate=share * known.limits.stable, iterations=30)
    assert text.startswith("Flying apart") is bool(history.loss[-1] > history.loss[0])


def test_a_last_digit_that_only_rounding_raised_is_not_called_flying_apart() -> None:
    history, text = said(
        dataset="noisy-thermometer",
        learning_rate=0.000599879807865601,
        iterations=3,
        start=(1.8147056576735043, 32.81832002430738),
    )
    assert history.loss[-1] == pytest.approx(history.loss[0], rel=1e-12)
    assert not text.startswith("Flying apart")


@pytest.mark.parametrize(("dataset", "stable"), [("celsius", STABLE), ("weighted-sum", 0.25)])
def test_what_bounces_for_ever_is_as_far_off_along_the_steep_direction_as_at_the_start(
    dataset: str, stable: float
) -> None:
    history, text = said(dataset=dataset, learning_rate=stable, iterations=1000)
    known = theory(history.experiment)
    assert known
    before, after = distances(history, known, [0, 1000]) @ known.directions[:, -1]
    assert text.startswith("Bounces for ever")
    assert after == pytest.approx(before, rel=1e-6)


@pytest.mark.parametrize(("learning_rate", "untrue"), [(0.0012, " 1 times "), (0.00119975, " 100 % ")])
@pytest.mark.parametrize("iterations", [10, 10_000])
def test_a_rate_beside_the_stable_one_is_not_called_just_that(
    learning_rate: float, untrue: str, iterations: int
) -> None:
    assert untrue not in said(learning_rate=learning_rate, iterations=iterations)[1]


@pytest.mark.parametrize("learning_rate", [1e50, 1e200, 1e300])
def test_what_explodes_at_once_is_said_neither_to_stay_as_it_is_nor_to_be_infinite(learning_rate: float) -> None:
    _history, text = said(learning_rate=learning_rate)
    assert text.startswith("Exploded: at iteration ")
    assert "error 1 times" not in text
    assert "∞" not in text


def test_a_step_that_does_it_all_is_not_said_to_overshoot() -> None:
    _history, text = said(standardised=True, learning_rate=0.5)
    assert "one step does it all" in text
    assert "overshoots at every step" not in text


@pytest.mark.parametrize("start", [(1.8, 32.001), (1.80001, 32.0), (0.5, 0.5), (1.8, 31.9)])
@pytest.mark.parametrize("iterations", [1, 100])
def test_what_is_still_off_is_not_written_like_what_would_be_best(start: tuple[float, ...], iterations: int) -> None:
    _history, text = said(start=start, iterations=iterations)
    found = re.search(r"is still (.+), and (.+) would be best", text)
    assert found
    assert found[1] != found[2]


def test_the_summed_gradient_at_a_hundredth_of_the_rate_is_said_to_lie_at_the_same_share_of_its_limit() -> None:
    mean, summed = (rate_sentence(run(summed=summed)).split(" is ") for summed in (False, True))
    assert (mean[0], summed[0]) == ("0.0001", "1 × 10⁻⁶")
    assert mean[1].startswith("8.3 % of")
    assert mean[1].split(":")[1:] == summed[1].split(":")[1:]
    assert summed[1].startswith("8.3 % of")
