"""Own data on every page, and the page on which they are brought."""

import base64
import random
from functools import cache
from typing import Any

import pytest

from core.data.own import STARTER, OwnData
from pages.frame.shell import PAGES
from pages.settings.own import TOO_MANY, write_own
from tests.pages.shown import have_ranges
from tests.pages.visit import Visit
from wording import LANGUAGES

RANDOM = random.Random(0)
PAGES_OF_RUNS = sorted(set(PAGES) - {"about", "your_data"})


def numbers(n_rows: int, n_features: int, size: float = 1.0, around: float = 0.0) -> OwnData:
    rows = [[size * RANDOM.gauss(0, 1) for _feature in range(n_features)] for _row in range(n_rows)]
    return OwnData((*"abcdefgh"[:n_features], "y"), with_targets(rows, size, around))


def with_targets(rows: list[list[float]], size: float, around: float) -> tuple[tuple[float, ...], ...]:
    return tuple((*row, around + size * RANDOM.gauss(0, 1)) for row in rows)


def classes(n_features: int, size: float) -> OwnData:
    rows = numbers(20, n_features, size).rows
    names = (*(f"x{j}" for j in range(1, n_features + 1)), "Loss")
    return OwnData(names, tuple((*row[:-1], float(k % 2)) for k, row in enumerate(rows)), ("Bill", "weight"))


AWKWARD = {
    "five points": STARTER,
    "two points": numbers(2, 1),
    "targets far from 0": numbers(20, 1, 100.0, 1e6),
    "tiny numbers": numbers(20, 1, 1e-9),
    "huge numbers": OwnData(("x", "y"), ((1e100, 1.0), (-1e100, 2.0))),
    "nothing but zeros": OwnData(("x", "y"), ((0.0, 0.0), (0.0, 0.0))),
    "two identical columns": OwnData(("a", "b", "y"), ((1.0, 1.0, 3.0), (2.0, 2.0, 5.0), (4.0, 4.0, 1.0))),
    "more features than rows": numbers(2, 3),
    "eight features": numbers(10, 8),
    "classes over one feature": classes(1, 1.0),
    "classes over two features": classes(2, 50.0),
    "classes over five features": classes(5, 1.0),
    "one class alone": OwnData(("x", "y"), ((1.0, 1.0), (2.0, 1.0)), ("no", "yes")),
}


@cache
def opened(page: str, name: str, **others: str) -> Visit:
    return Visit(page, dataset="own", own=write_own(AWKWARD[name]), **others)


@pytest.mark.parametrize("page", PAGES_OF_RUNS)
@pytest.mark.parametrize("name", AWKWARD)
def test_every_page_shows_awkward_data(name: str, page: str) -> None:
    visit = opened(page, name)
    assert visit.warnings == []
    assert visit.settings.own == AWKWARD[name]
    assert have_ranges(visit.figures)


@pytest.mark.parametrize("name", ["targets far from 0", "eight features", "classes over two features"])
@pytest.mark.parametrize(
    "others",
    [
        {"model": "network", "more": "on"},
        {"live": "on"},
        {"standardise": "on"},
        {"held_out": "0.3", "batch": "3", "optimiser": "adam", "more": "on", "lang": "tr"},
        {"valley": "on", "board": "on"},
    ],
    ids=str,
)
def test_the_train_page_shows_them_however_they_are_trained_on(name: str, others: dict[str, str]) -> None:
    if others.get("standardise") and name == "eight features":
        others = {**others, "view": "3d"}
    assert opened("train", name, **others).warnings == []


def test_what_somebody_calls_a_column_is_translated_nowhere() -> None:
    visit = Visit("train", dataset="own", own=write_own(AWKWARD["classes over two features"]), lang="tr")
    drawn = str(visit.players)
    assert "Bill" in drawn
    assert "Hesap" not in drawn


# The page on which they are brought


def bring(visit: Visit, content: bytes, name: str = "marks.csv") -> Visit:
    (door,) = [found for found in visit._elements("bidi_component") if '"answered"' in found.proto.json]
    report = {"name": name, "content": base64.b64encode(content).decode(), "n": 1}
    return visit._trigger(door.proto.id, "brought", report)


def click(visit: Visit, **place: Any) -> Visit:
    (player,) = [found for found in visit._elements("bidi_component") if '"plotly"' in found.proto.json]
    return visit._trigger(player.proto.id, "placed", place)


