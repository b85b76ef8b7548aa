import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.schedule import constant
from pages.settings.choosing import is_allowed
from pages.settings.link import as_text
from pages.settings.table import TABLE
from tests.pages.settings.strategies import PROPERTY, TEXTS, choices
from wording import LANGUAGES, speak

NAMES = st.sampled_from(list(TABLE))
SPOKEN = st.sampled_from(list(LANGUAGES))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("dataset", "tips", "tips"),
        ("learning_rate", "0.001", constant(0.001)),
        ("learning_rate", "0,001", constant(0.001)),
        ("learning_rate", "1e-5", constant(1e-5)),
        ("learning_rate", "0", constant(0.0)),
        ("iterations", "100000", 100_000),
        ("iterations", "1e3", 1000),
        ("iterations", "500.0", 500),
        ("bias", "1.000", 1.0),
        ("bias", "0,50", 0.5),
        ("bias", "−3", -3.0),
        ("weights", "0.7", (0.7,)),
        ("weights", "0.1,0.2,0.3,0.4", (0.1, 0.2, 0.3, 0.4)),
        ("weights", "-1; −2; 3; 4", (-1.0, -2.0, 3.0, 4.0)),
        ("seed", "2147483647", 2_147_483_647),
        ("noise", "0", 0.0),
        ("features", "0 0 0 0", (0.0, 0.0, 0.0, 0.0)),
        ("target", "-50", -50.0),
        ("loss_axis", "log", "log"),
        ("rows", "", ()),
        ("rows", ",".join(["5"] * 100), (5,) * 100),
        ("rows", "5; 10 ; 0", (5, 10, 0)),
        ("standardise", "on", True),
        ("summed", "off", False),
        ("rates", "0,1e-4,0.001,1,2,3", (0.0, 1e-4, 0.001, 1.0, 2.0, 3.0)),
        ("plane", "2,1", (1, 2)),
        ("tolerance", "2.2250738585072014e-308", sys.float_info.min),
        ("check_step", "1e-15", 1e-15),
        ("check_step", "100", 100.0),
        ("suspect", "F", "F"),
        ("substep", "all", "all"),
        ("parameter", "1", 1),
    ],
)
def test_a_link_reads_the_same_in_every_language(name: str, text: str, value: Any) -> None:
    for language in LANGUAGES:
        speak(language)
        read = TABLE[name].kind.read(text)
        assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("language", "name", "text", "value"),
    [
        ("en", "iterations", "1.000", 1),
        ("tr", "iterations", "1.000", 1000),
        ("en", "iterations", "10,000", 10_000),
        ("tr", "iterations", "10 000", 10_000),
        ("en", "bias", "10,720", 10_720.0),
        ("tr", "bias", "10.720", 10_720.0),
        ("en", "bias", "−1.8", -1.8),
        ("tr", "learning_rate", "9 × 10⁻⁶", constant(9e-6)),
        ("tr", "features", "0,1; 0,25; 1.000; 3", (0.1, 0.25, 1000.0, 3.0)),
        ("en", "rows", "10,000; 5", (10_000, 5)),
        ("en", "rows", " ", ()),
        ("en", "rows", " ".join(["5"] * 100), (5,) * 100),
        ("tr", "standardise", "on", True),
    ],
)
def test_what_is_typed_is_read_in_the_language(language: str, name: str, text: str, value: Any) -> None:
    speak(language)
    parsed = TABLE[name].kind.parse(text)
    assert (parsed, type(parsed)) == (value, type(value))


def refused(read: Any, text: str) -> bool:
    try:
        read(text)
    except (ValueError, OverflowError):  # the two that whoever reads a text expects
        return True
    return False


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("iterations", text) for text in ["0.500", "3 5", "3; 5", "100,001", "1e999"]),
        *(("bias", text) for text in ["3 5", "3; 5", "1e301"]),
        *(("rows", text) for text in [" ".join(["5"] * 101), "5" * 10_000, "0.5"]),
        ("rates", "1; 2; 3; 4; 5; 6; 7"),
    ],
)
def test_what_is_typed_and_no_such_value_is_refused(name: str, text: str) -> None:
    assert refused(TABLE[name].kind.parse, text)


