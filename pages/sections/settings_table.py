"""Tables for those who write links by hand: all settings with their values, and the names of all controls."""

import streamlit as st

from pages.settings.choosing import complete
from pages.settings.controls import CONTROLS
from pages.settings.row import Row
from pages.settings.table import TABLE, Settings
from telling.tables import html_table
from wording import _


def show_settings_table() -> None:
    """Show what a link can hold."""
    st.html(html_table(_("Settings"), _header(), _rows(), numbers=False, cards=True))
    st.header(_("What can be hidden or locked"), anchor=False)
    header = [_("Name in the link"), _("What it is"), _("Holds"), _("Can be locked")]
    st.html(html_table(_("Controls"), header, _controls(), numbers=False, cards=True))


def _header() -> list[str]:
    return [_("Name in the link"), _("What it is"), _("Values"), _("Where none is given"), _("Meaning")]


def _rows() -> list[list[str]]:
    first = complete({})
    return [[name, *_described(row), _default(name, row, first), _meaning(row)] for name, row in TABLE.items()]


def _described(row: Row) -> tuple[str, str]:
    return _(row.label), _(row.kind.allowed)


def _meaning(row: Row) -> str:
    return _(row.help) if row.help else "–"


def _default(name: str, row: Row, settings: Settings) -> str:
    at_first = getattr(settings, name)
    value = "–" if at_first is None else row.kind.write(at_first) or "–"
    return _("follows from the rest; at first {value}").format(value=value) if callable(row.default) else value


def _controls() -> list[list[str]]:
    return [
        [name, _(control.label), ", ".join(control.holds) or "–", _("yes") if control.can_be_locked else _("no")]
        for name, control in CONTROLS.items()
    ]
