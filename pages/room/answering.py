"""What a student answers to a question is noted in the room, once; its truth waits until the teacher reveals it."""

import math

from core.lesson.prediction import EXPLODES, Answer, Given, Kind, Question
from core.theory.limits import Regime
from pages.frame.session import settings
from pages.room.membership import Member, member
from pages.room.noting import note_try, noted, refusal
from pages.settings.tasks import is_of_task
from rooms.tries import Try

RUN = "answer"
"""What tells an answer from the others of a student, for one task: there is one."""
EXPLODING = "explodes"
"""The choice that stands for an infinite loss."""


def _answering() -> Member | None:
    """Return who answers the room's question; None where nobody of a room does."""
    now = member()
    return now if now and now.student and is_of_task(settings(), now.room.address) else None


def answers_a_room() -> bool:
    """Return whether what this session answers is noted in a room."""
    return _answering() is not None


def note_answer(answer: Answer) -> bool:
    """Note an answer; return whether it counts. Outside of a room it does."""
    me = _answering()
    if me is None:
        return True
    note_try(me, as_try(answer))
    return refusal() is None


def is_out() -> bool:
    """Return whether the truth may be told, for all that the room says."""
    me = _answering()
    return me is None or me.room.is_revealed


def noted_answer(asked: Question) -> Answer | None:
    """Return what this student has answered before, perhaps in another tab."""
    me = _answering()
    return as_answer(asked, noted(me)[RUN]) if me and RUN in noted(me) else None


def as_try(answer: Answer) -> Try:
    """Return an answer as the room keeps it."""
    asked, given = answer.question, answer.given
    told = Try(RUN, asked.experiment.learning_rate, asked.iteration, score=answer.score)
    if isinstance(given, Regime):
        return Try(**{**vars(told), "choice": given.value})
    if isinstance(given, tuple):
        return Try(**{**vars(told), "left": given[0], "value": given[1]})
    return Try(**{**vars(told), **({"choice": EXPLODING} if given == EXPLODES else {"value": given})})


def as_answer(asked: Question, kept: Try) -> Answer:
    """Return the answer that the room has kept."""
    return Answer(asked, _given(asked.kind, kept), kept.score or 0)


def _given(kind: Kind, kept: Try) -> Given:
    if kind is Kind.REGIME:
        return Regime(kept.choice)
    value = math.inf if kept.value is None else kept.value
    return (kept.left or 0.0, value) if kind is Kind.LINE else value
