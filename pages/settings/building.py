"""A teacher's link: made from the run as it stands, or from none, and from what is to be different in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from pages.settings.asking import EACH_OWN
from pages.settings.choosing import Chosen, changed, complete, fitting
from pages.settings.learner import OWN
from pages.settings.link import to_address
from pages.settings.table import TABLE
from wording import _

TYPED = ("learning_rate", "iterations")
TAKEN_OVER = ("hide", "lock", "wait", "board", "lang", "predict")
OF_THE_TEACHER = {*TAKEN_OVER, "tour", "variant", "room"}
"""Settings of the teacher's own session that a link does not hand on; the wish has its own ones."""
READABLE = ",:"
"""Signs that need no code in a link."""


@dataclass(frozen=True)
class Wish:
    """What a link is to be: its page, and what it sets; an empty text leaves that as it is in the run.

    `as_it_stands` begins with the run of the teacher's session, else with the first one there is.
    """

    page: str = "train"
    as_it_stands: bool = True
    dataset: str = ""
    learning_rate: str = ""
    iterations: str = ""
    lang: str = ""
    board: bool = False
    wait: bool = False
    predict: str = ""
    own_numbers: bool = False
    hide: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()


@dataclass(frozen=True)
class Built:
    """A link: the settings that it chooses, and a (name, text) for each text that is no value of its setting."""

    chosen: Chosen
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> dict[str, str]:
        """What the link holds."""
        return to_address(self.chosen)


def begun(session: Chosen, wish: Wish) -> Chosen:
    """Return what the link begins with: the run as it stands, of the data set that was picked.

    The `session` may know own data that are not in force.
    """
    run = {name: value for name, value in session.items() if name not in OF_THE_TEACHER} if wish.as_it_stands else {}
    if wish.dataset == OWN != run.get("dataset") and OWN in session:
        return changed(run, dataset=OWN, own=session[OWN])
    return changed(run, dataset=wish.dataset) if wish.dataset else run


def built(session: Chosen, wish: Wish) -> Built:
    """Return the link of a wish, beside what the session has chosen; the session's own choice stays as it is."""
    chosen, faults = begun(session, wish), []
    for name in TYPED:
        if text := getattr(wish, name).strip():
            try:
                chosen = changed(chosen, **{name: fitting(name, TABLE[name].kind.parse(text), complete(chosen))})
            except (ValueError, OverflowError):
                faults.append((name, text))
    values: dict[str, Any] = {name: getattr(wish, name) or None for name in TAKEN_OVER}
    values["variant"] = EACH_OWN if wish.predict and wish.own_numbers else None
    return Built(changed(chosen, **values), faults)


def link(place: str, page: str, address: Mapping[str, str]) -> str:
    """Return the link to a page of the app that is at `place`, an address without a slash at its end."""
    query = urlencode(address, safe=READABLE, quote_via=quote)
    return f"{place}/{page}{'?' if query else ''}{query}"


def embedded(address: str) -> str:
    """Return the link with which Streamlit leaves its own frame out."""
    return f"{address}{'&' if '?' in address else '?'}embed=true"


def snippet(address: str, width: int, height: int) -> str:
    """Return the HTML that shows a link inside another page."""
    return (
        f'<iframe src="{escape(embedded(address))}" title="{escape(_("Overshoot: watch one neuron learn"))}" '
        f'width="{width}" height="{height}" style="border: 0; max-width: 100%" allow="clipboard-write; fullscreen">'
        "</iframe>"
    )
