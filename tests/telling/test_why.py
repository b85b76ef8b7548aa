"""What stands behind “Why?”."""

import re
from typing import Any

import pytest

from core.data.builtin import celsius
from core.theory.limits import Regime
from core.theory.quadratic import quadratic
from telling.sentence import sentence
from telling.why import TERMS, why
from tests.telling.runs import run
from wording import LANGUAGES, speak

STABLE = quadratic(celsius()).limits.stable
REGIMES = {
    Regime.CREEPING: 1e-5,
    Regime.MONOTONE: 1e-4,
    Regime.OVERSHOOTING: 0.00119,
    Regime.BOUNCING: STABLE,
    Regime.DIVERGING: 0.005,
}
EACH = pytest.mark.parametrize(("regime", "learning_rate"), REGIMES.items(), ids=lambda part: str(part))


def paragraphs(learning_rate: float) -> list[str]:
    return why(run(learning_rate=learning_rate, iterations=100))


@EACH
def test_first_it_says_what_happened(regime: Regime, learning_rate: float) -> None:
    assert paragraphs(learning_rate)[0] == sentence(run(learning_rate=learning_rate, iterations=100))


@EACH
def test_last_it_says_what_textbooks_call_the_regime(regime: Regime, learning_rate: float) -> None:
    assert paragraphs(learning_rate)[-1] == f"Textbooks call what is seen here {TERMS[regime]}."


def test_the_limit_is_two_over_the_steepest_curvature() -> None:
    assert "2 / 1,667. " in paragraphs(0.00119)[1]


def test_overshooting_is_a_negative_factor_worked_by_hand() -> None:
    # 1 - 0.00119 · 1667.0006 = -0.98373
    assert "by 1 − 0.00119 · 1,667 = −0.9837. " in paragraphs(0.00119)[2]


@pytest.mark.parametrize(("learning_rate", "left"), [(0.00119, "0.9976"), (1e-4, "0.9998")])
def test_the_half_life_follows_from_what_a_step_leaves_of_the_slowest_error(learning_rate: float, left: str) -> None:
    # 1 - 0.00119 · 1.9994 = 0.99762, and 1 - 0.0001 · 1.9994 = 0.9998
    assert f"a step leaves {left} of the error" in paragraphs(learning_rate)[3]


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_unsaid(regime: Regime, learning_rate: float, language: str) -> None:
    speak(language)
    assert re.findall(r"[{}]", " ".join(paragraphs(learning_rate))) == []


@EACH
def test_it_is_explained_in_turkish_too(regime: Regime, learning_rate: float) -> None:
    english = paragraphs(learning_rate)
    speak("tr")
    assert len(paragraphs(learning_rate)) == len(english)
    assert set(paragraphs(learning_rate)).isdisjoint(english)


@pytest.mark.parametrize("chosen", [{"suspect": "listing"}, {"features": (0.0, 0.0)}], ids=["no theory", "flat"])
def test_where_there_are_no_limits_none_are_explained(chosen: dict[str, Any]) -> None:
    history = run(iterations=10, **chosen)
    assert why(history) == [sentence(history)]


@EACH
def test_only_where_the_error_becomes_less_half_of_it_goes(regime: Regime, learning_rate: float) -> None:
    is_less = regime not in (Regime.BOUNCING, Regime.DIVERGING)
    assert any("half of it is gone" in text for text in paragraphs(learning_rate)) == is_less
