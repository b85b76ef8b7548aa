"""The kinds of values a setting can have: read from a link or from what was typed, and written into a link."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wording import N_, parse_number, parse_numbers

MAX_NUMBER = 1e300
"""Numbers end here, so that a product with the data is still a number."""
MAX_ENTRIES = 100
LONGEST_ENTRY = 60
"""Characters of one entry of a list, far more than the 24 of a number with all its digits."""

GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
GROUPED_EITHER_WAY = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+")


@dataclass(frozen=True)
class Kind:
    """How a value is read from text and written into a link.

    `read` takes a link's text, which is the same in every language; `parse` takes a typed one, in the language
    spoken. Both raise ValueError; `allowed` says which values there are, in English, for `_`.
    """

    allowed: str
    read: Callable[[str], Any]
    parse: Callable[[str], Any]
    write: Callable[[Any], str] = repr


def named(*values: str) -> Kind:
    """A few named values."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return Kind(", ".join(values), read, read, str)


class PartlyReadError(ValueError):
    """Raised for a list of which a part could be read: the `value` so far, and the entries that were `refused`."""

    def __init__(self, value: Any, refused: str) -> None:
        """Hold what was read, and what was not."""
        super().__init__(refused)
        self.value, self.refused = value, refused


def several_named(allowed: str, values: tuple[str, ...]) -> Kind:
    """Any of the named values, in the order of `values`; apart by commas or semicolons. Others do not spoil them."""

    def read(text: str) -> tuple[str, ...]:
        entries = {entry.strip(): None for entry in re.split("[,;]", text) if entry.strip()}
        found = tuple(value for value in values if value in entries)
        refused = ", ".join(entry for entry in entries if entry not in values)
        if refused and not found:
            raise ValueError(refused)
        if refused:
            raise PartlyReadError(found, refused)
        return found

    return Kind(allowed, read, read, ",".join)


def on_or_off() -> Kind:
    """On or off."""
    words = named("on", "off")

    def read(text: str) -> bool:
        return bool(words.read(text) == "on")

    return Kind(words.allowed, read, read, lambda on: "on" if on else "off")


def real(allowed: str = N_("a number"), low: float = -MAX_NUMBER, high: float = MAX_NUMBER) -> Kind:
    """A number between `low` and `high`, both included."""

    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(value)
        return value

    return Kind(allowed, lambda text: check(linked_number(text)), lambda text: check(parse_number(text)))


def whole(allowed: str, low: int, high: int) -> Kind:
    """A whole number between `low` and `high`, both included."""

    def check(value: float) -> int:
        if value != int(value) or not low <= value <= high:
            raise ValueError(value)
        return int(value)

    def read(text: str) -> int:
        # Where old links had 10.000 for ten thousand, ten would be misread in silence.
        if GROUPED_EITHER_WAY.fullmatch(text.strip()):
            raise ValueError(text)
        return check(linked_number(text))

    return Kind(allowed, read, lambda text: check(parse_number(text)))


def several(
    allowed: str,
    check: Callable[[tuple[float, ...]], tuple[float, ...]] = tuple,
    at_most: int = MAX_ENTRIES,
) -> Kind:
    """Up to `at_most` finite numbers, which `check` returns as they shall be, or refuses with a ValueError."""

    def checked(read: Callable[[str], tuple[float, ...]], text: str) -> tuple[float, ...]:
        if len(text) > at_most * LONGEST_ENTRY:  # refused before it costs the time to read
            raise ValueError(text)
        values = read(text) if text.strip() else ()
        if len(values) > at_most or any(abs(value) > MAX_NUMBER for value in values):
            raise ValueError(text)
        return check(values)

    return Kind(
        allowed,
        lambda text: checked(linked_numbers, text),
        lambda text: checked(parse_numbers, text),
        lambda values: ",".join(map(repr, values)),
    )


def linked_number(text: str) -> float:
    """Read one number of a link: as Python writes it, or with a decimal comma.

    Raises ValueError where the text is no finite number, or where a comma may set apart thousands.
    """
    text = text.strip().replace("−", "-")
    value = float(text.replace(",", "."))
    if GROUPED.fullmatch(text) or not math.isfinite(value):
        raise ValueError(text)
    return value


def linked_numbers(text: str) -> tuple[float, ...]:
    """Read the numbers of a link, apart by commas, or where it was written by hand by semicolons or blanks."""
    text = text.strip()
    apart = r"\s*;\s*|,?\s+" if re.search(r"[;\s]", text) else ","
    return tuple(linked_number(part) for part in re.split(apart, text))
