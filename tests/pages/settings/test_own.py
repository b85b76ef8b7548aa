import pytest
from hypothesis import given

from core.data.own import STARTER, OwnData
from pages.settings.draft import Draft, column_key, rounded_place
from pages.settings.own import LONGEST, MOST_LINKED, TOO_MANY, own_data, read_own, write_own
from tests.pages.settings import strategies
from wording import LANGUAGES, _, speak

CLASSES = OwnData(("Hours", "Passed"), ((1.0, 0.0), (0.1, 1.0)), ("no", "yes"))


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (OwnData(("Hours", "Marks"), ((1.0, 52.0), (0.1, -1e-9))), "Hours_Marks;1,52;0.1,-1e-09"),
        (CLASSES, "Hours_Passed__no_yes;1,0;0.1,1"),
    ],
)
def test_own_data_stand_in_a_link_with_every_digit(own: OwnData, text: str) -> None:
    assert write_own(own) == text
    assert read_own(text) == own


@given(strategies.own_data())
@strategies.PROPERTY
def test_any_own_data_are_read_back_from_their_link(own: OwnData) -> None:
    assert read_own(write_own(own)) == own


def test_of_more_rows_than_a_link_can_carry_it_only_says_so() -> None:
    rows = tuple((float(k), 2.0 * k) for k in range(MOST_LINKED + 1))
    assert write_own(OwnData(("x", "y"), rows[:MOST_LINKED])) != TOO_MANY
    assert write_own(OwnData(("x", "y"), rows)) == TOO_MANY


def test_a_link_does_not_become_too_long_either() -> None:
    wide = OwnData(tuple("abcdefghy"), tuple(tuple(k / 3 + j / 7 for j in range(9)) for k in range(MOST_LINKED)))
    assert write_own(wide) == TOO_MANY


NO_TABLES = "|x|x_y|x_y;1,2|x_y;1,2;3|x_y;1,2;a,b|x_y;1,nan;2,3|x_x;1,2;3,4|<b>_y;1,2;3,4|x_y__no;1,0;2,1"


@pytest.mark.parametrize("text", [*NO_TABLES.split("|"), "x_y__no_yes;1,0;2,5", TOO_MANY, "x_y;" * LONGEST])
def test_what_is_no_table_in_a_link_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_own(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_translates_the_names_of_own_data(language: str) -> None:
    speak(language)
    data = own_data(OwnData(("Bill", "Loss"), ((1.0, 0.0), (2.0, 1.0)), ("weight", "bias")))
    assert [_(name) for name in (*data.input_names, data.target_name, *data.class_names)] == [
        "Bill",
        "Loss",
        "weight",
        "bias",
    ]
    speak("en")


A, B = column_key(0), column_key(1)


def test_a_grid_changes_adds_and_deletes_rows_and_incomplete_ones_wait() -> None:
    edits = {"edited_rows": {0: {B: 9}}, "deleted_rows": [1, 2, 4], "added_rows": [{A: 7.0, B: 8.0}, {A: 1.0}]}
    draft = Draft.of(STARTER).edited(edits)
    assert draft.rows == ((1.0, 9.0), (4.0, 7.8), (7.0, 8.0), (1.0, None))
    own = draft.own()
    assert own is not None
    assert own.rows == ((1.0, 9.0), (4.0, 7.8), (7.0, 8.0))


@pytest.mark.parametrize("value", [None, "2", float("nan"), float("inf"), 1e101, True])
def test_a_cell_that_is_no_number_is_empty(value: object) -> None:
    assert Draft.of(STARTER).edited({"edited_rows": {0: {A: value}}}).rows[0] == (None, 2.1)


def test_a_class_is_typed_by_its_name() -> None:
    draft = Draft.of(CLASSES).edited({"edited_rows": {0: {B: "yes"}, 1: {B: "perhaps"}}})
    assert draft.rows == ((1.0, 1.0), (0.1, None))


def test_a_draft_of_one_row_is_no_data_yet() -> None:
    assert Draft(("x", "y")).with_row((1.0, 2.0)).own() is None


@pytest.mark.parametrize(("value", "extent", "place"), [(2.49999, 6.0, 2.5), (1234.567, 1e4, 1230), (1e-9, 3e-9, 1e-9)])
def test_a_place_is_as_exact_as_a_hand(value: float, extent: float, place: float) -> None:
    assert rounded_place(value, extent) == place
