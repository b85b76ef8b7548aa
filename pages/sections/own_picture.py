"""The picture of own data, into which points are clicked."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from charts.own_points import own_points_figure
from pages.frame.session import is_free
from pages.player.player import Picture, player
from pages.sections.brought import begin_anew, draft, put
from pages.settings.draft import Draft, rounded_place
from pages.settings.learner import OWN
from wording import _, number

KEY = "own_points"
HEIGHT = 330


def show_picture() -> None:
    """Show the points, and take those that are clicked into the picture."""
    now = draft()
    if _needs_class(now) and is_free(OWN):
        st.segmented_control(
            _("New points are"), list(now.class_names), default=now.class_names[0], required=True, key="own_class"
        )
    player([_picture(now)], key=KEY, height=HEIGHT, on_place=take_place if takes_places(now) and is_free(OWN) else None)
    if is_free(OWN):
        with st.container(horizontal=True, vertical_alignment="center"):
            _buttons(now)
        st.markdown(_hint(now))


def takes_places(now: Draft) -> bool:
    """Return whether a place in the picture is a row: of one feature, or of two and a class."""
    return len(now.names) == 2 or _needs_class(now)


def _needs_class(now: Draft) -> bool:
    return bool(now.class_names) and len(now.names) == 3


def _figure(now: Draft) -> dict[str, Any]:
    rows = np.array(now.complete_rows).reshape(-1, len(now.names))
    return own_points_figure(now.names, rows, now.class_names, is_from_scratch=now.is_from_scratch)


def _picture(now: Draft) -> Picture:
    alt = _("Your data: {n} points.").format(n=number(len(now.complete_rows)))
    return Picture(_figure(now), alt)


def _hint(now: Draft) -> str:
    if takes_places(now):
        return _("Click into the picture to add a point. From the keyboard: type it into the grid.")
    return _("The picture shows the target over the first feature. Points are added in the grid.")


def _buttons(now: Draft) -> None:
    st.button(
        _("Remove the last point"),
        key="own_undo",
        on_click=_undo,
        disabled=not now.rows,
        icon=":material/undo:",
    )
    st.button(_("Begin anew"), key="own_clear", on_click=begin_anew, icon=":material/delete:")


def _undo() -> None:
    put(draft().without_last_row())


def take_place() -> None:
    """Add a point where somebody clicked: what a browser reports is looked at before it is believed."""
    report, now = st.session_state[KEY].placed, draft()
    if not isinstance(report, dict) or not takes_places(now):
        return
    layout = _figure(now)["layout"]
    x, y = (_within(report.get(name), layout[f"{name}axis"]["range"]) for name in ("x", "y"))
    if x is not None and y is not None:
        put(now.with_row(_row(now, x, y)))


def _within(value: Any, ends: Sequence[float]) -> float | None:
    if type(value) not in (int, float) or not ends[0] <= value <= ends[1]:
        return None
    return rounded_place(value, ends[1] - ends[0])


def _row(now: Draft, x: float, y: float) -> tuple[float, ...]:
    if _needs_class(now):
        name = st.session_state.get("own_class")
        return x, y, float(name == now.class_names[1])
    return (x, float(y >= 0.5)) if now.class_names else (x, y)
