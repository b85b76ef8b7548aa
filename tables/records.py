"""Text taken apart into records of cells, by the separator that makes the best table of it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tables.decoding import MOST_BYTES
from tables.numbers import looks_like_number

csv.field_size_limit(MOST_BYTES)  # for the whole process; it stands at 128 kB otherwise, and raises an error there

Record = tuple[int, list[str]]
"""The number of a row, counted from 1 as a spreadsheet does, and its cells."""
CUT: Record = (0, [])
"""What stands in place of all that was not read."""
SEPARATORS = "\t;,"
"""Where two fit alike the first one does: commas are in numbers and in prose, too."""
STRONG = "\t;"
REMARKS = ("#", "sep=")
TRIED_ROWS, TRIED_LETTERS = 200, 50_000
MOST_CELLS, WIDEST = 600_000, 1000
"""So much of a file is read, and so many cells of a row: more would take too long."""
TEXT_COUNTS = 0.05
"""What a table of words alone is worth, beside one of numbers."""


def records_of(text: str) -> list[Record]:
    """Return the records of a text that are not blank, by the separator that fits best; of a very long text the first.

    Where that is not all, the last record is CUT.
    """
    beginning = text[:TRIED_LETTERS]
    best = max(SEPARATORS, key=lambda separator: _worth(beginning, separator))
    return list(_records(text, best))


def _records(text: str, separator: str) -> Iterator[Record]:
    """Yield the records, quoted cells with all their lines; where a quote never ends, all are letters like others."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL,
    )
    budget = MOST_CELLS
    for row, cells in enumerate(reader, start=1):
        stripped = [cell.strip() for cell in cells[:WIDEST]]
        if any(stripped) and not _is_remark(stripped):
            yield row, stripped
        budget -= 1 + len(stripped)
        if budget < 0:
            yield CUT
            return


def _is_remark(cells: list[str]) -> bool:
    """Return whether a row says something about the table: a comment, or the separator, as Excel writes it."""
    return cells[0].startswith(REMARKS) and not any(cells[1:])


def _worth(text: str, separator: str) -> float:
    """Return how good a table a separator makes, from 0 to 1: rows of one width, of two columns or more, of numbers.

    What holds semicolons or tabs besides is no good cell.
    """
    records = list(islice(_records(text, separator), TRIED_ROWS))
    if not records:
        return 0.0
    widths = Counter(len(cells) for _row, cells in records)
    width, n_rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    cells = [cell for _row, cells in records[1:] or records for cell in cells if cell]
    n_cells = max(len(cells), 1)
    good = sum(not any(mark in cell for mark in STRONG) for cell in cells) / n_cells
    numbers = sum(map(looks_like_number, cells)) / n_cells
    return (width > 1) * n_rows / len(records) * good * (TEXT_COUNTS + numbers)
