"""What is asked first in this session, what was answered, and the next try.

A question is about the run that is in force when it opens. Once it is answered it stays what it was, whatever a hand
does to the run below it, until the next try.
"""

import streamlit as st

from core.experiment import Experiment
from core.lesson.prediction import Answer, Kind, Question, question
from pages.frame.session import choose_for_the_link, chosen, settings
from pages.room.answering import answers_a_room, is_out, note_answer, noted_answer
from pages.settings.asking import NOTHING
from pages.settings.data import experiment_of, own_iterations
from pages.settings.table import Settings
from pages.settings.variants import next_number, with_variant

ABOUT_A_RUN = {
    *("train", "learning_rate", "loss_surface", "one_step"),
    *("which_way", "find_the_bug", "moving_limit"),
}
"""The pages that ask first."""


def asked() -> Question | None:
    """Return the question of this session; None where its link asks for none."""
    now = settings()
    if now.predict == NOTHING:
        return None
    last: Question | None = st.session_state.get("asked")
    if last is None or last not in answers() or (last.kind.value, last.variant) != (now.predict, now.variant):
        st.session_state.asked = last = question_about(now)
    return last


def question_about(now: Settings) -> Question:
    """Return the question that these settings ask."""
    variant = now.variant if isinstance(now.variant, int) else 0
    return question(Kind(now.predict), _experiment(now), now.iteration, variant)


def _experiment(now: Settings) -> Experiment:
    """Return the run that is asked about: of a live one, which grows while it trains, as long as usual."""
    if not now.live:
        return experiment_of(now)
    return experiment_of(now, iterations=own_iterations(now))


def answers() -> dict[Question, Answer]:
    """Return what this session has answered so far, in order."""
    found: dict[Question, Answer] = st.session_state.setdefault("predictions", {})
    return found


def given() -> Answer | None:
    """Return the answer to the question of this session; None while there is none."""
    if (asked_now := asked()) is None:
        return None
    return noted_answer(asked_now) if answers_a_room() else answers().get(asked_now)


def take_answer(answer: Answer) -> None:
    """Take an answer: whatever is to be done with one begins here. A room may refuse it."""
    if note_answer(answer):
        answers()[answer.question] = answer


def may_be_told() -> bool:
    """Return whether the truth may be shown: once the question is answered, in a room once the teacher reveals it.

    Nothing of it is sent before.
    """
    return given() is not None and is_out()


def next_try() -> None:
    """Ask again with other numbers: they are the link's and not a hand's, so that no lock holds them back."""
    choose_for_the_link(with_variant(chosen(), next_number(settings())))
    answers().pop(question_about(settings()), None)
