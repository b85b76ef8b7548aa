"""The headline of a run, the two numbers that matter, and the rest on request; all of it waits if a link says so."""

from html import escape
from pathlib import Path

import streamlit as st

from core.schedule import constant
from core.theory.quadratic import theory
from core.training import History
from pages.frame.session import choose, is_free, is_hidden, is_untouched, is_waiting
from pages.room.asking import question
from pages.sections.rescaling import show_rescaling
from pages.sections.tour import tour_button
from pages.settings.places import MAX_ITERATIONS
from pages.settings.schedules import MAX_ENTRIES
from pages.settings.table import Settings
from pages.steering.reports import portion, rewind
from pages.steering.turns import is_full
from pages.widgets.buttons import answer_button, board_button
from pages.widgets.dial import COLOURS
from telling.headline import Headline, two_numbers
from telling.live import ahead, pause, way_back
from telling.why import why
from wording import _, number, unlike

BOARD_STYLE = Path(__file__).with_name("board.css").read_text(encoding="utf-8")


def show_headline(line: Headline, history: History, now: Settings) -> None:
    """Show the headline, the two numbers that matter, and all the rest on request.

    Who has just come reads in place of the numbers what this is, and can be shown around.
    """
    asked, first = question()
    st.html(f"<h1>{escape(asked) if is_waiting() else _marked(line)}</h1>")
    if now.board:
        st.html(f"<style>{BOARD_STYLE}</style>")
        answer_button()
        board_button()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="two_numbers"):
        if is_waiting():
            st.markdown(first, width="content")
            answer_button()
        else:
            _show_answers(history, now)
        if now.live and history.diverged_at:
            label = _("Back to before the explosion") if is_waiting() else way_back(history)
            st.button(label, key="way_back", on_click=rewind, type="primary")


def _show_answers(history: History, now: Settings) -> None:
    welcome = _("One neuron learns to turn Celsius into Fahrenheit. How fast should it learn?")
    st.markdown(welcome if is_untouched() else _numbers(history, now), width="content")
    if is_untouched():
        tour_button()
    if not is_hidden("why"):
        with st.popover(_("Why?"), type="tertiary"):
            st.markdown("\n\n".join(why(history)))
            show_known_rates(history)
            show_rescaling()


def _numbers(history: History, now: Settings) -> str:
    """Say the two numbers that matter; of a live run what lies ahead, too, or why it has paused."""
    if not now.live:
        return two_numbers(history)
    if is_full(now):
        return _("This run has had {count} changes, as many as fit into a link.").format(count=number(MAX_ENTRIES))
    paused = portion() is None and pause(history, now.tolerance, MAX_ITERATIONS)
    return paused or f"{two_numbers(history)} {ahead(history, now.tolerance)}"


def show_known_rates(history: History) -> None:
    """Offer the rates that the theory knows: the fastest one, and the limit."""
    known = theory(history.experiment)
    if known and known.is_closed and known.has_limits and is_free("learning_rate"):
        fastest, limit = known.limits.fastest, known.limits.stable
        with st.container(horizontal=True):
            rate_button(_("Fastest in the long run: {rate}"), "fastest", fastest, limit)
            rate_button(_("The limit: {rate}"), "stable", limit, fastest)


def rate_button(label: str, key: str, rate: float, other: float) -> None:
    """Let a person take a learning rate, written with enough digits to tell it from another one."""
    st.button(
        label.format(rate=unlike(rate, other, 3)), key=key, on_click=choose, kwargs={"learning_rate": constant(rate)}
    )


def _marked(line: Headline) -> str:
    if line.regime is None:
        return escape(str(line))
    paint = f"--paint: {COLOURS[line.regime]}"
    word = f'<mark><i class="regime {line.regime.value}" style="{paint}"></i>{escape(line.word)}</mark>'
    return escape(line.sentence).format(word=word)
