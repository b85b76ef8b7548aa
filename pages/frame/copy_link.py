"""Buttons that copy: the address of the page, which opens the same run elsewhere, or any other text."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from wording import _

SCRIPT = Path(__file__).with_name("copy_link.js")


def copy_link_button() -> None:
    """Show the button."""
    words = {
        "copy": _("Copy link"),
        "short": _("Link"),
        "copied": _("Link copied"),
        "failed": _("Copy it from the address bar"),
        "help": _("The link opens this page with these settings elsewhere."),
    }
    with st.container(key="copy_link"):
        _component()(key="link", data={"words": words})


def copy_button(name: str, text: str, label: str, done: str) -> None:
    """Show a button that copies a text; `done` is said afterwards."""
    words = {"copy": label, "short": "", "copied": done, "failed": _("Select it and copy it"), "help": ""}
    with st.container(key=f"copy_{name}"):
        _component()(key=f"copying_{name}", data={"words": words, "text": text})


@cache
def _component() -> Any:
    button = '<button class="unfilled" type="button"><span></span><span aria-hidden="true"></span></button>'
    html = f'{button}<span role="status" class="player-spoken"></span>'
    return st.components.v2.component(
        "copy_link", html=html, js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
