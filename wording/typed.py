"""Numbers as a person types them, read as the language spoken writes them; what has two readings is not guessed."""

import decimal
import math
import re
from collections.abc import Sequence

from babel.numbers import NumberFormatError, parse_decimal

from wording.numbers import SEPARATORS, SUPERSCRIPTS, exact
from wording.translation import language

BINDING = "\u00a0\u2007\u2009\u202f"
"""Blanks that hold a number together: no-break, figure, thin and narrow ones."""
# What comes after a blank is not looked at again: a long row of blanks would take its length squared.
SEPARATOR = re.compile(rf"(?<!\s)\s*;\s*|[^\S{BINDING}]+,?\s*|,\s+")
LATER_ZERO = re.compile(r"\s0[0-9]")
"""What looks like a group of three rather than a number of its own: 1 000."""
LOOKS_DECIMAL = re.compile(r"[+-]?0?,|.*,0[0-9]")
"""Where a comma looks like a decimal one even in a language with points: 0,5 or 1,05."""
NUMBER = re.compile(
    rf"([+-]?)([0-9.,]+|[1-9][0-9]{{0,2}}(?:[ {BINDING}][0-9]{{3}})+(?:[.,][0-9]*)?)(?:[eE]([+-]?[0-9]+))?"
)
POWER = re.compile(rf"(?<!\s)\s*×\s*10([{''.join(map(chr, SUPERSCRIPTS.values()))}]+)")
NOT_SUPERIOR = {superior: plain for plain, superior in SUPERSCRIPTS.items()}


class AmbiguousNumberError(ValueError):
    """A typed text has several honest readings: `readings`, each as it may be typed to be understood."""

    def __init__(self, text: str, readings: tuple[str, ...]) -> None:
        """Keep the text as it was typed and its readings in the notation of the language."""
        super().__init__(text)
        self.readings = readings


def parse_number(text: str) -> float:
    """Read one typed number: what is right in the language spoken, else what is right in the other notation.

    Blanks may set apart its thousands; minus may be of either kind, and 9e-6 may be written 9 × 10⁻⁶.
    Raises AmbiguousNumberError where there are several readings, ValueError where the text is no finite number.
    """
    return _only([(value,) for value in _readings(_plain(text))], text)[0]


def parse_numbers(text: str) -> tuple[float, ...]:
    """Read typed numbers, apart by semicolons or blanks, or else by commas, which may also be decimal ones.

    Raises AmbiguousNumberError where there are several readings, ValueError where a part is no finite number.
    """
    plain = _plain(text)
    apart = SEPARATOR.split(plain)
    if ";" in plain or LATER_ZERO.search(plain):
        return _only([*_together([part.strip() for part in plain.split(";")]), *_together(apart)], text)
    if len(apart) > 1:
        return _only(_together(apart), text)
    return _only((_with_decimal_comma if SEPARATORS[language()][0] == "," else _with_decimal_point)(plain), text)


def _plain(text: str) -> str:
    text = POWER.sub(lambda power: "e" + power[1].translate(NOT_SUPERIOR), text)
    return text.strip().replace("−", "-")


def _only(readings: Sequence[tuple[float, ...]], text: str) -> tuple[float, ...]:
    different = list(dict.fromkeys(readings))
    if not different:
        raise ValueError(text)
    if len(different) > 1:
        raise AmbiguousNumberError(text, tuple("; ".join(map(exact, values)) for values in different))
    return different[0]


def _with_decimal_point(text: str) -> list[tuple[float, ...]]:
    """Read a list without blanks where commas set apart numbers, or thousands: 1,000 may be 1000, or 1 and 0."""
    every, one = _together(text.split(",")), _together([text])
    is_likely = _strictly(text, language()) is not None or LOOKS_DECIMAL.match(text) or not every
    return [*one, *every] if is_likely else every


def _with_decimal_comma(text: str) -> list[tuple[float, ...]]:
    """Read a list without blanks where every comma, or every other one, sets apart: 0,1,0,2 may be 0,1 and 0,2."""
    one, parts = _together([text]), text.split(",")
    if _strictly(text, language()) is not None or not all(parts):
        return one
    pairs = [",".join(parts[k : k + 2]) for k in range(0, len(parts), 2)]
    # Where commas set apart, the points may be decimal ones in spite of the language.
    return [*one, *_together(pairs), *_together(parts, is_sure=False)]


def _together(parts: Sequence[str], is_sure: bool = True) -> list[tuple[float, ...]]:
    """Read all parts in the first, and all in the last of their readings; nothing where one of them has none."""
    readings = [_readings(part, is_sure) for part in parts]
    return [tuple(values[k] for values in readings) for k in (0, -1)] if all(readings) else []


def _readings(text: str, is_sure: bool = True) -> list[float]:
    """Read one number in the notation of the language, which decides if it `is_sure`, and in the other one."""
    codes = [language(), *(code for code in SEPARATORS if code != language())]
    values = [value for code in codes if (value := _strictly(text, code)) is not None]
    # Nobody sets apart thousands before a power: 1,500e3 may as well be 1.5e3.
    is_sure = is_sure and not ("e" in text.lower() and SEPARATORS[language()][1] in text)
    return values[:1] if is_sure else values


def _strictly(text: str, code: str) -> float | None:
    """Read one number that is properly written in a language, finite; else return None."""
    found = NUMBER.fullmatch(text)
    if not found:
        return None
    sign, mantissa, power = found.groups(default="0")
    try:
        size = parse_decimal(re.sub(r"\s", "", mantissa), code, strict=True)
    except (NumberFormatError, decimal.InvalidOperation):  # the second above 28 digits with thousands set apart
        return None
    value = float(f"{sign}{size:f}e{power}")
    return value if math.isfinite(value) else None
