"""Predict first: the question that a page opens with, and once it is answered the truth beside what was said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from core.lesson.prediction import EXPLODES, Answer, Given, Kind, Question, unsuited
from core.lesson.scoring import answer
from core.lesson.truth import line_at
from core.theory.limits import REGIMES
from core.training import History
from pages.frame.runs import history_of
from pages.frame.session import current_language, settings
from pages.player.player import Live, player
from pages.predicting.asked import ABOUT_A_RUN, answers, asked, given, may_be_told, next_try, take_answer
from pages.predicting.draft import (
    CHOICE,
    FIELD,
    KEY,
    answered,
    as_a_hand_draws,
    complain,
    complaint,
    draft,
    field_text,
    is_held,
    rest,
    take_choice,
    take_reports,
    take_typed,
)
from pages.sections.guessed import picture, usual_rate, values
from pages.widgets.show import keep
from telling.names import regime_names
from telling.predicted import verdict
from telling.predicting import field_name, known_before, points, reason_why_not, tally, title
from wording import _, language, speak

HEIGHT, HEIGHT_TOLD = 380, 300
BY_NUMBER = (Kind.LOSS, Kind.LIMIT)


def comes_first(page: str) -> bool:
    """Show the question of this session on a page about a run; return whether the page itself has to wait for it."""
    if page not in ABOUT_A_RUN or (question := asked()) is None:
        return False
    history = history_of(question.experiment)
    if (reason := unsuited(question, history)) is not None:
        st.info(reason_why_not(reason), icon=":material/help:")
        return False
    with st.container(key="asked_first"):
        return _ask_or_tell(question, history)


def _ask_or_tell(question: Question, history: History) -> bool:
    """Show the question, or once it may be told the truth; return whether it is still the question."""
    if (said := given()) is None:
        _ask(question, history)
        return True
    if may_be_told():
        _show_truth(said, history)
        return False
    _wait(said, history)
    return True


def _first(question: Question, history: History) -> Given | None:
    """Return what is offered before a hand has moved anything: the place where the run starts."""
    offers: dict[Kind, Callable[[], Given]] = {
        Kind.LINE: lambda: line_at(question, history),
        Kind.LOSS: lambda: as_a_hand_draws(float(history.loss[0])),
        Kind.LIMIT: lambda: usual_rate(question),
    }
    return offers[question.kind]() if question.kind in offers else None


def _ask(question: Question, history: History) -> None:
    now = draft(question, _first(question, history))
    st.title(title(question), anchor=False)
    st.markdown(known_before(question, history, is_rescaled=settings().standardise))
    _show_picture(question, history, now)
    aligned: Literal["center", "bottom"] = "center" if question.kind is Kind.REGIME else "bottom"
    with st.container(key="first_answer", horizontal=True, vertical_alignment=aligned):
        _controls(question, history, now)
    if text := complaint():
        st.warning(text, icon=":material/edit:")


def _show_picture(question: Question, history: History, now: Given | None) -> None:
    """Show the picture with its handles; nothing of the truth is in it."""
    player(
        [picture(question, history, now, told="")],
        key=KEY,
        height=HEIGHT,
        live=Live(False, answered(), switch=""),
        on_report=lambda: take_reports(question, values(question, history)),
        held=is_held(),
        large=settings().board,
    )
    rest()


def _controls(question: Question, history: History, now: Given | None) -> None:
    told: dict[str, Any] = {"args": (question, history)}
    if question.kind in BY_NUMBER and isinstance(now, float):
        _field(question, now)
    if question.kind is Kind.REGIME:
        _choice(question)
    st.button(_("Check"), key="first_check", on_click=_check, type="primary", icon=":material/check:", **told)
    if question.kind is Kind.LOSS:
        told = {"args": (question, history, EXPLODES)}
        st.button(_("It explodes"), key="first_explodes", on_click=_say, icon=":material/bolt:", **told)


def _field(question: Question, now: float) -> None:
    if not complaint():  # what was typed wrongly stays, to be mended: an older number shall not count for it
        keep(FIELD, field_text(now))
    st.text_input(field_name(question.kind), key=FIELD, width=200, on_change=take_typed, args=(question,))


def _choice(question: Question) -> None:
    key = f"{CHOICE}_{language()}"  # in another language it is another widget, for it reports its labels
    keep(key, draft(question, None))
    told: dict[str, Any] = {"key": key, "on_change": take_choice, "args": (question, key)}
    names = regime_names()
    st.pills(_("Your answer"), REGIMES, format_func=names.__getitem__, label_visibility="collapsed", wrap=True, **told)


def _check(question: Question, history: History) -> None:
    """Make an answer of what has been put in, if it is one: nonsense costs nothing."""
    speak(current_language())  # a callback runs before the page has said which language is spoken
    take_reports(question, values(question, history))  # a quick hand: its last move may come together with the click
    if question.kind in BY_NUMBER:
        take_typed(question)
        if complaint():
            return
    if (value := draft(question, _first(question, history))) is None:
        complain(_("Choose one of the four first. Nothing is lost."))
    else:
        _say(question, history, value)


def _say(question: Question, history: History, value: Given) -> None:
    complain("")
    take_answer(answer(question, history, value))


def _wait(said: Answer, history: History) -> None:
    """Show what was answered, and nothing of the truth: the teacher reveals it."""
    st.title(title(said.question), anchor=False)
    st.markdown(_("**Your answer is noted.** What is true is told when the teacher reveals it."))
    answered_so = replace(picture(said.question, history, said.given, told=""), handles=())
    player([answered_so], key=KEY, height=HEIGHT, large=settings().board)


def _show_truth(said: Answer, history: History) -> None:
    text = verdict(said, history)
    st.header(text, anchor=False)
    player(
        [picture(said.question, history, said.given, told=text)],
        key=KEY,
        height=HEIGHT if settings().board else HEIGHT_TOLD,
        large=settings().board,
    )
    with st.container(key="first_score", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{points(said)}**", width="content")
        st.progress(said.score / 100, width=160)
        st.markdown(tally([*answers().values()]), width="content")
        st.button(_("Next try"), key="next_try", on_click=next_try, type="primary", icon=":material/arrow_forward:")
    st.divider()
