import math
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wording import LANGUAGES, exact, number, parse_number, percent, speak

EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize(
    ("value", "english", "turkish"),
    [
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (0, "0", "0"),
        (1, "1", "1"),
        (-7, "−7", "−7"),
        (1.8, "1.8", "1,8"),
        (-1.8, "−1.8", "−1,8"),
        (27.73512588225364, "27.74", "27,74"),
        (32.0, "32", "32"),
        (100.0, "100", "100"),
        (0.1, "0.1", "0,1"),
        (0.0012, "0.0012", "0,0012"),
        (0.001199759615731202, "0.0012", "0,0012"),
        (0.00059988, "0.0005999", "0,0005999"),
        (2359.915, "2,360", "2.360"),
        (953.1115729299142, "953.1", "953,1"),
        (10_000, "10,000", "10.000"),
        (100_000.0, "100,000", "100.000"),
        (1_234_567.0, "1,234,567", "1.234.567"),
        (9_999_999, "9,999,999", "9.999.999"),
        (-12_345.678, "−12,346", "−12.346"),
        (9.9996, "10", "10"),
        (9.9994, "9.999", "9,999"),
        (0.99996, "1", "1"),
        (99.996, "100", "100"),
        (999.96, "1,000", "1.000"),
        (9_999_999.9, "10,000,000", "10.000.000"),
        (0.00001, "0.00001", "0,00001"),
        (0.000012345, "0.00001234", "0,00001234"),
        (0.000009, "9 × 10⁻⁶", "9 × 10⁻⁶"),
        (1.05e-6, "1.05 × 10⁻⁶", "1,05 × 10⁻⁶"),
        (4.25e-15, "4.25 × 10⁻¹⁵", "4,25 × 10⁻¹⁵"),
        (-4.25e-15, "−4.25 × 10⁻¹⁵", "−4,25 × 10⁻¹⁵"),
        (5e-324, "4.941 × 10⁻³²⁴", "4,941 × 10⁻³²⁴"),
        (1e7, "1 × 10⁷", "1 × 10⁷"),
        (12_345_678.0, "1.235 × 10⁷", "1,235 × 10⁷"),
        (9.9996e9, "1 × 10¹⁰", "1 × 10¹⁰"),
        (-1e300, "−1 × 10³⁰⁰", "−1 × 10³⁰⁰"),
        (sys.float_info.max, "1.798 × 10³⁰⁸", "1,798 × 10³⁰⁸"),
        (math.inf, "∞", "∞"),
        (-math.inf, "−∞", "−∞"),
        (math.nan, "no number", "sayı değil"),
    ],
)
def test_a_number_has_four_significant_digits_and_the_language_s_signs(
    value: float, english: str, turkish: str
) -> None:
    assert number(value) == english
    speak("tr")
    assert number(value) == turkish


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (math.pi, 1, "3"),
        (math.pi, 2, "3.1"),
        (math.pi, 8, "3.1415927"),
        (0.00212204, 3, "0.00212"),
        (1.49e-9, 2, "1.5 × 10⁻⁹"),
        (1.6e-9, 1, "2 × 10⁻⁹"),
        (9.96, 2, "10"),
        (0.000960123, 2, "0.00096"),
        (24.89999746, 10, "24.89999746"),
        (2359.915, 6, "2,359.91"),
        (2359.915, 8, "2,359.915"),
    ],
)
def test_a_number_has_as_many_digits_as_asked_for(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


@EVERY_LANGUAGE
@given(value=st.floats(-1e308, 1e308))
@settings(deadline=None)
def test_a_written_number_differs_from_its_value_by_less_than_its_last_digit(language: str, value: float) -> None:
    speak(language)
    read = parse_number(number(value))
    assert math.isclose(read, value, rel_tol=5.001e-4, abs_tol=5e-324)


@EVERY_LANGUAGE
@given(value=st.floats(0.0, allow_infinity=False, exclude_min=True))
@settings(deadline=None)
def test_a_negative_number_is_the_positive_one_behind_a_minus(language: str, value: float) -> None:
    speak(language)
    assert number(-value) == f"−{number(value)}"


@pytest.mark.parametrize(
    ("value", "english", "turkish"),
    [
        (0, "0", "0"),
        (0.0, "0", "0"),
        (1.0, "1", "1"),
        (-3, "-3", "-3"),
        (0.5, "0.5", "0,5"),
        (-0.25, "-0.25", "-0,25"),
        (0.001199759615731202, "0.001199759615731202", "0,001199759615731202"),
        (10_000, "10000", "10000"),
        (1e-4, "0.0001", "0,0001"),
        (1.5e-7, "1.5e-07", "1,5e-07"),
        (1e300, "1e+300", "1e+300"),
        (0.1 + 0.2, "0.30000000000000004", "0,30000000000000004"),
    ],
)
def test_an_exact_number_has_every_digit_and_no_thousands_separator(value: float, english: str, turkish: str) -> None:
    assert exact(value) == english
    speak("tr")
    assert exact(value) == turkish


@pytest.mark.parametrize(
    ("share", "english", "turkish"),
    [
        (0.0, "0 %", "%0"),
        (0.083, "8.3 %", "%8,3"),
        (0.667, "66.7 %", "%66,7"),
        (0.834, "83.4 %", "%83,4"),
        (0.5, "50 %", "%50"),
        (1.0, "100 %", "%100"),
        (0.9999, "100 %", "%100"),
        (12.0, "1,200 %", "%1.200"),
        (0.00012, "0.012 %", "%0,012"),
        (8.3e-9, "8.3 × 10⁻⁷ %", "%8,3 × 10⁻⁷"),
    ],
)
def test_a_share_is_a_percentage_with_the_sign_where_the_language_puts_it(
    share: float, english: str, turkish: str
) -> None:
    assert percent(share) == english
    speak("tr")
    assert percent(share) == turkish
