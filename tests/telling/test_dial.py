from typing import Any

import pytest

from core.theory.in_force import LimitKind
from core.theory.limits import Limits, Regime
from core.theory.quadratic import theory
from telling.dial import marks, powers_of_ten, spoken
from telling.names import regime_names
from tests.telling.runs import run
from wording import LANGUAGES, number, speak

FLAT = Limits(float("inf"), float("inf"), float("inf"))


def limits_of(**chosen: Any) -> Limits:
    known = theory(run(**chosen).experiment)
    assert known
    return known.limits


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chosen", [{}, {"summed": True}, {"standardised": True}, {"dataset": "tips"}], ids=str)
def test_the_dial_says_where_each_regime_of_the_run_ends(chosen: dict[str, Any], language: str) -> None:
    speak(language)
    limits = limits_of(**chosen)
    ends = {
        Regime.CREEPING: limits.creeping,
        Regime.MONOTONE: limits.monotone,
        Regime.OVERSHOOTING: limits.stable,
    }
    sentences = spoken(limits).split(". ")
    assert [f"{regime_names()[regime]}: " in sentences[k] for k, regime in enumerate(ends)] == [True] * 3
    assert [number(end, 3) in sentences[k] for k, end in enumerate(ends.values())] == [True] * 3


def test_the_dial_s_marks_stand_at_the_limits_and_name_them() -> None:
    limits = limits_of()
    assert [(rate, sign) for rate, sign, _name in marks(limits)] == [
        (limits.monotone, "1"),
        (limits.fastest, "★"),
        (limits.stable, "2"),
    ]
    assert marks(limits)[0][2] == "0.0006: overshooting begins"


def test_the_fastest_rate_is_told_from_the_largest_stable_one() -> None:
    names = [name for _rate, _sign, name in marks(limits_of())]
    assert names[1:] == ["★ 0.001198: the fastest in the long run", "0.0012: explosions begin"]


def test_flat_data_have_no_marks_and_nothing_is_said_of_limits() -> None:
    assert (marks(FLAT), spoken(FLAT)) == ([], "")


def test_the_powers_of_ten_are_those_between_the_ends() -> None:
    assert powers_of_ten([1e-5, 0.0119]) == [
        (1e-5, "10⁻⁵", "0.00001"),
        (1e-4, "10⁻⁴", "0.0001"),
        (1e-3, "10⁻³", "0.001"),
        (1e-2, "10⁻²", "0.01"),
    ]


@pytest.mark.parametrize("kind", [kind for kind in LimitKind if kind is not LimitKind.EXACT])
def test_where_a_limit_is_not_exact_it_has_the_one_mark_and_none_is_the_fastest(kind: LimitKind) -> None:
    limits = limits_of()
    assert [(rate, sign) for rate, sign, _name in marks(limits, kind)] == [(limits.stable, "2")]
    assert "fastest" not in spoken(limits, kind)
    assert "may explode: above." in spoken(limits, kind)
