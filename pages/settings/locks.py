"""What is locked by a link: a change gives it back, and one under which it could not stay is no change at all."""

from typing import Any

from pages.settings.choosing import Chosen, complete
from pages.settings.controls import all_of
from pages.settings.table import TABLE, Settings


class LockedError(ValueError):
    """Raised for a change that a locked setting does not allow; `name` is the setting's."""

    def __init__(self, name: str) -> None:
        """Name the setting."""
        super().__init__(name)
        self.name = name


def locked_settings(chosen: Chosen) -> list[str]:
    """Return the settings that are locked, in the table's order; of a live run its length grows while it trains."""
    locked = all_of(chosen.get("lock", ()))
    if "iterations" in locked and complete(chosen).live:
        locked -= {"iterations"}
    return [name for name in TABLE if name in locked]


def under_lock(before: Chosen, after: Chosen) -> Chosen:
    """Return what is chosen after a change, with the value of each locked setting as it was before.

    Raises LockedError where such a value means nothing any more, as a start for other data.
    """
    locked, was, now = locked_settings(before), complete(before), complete(after)
    for name in locked:
        given_back = _given_back(name, before, after, getattr(was, name), now)
        if given_back != after:
            after, now = given_back, complete(given_back)
    for name in locked:
        _insist(name, before, was, now)
    return after


def _given_back(name: str, before: Chosen, after: Chosen, value: Any, now: Settings) -> Chosen:
    """Return what is chosen with the choice of one setting as it was, or the value where another one would follow.

    `now` is what is in force `after` the change.
    """
    without = {other: chosen for other, chosen in after.items() if other != name}
    same = {**without, name: before[name]} if name in before else without
    if same != after:
        now = complete(same)
    if getattr(now, name) == value or value is None or not TABLE[name].matters(now):
        return same
    return {**without, name: value}


def _insist(name: str, before: Chosen, was: Settings, now: Settings) -> None:
    row, value = TABLE[name], getattr(was, name)
    if row.matters(now):
        is_kept = getattr(now, name) == value and (value is None or row.suits(now, value))
        if row.matters(was) and not is_kept:
            raise LockedError(name)
    elif name in before and row.matters(was):
        raise LockedError(name)
