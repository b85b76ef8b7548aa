"""What was read from a file: how much, what was left out and why; and which of its columns are learned from."""

import streamlit as st

from core.data.own import MOST_FEATURES
from pages.frame.complaints import verbatim
from pages.sections.brought import Brought, brought, take_columns
from pages.widgets.show import keep
from tables.table import Table
from telling.tables import html_table
from wording import _, language, number

SHOWN_COLUMNS = 12


def show_brought() -> None:
    """Show what was read, or what is wrong with it."""
    now = brought()
    if now is None:
        return
    if now.table is None:
        st.warning(_about_problem(now))
        return
    st.markdown(_summary(now, now.table))
    _choose_columns(now, now.table)
    if now.problem is not None:
        st.warning(now.problem.told())
    _show_notes(now, now.table)
    with st.expander(_("The first rows")):
        st.html(_first_rows(now.table))


def _about_problem(now: Brought) -> str:
    told = now.problem.told() if now.problem else ""
    if not now.name:
        return told
    return f"**{verbatim(now.name)}**: {told}"


def _summary(now: Brought, table: Table) -> str:
    told = {"rows": number(table.n_rows), "columns": number(len(table.columns)), "useful": number(len(table.useful))}
    text = _("{rows} rows, {columns} columns; {useful} of them have numbers or two classes.").format(**told)
    return f"**{verbatim(now.name)}**: {text}" if now.name else text


def _choose_columns(now: Brought, table: Table) -> None:
    names = list(table.useful)
    with st.container(horizontal=True, vertical_alignment="top"):
        keep("own_target", now.target)
        with st.container(width=220):
            st.selectbox(
                _("Target: what is to be predicted"),
                names,
                key="own_target",
                on_change=lambda: take_columns(target=st.session_state.own_target, as_classes=False),
            )
        others = [name for name in names if name != now.target]
        # Other options make another widget, which must have a name of its own to take its value.
        key = f"own_features_{hash(tuple(others))}_{language()}"
        keep(key, list(now.features))
        with st.container(width=320):
            st.multiselect(
                _("Features: what it is predicted from"),
                others,
                key=key,
                max_selections=MOST_FEATURES,
                placeholder=_("Choose one or more"),
                on_change=lambda: take_columns(features=tuple(st.session_state[key])),
            )
    if not now.features:
        st.warning(_("Choose one feature or more. Until then the data stay as they are."))
    if table.useful[now.target].has_two_values and not table.useful[now.target].class_names:
        keep("own_classes", now.as_classes)
        st.toggle(
            _("The two values of the target are classes"),
            key="own_classes",
            on_change=lambda: take_columns(as_classes=st.session_state.own_classes),
        )


def _show_notes(now: Brought, table: Table) -> None:
    notes = [told.told() for told in (*table.notes, *now.notes)]
    few, rest = notes[:4], notes[4:]
    if few:
        st.markdown("\n".join(f"- {told}" for told in few))
    if rest:
        with st.expander(_("More of what was left out")):
            st.markdown("\n".join(f"- {told}" for told in rest))


def _first_rows(table: Table) -> str:
    names = [column.name for column in table.columns[:SHOWN_COLUMNS]]
    more = ["…"] if len(table.columns) > SHOWN_COLUMNS else []
    return html_table(
        _("The first rows"),
        [*names, *more],
        [[*row[:SHOWN_COLUMNS], *more] for row in table.first],
        numbers=False,
    )
