"""What is said of a value, of a link or typed, that could not be used: which it was, and what is used instead."""

import re

import streamlit as st

from pages.frame.session import settings
from pages.settings.link import as_text
from pages.settings.own import TOO_MANY
from pages.settings.table import TABLE
from wording import _, language


def complaints() -> list[str]:
    """Return a sentence for each value, of the link or typed, that could not be used, and what is used instead."""
    return [_complaint(*complaint) for complaint in st.session_state.complaints]


def _complaint(name: str, text: str | None, readings: tuple[str, ...] = ()) -> str:
    if text is None:
        return _("{name}: locked by the link, and this would change it. Nothing was changed.").format(
            name=_(TABLE[name].label)
        )
    if name not in TABLE:
        return _("The link sets “{name}”, which does not exist here; it was left out.").format(name=verbatim(name))
    if name == "own":
        return _about_own_data(text)
    row, used = TABLE[name], language() if name == "lang" else as_text(getattr(settings(), name))
    told = {"name": _(row.label), "text": verbatim(text), "value": used or "–"}
    if readings:
        return _(
            "{name}: “{text}” can be read in more than one way: {readings}. Type it as one of these. "
            "Used instead: {value}."
        ).format(**told, readings=", ".join(f"“{verbatim(reading)}”" for reading in readings))
    return _("{name}: “{text}” is not {allowed}. Used instead: {value}.").format(**told, allowed=_(row.kind.allowed))


def _about_own_data(text: str) -> str:
    if text == TOO_MANY:
        return _(
            "These data were too many for a link: open the file again under “Your data”. Used instead: a few points."
        )
    return _("The data in the link cannot be read. Used instead: a few points.")


def verbatim(text: str) -> str:
    """Return the beginning of a foreign text so that Markdown shows it as it is, and � for each sign that none sees."""
    seen = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:60])
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$:~])", r"\\\1", seen)
