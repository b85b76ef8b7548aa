import re
from typing import Any

import numpy as np
import plotly.data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.own import MOST_ROWS, OwnData, own_dataset
from core.experiment import Experiment
from core.losses import CrossEntropy, SquaredError
from core.training import train
from tables.decoding import MOST_BYTES, text_of
from tables.notes import UnreadableError
from tables.reading import MOST_COLUMNS, read
from tables.records import MOST_CELLS, WIDEST, records_of
from tables.table import Table
from tables.taking import proposed, taken
from wording import LANGUAGES, speak

PROPERTY = settings(deadline=None, derandomize=True, max_examples=100)
TABLES = [
    "carshare",
    "election",
    "experiment",
    "gapminder",
    "iris",
    "medals_long",
    "medals_wide",
    "stocks",
    "tips",
    "wind",
]
"""Real tables that nobody here prepared: all that come with Plotly."""
ONE_COLUMN_OF_NUMBERS = {"medals_long": "count", "wind": "frequency"}


def own_of(content: bytes) -> tuple[OwnData, Table]:
    table = read(content)
    target, features = proposed(table)
    return taken(table, target, features, as_classes=False)[0], table


def told(content: bytes) -> list[str]:
    table = read(content)
    target, features = proposed(table)
    return [note.told() for note in (*table.notes, *taken(table, target, features, as_classes=False)[1])]


def problem(content: bytes) -> str:
    with pytest.raises(UnreadableError) as raised:
        own_of(content)
    return raised.value.note.told()


def told_in_full(unreadable: UnreadableError) -> None:
    assert re.search(r"\w[.!?]$", unreadable.note.told().rstrip("”)"))


HOURS = OwnData(("Hours", "Marks"), ((1.5, 52.0), (2.25, 61.0), (0.5, 30.0)))
TEXT = "Hours{s}Marks{e}1{d}5{s}52{e}2{d}25{s}61{e}0{d}5{s}30{e}"


@pytest.mark.parametrize(
    ("separator", "decimal"), [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ",")], ids=repr
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1254"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_every_usual_notation_and_encoding_is_read(separator: str, decimal: str, encoding: str, end: str) -> None:
    assert own_of(TEXT.format(s=separator, d=decimal, e=end).encode(encoding))[0] == HOURS


def test_the_turkish_letters_of_windows_are_read() -> None:
    assert own_of("Ağırlık;Şeker\n1;2\n2;3\n".encode("windows-1254"))[0].names == ("Ağırlık", "Şeker")


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"1,2\n3,4\n", ((1, 2), (3, 4))),
        (b"a,b\n\n1,2\n,\n\n3,4\n\n", ((1, 2), (3, 4))),
        (b"a;b\n1.234,5;1\n2,5;2\n", ((1234.5, 1), (2.5, 2))),
        (b'a,b\n"1,234.5",1\n2.5,2\n', ((1234.5, 1), (2.5, 2))),
        ("a;b\n1 234,5;1\n1\u202f000;2\n".encode(), ((1234.5, 1), (1000, 2))),
        ("a;b\n−1,5;1\n+2e3;2\n".encode(), ((-1.5, 1), (2000, 2))),
        (b'"a\nname",b\n"1","2"\n3,4\n', ((1, 2), (3, 4))),
        (b"a,b\n1,2\nNA,3\n?,3\n-,3\nn/a,3\n,3\n3,4\n", ((1, 2), (3, 4))),
        (b"a,b\n1,2\n5\n6,7,8\n3,4\n", ((1, 2), (3, 4))),
        (b"a,b\n1,2\n1e200,3\ninf,3\n-Infinity,3\n3,4\n4,5\n5,6\n", ((1, 2), (3, 4), (4, 5), (5, 6))),
        (b'a,b\n"1,2\n3,4\n5,6\n', ((3, 4), (5, 6))),
        (b"# by hand\n#\na,b\n1,2\n3,4\n", ((1, 2), (3, 4))),
        (b"sep=;\na;b\n1,5;2\n3;4\n", ((1.5, 2), (3, 4))),
        (b"#,b\n1,2\n3,4\n", ((1, 2), (3, 4))),
        (b"a,b\r1,2\r3,4\r", ((1, 2), (3, 4))),
        (b"a, b\n1, 2\n 3 ,4\n", ((1, 2), (3, 4))),
        ('\ufeff"a","b"\n1,2\n3,4\n'.encode(), ((1, 2), (3, 4))),
        ("a\tb\n1\t2\n3\t4\n".encode("utf-16"), ((1, 2), (3, 4))),
        (b"a,b\n1,2\n3,4\nTotal,6\n", ((1, 2), (3, 4))),
    ],
)
def test_the_rows_are_those_with_all_their_numbers(content: bytes, rows: Any) -> None:
    assert own_of(content)[0].rows == rows


