"""The link builder: what a teacher wants a link to open, hide and lock; the teacher's own session stays as it is."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from pages.frame import session
from pages.frame.complaints import verbatim
from pages.settings.building import Built, Wish, begun, built
from pages.settings.choosing import Chosen, complete
from pages.settings.controls import CONTROLS, LOCKABLE
from pages.settings.data import english_names
from pages.settings.learner import OWN
from pages.settings.link import as_text
from pages.settings.own import MOST_LINKED, TOO_MANY
from pages.settings.table import TABLE
from pages.widgets.show import keep
from telling.predicting import question_names
from wording import LANGUAGES, _, language, number

KEY = "teach"


def wish() -> Wish:
    """Return what this session has wished so far."""
    return Wish(**st.session_state.get(KEY, {}))


def build(pages: Mapping[str, str]) -> Built:
    """Show the wishes, of which the `pages` are the first, and return the link that they make."""
    _pick("page", _("Page"), st.selectbox, pages)
    begin = {True: _("the run as it stands"), False: _("a fresh page")}
    _pick("as_it_stands", _("Begin with"), st.segmented_control, begin, required=True)
    names = {"": _("as it is"), **{slug: _(name) for slug, name in english_names().items()}}
    _pick("dataset", _("Data set"), st.selectbox, names)
    with st.container(horizontal=True):
        for name in ("learning_rate", "iterations"):
            _field(name)
    _pick("lang", _("Language"), st.segmented_control, _languages(), required=True)
    with st.container(horizontal=True):
        _switch("board", _("Board: for the back row"))
        _switch("wait", _("Answers wait until asked for"))
    _question()
    _several("hide", _("Hide"), tuple(CONTROLS), _("What is hidden is not on the page."))
    _several("lock", _("Lock"), LOCKABLE, _(TABLE["lock"].help))
    return _told(built(_known(), wish()))


def _question() -> None:
    """Show which question comes first, and whose numbers it has."""
    _pick("predict", _(TABLE["predict"].label), st.selectbox, question_names(), help=_(TABLE["predict"].help))
    if wish().predict:
        whose = {False: _("the same numbers for everybody"), True: _("own numbers for each")}
        _pick("own_numbers", _("Its numbers"), st.segmented_control, whose, required=True)


def _known() -> Chosen:
    return {**session.known_own(), **session.chosen()}


def _told(link: Built) -> Built:
    """Return the link, after a complaint about each text that is no value, and about data that it cannot carry."""
    if link.address.get(OWN) == TOO_MANY:
        text = _(
            "Your data are too many for a link: who opens it gets five points in their place. Up to {most} rows travel."
        )
        st.warning(text.format(most=number(MOST_LINKED)), icon=":material/link_off:")
    for name, text in link.faults:
        complaint, row = _("{name}: “{text}” is not {allowed}. It was left out of the link."), TABLE[name]
        told = complaint.format(name=_(row.label), text=verbatim(text), allowed=_(row.kind.allowed))
        st.warning(told, icon=":material/link_off:")
    return link


def _languages() -> dict[str, str]:
    return {"": _("the visitor's own"), **{slug: slug.upper() for slug in LANGUAGES}}


def _key(name: str) -> str:
    """Return the widget's key: in another language it is another widget, for it reports its labels."""
    return f"{KEY}_{name}_{language()}"


def _take(name: str, key: str) -> None:
    value = st.session_state[key]
    st.session_state[KEY] = {**asdict(wish()), name: tuple(value) if isinstance(value, list) else value}


def _bound(name: str, value: Any) -> dict[str, Any]:
    key = _key(name)
    keep(key, value)
    return {"key": key, "on_change": _take, "args": (name, key)}


def _pick(name: str, label: str, widget: Callable[..., Any], names: Mapping[Any, str], **more: Any) -> None:
    widget(label, list(names), format_func=names.__getitem__, **more, **_bound(name, getattr(wish(), name)))


def _field(name: str) -> None:
    now = complete(begun(_known(), wish()))
    bound = _bound(name, getattr(wish(), name))
    st.text_input(_(TABLE[name].label), placeholder=as_text(getattr(now, name)), **bound)


def _switch(name: str, label: str) -> None:
    st.toggle(label, **_bound(name, getattr(wish(), name)))


def _several(name: str, label: str, names: tuple[str, ...], help: str) -> None:
    labels = {control: f"{_(CONTROLS[control].label)} · {control}" for control in names}
    # In the order of the list, as the link has them, and not in that of the clicks.
    chosen = [control for control in names if control in getattr(wish(), name)]
    told: dict[str, Any] = {"format_func": labels.__getitem__, "help": help, "placeholder": _("nothing")}
    st.multiselect(label, names, select_all=False, **told, **_bound(name, chosen))
