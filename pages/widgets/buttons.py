"""Buttons that change several settings at once: draw a start, and everything as it was."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.frame.session import choose, choose_anew, is_free, is_hidden, is_locked, is_waiting, settings, show_answers
from wording import _


def choose_button(label: str, key: str, chosen: Mapping[str, Any], **more: Any) -> None:
    """Let a person choose several settings at once, unless the link holds one of them; `more` are st.button's own."""
    is_open = all(map(is_free, chosen))
    st.button(label, key=key, on_click=choose, kwargs=dict(chosen), disabled=not is_open, **more)


def draw_button() -> None:
    """Let a person draw the start at random."""
    if is_hidden("draw"):
        return
    st.button(
        _("Random start"),
        on_click=draw_start,
        help=_("Draw the start at random, one neuron's from 0 to 1 as the article does. The seed repeats the draw."),
        key="draw",
        disabled=is_locked("draw"),
    )


def draw_start() -> None:
    """Draw a new start: with the next seed, and without anything typed before."""
    seed = settings().seed
    choose(seed=0 if seed is None else seed + 1, weights=None, bias=None)


def reset_button() -> None:
    """Let a person go back to the data set's own start, learning rate and iterations."""
    if is_hidden("reset"):
        return
    st.button(
        _("Reset"),
        on_click=reset,
        icon=":material/restart_alt:",
        key="reset",
        disabled=is_locked("reset"),
        shortcut="0",
        help=_("The data set's own start, learning rate and iterations again."),
    )


def reset() -> None:
    """Forget everything chosen but the data set and the language, and whether the run is live."""
    now = settings()
    choose_anew(dataset=now.dataset, live=now.live, land=now.land, beat=now.beat)


def board_button() -> None:
    """Let a person show picture, dial and headline alone, large enough for the back row, and come back."""
    if is_hidden("board"):
        return
    on = settings().board
    st.button(
        _("Leave the board") if on else _("Board"),
        on_click=lambda: choose(board=not on),
        key="board",
        disabled=is_locked("board"),
        shortcut="b",
        type="tertiary" if on else "secondary",
        help=_("Picture, dial and headline alone, for the back row."),
    )


def answer_button() -> None:
    """Let a person ask for theory and answers, where the link lets them wait; in a room the teacher reveals them."""
    if is_waiting() and not settings().room:
        st.button(
            _("Show the answer"), key="show_answer", on_click=show_answers, type="primary", icon=":material/lightbulb:"
        )
