import pytest

from core.data.builtin import celsius, weighted_sum
from core.lesson.slips import Slip
from core.lesson.suspects import Verdict
from core.theory.limits import Regime
from telling.names import parameter_names, regime_names, slip_names, verdict_names
from wording import LANGUAGES, speak


def test_parameters_are_named_after_what_they_are() -> None:
    assert parameter_names(celsius()) == ["weight", "bias"]
    assert parameter_names(weighted_sum()) == ["w1", "w2", "w3", "w4"]


def test_parameters_are_named_in_turkish() -> None:
    speak("tr")
    assert parameter_names(celsius()) == ["ağırlık", "sapma"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_regimes_verdicts_and_slips_each_have_a_name_of_their_own(language: str) -> None:
    speak(language)
    regimes, verdicts, slips = regime_names(), verdict_names(), slip_names()
    assert [*regimes, *verdicts, *slips] == [*Regime, *Verdict, *Slip]
    names = [*regimes.values(), *verdicts.values(), *slips.values()]
    assert len(set(names)) == len(names)


def test_in_english_a_slip_is_called_what_the_core_calls_it() -> None:
    assert slip_names() == {slip: slip.value for slip in Slip}
