"""What is taken out of a table to learn from: a target, features, and the rows that have all of them."""

import numpy as np
from numpy.typing import NDArray

from core.checks import Array
from core.data.own import MOST_FEATURES, OwnData, safe_names
from tables.notes import Note, UnreadableError, note
from tables.table import Column, Table
from wording import N_


def proposed(table: Table) -> tuple[str, tuple[str, ...]]:
    """Return the target and the features that are taken at first.

    The target is the last column of classes, or else the last of numbers; the feature is the first of numbers.
    Raises UnreadableError where there is only one.
    """
    names = list(table.useful)
    if len(names) < 2:
        raise UnreadableError(
            N_("Only “{name}” has numbers: it takes two columns of them, one to predict, and one to predict it from."),
            name=names[0],
        )
    target = next((name for name in reversed(names) if table.useful[name].class_names), names[-1])
    others = [name for name in names if name != target]
    return target, tuple([name for name in others if not table.useful[name].class_names][:1] or others[:1])


def taken(table: Table, target: str, features: tuple[str, ...], *, as_classes: bool) -> tuple[OwnData, list[Note]]:
    """Return the data and what is to be said of them; raises UnreadableError where they are none to learn from.

    With `as_classes` a target of two numbers becomes two classes, named after them.
    """
    columns = [table.useful[name] for name in (*features[:MOST_FEATURES], target)]
    values = np.column_stack([column.values for column in columns])
    complete = np.asarray(np.isfinite(values).all(axis=1))
    if complete.sum() < 2:
        raise UnreadableError(
            N_("Rows in which these columns are complete: {n}. It takes two or more."), n=int(complete.sum())
        )
    classes, values = _with_classes(columns[-1], values[complete], as_classes)
    own = OwnData(safe_names(column.name for column in columns), tuple(map(tuple, values.tolist())), classes)
    return own, [*_left_out(table, complete), *_remarks(own, values)]


def _with_classes(target: Column, values: Array, as_classes: bool) -> tuple[tuple[str, ...], Array]:
    found = np.unique(values[:, -1])
    if target.class_names and len(found) < 2:
        raise UnreadableError(N_("Only one class of “{name}” is left in these rows."), name=target.name)
    if target.class_names or not as_classes or len(found) != 2:
        return target.class_names, values
    written = (repr(value).removesuffix(".0").replace("-", "−") for value in found.tolist())
    return safe_names(written, "class "), np.column_stack([values[:, :-1], values[:, -1] == found[1]])


def _left_out(table: Table, complete: NDArray[np.bool_]) -> list[Note]:
    missing = tuple(row for row, kept in zip(table.rows, complete.tolist(), strict=True) if not kept)
    text = N_("Rows without a value in these columns, left out: {n} (row {rows}).")
    return [note(text, n=len(missing), rows=missing)] if missing else []


def _remarks(own: OwnData, values: Array) -> list[Note]:
    """Return what is odd about the data, and no reason not to learn from them."""
    names, features = own.names, values[:, :-1]
    notes = [
        note(N_("“{name}” is the same in all rows: nothing can be learned from it."), name=name)
        for name, column in zip(names, values.T, strict=True)
        if np.ptp(column) == 0
    ]
    twins = [
        (names[j], names[k])
        for k in range(len(names))
        for j in range(k)
        if np.ptp(values[:, j]) and np.array_equal(values[:, j], values[:, k])
    ]
    text = N_("“{name}” and “{other}” are the same: which of them counts, nobody can tell.")
    notes += [note(text, name=name, other=other) for name, other in twins]
    if features.shape[1] >= len(values):
        text = N_("With {n} rows and {features} features the fit is perfect whatever the truth: more rows would help.")
        notes.append(note(text, n=len(values), features=features.shape[1]))
    return notes
