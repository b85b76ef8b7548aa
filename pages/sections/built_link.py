"""A link that was built: to copy, as a QR code, inside another page, and as it looks."""

from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st
from segno.encoder import DataOverflowError

from pages.frame.copy_link import copy_button
from pages.settings.building import snippet
from wording import _

QUIET = 4
"""Modules of light margin that a QR code needs."""
ONLY_HERE = {"localhost", "127.0.0.1", "::1"}
WIDTH, HEIGHT = 1000, 760
PREVIEW_HEIGHT = 760


def place() -> str:
    """Return where the browser finds this app, without a slash at the end: a server behind a proxy does not know."""
    return (st.context.url or "").rpartition("/")[0]


def show_link(address: str) -> None:
    """Show the link, with a button that copies it, and its QR code."""
    st.code(address, language=None, wrap_lines=True)
    copy_button("built", address, _("Copy this link"), _("Link copied"))
    _show_code(address)
    if urlsplit(address).hostname in ONLY_HERE:
        st.info(
            _(
                "Only this machine can open this link. For a room start the app with `make class`, and open this page "
                "at the address that it prints: then link and QR code hold that address."
            ),
            icon=":material/wifi_off:",
        )


def _show_code(address: str) -> None:
    if (code := qr_code(address)) is None:
        st.info(_("This link is too long for a QR code: begin with a fresh page, or with fewer changes."))
        return
    st.html(_picture(code, "qr"))
    if st.button(_("Show it to the back row"), icon=":material/fullscreen:", key="large_code"):
        st.dialog(_("Scan this with a phone"), width="large")(lambda: st.html(_picture(code, "qr large")))()


def qr_code(address: str) -> str | None:
    """Return the QR code as an SVG's address, dark on light whatever the page is; None where the link is too long."""
    try:
        code = segno.make(address, error="m", micro=False, boost_error=False)
    except DataOverflowError:
        return None
    return code.svg_data_uri(border=QUIET, scale=8, dark="#000", light="#fff")


def _picture(code: str, kind: str) -> str:
    return f'<img class="{kind}" alt="{escape(_("QR code of the link"))}" src="{escape(code)}">'


def show_embedding(address: str) -> None:
    """Show the HTML that puts the page into another one."""
    with st.container(horizontal=True):
        width = st.number_input(_("Width"), 200, 4000, WIDTH, 20, key="embed_width", width=160)
        height = st.number_input(_("Height"), 200, 4000, HEIGHT, 20, key="embed_height", width=160)
    html = snippet(address, int(width), int(height))
    st.code(html, language="html", wrap_lines=True)
    copy_button("snippet", html, _("Copy the snippet"), _("Snippet copied"))
    st.caption(_("A page that is served with https shows only what is served with https, too."))


def show_preview(address: str) -> None:
    """Show the link as it looks, once somebody asks for it."""
    if st.toggle(_("Preview"), key="preview", help=_("It is a visitor of its own: your session stays as it is.")):
        st.iframe(address, height=PREVIEW_HEIGHT)
