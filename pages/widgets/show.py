"""The one door to every control: show(name) puts a setting on the page, as its row in the table says."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.frame.session import choose, choose_typed, is_hidden, is_locked, settings
from pages.settings.choosing import is_allowed
from pages.settings.link import as_text
from pages.settings.places import nearest
from pages.settings.row import Dial, Field, Pair, Pick, Row, SideBySide, Slider, Switch
from pages.settings.table import TABLE
from pages.widgets.dial import show_dial
from wording import _, language, number

NONE = 0
"""Neither of two numbered values."""


def is_shown(name: str) -> bool:
    """Return whether a setting has a place on the page: where it matters, is not only asked for, and is not hidden."""
    row = TABLE[name]
    return row.matters(settings()) and row.shown(settings()) and not is_hidden(name)


def show(name: str, *, title: str | None = None, value: Any = None, hint: str = "") -> None:
    """Show a setting where it matters; with another `title`, or a `value` that only stands in for what was chosen.

    The dial can have a `hint` above its thumb, until it is moved.
    """
    row = TABLE[name]
    if not is_shown(name):
        return
    value = getattr(settings(), name) if value is None else value
    title = title or (row.title(settings()) if row.title else _(row.label))
    match row.widget:
        case Dial():
            show_dial(title, help=_(row.help), hint=hint)
        case Slider():
            _slider_with_field(name, row, row.widget, value)
        case Field(width):
            typed(name, title, value, width(settings()), help=_(row.help) or None)
        case Switch(label):
            st.toggle(_(label) if label else title, help=_(row.help) or None, **bound(name, value))
        case SideBySide(names):
            _named(name, st.segmented_control, title, names(settings()), value, help=_(row.help) or None, required=True)
        case Pick(names):
            _named(name, st.selectbox, title, names(settings()), value, help=_(row.help) or None)
        case Pair(names, instead, called):
            pair = (NONE, NONE) if value == instead else value
            _pair(name, title, {NONE: _(called), **names(settings())}, pair, instead, help=_(row.help) or None)


def _slider_with_field(name: str, row: Row, widget: Slider, value: float) -> None:
    with st.container(horizontal=widget.beside, vertical_alignment="bottom", gap="small"):
        slider(name, row, widget.places(settings()), value, logarithmic=widget.logarithmic)
        if widget.exact:
            typed(name, _("or type it"), value, widget.exact)


def slider(name: str, row: Row, places: tuple[float, ...], value: float, *, logarithmic: bool) -> None:
    """Show a setting on a slider over these places, standing at the nearest one."""
    # Other places or labels make another slider, which must have a name of its own to take its value.
    key = f"{name}_{language()}_{hash(places)}"
    keep(key, nearest(places, value, logarithmic=logarithmic))
    with st.container(key=f"{name}_slider"):
        st.select_slider(
            _(row.label),
            places,
            key=key,
            format_func=_labels(places, language()).__getitem__,
            help=_(row.help) or None,
            disabled=is_locked(name),
            on_change=_take_from_slider,
            args=(name, key),
        )


def _take_from_slider(name: str, key: str) -> None:
    if is_shown(name):  # a slider that is shown no more may still report where it stood
        choose(**{name: st.session_state[key]})


@lru_cache(maxsize=64)
def _labels(places: tuple[float, ...], language: str) -> dict[float, str]:
    return {place: number(place) for place in places}


def typed(name: str, title: str, value: Any, width: int | None = None, **options: Any) -> None:
    """Show a setting as a field for exact values, in the notation of the language; `options` are st.text_input's."""
    keep(name, as_text(value))
    st.text_input(
        title,
        key=name,
        width=width or "stretch",
        disabled=is_locked(name),
        on_change=lambda: choose_typed(name, st.session_state[name]),
        **options,
    )


def _named(name: str, widget: Any, title: str, names: Mapping[Any, str], value: Any, **options: Any) -> None:
    widget(title, list(names), format_func=names.__getitem__, **options, **bound(name, value))


def _pair(
    name: str, title: str, names: Mapping[int, str], value: tuple[int, int], instead: str, **options: Any
) -> None:
    """Show two lists, the second one with what comes after what is picked in the first."""
    first, second = value
    keep(name, first)
    told: dict[str, Any] = {"format_func": names.__getitem__, "on_change": _take_pair, "args": (name, instead)}
    told["disabled"] = is_locked(name)
    st.selectbox(title, [k for k in names if k < len(names) - 1], key=name, **told, **options)
    if first != NONE:
        keep(f"{name}_with", second)
        st.selectbox(_("and"), [k for k in names if k > first], key=f"{name}_with", **told)


def _take_pair(name: str, instead: str) -> None:
    first, second = st.session_state[name], st.session_state.get(f"{name}_with")
    if isinstance(first, int):  # and no old label, when the language changes
        later = second if isinstance(second, int) and second > first else first + 1
        choose(**{name: instead if first == NONE else (first, later)})


def bound(name: str, value: Any) -> dict[str, Any]:
    """Return the arguments that bind a widget to a setting: its key, its value, and what happens when it changes."""
    keep(name, value)
    return {"key": name, "on_change": _take_over, "args": (name,), "disabled": is_locked(name)}


def _take_over(name: str) -> None:
    # When the language changes, a widget reports its old label for a value: that is no choice of anybody's.
    if is_allowed(name, st.session_state[name]):
        choose(**{name: st.session_state[name]})


def keep(key: str, value: Any) -> None:
    """Give a widget its value, unless it has it: a needless one would undo what a quick hand does meanwhile.

    On another page a widget of the same key is another widget, which does not have it yet.
    """
    if st.session_state.get(key) != value or st.session_state.arrived:
        st.session_state[key] = value
