"""The link: what the address of a page holds, read and written."""

from types import MappingProxyType
from typing import Any

from core.data.own import OwnData
from pages.settings.choosing import Chosen, complete, fitting
from pages.settings.kinds import PartlyReadError
from pages.settings.own import write_own
from pages.settings.table import TABLE
from wording import _, exact

NO_SETTING = {"trouble"}
"""What an address may hold besides: the answer of a class's door."""
Fault = tuple[str, str]
"""The name of a setting and the text that was refused."""


def from_address(address: dict[str, str], known: Chosen = MappingProxyType({})) -> tuple[Chosen, list[Fault]]:
    """Read a link; return what it chooses, and each (name, text) that is unknown or not allowed and was left out.

    What is `known` already stands for what the link has under its name.
    """
    chosen: dict[str, Any] = {}
    faults = [(name, text) for name, text in address.items() if name not in {*TABLE, *NO_SETTING}]
    for name in (name for name in TABLE if name in address):
        try:
            value = known[name] if name in known else TABLE[name].kind.read(address[name])
            chosen[name] = fitting(name, value, complete(chosen))
        except PartlyReadError as problem:
            chosen[name] = problem.value
            faults.append((name, problem.refused))
        except (ValueError, OverflowError):
            faults.append((name, address[name]))
    return chosen, faults


def to_address(chosen: Chosen) -> dict[str, str]:
    """Return what a link must hold: each choice that is in force and no default."""
    settings = complete(chosen)
    return {
        name: row.kind.write(chosen[name])
        for name, row in TABLE.items()
        if name in chosen and row.matters(settings) and chosen[name] != row.default_in(settings)
    }


def as_text(value: Any) -> str:
    """Write a setting's value the way a person of this language would type it."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, OwnData):
        return write_own(value)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return _pairs_as_text(value)
    if isinstance(value, tuple):
        return "; ".join(entry if isinstance(entry, str) else exact(entry) for entry in value)
    return exact(value) if isinstance(value, int | float) else value or ""


def _pairs_as_text(pairs: tuple[tuple[int, Any], ...]) -> str:
    """Write a schedule, a constant one as its rate alone, or nudges."""
    if len(pairs) == 1 and isinstance(pairs[0][1], float):
        return exact(pairs[0][1])
    return "; ".join(f"{at}:{as_text(value).replace(';', '')}" for at, value in pairs)
