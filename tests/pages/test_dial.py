import math
from typing import Any

import pytest

from core.data.builtin import DATASETS
from core.schedule import constant
from core.theory.limits import Regime
from pages.settings.table import TABLE
from pages.widgets import dial
from telling.names import regime_names
from tests.pages.visit import Visit
from wording import LANGUAGES, speak

ZONES = ["creeping", "monotone", "overshooting", "diverging"]
GOOD: dict[str, Any] = {"rate": 0.0008, "n": 1, "done": True}
NO_RATES: list[Any] = [None, "0.0008", True, -0.1, math.nan, math.inf, -math.inf, [1], {}, 10**400]
NO_NUMBERS: list[Any] = [None, "1", 1.5, True]
NO_ENDS: list[Any] = [None, 1, "yes"]
NONSENSE: list[Any] = [
    None,
    7,
    "0.0008",
    [0.0008],
    {},
    *({**GOOD, "rate": rate} for rate in NO_RATES),
    *({**GOOD, "n": n} for n in NO_NUMBERS),
    *({**GOOD, "done": done} for done in NO_ENDS),
    *({name: value for name, value in GOOD.items() if name != left_out} for left_out in GOOD),
]
"""What a browser would never report, but somebody may."""


@pytest.fixture(scope="module")
def visit() -> Visit:
    """A visit of which nothing must become anything else."""
    return Visit("train")


@pytest.mark.parametrize("report", NONSENSE, ids=lambda report: repr(report)[:40])
def test_a_move_that_makes_no_sense_is_ignored(visit: Visit, report: Any) -> None:
    visit.report("moved", report)
    assert (visit.chosen, visit.warnings) == ({}, [])


@pytest.mark.parametrize("report", [None, "0.0008", {"text": "1"}, {"n": 1}, {"text": 1, "n": 1}], ids=repr)
def test_a_typed_report_that_makes_no_sense_is_ignored(visit: Visit, report: Any) -> None:
    visit.report("typed", report)
    assert (visit.chosen, visit.warnings) == ({}, [])


def test_the_dial_is_told_which_report_was_answered() -> None:
    visit = Visit("train").report("moved", {**GOOD, "n": 41})
    assert visit.dial["answered"] == 41
    assert visit.report("typed", {"text": "nonsense", "n": 42}).dial["answered"] == 42
    assert visit.report("moved", {"n": 43}).dial["answered"] == 43
    assert visit.report("moved", "nonsense").dial["answered"] == 43


def test_a_whole_number_is_a_rate_too() -> None:
    visit = Visit("train").report("moved", {**GOOD, "rate": 1})
    assert visit.address == {"learning_rate": "1.0"}


@pytest.mark.parametrize("done", [True, False])
def test_the_dial_is_held_in_the_runs_that_answer_an_unfinished_move(
    done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    show = dial.show_dial

    def watched(*arguments: Any, **more: Any) -> None:
        held.append(dial.is_held())
        show(*arguments, **more)

    monkeypatch.setattr("pages.widgets.show.show_dial", watched)
    visit = Visit("train").report("moved", {**GOOD, "done": done})
    visit.type("bias", "1")
    assert held == [False, not done, False]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_every_zone_has_its_name_and_colour(dataset: str, lang: str) -> None:
    shown = Visit("train", dataset=dataset, lang=lang).dial
    speak(lang)
    assert shown["zones"] == ZONES
    assert shown["names"] == {regime.value: name for regime, name in regime_names().items()}
    assert shown["colours"].keys() == {regime.value for regime in Regime}


def test_flat_data_have_a_dial_without_zones_and_marks() -> None:
    shown = Visit("train", dataset="weighted-sum", features="0,0,0,0").dial
    assert (shown["zones"], shown["marks"], len(shown["scale"])) == ([], [], 2)


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_dial_knows_the_data_set_s_own_rate_whatever_is_chosen(dataset: str) -> None:
    visit = Visit("train", dataset=dataset, learning_rate="0.5")
    assert constant(visit.dial["own"]) == TABLE["learning_rate"].default_in(visit.settings) != constant(0.5)


def test_a_link_and_the_dial_agree_to_every_digit() -> None:
    assert Visit("train", learning_rate="0.00080123456789").dial["rate"] == 0.00080123456789
