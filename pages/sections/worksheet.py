"""The worksheet: variants of it for neighbours, their keys, and a button that prints both."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from core.lesson.variant import Variant
from telling.worksheet import answer_key, worksheet
from wording import _

HERE = Path(__file__).parent
LARGEST, MOST = 999, 12
"""The last variant there is, and how many are printed at once."""


def show_worksheet() -> None:
    """Show the worksheet as it is printed, and let a teacher choose the variants."""
    st.header(_("Worksheet"), anchor=False)
    st.markdown(
        _(
            "A question for each lesson, on two pages for A4 or Letter, and the key. Neighbours get other numbers: "
            "each variant has its own."
        ),
        width=900,
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="worksheet_controls"):
        first = _whole(_("First variant"), "worksheet_first", 1, LARGEST)
        count = _whole(_("How many variants"), "worksheet_count", 2, MOST)
        with_key = st.toggle(_("Print the key, too"), value=True, key="worksheet_with_key")
        _component()(key="worksheet_print", data={"print": _("Print")})
    sheets = _sheets(first, count, with_key=with_key)
    with st.container(height=560, key="worksheet_preview"):
        st.html(f'<div class="sheets">{sheets}</div>')


def _whole(label: str, key: str, value: int, largest: int) -> int:
    return int(st.number_input(label, 1, largest, value, key=key, width=170))


def _sheets(first: int, count: int, *, with_key: bool) -> str:
    """Return the sheets of all variants, and behind them their keys."""
    variants = [Variant(number) for number in range(first, first + count)]
    keys = map(answer_key, variants) if with_key else ()
    return "".join([*map(worksheet, variants), *keys])


@cache
def _component() -> Any:
    return st.components.v2.component(
        "worksheet",
        html='<button type="button"></button>',
        css=(HERE / "worksheet.css").read_text(encoding="utf-8"),
        js=(HERE / "worksheet.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
