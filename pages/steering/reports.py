"""What the player reports of a live run: looked at before it is believed, and made a change of the settings."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

import streamlit as st

from core.schedule import constant
from core.theory.quadratic import theory
from core.theory.stretches import before_explosion
from pages.frame.runs import live_history_of
from pages.frame.session import choose, settings
from pages.settings import data
from pages.settings.choosing import is_allowed
from pages.settings.data import experiment_of
from pages.settings.places import MAX_ITERATIONS
from pages.settings.table import Settings
from pages.steering import turns
from pages.steering.turns import Changes

KEY = "train"
"""The player whose run can be live."""
LONGEST_PORTION = 40_000
MOST_REPORTS = 100
SLOWEST, FASTEST = 0.1, 1e6


@dataclass(frozen=True)
class Portion:
    """What is played next: from an iteration on, at so many iterations a second; `stops` where it ends."""

    since: int
    pace: float
    stops: bool


def portion() -> Portion | None:
    """Return the portion that is to be shown next; None at rest, or where something else has changed the run since."""
    asked: Portion | None
    asked, made = st.session_state.get("portion", (None, None))
    return asked if made is settings() else None


def portion_is_shown() -> None:
    """Note that the portion, or what a hand holds, has been shown: it is no answer to what is asked later."""
    st.session_state.portion, st.session_state.hand_on_line = (None, None), False


def is_playing() -> bool:
    """Return whether this run of the script answers a live run that is playing, or a hand that holds its line."""
    return portion() is not None or hand_is_on_line()


def hand_is_on_line() -> bool:
    """Return whether this run of the script answers a hand that still holds the line in the picture."""
    return bool(st.session_state.get("hand_on_line"))


def answered() -> int:
    """Return the number of the last report that was taken."""
    number: int = st.session_state.get("live_answered", 0)
    return number


def take_reports() -> None:
    """Take over what the player reports: all that has not been taken yet, in order."""
    told = getattr(st.session_state.get(KEY), "steered", None)
    reports = told.get("reports") if isinstance(told, dict) else None
    for report in reports[:MOST_REPORTS] if isinstance(reports, list) else []:
        if isinstance(report, dict) and type(report.get("n")) is int and report["n"] > answered():
            _take(report)


def _take(report: dict[str, Any]) -> None:
    portion_is_shown()
    st.session_state.live_answered = report["n"]
    at, taken = _iteration(report, "at"), TAKEN.get(str(report.get("kind")))
    if taken and at is not None and (settings().live or taken in (_switch, _nudge)):
        taken(min(at, last_iteration(settings())), report)


def steer(report: dict[str, Any], rate: float) -> None:
    """Take over a rate: of a live run from the iteration on at which the dial was moved, else from the start.

    The dial says `after` which report of the player's it was moved; where a later one has been taken before, the run
    is not trained on: that one may have paused it.
    """
    now, at = settings(), _iteration(report, "at")
    if (_iteration(report, "after") or 0) < answered():
        report = {**report, "upto": None}
    if not now.live:
        choose(learning_rate=constant(rate))
    elif not turns.is_full(now):
        last = last_iteration(now)
        at = last if at is None else min(at, last)
        go_on(turns.steering(now, at, rate), at, report)


def last_iteration(now: Settings) -> int:
    """Return the last iteration that the run so far holds."""
    return live_history_of(experiment_of(now)).iterations


def go_on(changes: Changes, at: int, report: dict[str, Any]) -> None:
    """Make the changes, after which the run stands at an iteration, and train on from there as far as is asked."""
    upto, pace = _iteration(report, "upto"), report.get("pace")
    if upto is None or upto <= at or not _is_number(pace):
        choose(**changes)
        return
    asked = turns.fitting(settings(), {**changes, "iterations": min(upto, at + LONGEST_PORTION, MAX_ITERATIONS)})
    end, stops = turns.portion_end(live_history_of(experiment_of(asked)), asked, at)
    choose(**{**changes, "iterations": end})
    st.session_state.portion = Portion(at, min(max(float(pace), SLOWEST), FASTEST), stops), settings()


def _play(at: int, report: dict[str, Any]) -> None:
    go_on(turns.back_at(settings(), at), at, report)


def _more(at: int, report: dict[str, Any]) -> None:
    """Train on; nothing that has been steered since is forgotten, for the report may be older."""
    upto = max(_iteration(report, "upto") or 0, settings().iterations)
    go_on({}, at, {**report, "upto": upto})


def _rest(at: int, report: dict[str, Any]) -> None:
    """Rest where the picture does; an explosion that was seen to its end counts in a game."""
    now = settings()
    history = live_history_of(experiment_of(now))
    if at < history.iterations:
        choose(**turns.back_at(now, at))
    elif history.diverged_at is not None and now.land:
        choose(explosions=now.explosions + 1)


def _switch(at: int, report: dict[str, Any]) -> None:
    """Make the run live, from where it stands, or from the start if it is over; or leave it as it has become."""
    now = settings()
    if report.get("on") is False:
        choose(live=False, land=None, explosions=None, beat=None, iterations=now.iterations or None)
    elif not now.live:
        history = live_history_of(experiment_of(now))
        is_over = at >= history.iterations and turns.is_over(history, now.tolerance)
        choose(**{**turns.back_at(now, 0 if is_over else at), "live": True})


def _nudge(at: int, report: dict[str, Any]) -> None:
    now = settings()
    try:
        parameters = turns.parameters_through(now, report["x"], report["y"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return
    if len(parameters) != data.n_parameters(now) or not is_allowed("weights", tuple(parameters.tolist())):
        return
    st.session_state.hand_on_line = report.get("done") is False
    if not now.live:
        choose(**turns.starting_at(now, parameters))
    elif not turns.is_full(now):
        go_on(turns.nudging(now, at, parameters), at, report)


TAKEN: dict[str, Callable[[int, dict[str, Any]], None]] = {
    "play": _play,
    "more": _more,
    "rest": _rest,
    "switch": _switch,
    "nudge": _nudge,
}


def rewind() -> None:
    """Go back to before the explosion, with the rate of that moment."""
    now = settings()
    history = live_history_of(experiment_of(now))
    at, rate = before_explosion(history, theory(history.experiment))
    choose(**turns.steering(now, at, rate))


def _iteration(report: dict[str, Any], name: str) -> int | None:
    value = report.get(name)
    return value if type(value) is int and 0 <= value <= 10 * MAX_ITERATIONS else None


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
