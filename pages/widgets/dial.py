"""The dial: the learning rate's slider with its regimes painted on the track, and the exact number, in one control.

It reports while it is dragged. What moves, paints and reports is `dial.js`; what it reports is somebody's input, and
looked at before it is believed.
"""

import math
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from charts.look import REGIME_COLOURS
from core.theory.in_force import LimitKind, limit_kind, limits_in_force
from core.theory.limits import NO_LIMITS, Limits, Regime
from core.training import History
from pages.frame.runs import history_of, live_history_of
from pages.frame.session import choose, choose_typed, is_locked, is_waiting, settings
from pages.player.joining import registered
from pages.settings.data import experiment_of, limits_of, own_rate
from pages.settings.kinds import MAX_NUMBER
from pages.settings.places import rates_on_dial, rates_without_limits, scale_of_dial
from pages.steering.reports import steer
from telling.dial import marks, powers_of_ten, spoken
from telling.names import regime_names
from wording import SEPARATORS, _, language

HERE = Path(__file__).parent
SCRIPTS = ("../player/connection.js", "scale.js", "track.js", "dial.js")
KEY = "learning_rate"
COLOURS = {**REGIME_COLOURS, Regime.BOUNCING: REGIME_COLOURS[Regime.DIVERGING]}


def show_dial(label: str, *, help: str = "", hint: str = "") -> None:
    """Show the dial at the rate in the hand; a `hint` stands above its thumb until it is moved.

    While answers wait no limits are painted on it, and its scale gives none away.
    """
    words = {"label": label, "help": help, "hint": hint, "question": _("What the learning rate is")}
    kind = limit_kind(experiment_of(settings()))
    painting = _painting(_limits(), _ruler()[0], kind, language())
    with st.container(key=f"{KEY}_dial"):
        _component()(
            key=KEY,
            data={**words, "exactly": _("Learning rate, exactly"), **_numbers(), **painting},
            on_moved_change=take_moved,
            on_typed_change=take_typed,
        )


def _limits() -> Limits:
    return NO_LIMITS if is_waiting() else limits_of(settings()) or limits_in_force(_run())


def _ruler() -> tuple[tuple[tuple[float, float], ...], tuple[float, ...]]:
    """Return the dial's scale, and the rates at which its keys stop."""
    if is_waiting():
        rates = rates_without_limits(settings())
        return ((0.0, rates[0]), (1.0, rates[-1])), rates
    return scale_of_dial(settings()), rates_on_dial(settings())


def _run() -> History:
    experiment = experiment_of(settings())
    return live_history_of(experiment) if settings().live else history_of(experiment)


def is_held() -> bool:
    """Return whether this run answers somebody who is still dragging the dial."""
    report = _report("moved")
    return _is_move(report) and not report["done"]


def _numbers() -> dict[str, Any]:
    scale, stops = _ruler()
    return {
        "rate": settings().rate,
        "locked": is_locked(KEY),
        "own": own_rate(settings()),
        "answered": st.session_state.get("dial_answered", 0),
        "scale": scale,
        "stops": stops,
        "decimal": SEPARATORS[language()][0],
    }


@lru_cache(maxsize=64)
def _painting(limits: Limits, scale: tuple[tuple[float, float], ...], kind: LimitKind, language: str) -> dict[str, Any]:
    bounds = [] if math.isinf(limits.stable) else [limits.creeping, limits.monotone, limits.stable]
    return {
        "bounds": bounds,
        "zones": [zone.value for zone, _low, _high in limits.zones()] if bounds else [],
        "names": {regime.value: name for regime, name in regime_names(is_certain=kind is LimitKind.EXACT).items()},
        "colours": {regime.value: colour for regime, colour in COLOURS.items()},
        "marks": marks(limits, kind),
        "ticks": powers_of_ten([rate for _place, rate in scale]),
        "spoken": spoken(limits, kind),
    }


def take_moved() -> None:
    """Take over the rate that the dial was moved to."""
    report = _report("moved")
    _note(report)
    if _is_move(report):
        steer(report, float(report["rate"]))


def take_typed() -> None:
    """Take over the rate that was typed."""
    report = _report("typed")
    _note(report)
    if _is_numbered(report) and isinstance(report.get("text"), str):
        take_text(report)


def take_text(report: dict[str, Any]) -> None:
    """Take over a typed rate, from now on where the run is live; or a whole schedule."""
    before = settings().learning_rate
    choose_typed(KEY, report["text"])
    typed = settings().learning_rate
    if settings().live and len(typed) == 1 and typed != before:
        choose(learning_rate=before)
        steer(report, typed[0][1])


def _note(report: Any) -> None:
    """Note a report as answered, whatever it says: else it would be made again and again."""
    if _is_numbered(report):
        st.session_state.dial_answered = report["n"]


def _report(event: str) -> Any:
    return getattr(st.session_state.get(KEY), event, None)


def _is_numbered(report: Any) -> bool:
    return isinstance(report, dict) and type(report.get("n")) is int


def _is_move(report: Any) -> bool:
    return _is_numbered(report) and type(report.get("done")) is bool and _is_rate(report.get("rate"))


def _is_rate(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= MAX_NUMBER


@cache
def _component() -> Any:
    return registered("dial", HERE, SCRIPTS)
