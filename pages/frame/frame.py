"""What the pages about a run have in common: the controls on the left, the picture beside them, and lessons' ends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.frame import session
from pages.settings.table import TABLE
from pages.widgets.buttons import draw_button
from pages.widgets.show import is_shown, show
from wording import _, language

Control = str | Callable[[], None]
"""The name of a setting, or what draws a control that is none."""

DATA_CONTROLS: tuple[Control, ...] = ("noise", "noise_seed", "features", "target", "gap")
START_CONTROLS: tuple[Control, ...] = ("weights", "bias", draw_button, "seed")
RUN_CONTROLS: tuple[Control | Sequence[Control], ...] = (
    "dataset",
    "learning_rate",
    "iterations",
    DATA_CONTROLS,
    START_CONTROLS,
    ("standardise", "summed"),
)
"""What every page about a run lets a person change."""


@contextmanager
def controls_beside(*controls: Control | Sequence[Control]) -> Iterator[DeltaGenerator]:
    """Show the controls in a narrow column, a group in one row, and beside them the picture that the block draws.

    The block is given a container for what stands under the picture: on a phone the controls come before that.
    """
    left, right = st.columns([1, 3], gap="medium")
    with left, st.container(key="controls"):
        for control in controls:
            _show(control)
    with right:
        picture, below = st.container(key="picture"), st.container(key="below_picture")
    with picture:
        yield below


def _show(control: Control | Sequence[Control]) -> None:
    if isinstance(control, str):
        show(control)
    elif callable(control):
        control()
    elif any(callable(part) or is_shown(part) for part in control):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            for part in control:
                _show(part)


def folded(label: str, controls: Sequence[Control], group: str = "") -> None:
    """Show controls that are seldom used behind a button; nothing where none matters or the `group` is hidden."""
    if not session.is_hidden(group) and any(callable(part) or is_shown(part) for part in controls):
        with st.popover(label):
            for control in controls:
                _show(control)


def unfolding(label: str, key: str, show_all: Callable[[], None]) -> None:
    """Show something behind its label, which costs nothing until somebody unfolds it."""
    part = st.expander(label, key=f"{key}_{language()}", on_change="rerun")
    if part.open:
        with part:
            show_all()


def opening(text: str) -> None:
    """Show the sentences that open a lesson."""
    st.markdown(text, width=900)


def tasks(items: Sequence[tuple[str, Mapping[str, str]]], page: str) -> None:
    """Show tasks, each with a button that sets it up, with the same words as a link: names and values of settings."""
    if session.is_hidden("tasks"):
        return
    st.header(_("Try this"), anchor=False)
    for k, (text, address) in enumerate(items):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(text)
            is_locked = any(map(session.is_locked, address))
            st.button(_("Set up"), key=f"{page}_task_{k}", on_click=set_up, args=(address,), disabled=is_locked)


def set_up(address: Mapping[str, str]) -> None:
    """Start from the data set's own settings, and take over those of the task."""
    session.choose_anew(**{name: TABLE[name].kind.read(text) for name, text in address.items()})
