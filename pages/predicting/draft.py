"""What is drawn, typed or chosen before it is an answer: nothing of it counts until it is checked."""

import math
from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.lesson.prediction import Given, Kind, Question
from core.theory.limits import Regime
from pages.frame.session import current_language
from telling.predicting import typed_value
from wording import exact, speak

KEY, FIELD, CHOICE = "first_picture", "first_typed", "first_choice"
MOST_REPORTS = 100
DIGITS = 3
"""A hand that drags is no more exact than that."""


def draft(asked: Question, first: Given | None) -> Given | None:
    """Return what has been put in so far, or the `first` that is offered."""
    question, value = st.session_state.get("prediction_draft", (None, None))
    return value if question == asked and value is not None else first


def put(asked: Question, value: Given | None) -> None:
    """Keep what somebody has put in, in place of what was there."""
    st.session_state.prediction_draft = (asked, value)
    st.session_state.prediction_complaint = ""


def complaint() -> str:
    """Return what is wrong with what was put in last; nothing where nothing is."""
    text: str = st.session_state.get("prediction_complaint", "")
    return text


def complain(text: str) -> None:
    """Say what is wrong, the next time that the question is shown."""
    st.session_state.prediction_complaint = text


def answered() -> int:
    """Return the number of the player's last report that was taken."""
    number: int = st.session_state.get("prediction_answered", 0)
    return number


def is_held() -> bool:
    """Return whether this run of the script answers a hand that still holds a handle."""
    return bool(st.session_state.get("prediction_held"))


def rest() -> None:
    """Note that what a hand holds has been shown: what is asked later is no answer to it."""
    st.session_state.prediction_held = False


def take_reports(asked: Question, range_: tuple[float, float]) -> None:
    """Take over where a hand has moved the handles, between the ends of a `range_`: looked at before it is believed."""
    told = getattr(st.session_state.get(KEY), "steered", None)
    reports = told.get("reports") if isinstance(told, dict) else None
    for report in reports[:MOST_REPORTS] if isinstance(reports, list) else []:
        if isinstance(report, dict) and type(report.get("n")) is int and report["n"] > answered():
            _take(asked, range_, report)


def _take(asked: Question, range_: tuple[float, float], report: dict[str, Any]) -> None:
    st.session_state.prediction_answered = report["n"]
    heights = report.get("y")
    if isinstance(heights, list) and len(heights) == 2 and all(map(_is_number, heights)):
        st.session_state.prediction_held = report.get("done") is False
        put(asked, _given(asked.kind, [min(max(float(height), range_[0]), range_[1]) for height in heights]))


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _given(kind: Kind, heights: Sequence[float]) -> Given:
    if kind is Kind.LINE:
        return heights[0], heights[1]
    return as_a_hand_draws(heights[1])


def as_a_hand_draws(value: float) -> float:
    """Return a number with as many digits as a hand can draw."""
    return float(f"{value:.{DIGITS}g}")


def field_text(value: float) -> str:
    """Return what the field shows, and note it: only what differs from that has been typed."""
    st.session_state.first_shown = exact(value)
    return exact(value)


def take_typed(asked: Question) -> None:
    """Take over the number in the field, if somebody has typed one; complain of what is none."""
    speak(current_language())  # a callback runs before the page has said which language is spoken
    text = st.session_state.get(FIELD, "")
    if text == st.session_state.get("first_shown"):
        return
    try:
        put(asked, typed_value(asked.kind, text))
    except ValueError as problem:
        complain(str(problem))


def take_choice(asked: Question, key: str) -> None:
    """Take over which regime was chosen: when the language changes the widget reports its old label."""
    value = st.session_state.get(key)
    if value is None or isinstance(value, Regime):
        put(asked, value)
