"""A table that is being put together by hand: rows with cells still to come, and what a hand does to them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.data.own import LARGEST, MOST_ROWS, OwnData, safe_names

Cells = tuple[float | None, ...]
DIGITS = 4
"""Of a point that was clicked into a picture so many are kept of its place."""


@dataclass(frozen=True)
class Draft:
    """Names, target last, and rows of as many cells, None where one is empty; of classes the targets are 0 and 1.

    What `is_from_scratch` has grown point by point, from none.
    """

    names: tuple[str, ...]
    rows: tuple[Cells, ...] = ()
    class_names: tuple[str, ...] = ()
    is_from_scratch: bool = False

    @classmethod
    def of(cls, own: OwnData) -> "Draft":
        """Return the draft that these data would be."""
        return cls(own.names, own.rows, own.class_names)

    @property
    def complete_rows(self) -> tuple[tuple[float, ...], ...]:
        """The rows without an empty cell."""
        return tuple(tuple(v for v in row if v is not None) for row in self.rows if None not in row)

    def own(self) -> OwnData | None:
        """Return the data of the complete rows; None where these are fewer than two."""
        rows = self.complete_rows[:MOST_ROWS]
        return OwnData(self.names, rows, self.class_names) if len(rows) >= 2 else None

    def with_row(self, row: Cells) -> "Draft":
        """Return the draft with one more row."""
        return replace(self, rows=(*self.rows, row))

    def without_last_row(self) -> "Draft":
        """Return the draft without its last row."""
        return replace(self, rows=self.rows[:-1])

    def renamed(self, texts: Sequence[str]) -> "Draft":
        """Return the draft with other names, made safe."""
        return replace(self, names=safe_names(text or name for text, name in zip(texts, self.names, strict=True)))

    def edited(self, edits: Mapping[str, Any]) -> "Draft":
        """Return the draft after what was done in a grid: rows edited, added and deleted, cells by their columns."""
        changed = {int(row): cells for row, cells in edits.get("edited_rows", {}).items()}
        gone = set(edits.get("deleted_rows", ()))
        kept = [self._row(changed.get(k, {}), row) for k, row in enumerate(self.rows) if k not in gone]
        added = [self._row(cells, (None,) * len(self.names)) for cells in edits.get("added_rows", ())]
        return replace(self, rows=(*kept, *added))

    def _row(self, cells: Mapping[str, Any], before: Cells) -> Cells:
        return tuple(
            self._cell(k, cells[column_key(k)]) if column_key(k) in cells else value for k, value in enumerate(before)
        )

    def _cell(self, k: int, value: Any) -> float | None:
        if self.class_names and k == len(self.names) - 1:
            return float(self.class_names.index(value)) if value in self.class_names else None
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
        return float(value) if is_number and math.isfinite(value) else None


def column_key(k: int) -> str:
    """Return what a grid calls a column, counted from 0: names may change, and be alike."""
    return f"column_{k}"


def rounded_place(value: float, extent: float) -> float:
    """Return a place in a picture of this extent, as exactly as a hand can mean it."""
    digits = DIGITS - 1 - math.floor(math.log10(extent))
    return round(value, digits) + 0.0