MARKS = b"Hours;Marks;Passed\n1,5;52;no\n2,25;61;yes\n3;70;yes\n0,5;30;no\n;3;no\n"


def test_a_file_becomes_the_data_set_at_once_and_what_was_left_out_is_told() -> None:
    visit = bring(Visit("your_data"), MARKS)
    rows = ((1.5, 0.0), (2.25, 1.0), (3.0, 1.0), (0.5, 0.0))
    assert visit.settings.own == OwnData(("Hours", "Passed"), rows, ("no", "yes"))
    assert (visit.settings.dataset, visit.settings.loss) == ("own", "cross-entropy")
    said = "\n".join(visit.texts)
    assert "marks.csv" in said
    assert "5 rows, 3 columns" in said
    assert "left out: 1 (row 6)" in said


def test_target_and_features_are_chosen_among_the_columns() -> None:
    visit = bring(Visit("your_data"), MARKS).pick("own_target", "Marks")
    assert visit.settings.own.names == ("Hours", "Marks")
    (features,) = visit.app.multiselect
    features.set_value(["Hours", "Passed"])
    visit._run()
    rows = ((1.5, 0.0, 52.0), (2.25, 1.0, 61.0), (3.0, 1.0, 70.0), (0.5, 0.0, 30.0))
    assert visit.settings.own == OwnData(("Hours", "Passed", "Marks"), rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_is_no_table_leaves_the_data_as_they_are_and_says_why(lang: str) -> None:
    visit = bring(Visit("your_data", lang=lang), b"PK\x03\x04" + bytes(50), "marks.csv")
    (warning,) = visit.warnings
    assert warning.startswith("**marks.csv**: ") or "marks.csv" in warning
    assert "CSV" in warning
    assert visit.address.get("own") is None


@pytest.mark.parametrize(
    "report", [None, 1, {}, {"name": 1, "content": "", "n": 1}, {"name": "a", "content": "%", "n": 1}, {"n": "1"}]
)
def test_what_no_door_sends_changes_nothing(report: Any) -> None:
    visit = Visit("your_data")
    (door,) = [found for found in visit._elements("bidi_component") if '"answered"' in found.proto.json]
    assert visit._trigger(door.proto.id, "brought", report).address == {}


def test_a_click_adds_a_point_undo_removes_it_and_anew_begins_with_none() -> None:
    visit = click(Visit("your_data"), figure=0, x=2.49999, y=5.0)
    assert visit.settings.own.rows == (*STARTER.rows, (2.5, 5.0))
    assert visit.press("own_undo").settings.own == STARTER
    visit.press("own_clear")
    assert "Two points at least make a data set." in visit.texts
    click(click(visit, figure=0, x=1.0, y=1.0), figure=0, x=3.0, y=9.0)
    assert visit.settings.own.rows == ((1.0, 1.0), (3.0, 9.0))


@pytest.mark.parametrize("place", [{}, {"x": 1}, {"x": "1", "y": 2}, {"x": 1e9, "y": 1}, {"x": True, "y": 1}])
def test_a_place_that_is_none_adds_no_point(place: dict[str, Any]) -> None:
    assert click(Visit("your_data"), **place).address == {}


def test_a_click_among_two_features_adds_a_point_of_the_class_that_was_picked() -> None:
    own = OwnData(("a", "b", "c"), ((0.0, 0.0, 0.0), (2.0, 2.0, 1.0)), ("no", "yes"))
    visit = Visit("your_data", dataset="own", own=write_own(own)).pick("own_class", "yes")
    assert click(visit, x=1.0, y=0.5).settings.own.rows[-1] == (1.0, 0.5, 1.0)


def test_columns_are_named_by_hand_and_their_names_made_safe() -> None:
    visit = Visit("your_data").type("name_0_x", "<b>Hours")
    assert visit.settings.own.names == ("b Hours", "y")


def test_on_the_way_back_to_other_own_data_these_stay() -> None:
    visit = Visit("train", dataset="own", own="x_y;1,2;2,3")
    bring(visit.go("your_data"), MARKS)
    visit.follow(dataset="own", own="x_y;1,2;2,3").speak("tr")
    assert visit.settings.own.rows == ((1.0, 2.0), (2.0, 3.0))


@pytest.mark.parametrize("address", [{"lock": "own"}, {"lock": "dataset"}, {"lock": "own", "dataset": "own"}])
def test_data_that_the_link_holds_can_be_looked_at_and_not_changed(address: dict[str, str]) -> None:
    visit = Visit("your_data", **address)
    assert not any('"answered"' in found.proto.json for found in visit._elements("bidi_component"))
    assert not {"own_undo", "own_clear"} & visit.buttons.keys()
    assert visit.player["placeable"] is False
    assert any("cannot be changed here" in text for text in visit.texts)


def test_rescaling_is_not_offered_where_the_link_holds_it() -> None:
    steep = "x_y;" + ";".join(f"{1000 + k},{k}" for k in range(9))
    assert "rescale" in Visit("your_data", dataset="own", own=steep).buttons
    assert "rescale" not in Visit("your_data", dataset="own", own=steep, lock="standardise").buttons


def test_who_comes_back_to_own_data_finds_them_again() -> None:
    visit = bring(Visit("your_data"), MARKS)
    own = visit.settings.own
    visit.go("train").pick("dataset", "tips")
    assert "own" not in visit.address
    assert visit.pick("dataset", "own").settings.own == own
    assert visit.press("reset").settings.own == own


MANY = b"x,y\n" + b"".join(b"%d,%d\n" % (k, 3 * k) for k in range(60))


def test_many_rows_stay_in_the_session_and_whoever_opens_the_link_elsewhere_is_told() -> None:
    visit = bring(Visit("your_data"), MANY)
    own, address = visit.settings.own, visit.address
    assert (len(own.rows), address["own"]) == (60, TOO_MANY)
    assert visit.go("train").settings.own == own
    assert visit.follow(dataset="tips").settings.dataset == "tips"
    assert visit.follow(**address).settings.own == own
    assert visit.warnings == []
    elsewhere = Visit("train", **address)
    assert elsewhere.settings.own == STARTER
    assert elsewhere.warnings == [
        "These data were too many for a link: open the file again under “Your data”. Used instead: a few points."
    ]


def test_own_data_in_a_link_that_are_none_are_replaced_and_said_so() -> None:
    visit = Visit("train", dataset="own", own="<script>;1,2")
    assert visit.settings.own == STARTER
    assert visit.warnings == ["The data in the link cannot be read. Used instead: a few points."]


def test_hopeless_scales_are_told_and_rescaled_at_a_press() -> None:
    visit = Visit("your_data", dataset="own", own="x_y;1001,1;1002,2;1003,2.5")
    assert visit.press("rescale").settings.standardise
    assert "rescale" in Visit("train", dataset="own", own="x_y;1001,1;1002,2;1003,2.5").buttons
    assert "rescale" not in Visit("train", dataset="own").buttons


# What comes from outside


EVIL = ["<script>alert(1)</script>", "$x$", '"""', "=SUM(1)", "'; drop table", "[a](javascript:b)", "{x}", "\\alpha"]


def everything(visit: Visit) -> str:
    """All that the server has sent to the browser."""
    shown = "\n".join(str(element.proto) for element in visit.app.main if hasattr(element, "proto"))
    return "\n".join([shown, visit.html, *visit.texts, str(visit._components), *map(str, visit.app.multiselect)])


def evil_file(text: str) -> bytes:
    quoted = '"' + text.replace('"', '""') + '"'
    return "\n".join(
        [f"{quoted},b,{quoted}", *(f"{k},{k * k},{quoted if k % 2 else 'other'}" for k in range(6))]
    ).encode()


@pytest.mark.parametrize("text", EVIL)
def test_foreign_names_reach_no_page_as_they_are(text: str) -> None:
    visit = bring(Visit("your_data"), evil_file(text), name=text)
    assert visit.settings.own.class_names
    for page in ["your_data", *PAGES_OF_RUNS]:
        seen = everything(visit.go(page))
        if page != "your_data":
            assert text not in seen
        assert "<script>alert" not in seen


def test_two_who_bring_files_of_one_name_at_once_see_only_their_own() -> None:
    first, second = Visit("your_data"), Visit("your_data")
    bring(first, b"Apples,y\n1,2\n2,3\n")
    bring(second, b"Pears,y\n5,6\n7,9\n")
    for visit, name, other in ((first, "Apples", "Pears"), (second, "Pears", "Apples")):
        assert visit.settings.own.names[0] == name
        assert other not in everything(visit.go("train")) + everything(visit.go("your_data"))
