"""The headline: what a run does in at most a dozen words, and two numbers that matter."""

import re
from typing import Any

import pytest

from core.data.builtin import DATASETS, celsius
from core.theory.limits import Regime
from core.theory.quadratic import quadratic, theory
from telling.headline import ARRIVED, UNDERWAY, WORDS, Headline, headline, two_numbers
from tests.telling.runs import run
from wording import LANGUAGES, _, speak

STABLE = quadratic(celsius()).limits.stable
MOST_WORDS = 12
SITUATIONS: dict[str, tuple[dict[str, Any], str, str]] = {
    "creeping": (
        {"learning_rate": 1e-5, "iterations": 100},
        "Too slow: tiny steps, and not there yet.",
        "0.00001 is 0.8 % of the limit; half the error is gone every 34,668 steps.",
    ),
    "monotone": (
        {},
        "Steady: every step comes nearer, but it is not there yet.",
        "0.0001 is 8 % of the limit; half the error is gone every 3,467 steps.",
    ),
    "monotone and arrived": (
        {"dataset": "weighted-sum"},
        "Steady: every step comes nearer, and it arrives.",
        "0.1 is 40 % of the limit; every step takes away half the error or more.",
    ),
    "there in one step": (
        {"dataset": "weighted-sum", "learning_rate": 0.125},
        "Steady: a single step lands on the best.",
        "0.125 is 50 % of the limit; one step does it all.",
    ),
    "overshooting": (
        {"learning_rate": 0.00119, "iterations": 100},
        "Overshoots at every step, and is not there yet.",
        "0.00119 is 99 % of the limit; half the error is gone every 291 steps.",
    ),
    "overshooting and arrived": (
        {"learning_rate": 0.00119},
        "Overshoots at every step, and still arrives.",
        "0.00119 is 99 % of the limit; half the error is gone every 291 steps.",
    ),
    "bouncing": (
        {"learning_rate": STABLE, "iterations": 100},
        "Bounces for ever: from side to side, and never nearer.",
        "0.0012 is exactly the limit; each step leaves the error as large as it was.",
    ),
    "exploding": (
        {"learning_rate": 0.005, "iterations": 100},
        "Explodes: every step lands farther away.",
        "0.005 is 4.17 times the limit; each step makes the error 7.34 times as large.",
    ),
    "exploded": (
        {"learning_rate": 0.01},
        "Explodes: every step lands farther away.",
        "0.01 is 8.34 times the limit; each step makes the error 15.7 times as large.",
    ),
    "a rate of zero": (
        {"learning_rate": 0.0},
        "Nothing moves: every step has length zero.",
        "Nothing moves: with a learning rate of 0 every step has length zero. Choose a greater one.",
    ),
    "at the best": (
        {"start": (1.8, 32.0)},
        "Already there: this start is the best possible.",
        "This start is already the best possible: the gradient is zero there, and nothing is left to learn.",
    ),
    "too far away": (
        {"start": (1e300, 0.5)},
        "This start is too far away.",
        "This start is too far away: its loss is greater than the largest number there is here, 1.798 × 10³⁰⁸. "
        "Choose weights and bias nearer to zero.",
    ),
    "flat": (
        {"features": (0.0, 0.0)},
        "These data are flat: there is nothing to learn.",
        "These data are flat: every feature is zero, so no weight can change the output.",
    ),
    "no theory": (
        {"suspect": "listing", "iterations": 10},
        "The learning rate decides: how far does each step go?",
        "The learning rate is 0.0001; which rates are stable is not known here. Loss 1,012.",
    ),
}
EACH = pytest.mark.parametrize("situation", SITUATIONS)
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def said(situation: str) -> Headline:
    return headline(run(**SITUATIONS[situation][0]))


@EACH
def test_the_headline_says_what_the_run_does(situation: str) -> None:
    assert str(said(situation)) == SITUATIONS[situation][1]


@EACH
def test_the_two_numbers_are_how_far_it_is_to_the_limit_and_what_a_step_makes_of_the_error(situation: str) -> None:
    assert two_numbers(run(**SITUATIONS[situation][0])) == SITUATIONS[situation][2]


@EACH
@IN_EACH_LANGUAGE
def test_a_headline_has_at_most_a_dozen_words(situation: str, language: str) -> None:
    speak(language)
    assert 1 < len(str(said(situation)).split()) <= MOST_WORDS


@IN_EACH_LANGUAGE
@pytest.mark.parametrize("regime", Regime)
@pytest.mark.parametrize("sentences", [ARRIVED, UNDERWAY], ids=["arrived", "underway"])
def test_every_outcome_of_every_regime_has_a_headline_of_at_most_a_dozen_words(
    sentences: dict[Regime, str], regime: Regime, language: str
) -> None:
    speak(language)
    assert len(_(sentences[regime]).format(word=_(WORDS[regime])).split()) <= MOST_WORDS


@EACH
@IN_EACH_LANGUAGE
def test_nothing_is_left_unsaid_in_headline_and_numbers(situation: str, language: str) -> None:
    speak(language)
    history = run(**SITUATIONS[situation][0])
    assert re.findall(r"[{}]", f"{headline(history)} {two_numbers(history)}") == []


@EACH
@IN_EACH_LANGUAGE
def test_the_coloured_word_is_that_of_the_headline_s_regime(situation: str, language: str) -> None:
    speak(language)
    found = said(situation)
    assert found.word in str(found)
    assert bool(found.word) is (found.regime is not None) is ("{word}" in found.sentence)


@EACH
def test_turkish_headlines_are_other_words(situation: str) -> None:
    english = said(situation)
    speak("tr")
    assert set(str(said(situation)).split()).isdisjoint(str(english).split())


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.8, 1.0, 1.1, 100.0])
def test_the_headline_s_regime_is_that_of_the_theory(dataset: str, share: float) -> None:
    known = theory(run(dataset).experiment)
    assert known
    rate = share * known.limits.stable
    assert headline(run(dataset, learning_rate=rate, iterations=20)).regime is known.limits.regime(rate)


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ({"learning_rate": 0.0012}, "0.0012 is 1.0002 times the limit;"),
        ({"learning_rate": 1e300}, "1 × 10³⁰⁰ is 8.34 × 10³⁰² times the limit;"),
        ({"learning_rate": 0.00119975}, "0.00119975 is 99.999 % of the limit;"),
        ({"summed": True}, "1 × 10⁻⁶ is 8 % of the limit;"),
        ({"dataset": "weighted-sum", "learning_rate": 0.25}, "0.25 is exactly the limit;"),
    ],
    ids=str,
)
def test_the_share_of_the_limit_is_told_from_the_limit_itself(chosen: dict[str, Any], text: str) -> None:
    assert two_numbers(run(iterations=10, **chosen)).startswith(text)


def test_a_run_that_has_not_arrived_is_not_said_to() -> None:
    early, late = (str(headline(run(iterations=iterations))) for iterations in (10_000, 100_000))
    assert "not there yet" in early
    assert "arrives" in late
