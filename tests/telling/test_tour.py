"""The tour: four things to try with the dial."""

import pytest

from core.theory.limits import Regime
from telling.tour import STEPS, WANTED, praise, tour_text
from wording import LANGUAGES, speak

COUNTED = range(1, len(STEPS) + 1)
EACH = pytest.mark.parametrize("step", COUNTED)


@EACH
@pytest.mark.parametrize("regime", Regime)
def test_a_step_is_praised_exactly_in_the_regime_it_asks_for(step: int, regime: Regime) -> None:
    wanted = {2: Regime.MONOTONE, 3: Regime.OVERSHOOTING, 4: Regime.DIVERGING}
    assert bool(praise(step, regime)) is (wanted.get(step) is regime)


def test_each_step_asks_for_one_regime_and_the_first_only_looks() -> None:
    assert len(WANTED) == len(STEPS)
    assert WANTED[0] is None


@EACH
def test_each_step_says_which_of_how_many_it_is(step: int) -> None:
    assert tour_text(step) == f"{step} of 4. {STEPS[step - 1]}"


def test_only_the_last_praise_speaks_of_an_explosion() -> None:
    done = [praise(step, wanted) for step, wanted in zip(COUNTED, WANTED, strict=True) if wanted]
    assert ["explosion" in text for text in done] == [False, False, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_steps_say_the_same(language: str) -> None:
    speak(language)
    assert len({tour_text(step) for step in COUNTED}) == len(STEPS)


@EACH
def test_a_step_is_said_in_turkish_too(step: int) -> None:
    english = tour_text(step)
    speak("tr")
    assert STEPS[step - 1] not in tour_text(step) != english
