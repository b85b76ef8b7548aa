import re

import numpy as np
import pytest

from core.learning_rate import Regime, regime
from pages.shared.run import Run, run_of
from pages.shared.sentence import sentence
from pages.shared.settings import Settings
from wording import parse_number, speak

STABLE = 0.001199759615731202
"""The largest stable learning rate of the Celsius data."""

SITUATIONS: dict[str, tuple[Settings, str]] = {
    "exploded": (
        Settings(learning_rate=0.01),
        "Exploded: at iteration 127 the numbers left the finite world. "
        "The learning rate 0.01 is 8.34 times the largest stable one, 0.0012. "
        "Choose one below it, for instance 0.00096.",
    ),
    "exploded at once": (
        Settings(learning_rate=1e300),
        "Exploded: at iteration 1 the numbers left the finite world.",
    ),
    "flying apart": (
        Settings(dataset="weighted-sum", learning_rate=0.26),
        "Flying apart: by iteration 10 the loss has grown from 9,841 to 45,867. "
        "The learning rate 0.26 is 1.04 times the largest stable one, 0.25.",
    ),
    "bouncing": (
        Settings(dataset="weighted-sum", learning_rate=0.25),
        "Bounces for ever: at iteration 10 it is as far off as at the start. "
        "The learning rate 0.25 is exactly the largest stable one.",
    ),
    "overshooting": (
        Settings(learning_rate=0.0008, iterations=5000),
        "Learned: at iteration 5,000 the loss is 0.00000211; the least possible is 0. "
        "It overshoots at every step and still settles: 0.0008 is 66.7 % of the largest stable rate, 0.0012.",
    ),
    "overshooting and not finished": (
        Settings(dataset="weighted-sum", learning_rate=0.2, iterations=4),
        "Not finished: at iteration 4 the output is still 87.14, and 100 would be best. "
        "It overshoots at every step and still settles: 0.2 is 80 % of the largest stable rate, 0.25.",
    ),
    "learned": (
        Settings(dataset="weighted-sum"),
        "Learned: at iteration 10 the loss is 1.03 × 10⁻¹⁰; the least possible is 0. "
        "The learning rate 0.1 is 40 % of the largest stable one, 0.25: no step overshoots.",
    ),
    "learned in one step": (
        Settings(dataset="weighted-sum", learning_rate=0.125, iterations=1),
        "Learned: at iteration 1 the loss is 0; the least possible is 0.",
    ),
    "learned though a loss is left": (
        Settings(dataset="tips", iterations=20_001),
        "Learned: at iteration 20,001 the loss is 1.04; the least possible is 1.04.",
    ),
    "not finished": (
        Settings(),
        "Not finished: at iteration 10,000 the bias is still 27.74, and 32 would be best. "
        "The learning rate 0.0001 is 8.3 % of the largest stable one, 0.0012: no step overshoots.",
    ),
    "not finished after one step": (
        Settings(iterations=1, bias=31.0),
        "Not finished: at iteration 1 the weight is still 0.7187, and 1.8 would be best.",
    ),
    "learning rate 0": (
        Settings(learning_rate=0.0),
        "Nothing moves: with a learning rate of 0 every step has length zero. Choose a greater one.",
    ),
    "start at the optimum": (
        Settings(weights=(1.8,), bias=32.0),
        "This start is already the best possible: the gradient is zero there, and nothing is left to learn.",
    ),
    "start on the other side of many optima": (
        Settings(dataset="weighted-sum", weights=(100.0, 0.0, 50.0, -50.0)),
        "This start is already the best possible: the gradient is zero there, and nothing is left to learn.",
    ),
    "start at 1e300": (
        Settings(weights=(1e300,)),
        "This start is too far away: its loss is greater than the largest number there is here, 1.798 × 10³⁰⁸. "
        "Choose weights and bias nearer to zero.",
    ),
    "flat data": (
        Settings(dataset="weighted-sum", features=(0.0, 0.0, 0.0, 0.0)),
        "This start is already the best possible: the gradient is zero there, and nothing is left to learn.",
    ),
}

EVERY_SITUATION = pytest.mark.parametrize("situation", SITUATIONS)


def said(settings: Settings) -> tuple[Run, str]:
    run = run_of(settings)
    return run, sentence(run)


@EVERY_SITUATION
def test_the_sentence_says_what_happened(situation: str) -> None:
    settings, expected = SITUATIONS[situation]
    text = sentence(run_of(settings))
    # Where only the beginning is given, the rest of the sentence is about the learning rate.
    assert text == expected if text.endswith(expected) else text.startswith(f"{expected} ")


