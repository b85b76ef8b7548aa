"""The kinds of settings there are: how each is called, read from text and written into a link."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wording import N_, parse_number, parse_numbers

MAX_NUMBER = 1e300
"""Typed numbers end here, so that a product with the data is still a number."""


@dataclass(frozen=True)
class Setting:
    """How one setting is called, read from text (a link's or a typed one) and written into a link.

    `read` raises ValueError; `allowed` says which values there are. `label` and `allowed` are English, for `_`.
    """

    label: str
    allowed: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = repr


def choice(label: str, *values: str) -> Setting:
    """A setting with a few named values."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return Setting(label, ", ".join(values), read, str)


def flag(label: str) -> Setting:
    """A setting that is on or off."""
    named = choice(label, "on", "off")
    return Setting(label, named.allowed, lambda text: named.read(text) == "on", lambda on: "on" if on else "off")


def number(label: str, allowed: str = N_("a number"), low: float = -MAX_NUMBER, high: float = MAX_NUMBER) -> Setting:
    """A number between `low` and `high`, both included."""

    def read(text: str) -> float:
        value = parse_number(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return Setting(label, allowed, read)


def whole_number(label: str, allowed: str, low: int, high: int) -> Setting:
    """A whole number between `low` and `high`, both included; its thousands may be set apart."""

    def read(text: str) -> int:
        value = parse_number(re.sub(r"[.,](?=\d{3}\b)", "", text))
        if value != int(value) or not low <= value <= high:
            raise ValueError(text)
        return int(value)

    return Setting(label, allowed, read)


def numbers(label: str, allowed: str, check: Callable[[tuple[float, ...]], tuple[float, ...]] = tuple) -> Setting:
    """Several finite numbers, which `check` returns as they shall be, or refuses with a ValueError."""

    def read(text: str) -> tuple[float, ...]:
        values = parse_numbers(text) if text.strip() else ()
        if any(abs(value) > MAX_NUMBER for value in values):
            raise ValueError(text)
        return check(values)

    return Setting(label, allowed, read, lambda values: ",".join(map(repr, values)))