def test_the_first_rows_are_shown_as_the_file_has_them() -> None:
    assert read(b"a;b\n-1,5;<b>\n2;x\n").first == (("-1,5", "<b>"), ("2", "x"))


def test_classes_of_numbers_are_named_after_them_in_every_language() -> None:
    speak("tr")
    own, _notes = taken(read(b"x,y\n1,-1\n2,0.5\n3,-1\n"), "y", ("x",), as_classes=True)
    assert own.class_names == ("−1", "0.5")


def test_two_words_are_two_classes_in_the_order_of_the_alphabet() -> None:
    own = own_of(b"x,passed\n1,yes\n2,no\n3,yes\n")[0]
    assert (own.class_names, own.rows) == (("no", "yes"), ((1, 1), (2, 0), (3, 1)))


def test_two_numbers_are_classes_where_they_are_said_to_be() -> None:
    table = read(b"x,y\n1,3\n2,5\n4,3\n")
    own, _notes = taken(table, "y", ("x",), as_classes=True)
    assert (own.class_names, own.rows) == (("3", "5"), ((1, 0), (2, 1), (4, 0)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is nothing in it."),
        (b"\xef\xbb\xbf\r\n\r\n", "There is nothing in it."),
        (b'""\n', "There is nothing in it."),
        (b"PK\x03\x04" + bytes(99), "Save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "Save the sheet as CSV"),
        (b"%PDF-1.7 1,2", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"\xff\xd8\xff\xe0", "This is a picture"),
        (b"\x1f\x8b\x08", "Unpack it"),
        (bytes(range(256)), "This is no text"),
        (b"Once upon a time there was a neuron.\nIt had no table.\n", "two columns or more"),
        (
            b"Once, long ago, there was a king\nwho had three sons, two of them clever\n",
            "there are no|nothing to learn|No table",
        ),
        (b"a,b\n", "no row under it"),
        (b"a,b\nx,y\nz,u\nv,w\n", "In none of its columns"),
        (b"a,b\n1,x\n2,y\n3,z\n", "Only “a” has numbers"),
        (b"a,b\n1,2\n", "complete: 1. It takes two"),
        (b"a,b\n1,\n,2\n", "complete: 0"),
        (b"x" * (MOST_BYTES + 1), "larger than 8 MB"),
    ],
)
def test_what_is_no_table_is_told_what_it_is(content: bytes, said: str) -> None:
    assert re.search(said, problem(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n5\n6,7,8\n3,4\n", ["Rows with too many cells, left out: 1 (row 4).", "left out: 1 (row 3)."]),
        (b"a,b\n5,2\n5,3\n", ["“a” is the same in all rows"]),
        (b"a,b\n1,1\n5,5\n7,7\n", ["“a” and “b” are the same"]),
        (b"a;b\n1,234;1\n5,678;2\n", ["“1,234” can be read in two ways; its comma"]),
        (b"a,price,b\n1,$5,2\n2,$6,3\n3,$7,4\n", ["“price” has cells like “5”, which are no plain numbers"]),
        (b"a,who,b\n1,Ann,2\n2,Bob,3\n3,Cem,4\n", ["“who” has 3 different words"]),
        (b"a,b\n1,2\nx,3\n4,6\n3,4\n", ["“a”: cells that are no numbers, or too large ones: 1 (row 3)."]),
        (b"a,b,\n1,2,\n2,5,\n", ["“x3” is empty."]),
        (b"country,2019,2020\nTR,1,2\nDE,3,5\n", ["The first row has numbers in it"]),
    ],
)
def test_what_is_odd_is_told(content: bytes, said: list[str]) -> None:
    notes = told(content)
    assert [part for part in said if not any(part in note for note in notes)] == []


def test_more_features_than_rows_are_told() -> None:
    _own, notes = taken(read(b"a,b,c\n1,2,4\n2,5,3\n"), "c", ("a", "b"), as_classes=False)
    assert "With 2 rows and 2 features the fit is perfect" in notes[-1].told()


def test_of_50_000_rows_2000_are_drawn_evenly_and_that_is_said() -> None:
    content = b"a,b\n" + b"".join(b"%d,%d\n" % (k, k * k) for k in range(50_000))
    own, table = own_of(content)
    assert (table.n_rows, len(own.rows)) == (50_000, MOST_ROWS)
    steps = np.diff([row[0] for row in own.rows])
    assert (own.rows[0][0], own.rows[-1][0], steps.min(), steps.max()) == (0, 49_999, 25, 26)
    assert "Of 50,000 rows 2,000 are used, evenly drawn." in told(content)


def test_of_300_columns_200_are_used_and_that_is_said() -> None:
    content = b"\n".join(b";".join(b"%d" % (j * k + j) for j in range(300)) for k in range(5))
    assert len(read(content).columns) == MOST_COLUMNS
    assert "There are more than 200 columns: the first 200 are used." in told(content)


def test_a_table_of_words_in_windows_letters_and_one_number_too_many_says_so_in_turkish() -> None:
    speak("tr")
    assert "Yalnız “a” sütununda sayı var" in problem("a;b\n1;ş\n2;ğ\n3;ı\n".encode("windows-1254"))
    speak("en")


LARGE = {
    "short rows": b"1,2\n" * (MOST_BYTES // 4),
    "one row": b"1," * (MOST_BYTES // 2),
    "blank rows": b"\n" * (MOST_BYTES - 3) + b"1,2",
    "quotes": b'"' * MOST_BYTES,
    "one number": b"1" * (MOST_BYTES - 3) + b",2\n",
}


@pytest.mark.parametrize("content", LARGE.values(), ids=LARGE)
def test_of_the_largest_files_no_more_is_read_than_there_is_time_for(content: bytes) -> None:
    records = records_of(text_of(content))
    assert sum(1 + len(cells) for _row, cells in records) <= MOST_CELLS + WIDEST + 2


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.text("1,2;.\t\n\"'-e x", max_size=99).map(str.encode)
)
@PROPERTY
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    try:
        own, table = own_of(content)
    except UnreadableError as unreadable:
        for language in LANGUAGES:
            speak(language)
            told_in_full(unreadable)
        speak("en")
        return
    assert own.rows
    assert [note for note in table.notes if not note.told()] == []


CELLS = st.sampled_from(
    ["", "1", "2,5", "2.5", "1.234", "yes", "no", "NA", "<b>", "=1+1", "$x$", "1e999", "''", '""', "-"]
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.sampled_from(",;\t"))
@PROPERTY
def test_any_table_is_one_to_train_on_or_a_sentence(rows: list[list[str]], separator: str) -> None:
    try:
        own, _table = own_of("\n".join(map(separator.join, rows)).encode())
    except UnreadableError as unreadable:
        told_in_full(unreadable)
        return
    train(Experiment.on(own_dataset(own), iterations=3))


@pytest.mark.parametrize("name", TABLES)
def test_each_table_of_plotly_is_read_alike_in_every_notation_and_trains_or_says_why_not(name: str) -> None:
    frame = getattr(plotly.data, name)()
    notations = [(",", "."), (";", "."), ("\t", "."), (";", ","), ("\t", ",")]
    contents = [frame.to_csv(index=False, sep=sep, decimal=decimal).encode() for sep, decimal in notations]
    if name in ONE_COLUMN_OF_NUMBERS:
        said = {problem(content) for content in contents}
        assert [told[:24] for told in said] == [f"Only “{ONE_COLUMN_OF_NUMBERS[name]}” has numbers"[:24]]
        return
    owns = [own_of(content)[0] for content in contents]
    assert owns == owns[:1] * len(contents)
    loss = CrossEntropy() if owns[0].class_names else SquaredError()
    history = train(Experiment.on(own_dataset(owns[0]), loss=loss, iterations=200))
    assert history.diverged_at is None
    assert history.loss[-1] < history.loss[0]
