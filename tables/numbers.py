"""Cells read as numbers: which mark is the decimal one is decided for a whole file, and thousands are not guessed."""

import math
import re
from collections.abc import Sequence

MISSING = {"", "-", "–", "—", "?", ".", "na", "n/a", "nan", "null", "none", "#n/a", "#n/v", "#yok", "yok"}
"""What stands in cells without a value, in small letters."""
BLANKS = " \u00a0\u2009\u202f"


def _notation(decimal: str, thousands: str) -> re.Pattern[str]:
    grouped = rf"\d{{1,3}}(?:(?:\{thousands}\d{{3}})+|(?:['’{BLANKS}]\d{{3}})+)"
    return re.compile(rf"[+-]?(?=\d|\{decimal}\d)(?:{grouped}|\d+)?(?:\{decimal}\d*)?(?:[eE][+-]?\d+)?", re.ASCII)


POINT, COMMA = ".", ","
NOTATIONS = {POINT: _notation(POINT, COMMA), COMMA: _notation(COMMA, POINT)}
PLAIN = {mark: re.compile(rf"-?\d{{1,40}}(?:\{mark}\d{{1,40}})?", re.ASCII) for mark in NOTATIONS}
"""How nearly all numbers are written: what saves time."""
LOOKED_AT = 5000
TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""1,234 may be 1234 or 1.234."""
LONGEST = 60
NOT_IN_NUMBERS = re.compile(rf"['’{BLANKS}]")


def is_missing(cell: str) -> bool:
    """Return whether a cell says that it has no value."""
    return cell.lower() in MISSING


def looks_like_number(cell: str) -> bool:
    """Return whether a cell is a number in one notation or the other."""
    return any(_is_number(cell, decimal) for decimal in NOTATIONS)


def decimal_mark(cells: Sequence[str]) -> tuple[str, str]:
    """Return the decimal mark in which most cells are numbers, and a cell that could as well be read otherwise.

    The second is empty where no cell is in doubt, or another one decides.
    """
    marked = [cell for cell in cells if POINT in cell or COMMA in cell]
    marked = marked[:: 1 + len(marked) // LOOKED_AT]
    count = {decimal: sum(_is_number(cell, decimal) for cell in marked) for decimal in NOTATIONS}
    if count[POINT] != count[COMMA]:
        return max(NOTATIONS, key=count.__getitem__), ""
    doubtful = next((cell for cell in marked if TWO_WAYS.fullmatch(_plain(cell))), "")
    return (COMMA if COMMA in doubtful else POINT), doubtful


def number_of(cell: str, decimal: str) -> float | None:
    """Return the number in a cell; NaN where it has no value, None where it is no number or beyond all numbers."""
    if PLAIN[decimal].fullmatch(cell):
        return float(cell.replace(COMMA, POINT))
    if is_missing(cell):
        return math.nan
    if not _is_number(cell, decimal):
        return None
    plain = NOT_IN_NUMBERS.sub("", _plain(cell))
    value = float(plain.replace(COMMA if decimal == POINT else POINT, "").replace(COMMA, POINT))
    return value if math.isfinite(value) else None


def _is_number(cell: str, decimal: str) -> bool:
    return len(cell) <= LONGEST and bool(NOTATIONS[decimal].fullmatch(_plain(cell)))


def _plain(cell: str) -> str:
    return cell.replace("−", "-")