@EVERY_SITUATION
def test_every_sentence_is_said_in_turkish_too(situation: str) -> None:
    run, english = said(SITUATIONS[situation][0])
    speak("tr")
    turkish = sentence(run)
    assert re.search("[çğıöşüİ]", turkish)
    assert set(turkish.split(". ")).isdisjoint(english.split(". "))


@EVERY_SITUATION
@pytest.mark.parametrize("language", ["en", "tr"])
def test_no_placeholder_is_left_open(situation: str, language: str) -> None:
    speak(language)
    _run, text = said(SITUATIONS[situation][0])
    assert not set("{}") & set(text)


@pytest.mark.parametrize("learning_rate", [0.0012, 0.01, 1.0, 1e300])
def test_the_iteration_of_the_explosion_is_the_history_s(learning_rate: float) -> None:
    run, text = said(Settings(learning_rate=learning_rate, iterations=100_000))
    found = re.match(r"Exploded: at iteration ([\d,]+) ", text)
    assert found
    assert int(found[1].replace(",", "")) == run.history.diverged_at


@pytest.mark.parametrize("dataset", ["celsius", "tips", "weighted-sum"])
def test_the_remedy_for_an_explosion_is_a_rate_that_settles(dataset: str) -> None:
    run, text = said(Settings(dataset=dataset, learning_rate=1e10))
    found = re.search(r"for instance ([\d.]+)\.$", text)
    assert found
    remedied, better = said(Settings(dataset=dataset, learning_rate=parse_number(found[1]), iterations=20_000))
    assert regime(remedied.learning_rate, run.limits) is Regime.OVERSHOOTING
    assert better.startswith("Learned")


@pytest.mark.parametrize("dataset", ["celsius", "noisy-thermometer", "tips", "weighted-sum"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 0.99, 1.05])
def test_flying_apart_is_said_exactly_where_the_loss_has_grown(dataset: str, share: float) -> None:
    stable = run_of(Settings(dataset=dataset)).limits.stable
    run, text = said(Settings(dataset=dataset, learning_rate=share * stable, iterations=60))
    assert text.startswith("Flying apart") is bool(run.history.loss[-1] > run.history.loss[0])


def test_a_last_digit_that_only_rounding_raised_is_not_called_flying_apart() -> None:
    nearly_best = Settings(
        dataset="noisy-thermometer",
        learning_rate=0.000599879807865601,
        iterations=3,
        weights=(1.8147056576735043,),
        bias=32.81832002430738,
    )
    run, text = said(nearly_best)
    assert run.history.loss[-1] == pytest.approx(run.history.loss[0], rel=1e-12)
    assert not text.startswith("Flying apart")


@pytest.mark.parametrize(("dataset", "stable"), [("celsius", STABLE), ("weighted-sum", 0.25)])
def test_it_is_as_far_off_as_at_the_start_where_the_sentence_says_so(dataset: str, stable: float) -> None:
    run, text = said(Settings(dataset=dataset, learning_rate=stable))
    assert ("as far off as at the start" in text) is bool(np.isclose(run.history.loss[-1], run.history.loss[0]))


@pytest.mark.parametrize("iterations", [10, 10_000])
def test_a_rate_just_above_the_stable_one_is_not_called_one_times_it(iterations: int) -> None:
    _run, text = said(Settings(learning_rate=0.0012, iterations=iterations))
    assert " 1 times " not in text


def test_a_rate_just_below_the_stable_one_is_not_called_all_of_it() -> None:
    _run, text = said(Settings(learning_rate=0.00119975, iterations=10))
    assert " 100 % " not in text


def test_no_learning_rate_is_called_infinitely_many_times_another() -> None:
    _run, text = said(Settings(learning_rate=1e308))
    assert "∞" not in text


@pytest.mark.parametrize(("weight", "bias"), [(1.8, 32.001), (1.80001, 32.0), (0.5, 0.5), (1.8, 31.9)])
@pytest.mark.parametrize("iterations", [1, 100])
def test_what_is_still_off_is_not_written_like_what_would_be_best(weight: float, bias: float, iterations: int) -> None:
    _run, text = said(Settings(weights=(weight,), bias=bias, iterations=iterations))
    found = re.search(r"is still (.+), and (.+) would be best", text)
    assert found
    assert found[1] != found[2]


@pytest.mark.parametrize("start", [1e15, 1e20, 1e100])
def test_the_best_possible_is_the_same_wherever_training_starts(start: float) -> None:
    run, _text = said(Settings(weights=(start,)))
    assert (run.best.weights[0], run.best.bias) == pytest.approx((1.8, 32.0))
    assert run.best_loss < 1e-9
