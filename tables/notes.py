"""What is to be said of a file, in words that are put together where the language is known."""

from dataclasses import dataclass
from typing import Any

from wording import _, number

SHOWN_ROWS = 5


@dataclass(frozen=True)
class Note:
    """A sentence, marked with N_, and what stands in its places: texts, numbers, or the numbers of rows."""

    text: str
    values: tuple[tuple[str, Any], ...] = ()

    def told(self) -> str:
        """Return the sentence in the language spoken."""
        return _(self.text).format(**{name: _told(value) for name, value in self.values})


def note(text: str, **values: Any) -> Note:
    """Return a note."""
    return Note(text, tuple(values.items()))


class UnreadableError(ValueError):
    """A file holds no table to learn from; `note` says why."""

    def __init__(self, text: str, **values: Any) -> None:
        """Keep what is to be said."""
        super().__init__(text)
        self.note = note(text, **values)


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        shown = ", ".join(number(row) for row in value[:SHOWN_ROWS])
        return shown if len(value) <= SHOWN_ROWS else f"{shown} …"
    return value if isinstance(value, str) else number(value)
