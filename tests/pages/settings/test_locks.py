from typing import Any

import pytest
from hypothesis import assume, given

from pages.settings.choosing import changed, complete
from pages.settings.controls import CONTROLS, GROUPS, LOCKABLE, all_of
from pages.settings.link import from_address, to_address
from pages.settings.locks import LockedError, locked_settings, under_lock
from pages.settings.table import TABLE
from tests.pages.settings.strategies import PROPERTY, changes

RATE = ((0, 0.0003),)


@PROPERTY
@given(changes())
def test_no_change_moves_what_is_locked(change: tuple[dict[str, Any], str, Any]) -> None:
    chosen, name, value = change
    assume(name != "lock")
    chosen = {**chosen, "lock": ("learning_rate", "dataset", "watch", "start")}
    was = complete(chosen)
    try:
        now = complete(under_lock(chosen, changed(chosen, **{name: value})))
    except LockedError:
        return
    for locked in ("learning_rate", "dataset", "watch", "weights", "bias"):
        if TABLE[locked].matters(now):
            assert getattr(now, locked) == getattr(was, locked)


@pytest.mark.parametrize("chosen", [{}, {"learning_rate": RATE}], ids=["the usual one", "a chosen one"])
def test_a_locked_rate_stays_when_the_data_are_others(chosen: dict[str, Any]) -> None:
    before = {**chosen, "lock": ("learning_rate",)}
    after = under_lock(before, changed(before, dataset="tips"))
    assert complete(after).dataset == "tips"
    assert complete(after).learning_rate == complete(before).learning_rate


def test_a_locked_start_that_other_data_have_no_place_for_forbids_them() -> None:
    before = {"lock": ("start",), "weights": (0.25,)}
    with pytest.raises(LockedError) as problem:
        under_lock(before, changed(before, dataset="weighted-sum"))
    assert problem.value.name in ("weights", "bias")


def test_what_is_not_locked_changes_as_ever() -> None:
    before = {"lock": ("learning_rate",), "weights": (0.25,)}
    assert under_lock(before, changed(before, bias=3.0)) == {**before, "bias": 3.0}


def test_of_a_live_run_the_length_is_not_locked_for_it_grows() -> None:
    assert "iterations" in locked_settings({"lock": ("iterations",)})
    assert "iterations" not in locked_settings({"lock": ("iterations",), "live": True})


def test_a_group_holds_controls_that_there_are() -> None:
    assert {part for group in GROUPS.values() for part in group.holds} <= CONTROLS.keys()
    assert all_of(("start",)) == {"start", "weights", "bias", "seed", "draw", "nudges"}


def test_no_group_hides_a_setting_of_the_same_name_that_is_something_else() -> None:
    same = ("learning_rate", "nudges", "more", "live", "land", "board", "lang", "tour", "own", "dataset")
    labels = {name: group.label for name, group in GROUPS.items() if name in TABLE}
    assert labels == {name: TABLE[name].label for name in same}


@pytest.mark.parametrize(
    ("text", "left", "refused"),
    [
        ("start,foo,dataset", ("start", "dataset"), "foo"),
        ("<script>,start", ("start",), "<script>"),
        (" start , start ,", ("start",), None),
        ("navigation", ("navigation",), None),
        ("", (), None),
    ],
)
def test_names_that_there_are_count_and_the_others_are_named(
    text: str, left: tuple[str, ...], refused: str | None
) -> None:
    chosen, faults = from_address({"hide": text})
    assert chosen["hide"] == left
    assert faults == ([("hide", refused)] if refused else [])


def test_what_changes_nothing_cannot_be_locked() -> None:
    assert from_address({"lock": "navigation"}) == ({}, [("lock", "navigation")])
    assert from_address({"lock": "navigation,dataset"}) == ({"lock": ("dataset",)}, [("lock", "navigation")])
    assert "navigation" not in LOCKABLE


def test_the_link_holds_the_names_in_one_order() -> None:
    (first, _faults), (second, _none) = (from_address({"hide": text}) for text in ("start,dataset", "dataset,start"))
    assert to_address(first) == to_address(second) == {"hide": "start,dataset"}
