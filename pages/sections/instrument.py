"""The instrument: headline, pictures and dial, which answer while the dial is dragged."""

import streamlit as st

from charts.iterations import IterationScale, frame_iterations, live_end, pace, portion_iterations
from charts.prediction import leaves_picture_at
from core.theory.factors import has_factors
from core.theory.in_force import LimitKind, limit_kind, limits_along
from core.theory.limits import Limits
from core.training import History
from pages.frame.address import keep_up
from pages.frame.answers import told_theory
from pages.frame.live import live_while
from pages.frame.runs import history_of, live_history_of
from pages.frame.session import chosen, is_free, is_hidden, is_locked, is_untouched, is_waiting, settings
from pages.player.player import Live, Picture, player
from pages.sections.details import original_units
from pages.sections.headline import show_headline
from pages.sections.landing import show_landing
from pages.sections.left_out import show_left_out, take_clicked_neuron
from pages.sections.pictures import curves_picture, diagram_picture, prediction_picture, valley_picture
from pages.sections.tour import show_tour
from pages.settings.data import experiment_of, held_out
from pages.settings.link import to_address
from pages.settings.places import MAX_ITERATIONS
from pages.settings.table import Settings
from pages.steering.reports import (
    answered,
    hand_is_on_line,
    is_playing,
    portion,
    portion_is_shown,
    take_reports,
)
from pages.widgets.dial import is_held
from pages.widgets.show import show
from telling.captions import captions, short_captions
from telling.headline import Headline, headline
from telling.live import pause
from telling.ways import ways
from wording import _

HEIGHT, BOARD_HEIGHT = 300, 400


@live_while(lambda: is_held() or is_playing())
def show_instrument() -> None:
    """Show what the run does, in words and in pictures, and the dial that changes it."""
    now = settings()
    history = live_history_of(experiment_of(now)) if now.live else history_of(experiment_of(now))
    known = told_theory(history.experiment)
    if known and known.is_plain and not is_hidden("tour"):
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


def show_pictures(history: History, now: Settings, live: Live) -> None:
    """Show prediction and curves, and the valley between them where it is asked for, playing in step."""
    iterations, scale = _frames(history, now), _scale(history, now)
    pictures = _pictures(history, now, iterations, scale)
    left_at = leaves_picture_at(pictures[0].figure)
    player(
        pictures,
        _captions(history, iterations, None if now.live else left_at),
        key="train",
        height=BOARD_HEIGHT if now.board else HEIGHT,
        scale=scale,
        seconds=pace(iterations, left_at),
        ways=[] if is_waiting() else ways(history, iterations),
        live=live,
        on_report=take_reports,
        held=(is_held() and not now.live) or hand_is_on_line(),
        autoplay=is_untouched(),
        large=now.board,
        limits=_moving_limits(history, iterations),
        on_click=take_clicked_neuron if now.model == "network" and is_free("muted") else None,
    )


def _captions(history: History, iterations: list[int], left_at: int | None) -> list[str]:
    """Return a line for each frame: with the parameters where their ways to the best are not shown."""
    if is_waiting() and held_out(settings()) is None:
        return captions(history, iterations)
    return short_captions(history, iterations, left_at, held_out(settings()))


def _moving_limits(history: History, iterations: list[int]) -> list[Limits]:
    """Return the limits at each frame, where they move."""
    now = history.experiment
    is_moving = limit_kind(now) is LimitKind.MOVING and has_factors(now.optimiser) and not is_waiting()
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
    switch = _switch(now)
    if part is None:
        said = "" if is_waiting() else pause(history, now.tolerance, MAX_ITERATIONS)
        return Live(now.live, answered(), turned, said, switch=switch)
    said = "" if is_waiting() else line.word
    return Live(now.live, answered(), turned, said, True, part.pace, part.stops, switch)


def _switch(now: Settings) -> str:
    """Return how the switch to live is shown: not at all, locked, or free; a run of a locked length cannot be live."""
    if is_hidden("live"):
        return ""
    return "locked" if is_locked("live") or (is_locked("iterations") and not now.live) else "free"


def _pictures(history: History, now: Settings, iterations: list[int], scale: IterationScale) -> list[Picture]:
    known = told_theory(history.experiment)
    held, handles = held_out(now), all(map(is_free, ("weights", "bias", "nudges")))
    prediction = prediction_picture(
        history, iterations, with_trail=now.trail, recent=now.live, handles=handles, muted=now.muted, held_out=held
    )
    if now.board:
        return [prediction]
    valley = [valley_picture(history, known, iterations)] if known and now.valley else []
    diagram = [diagram_picture(history, iterations, now.muted)] if now.model == "network" else []
    curves = curves_picture(history, iterations, now.watch, now.loss_axis, scale, live=now.live, held_out=held)
    return [prediction, *valley, *diagram, curves]
