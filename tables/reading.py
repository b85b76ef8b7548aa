"""The one door for files: `read` makes a table of what somebody dropped, chose or pasted, or says why it cannot."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from core.data.own import LARGEST, LONGEST_NAME, MOST_ROWS, safe_name, safe_names
from tables.decoding import text_of
from tables.notes import Note, UnreadableError, note
from tables.numbers import COMMA, POINT, decimal_mark, is_missing, looks_like_number, number_of
from tables.records import CUT, Record, records_of
from tables.table import Column, Table
from wording import N_

MOST_COLUMNS, SHOWN_ROWS = 200, 5
DOUBTFUL = {
    POINT: N_("“{cell}” can be read in two ways; its point was taken for a decimal one."),
    COMMA: N_("“{cell}” can be read in two ways; its comma was taken for a decimal one."),
}
MOSTLY = 0.5
"""A column is one of numbers where more of its cells are: the others are left out, and counted."""


def read(content: bytes) -> Table:
    """Read a table; raises UnreadableError, and nothing else, where there is none to learn from.

    At most 2000 rows, evenly drawn, and 200 columns are used, so that it never takes long.
    """
    found = records_of(text_of(content))
    is_cut = CUT in found[-1:]
    names, records = _headed(found[:-1] if is_cut else found)
    doubt = _doubt_of_header(found[0][1])
    records, notes = _of_one_width(records, len(names))
    n_rows, drawn = len(records), _drawn(records)
    notes += doubt + _cut_down(is_cut, n_rows, len(names))
    rows = tuple(row for row, _cells in drawn)
    columns, doubts = _columns(safe_names(names[:MOST_COLUMNS]), [cells for _row, cells in drawn], rows)
    if all(column.is_words for column in columns):
        raise UnreadableError(N_("In none of its columns are there numbers: there is nothing to learn from."))
    first = tuple(
        tuple(cell[:LONGEST_NAME] or "–" for cell in cells[:MOST_COLUMNS]) for _row, cells in drawn[:SHOWN_ROWS]
    )
    return Table(columns, rows, n_rows, first, (*notes, *doubts))


def _cut_down(is_cut: bool, n_rows: int, n_columns: int) -> list[Note]:
    """Say how much of a large file is used."""
    notes = []
    if is_cut:
        notes.append(note(N_("The file is very long: its first {n} rows were read."), n=n_rows))
    if n_rows > MOST_ROWS:
        notes.append(note(N_("Of {n} rows {most} are used, evenly drawn."), n=n_rows, most=MOST_ROWS))
    if n_columns > MOST_COLUMNS:
        notes.append(note(N_("There are more than {most} columns: the first {most} are used."), most=MOST_COLUMNS))
    return notes


def _headed(records: list[Record]) -> tuple[list[str], list[Record]]:
    """Return the names of the columns and the rows under them; without a header the columns have no names."""
    if not records:
        raise UnreadableError(N_("There is nothing in it."))
    width = Counter(len(cells) for _row, cells in records).most_common(1)[0][0]
    first = records[0][1]
    if width < 2:
        raise UnreadableError(
            N_("No table was found: it takes two columns or more, with commas, semicolons or tabs between them.")
        )
    if any(map(looks_like_number, first)):
        return [""] * width, records
    if len(records) == 1:
        raise UnreadableError(N_("There is a header, but no row under it."))
    return (first + [""] * width)[: max(width, len(first))], records[1:]


def _doubt_of_header(first: list[str]) -> list[Note]:
    """Say that the first row was taken for data where it may as well be names: years are numbers, too."""
    numbers = [looks_like_number(cell) for cell in first if not is_missing(cell)]
    text = N_("The first row has numbers in it: it was taken for data, not for names.")
    return [note(text)] if any(numbers) and not all(numbers) else []


def _of_one_width(records: list[Record], width: int) -> tuple[list[Record], list[Note]]:
    """Return the rows with as many cells as there are names: short ones filled up, those with more left out."""
    fitting = [(row, (cells + [""] * width)[:width]) for row, cells in records if not any(cells[width:])]
    long = tuple(row for row, cells in records if any(cells[width:]))
    if not fitting:
        raise UnreadableError(N_("Its rows are of different lengths: this is no table."))
    if not long:
        return fitting, []
    return fitting, [note(N_("Rows with too many cells, left out: {n} (row {rows})."), n=len(long), rows=long)]


def _drawn(records: list[Record]) -> list[Record]:
    if len(records) <= MOST_ROWS:
        return records
    return [records[k] for k in np.linspace(0, len(records) - 1, MOST_ROWS).round().astype(int).tolist()]


def _columns(
    names: Sequence[str], cells: list[list[str]], rows: Sequence[int]
) -> tuple[tuple[Column, ...], tuple[Note, ...]]:
    decimal, doubtful = decimal_mark([cell for row in cells for cell in row[:MOST_COLUMNS]])
    made = [_column(name, [row[k] for row in cells], rows, decimal) for k, name in enumerate(names)]
    notes = [told for _made, told in made if told is not None]
    if doubtful:
        notes.append(note(DOUBTFUL[decimal], cell=doubtful))
    return tuple(column for column, _note in made), tuple(notes)


def _column(name: str, cells: list[str], rows: Sequence[int], decimal: str) -> tuple[Column, Note | None]:
    values = np.array([_within(number_of(cell, decimal)) for cell in cells])
    wordy = [k for k in np.flatnonzero(np.isnan(values)).tolist() if not is_missing(cells[k])]
    words = list(dict.fromkeys(cells[k] for k in wordy))
    numbers = int(np.isfinite(values).sum())
    if len(words) == 2 and not numbers:
        return _classes(name, cells, words), None
    if numbers <= MOSTLY * (numbers + len(wordy)):
        return Column(name, np.full(len(cells), math.nan)), _about_words(name, words)
    text = N_("“{name}”: cells that are no numbers, or too large ones: {n} (row {rows}).")
    bad = tuple(rows[k] for k in wordy)
    return Column(name, values), note(text, name=name, n=len(bad), rows=bad) if bad else None


def _within(value: float | None) -> float:
    return math.nan if value is None or abs(value) > LARGEST else value


def _classes(name: str, cells: list[str], words: list[str]) -> Column:
    named = sorted(words)
    values = [float(named.index(cell)) if cell in named else math.nan for cell in cells]
    return Column(name, np.array(values), safe_names(named, "class "))


def _about_words(name: str, words: list[str]) -> Note:
    """Say why a column of words is of no use, with one of them where it looks like a number."""
    if not words:
        return note(N_("“{name}” is empty."), name=name)
    if any(character.isdigit() for character in words[0]):
        text = N_("“{name}” has cells like “{cell}”, which are no plain numbers: take units and signs out of them.")
        return note(text, name=name, cell=safe_name(words[0], "–"))
    return note(N_("“{name}” has {n} different words: it takes two to make classes of them."), name=name, n=len(words))
