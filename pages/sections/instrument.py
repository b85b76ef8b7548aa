"""The instrument: headline, pictures and dial, which answer while the dial is dragged."""

from html import escape
from pathlib import Path

import streamlit as st

from charts.iterations import IterationScale, frame_iterations, live_end, pace, portion_iterations
from charts.prediction import leaves_picture_at
from core.schedule import constant
from core.theory.factors import has_factors
from core.theory.in_force import LimitKind, limit_kind, limits_along
from core.theory.limits import Limits
from core.theory.quadratic import theory
from core.training import History
from pages.frame.address import keep_up
from pages.frame.live import live_while
from pages.frame.runs import history_of, live_history_of
from pages.frame.session import choose, chosen, is_untouched, settings
from pages.player.player import Live, Picture, player
from pages.sections.details import original_units
from pages.sections.landing import show_landing
from pages.sections.left_out import show_left_out, take_clicked_neuron
from pages.sections.pictures import curves_picture, diagram_picture, prediction_picture, valley_picture
from pages.sections.rescaling import show_rescaling
from pages.sections.tour import show_tour, tour_button
from pages.settings.data import experiment_of, held_out
from pages.settings.link import to_address
from pages.settings.places import MAX_ITERATIONS
from pages.settings.schedules import MAX_ENTRIES
from pages.settings.table import Settings
from pages.steering.reports import (
    answered,
    hand_is_on_line,
    is_playing,
    portion,
    portion_is_shown,
    rewind,
    take_reports,
)
from pages.steering.turns import is_full
from pages.widgets.buttons import board_button
from pages.widgets.dial import COLOURS, is_held
from pages.widgets.show import show
from telling.captions import short_captions
from telling.headline import Headline, headline, two_numbers
from telling.live import ahead, pause, way_back
from telling.ways import ways
from telling.why import why
from wording import _, number, unlike

HEIGHT, BOARD_HEIGHT = 300, 400
BOARD_STYLE = Path(__file__).with_name("board.css").read_text(encoding="utf-8")


@live_while(lambda: is_held() or is_playing())
def show_instrument() -> None:
    """Show what the run does, in words and in pictures, and the dial that changes it."""
    now = settings()
    history = live_history_of(experiment_of(now)) if now.live else history_of(experiment_of(now))
    known = theory(history.experiment)
    if known and known.is_plain:
        show_tour(known.limits)
    part = portion()
    seen = history if part is None else history.until(part.since)
    show_landing(seen, now)
    line = headline(seen, now.tolerance if now.live else None)
    show_headline(line, seen, now)
    show_pictures(history, now, live_now(line, seen, now))
    if now.standardise:
        st.markdown(original_units(history, now))
    if now.muted:
        show_left_out(seen, now)
    if is_playing():
        keep_up(to_address(chosen()))
    portion_is_shown()
    show("learning_rate", hint=_("Drag me to the right until it overshoots →") if is_untouched() else "")


def show_headline(line: Headline, history: History, now: Settings) -> None:
    """Show the headline, the two numbers that matter, and all the rest on request.

    Who has just come reads in place of the numbers what this is, and can be shown around.
    """
    st.html(f"<h1>{_marked(line)}</h1>")
    if now.board:
        st.html(f"<style>{BOARD_STYLE}</style>")
        board_button()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="two_numbers"):
        welcome = _("One neuron learns to turn Celsius into Fahrenheit. How fast should it learn?")
        st.markdown(welcome if is_untouched() else _numbers(history, now), width="content")
        if is_untouched():
            tour_button()
        if now.live and history.diverged_at:
            st.button(way_back(history), key="way_back", on_click=rewind, type="primary")
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
    if known and known.is_closed and known.has_limits:
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


def show_pictures(history: History, now: Settings, live: Live) -> None:
    """Show prediction and curves, and the valley between them where it is asked for, playing in step."""
    iterations, scale = _frames(history, now), _scale(history, now)
    pictures = _pictures(history, now, iterations, scale)
    left_at = leaves_picture_at(pictures[0].figure)
    player(
        pictures,
        short_captions(history, iterations, None if now.live else left_at, held_out(now)),
        key="train",
        height=BOARD_HEIGHT if now.board else HEIGHT,
        scale=scale,
        seconds=pace(iterations, left_at),
        ways=ways(history, iterations),
        live=live,
        on_report=take_reports,
        held=(is_held() and not now.live) or hand_is_on_line(),
        autoplay=is_untouched(),
        large=now.board,
        limits=_moving_limits(history, iterations),
        on_click=take_clicked_neuron if now.model == "network" else None,
    )


def _moving_limits(history: History, iterations: list[int]) -> list[Limits]:
    """Return the limits at each frame, where they move."""
    now = history.experiment
    is_moving = limit_kind(now) is LimitKind.MOVING and has_factors(now.optimiser)
    return limits_along(history, iterations) if is_moving else []


def _frames(history: History, now: Settings) -> list[int]:
    part = portion()
    if part is None:
        return frame_iterations(history.iterations, now.rows)
    return portion_iterations(min(part.since, history.iterations), history.iterations, part.pace)


def _scale(history: History, now: Settings) -> IterationScale:
    last = live_end(history.iterations) if now.live else history.iterations
    return IterationScale(last, now.iteration_axis == "log")


def live_now(line: Headline, history: History, now: Settings) -> Live:
    """Return what the player must know of the live run, or that there is none yet."""
    part = portion()
    turned = st.session_state.get("dial_answered", 0)
    if part is None:
        return Live(now.live, answered(), turned, pause(history, now.tolerance, MAX_ITERATIONS))
    return Live(now.live, answered(), turned, line.word, True, part.pace, part.stops)


def _pictures(history: History, now: Settings, iterations: list[int], scale: IterationScale) -> list[Picture]:
    known, held = theory(history.experiment), held_out(now)
    prediction = prediction_picture(
        history, iterations, with_trail=now.trail, recent=now.live, handles=True, muted=now.muted, held_out=held
    )
    if now.board:
        return [prediction]
    valley = [valley_picture(history, known, iterations)] if known and now.valley else []
    diagram = [diagram_picture(history, iterations, now.muted)] if now.model == "network" else []
    curves = curves_picture(history, iterations, now.watch, now.loss_axis, scale, live=now.live, held_out=held)
    return [prediction, *valley, *diagram, curves]
