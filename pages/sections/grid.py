"""The grid in which own data are typed and changed; it is Streamlit's own, which pandas stands behind."""

from functools import cache
from typing import Any

import streamlit as st

from pages.sections.brought import draft, put, take_edits
from pages.settings.draft import Draft, column_key
from wording import _, number

MOST_EDITED = 200
"""More rows than these nobody edits by hand, and each would be sent anew with every change."""


def show_grid() -> None:
    """Show the rows, to be changed, added and deleted; of very many only how many there are."""
    now = draft()
    incomplete = len(now.rows) - len(now.complete_rows)
    if len(now.rows) > MOST_EDITED:
        st.markdown(_("{n} rows are too many to be edited here.").format(n=number(len(now.rows))))
        return
    grid: Draft = st.session_state.grid
    key = f"grid_{st.session_state.grid_number}"
    st.data_editor(
        _frame(grid),
        key=key,
        num_rows="dynamic",
        height=260,
        hide_index=True,
        column_config=_columns(grid),
        on_change=lambda: take_edits(st.session_state[key]),
    )
    if incomplete:
        st.markdown(_("Rows that are not complete yet: {n}. They wait until they are.").format(n=number(incomplete)))


def _frame(grid: Draft) -> Any:
    """Return the rows as a data frame, of classes with their names."""
    pandas = _pandas()
    columns = {column_key(k): [row[k] for row in grid.rows] for k in range(len(grid.names))}
    frame = {name: pandas.Series(values, dtype="float64") for name, values in columns.items()}
    if grid.class_names:
        target = column_key(len(grid.names) - 1)
        named = [None if value is None else grid.class_names[int(value)] for value in columns[target]]
        frame[target] = pandas.Series(named, dtype="object")
    return pandas.DataFrame(frame)


@cache
def _pandas() -> Any:
    """Import pandas when somebody first sees a grid."""
    import pandas

    return pandas


def _columns(grid: Draft) -> dict[str, Any]:
    """Return how the grid shows each column: named, as a number with all its digits, or as one of the two classes."""
    shown: dict[str, Any] = {
        column_key(k): st.column_config.NumberColumn(name, step=None) for k, name in enumerate(grid.names)
    }
    if grid.class_names:
        last = len(grid.names) - 1
        shown[column_key(last)] = st.column_config.SelectboxColumn(grid.names[last], options=list(grid.class_names))
    return shown


def names_control() -> None:
    """Let a person name the columns."""
    now = draft()
    with st.popover(_("Names")):
        for k, name in enumerate(now.names):
            title = _("Target") if k == len(now.names) - 1 else _("Feature {k}").format(k=number(k + 1))
            st.text_input(title, name, key=f"name_{k}_{name}", max_chars=24, on_change=_rename)


def _rename() -> None:
    now = draft()
    put(now.renamed([st.session_state[f"name_{k}_{name}"] for k, name in enumerate(now.names)]))
