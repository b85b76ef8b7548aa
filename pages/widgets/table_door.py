"""The door for tables: a file is dropped, chosen or pasted there, read in the browser, and reported as its bytes."""

import base64
import binascii
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.player.joining import registered
from tables.decoding import MOST_BYTES
from wording import _, number

HERE = Path(__file__).parent
KEY = "table_door"
LONGEST_NAME = 200


def table_door(take: Callable[[str, bytes], None]) -> None:
    """Show the door; `take` is given the name, empty of what was pasted, and the bytes of all that comes in."""
    words = {
        "invitation": _("Drop a CSV file here, or"),
        "choose": _("choose one"),
        "file": _("Choose a CSV file"),
        "paste": _("Or paste cells from a spreadsheet here"),
        "read": _("Read it"),
        "reading": _("Reading …"),
        "failed": _("The browser cannot read this file."),
        "too_large": _("This file is larger than {most} MB. Take a part of it.").format(
            most=number(MOST_BYTES / 2**20)
        ),
    }
    data = {"words": words, "most": MOST_BYTES, "answered": st.session_state.get("door_answered", 0)}
    _component()(key=KEY, data=data, on_brought_change=lambda: _report(take))


def _report(take: Callable[[str, bytes], None]) -> None:
    """Pass on what came in, unless it is not what the door sends: it is somebody's input."""
    report = getattr(st.session_state.get(KEY), "brought", None)
    if not isinstance(report, dict):
        return
    st.session_state.door_answered = report["n"] if type(report.get("n")) is int else 0
    name, content = report.get("name"), report.get("content")
    if isinstance(name, str) and isinstance(content, str) and len(content) <= 4 * MOST_BYTES / 3 + 4:
        try:
            take(name[:LONGEST_NAME], base64.b64decode(content, validate=True))
        except binascii.Error:
            return


@cache
def _component() -> Any:
    return registered("table_door", HERE, ["table_door.js"])
