"""A table that was read: its columns, each with the numbers in it, and what is to be said of it."""

from dataclasses import dataclass

import numpy as np

from core.checks import Array
from tables.notes import Note


@dataclass(frozen=True, eq=False)
class Column:
    """A column with a safe name: `values` (n_rows,), NaN where there is none, and some of its cells, made safe.

    Of two classes, `class_names` says what 0 and 1 are called; of words, nothing can be learned, and all is NaN.
    """

    name: str
    values: Array
    class_names: tuple[str, ...] = ()

    @property
    def is_words(self) -> bool:
        """Whether there is nothing in it to learn from."""
        return bool(np.isnan(self.values).all())

    @property
    def has_two_values(self) -> bool:
        """Whether two classes can be made of it."""
        return len(np.unique(self.values[~np.isnan(self.values)])) == 2


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file, the numbers of the rows as a spreadsheet counts them, its first cells, and the notes.

    `n_rows` is how many rows the file has, of which `rows` are used; `first` holds the first of these, as the file has
    them.
    """

    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    n_rows: int
    first: tuple[tuple[str, ...], ...]
    notes: tuple[Note, ...]

    @property
    def useful(self) -> dict[str, Column]:
        """The columns that can be learned from, by their names."""
        return {column.name: column for column in self.columns if not column.is_words}