NO_NUMBER = ["", " ", "abc", "nan", "inf", "-inf", "1e999", "--1", "1;2;x", "0x1"]
ONE_NUMBER = ["learning_rate", "iterations", "bias", "seed", "noise", "noise_seed", "target", "tolerance"]
ONE_NUMBER += ["iteration", "sample", "parameter", "at", "shuffle", "check_step"]
BAD_VALUES = [
    *((name, text) for name in ONE_NUMBER for text in [*NO_NUMBER, "1;2"]),
    *((name, text) for name in ["features", "weights", "rates", "plane"] for text in NO_NUMBER[2:]),
    *(("dataset", text) for text in ["", "unknown", "Celsius", "celsius ", "**celsius**"]),
    *(
        ("learning_rate", text)
        for text in ["-0.1", "-1e-9", "0:-1", "5:0.1", "0:0.1,0:0.2", "0:1,9:2,5:3", "0:", ":1", "0:1:2", "0.5:1"]
    ),
    *(("iterations", text) for text in ["-1", "1.5", "100001", "1e30", "0.500", "10,000", "10.000"]),
    *(
        ("nudges", text)
        for text in ["5", "0:1,2", "5:1;5:2", "5:1,2;9:1", "5:1,x", "5:nan", "-5:1", "5:1e301", ":", ";"]
    ),
    *(("bias", text) for text in ["1e301", "1,000"]),
    *((name, text) for name in ["seed", "noise_seed", "shuffle"] for text in ["-1", "0.5", "2147483648", "1e20"]),
    *(("noise", text) for text in ["-1", "1e101"]),
    *(("features", text) for text in ["", "1", "1,2,3", "1,2,3,4,5", "1e101,1,1,1"]),
    *(("target", text) for text in ["1e101", "-1e101"]),
    *(("loss_axis", text) for text in ["", "Log", "logarithmic"]),
    *(("rows", text) for text in [*NO_NUMBER[2:], "-1", "0.5", "100001", "5;;6", ",".join(["5"] * 101)]),
    *((name, text) for name in ["standardise", "summed", "squares", "digits"] for text in ["", "On", "1", "true"]),
    *(("tolerance", text) for text in ["0", "-1", "1e-320"]),
    *(("rates", text) for text in ["", "-1", "1,2,3,4,5,6,7", "1,-1"]),
    *(("plane", text) for text in ["", "1", "1,1", "0,1", "1,2,3", "1.5,2"]),
    *(("view", text) for text in ["", "2d", "3D"]),
    *((name, text) for name in ["sample", "parameter"] for text in ["0", "-1", "1.5"]),
    *(("substep", text) for text in ["0", "6", "1.0"]),
    *(("suspect", text) for text in ["a", "G", "AB"]),
    *(("check_step", text) for text in ["0", "1e-16", "101"]),
    *(("lang", text) for text in ["", "xx", "EN", "en-GB"]),
]


def test_no_bad_value_of_a_link_is_read() -> None:
    assert [(name, text) for name, text in BAD_VALUES if not refused(TABLE[name].kind.read, text)] == []


@given(NAMES, TEXTS, SPOKEN)
@PROPERTY
def test_any_text_is_refused_or_a_value_that_may_stand_in_a_link(name: str, text: str, language: str) -> None:
    speak(language)
    kind = TABLE[name].kind
    for read in (kind.read, kind.parse):
        assert refused(read, text) or is_allowed(name, read(text)), text


@given(choices(), SPOKEN)
@PROPERTY
def test_a_link_reads_what_it_has_written(chosen: dict[str, Any], language: str) -> None:
    speak(language)
    read = {name: TABLE[name].kind.read(TABLE[name].kind.write(value)) for name, value in chosen.items()}
    assert read == chosen
    assert {name: type(value) for name, value in read.items()} == {name: type(chosen[name]) for name in chosen}


@given(choices(), SPOKEN)
@PROPERTY
def test_a_field_takes_every_value_that_it_shows(chosen: dict[str, Any], language: str) -> None:
    speak(language)
    shown = {name: value for name, value in chosen.items() if not isinstance(value, bool)}
    assert {name: TABLE[name].kind.parse(as_text(value)) for name, value in shown.items()} == shown
