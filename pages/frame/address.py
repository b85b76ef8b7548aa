"""The address of the page: what it asks for is read once, and what the page shows is written into it.

The browser's history has one entry a page, and settings replace its query; that is the business of `address.js`.
What the browser sends with every run is no news: it may be older than what was written last. An address counts when
a session begins, and when a person goes back or forth in the browser's history.
"""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

SCRIPT = Path(__file__).with_name("address.js")


def asked(*, is_new: bool) -> dict[str, str] | None:
    """Return the settings that a person asks for by the address of this run; None when nobody asks for any.

    `is_new` says that the session has shown nothing yet. In the history, an address without settings asks for nothing:
    it is that of a page which was left before its settings were written.
    """
    address = st.query_params.to_dict()
    context = get_script_run_ctx()
    if is_new or (address and context is not None and context.is_history_navigation):
        return address
    return None


def publish(page: str, pages: list[str], address: dict[str, str]) -> None:
    """Have the browser write the settings into the address of this page, one of the app's pages."""
    context = get_script_run_ctx()
    asked = context.query_string if context else ""
    data = {"page": page, "pages": pages, "query": urlencode(address), "asked": asked, "order": _order()}
    _component()(key="address", data=data, on_returned_change=lambda: None)
    # After a way back the browser sends that address again and again, unless it is told another one. Not at the very
    # first, for then Streamlit may be told before the script that keeps it from making an entry of it is there.
    if "published" in st.session_state and st.query_params and st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state.published = data


def keep_up(address: dict[str, str]) -> None:
    """Have the browser write what has become of the settings, while a part of the page runs alone."""
    if st.query_params.to_dict() != address:  # what Streamlit would ask a server for that was started again
        st.query_params.from_dict(address)
    data = {**st.session_state.published, "query": urlencode(address), "order": _order(), "part": True}
    _component()(key="address_of_part", data=data, on_returned_change=lambda: None)


def _order() -> tuple[str, int]:
    """Return the session, and how many addresses it has written: the browser may be told an earlier one once more."""
    context = get_script_run_ctx()
    st.session_state.addresses = st.session_state.get("addresses", 0) + 1
    return context.session_id if context else "", st.session_state.addresses


@cache
def _component() -> Any:
    hidden = ".st-key-address, .st-key-address_of_part { display: none; }"
    return st.components.v2.component(
        "address", css=hidden, js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
