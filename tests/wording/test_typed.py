import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wording import LANGUAGES, AmbiguousNumberError, exact, number, parse_number, parse_numbers, speak

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
LIKE_NUMBERS = st.text("0159.,;  +-−eE×⁻⁶\u00a0", max_size=12) | st.text(max_size=12)


def read(parse: Callable[[str], object], text: str) -> object:
    """What a text is read as; its readings where there are several, None where there is none."""
    try:
        return parse(text)
    except AmbiguousNumberError as error:
        return list(error.readings)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "english", "turkish"),
    [
        ("10,720", 10_720.0, 10.72),
        ("10.720", 10.72, 10_720.0),
        ("1,000", 1000.0, 1.0),
        ("1.000", 1.0, 1000.0),
        ("10,720.50", 10_720.5, 10_720.5),
        ("10.720,50", 10_720.5, 10_720.5),
        ("1,234,567", 1_234_567.0, 1_234_567.0),
        ("1,500e3", ["1500000", "1500"], 1500.0),
        ("1.500e3", 1500.0, ["1500000", "1500"]),
    ],
)
def test_where_both_notations_allow_a_number_the_language_decides(text: str, english: object, turkish: object) -> None:
    assert read(parse_number, text) == english
    speak("tr")
    assert read(parse_number, text) == turkish


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1.8", 1.8), ("1,8", 1.8), (".5", 0.5), (",5", 0.5), ("0.500", 0.5), ("0,500", 0.5), ("1234,567", 1234.567)),
        *(("  1.8\t", 1.8), ("-3", -3.0), ("−3", -3.0), ("+3", 3.0), ("0", 0.0), ("10000", 10_000.0), ("007", 7.0)),
        *(("1e-4", 1e-4), ("1,5E-7", 1.5e-7), ("2.5e−3", 2.5e-3), ("1e+300", 1e300), ("−9 × 10⁻⁶", -9e-6)),
        *(
            ("10 720", 10_720.0),
            ("1\u00a0000", 1000.0),
            ("1\u2009234\u2009567,5", 1_234_567.5),
            ("1\u202f000.5", 1000.5),
        ),
        ("0.1000000000000000055511151231257827", 0.1),
    ],
)
@EVERY_LANGUAGE
def test_what_has_one_reading_is_read_so_in_every_language(language: str, text: str, value: float) -> None:
    speak(language)
    assert read(parse_number, text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "1.2.3", "1,2,3", "--1", "1-", "e5", "1e", "0x10", "½", "%5", "1/2", "²", "1_000", "٣", "."),
        *("3 5", "3; 5", "1;2", "0 500", "10 72", "1  000", "1\t000", "1000 000", "1,00,000", "1 000,000,000"),
        *("nan", "NaN", "-nan", "inf", "-inf", "Infinity", "∞", "1e999", "-1e999", "1,000,000e999999999"),
    ],
)
@EVERY_LANGUAGE
def test_what_is_no_finite_number_is_refused(language: str, text: str) -> None:
    speak(language)
    assert read(parse_number, text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1", (1.0,)),
        ("1;2;3", (1.0, 2.0, 3.0)),
        ("1; 2 ;3", (1.0, 2.0, 3.0)),
        (" 1 2  3\t4\n5 ", (1.0, 2.0, 3.0, 4.0, 5.0)),
        ("1, 2, 3 , 4", (1.0, 2.0, 3.0, 4.0)),
        ("100 200 300", (100.0, 200.0, 300.0)),
        ("0.1,0.25,0.15,0.3", (0.1, 0.25, 0.15, 0.3)),
        ("0.1; 0,25; 3", (0.1, 0.25, 3.0)),
        ("0,1 0.25, 0,15", (0.1, 0.25, 0.15)),
        ("-1; −2; +3", (-1.0, -2.0, 3.0)),
        ("1e-3,2e5", (1e-3, 2e5)),
        ("9 × 10⁻⁶; 2 × 10⁻⁵", (9e-6, 2e-5)),
        ("1\u00a0000 5", (1000.0, 5.0)),
    ],
)
@EVERY_LANGUAGE
def test_several_numbers_may_stand_apart_by_semicolons_blanks_or_commas(
    language: str, text: str, values: tuple[float, ...]
) -> None:
    speak(language)
    assert read(parse_numbers, text) == values


