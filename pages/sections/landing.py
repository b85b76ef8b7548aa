"""Land it: a game of one minute, from far away to the best in few iterations and without exploding."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from core.theory.par import par
from core.theory.quadratic import Quadratic, theory
from core.theory.settling import has_arrived
from core.theory.stretches import Stretch, stretches
from core.training import History
from pages.frame import session
from pages.frame.session import choose_anew, is_hidden, is_locked, is_waiting, settings
from pages.room.noting import note_landing
from pages.settings.run import LANDINGS
from pages.settings.table import Settings
from pages.widgets.dial import COLOURS
from telling.landing import invitation, score
from telling.names import regime_names
from wording import _


def landing_button() -> None:
    """Let a person play."""
    if is_hidden("land"):
        return
    st.button(
        _("Land it"),
        key="land_it",
        on_click=land,
        args=(1,),
        disabled=_is_closed(),
        help=_("A game of one minute: steer the run to its goal in few iterations, without exploding."),
    )


def _is_closed() -> bool:
    """Return whether the link forbids the game, or the live run that it is."""
    return is_locked("land") or is_locked("live")


def land(start: int) -> None:
    """Begin a game from one of the starts."""
    choose_anew(dataset=settings().dataset, land=start)


def show_landing(history: History, now: Settings) -> None:
    """Show the game: what is to be done, and once it is done the score, and a link that dares a neighbour."""
    known = theory(history.experiment)
    if not now.land or is_waiting() or known is None or not known.is_plain or not known.has_limits:
        return
    best = par(known, history.parameters[0], now.tolerance)
    landed = history.iterations > 0 and has_arrived(history, known, now.tolerance)
    with st.container(border=True, key="landing"):
        with st.container(horizontal=True, vertical_alignment="center"):
            told = score(history.iterations, now.explosions, best, now.beat)
            task = invitation(now.land, LANDINGS, best, now.tolerance, now.beat)
            st.markdown(f"**{told}**" if landed else task, width="stretch")
            _start_button(_("The same start again"), "land_again", now.land)
            _start_button(_("Next start"), "land_next", now.land % LANDINGS + 1)
        if landed:
            note_landing(history, now.explosions)
            st.html(strip(history, known))
            st.caption(_("This link dares a neighbour to beat you:"))
            st.code(dare(now), language=None)


def _start_button(label: str, key: str, start: int) -> None:
    st.button(label, key=key, on_click=land, args=(start,), disabled=_is_closed())


def dare(now: Settings) -> str:
    """Return the link to the same start, with this score to beat."""
    dataset = {} if now.dataset == "celsius" else {"dataset": now.dataset}
    page = (st.context.url or "").partition("?")[0]
    query = {**dataset, "land": now.land, "beat": now.iterations, "lang": session.current_language()}
    return f"{page}?{urlencode(query)}"


def strip(history: History, known: Quadratic) -> str:
    """Return the schedule as a strip in the regimes' colours, from the first iteration to the last."""
    parts = stretches(history, known.limits)
    said = ", ".join(f"{regime_names()[part.regime]} {part.first}–{part.last}" for part in parts)
    return f'<div class="strip" role="img" aria-label="{escape(said)}">{"".join(map(_piece, parts))}</div>'


def _piece(part: Stretch) -> str:
    style = f"--paint: {COLOURS[part.regime]}; flex-grow: {part.last - part.first}"
    return f'<i class="regime {part.regime.value}" style="{style}" title="{escape(regime_names()[part.regime])}"></i>'
