from typing import Any

import pytest

from core.data.builtin import celsius, weighted_sum
from core.lesson.slips import Slip
from core.lesson.suspects import Verdict
from core.theory.limits import Regime
from core.theory.quadratic import theory
from telling.names import parameter_names, regime_names, slip_names, verdict_names
from telling.ruler import spoken
from tests.telling.runs import run
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


def test_the_ruler_speaks() -> None:
    known = theory(run().experiment)
    assert known
    assert spoken(0.0008, known.limits) == (
        "Learning rates: too slow up to 0.00006, steady up to 0.0006, overshoots up to the limit 0.0012, explodes "
        "above. The fastest in the long run is 0.001198. Now 0.0008: overshoots."
    )


@pytest.mark.parametrize(
    ("chosen", "stable"),
    [({}, "0.0012"), ({"summed": True}, "0.000012"), ({"standardised": True}, "1"), ({"dataset": "tips"}, "0.002122")],
)
def test_the_ruler_speaks_of_the_run_s_own_limits(chosen: dict[str, Any], stable: str) -> None:
    known = theory(run(**chosen).experiment)
    assert known
    assert f"overshoots up to the limit {stable}, explodes" in spoken(1.0, known.limits)