@pytest.mark.parametrize(
    ("text", "english", "turkish"),
    [
        ("1,000", ["1000", "1; 0"], (1.0,)),
        ("100,200", ["100200", "100; 200"], (100.2,)),
        ("10,720.5", ["10720.5", "10; 720.5"], ["10720,5", "10; 720,5"]),
        ("1,5", (1.0, 5.0), (1.5,)),
        ("0,5", ["0.5", "0; 5"], (0.5,)),
        ("1,05", ["1.05", "1; 5"], (1.05,)),
        ("1,5,2", (1.0, 5.0, 2.0), ["1,5; 2", "1; 5; 2"]),
        ("0,1,0,2", (0.0, 1.0, 0.0, 2.0), ["0,1; 0,2", "0; 1; 0; 2"]),
        ("10,100,1000", (10.0, 100.0, 1000.0), ["10,1; 1000", "10; 100; 1000"]),
        ("1.500,2.500", (1.5, 2.5), ["1500; 2500", "1,5; 2,5"]),
        ("1,000; 2.000", (1000.0, 2.0), (1.0, 2000.0)),
        ("1 000", ["1000", "1; 0"], ["1000", "1; 0"]),
        ("100 200; 3", ["100200; 3", "100; 200; 3"], ["100200; 3", "100; 200; 3"]),
    ],
)
def test_a_list_that_may_be_read_in_several_ways_is_asked_about_unless_the_language_decides(
    text: str, english: object, turkish: object
) -> None:
    assert read(parse_numbers, text) == english
    speak("tr")
    assert read(parse_numbers, text) == turkish


@pytest.mark.parametrize(
    "text", ["", " ", ";", "1;", ";1", "1;;2", "1,,2", "1,2,", "a;b", "1;nan", "inf 1", "1 2 x", "1e999;1", "1,1e999"]
)
@EVERY_LANGUAGE
def test_a_list_with_a_part_that_is_no_finite_number_is_refused(language: str, text: str) -> None:
    speak(language)
    assert read(parse_numbers, text) is None


@EVERY_LANGUAGE
@given(values=st.lists(FINITE, min_size=1, max_size=6))
@settings(deadline=None)
def test_numbers_written_exactly_are_read_back_as_themselves(language: str, values: list[float]) -> None:
    speak(language)
    assert [parse_number(exact(value)) for value in values] == values
    assert parse_numbers("; ".join(map(exact, values))) == tuple(values)


@EVERY_LANGUAGE
@given(values=st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=6))
@settings(deadline=None)
def test_rounded_numbers_are_read_in_a_list_as_they_are_alone(language: str, values: list[float]) -> None:
    speak(language)
    texts = [number(value) for value in values]
    assert parse_numbers("; ".join(texts)) == tuple(map(parse_number, texts))


@EVERY_LANGUAGE
@given(text=LIKE_NUMBERS)
@settings(deadline=None, max_examples=500)
def test_no_text_is_read_as_anything_but_finite_numbers(language: str, text: str) -> None:
    speak(language)
    one, several = read(parse_number, text), read(parse_numbers, text)
    assert math.isfinite(one) if isinstance(one, float) else not isinstance(one, tuple)
    assert all(map(math.isfinite, several)) if isinstance(several, tuple) else not isinstance(several, float)


@EVERY_LANGUAGE
@given(text=LIKE_NUMBERS)
@settings(deadline=None, max_examples=500)
def test_the_readings_that_are_asked_about_differ_and_need_no_question(language: str, text: str) -> None:
    speak(language)
    for found in (read(parse_number, text), read(parse_numbers, text)):
        readings = [parse_numbers(reading) for reading in found] if isinstance(found, list) else []
        assert len(set(readings)) == len(readings) != 1
