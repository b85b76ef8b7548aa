"""The board's picture of what the class has answered, and what is true once that is revealed."""

from statistics import mean

from charts.class_answers import Scale, class_choices_figure, class_values_figure
from core.lesson.prediction import EXPLODES, Kind, Question
from core.lesson.truth import is_exploding, limit_of, line_at, loss_at, regime_of
from core.theory.limits import Regime
from core.training import History
from pages.frame.runs import history_of
from pages.player.player import Picture
from pages.predicting.asked import question_about
from pages.room.answering import as_answer
from pages.sections.guessed import values
from pages.settings.choosing import complete
from pages.settings.tasks import read_task
from rooms.room import Room
from rooms.tries import Noted
from telling.names import regime_names
from telling.predicting import title
from telling.rooms import truth_line
from wording import _

REGIMES = (Regime.CREEPING, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)
TITLES = {
    Kind.LOSS: lambda asked: _("loss"),
    Kind.LIMIT: lambda asked: _("learning rate"),
    Kind.LINE: lambda asked: _("height of the right end"),
}


def asked_of_class(room: Room) -> tuple[Question, History]:
    """Return the question of the room's task, and the run that answers it."""
    question = question_about(complete(read_task(room.address)))
    return question, history_of(question.experiment)


def answers_line(room: Room, tries: list[Noted]) -> str:
    """Say what is asked; once it is revealed, what is true, and how near the class came."""
    question, history = asked_of_class(room)
    if not room.is_revealed:
        return title(question)
    scores = [noted.what.score or 0 for noted in tries]
    return truth_line(question, history, mean(scores) if scores else None)


def answers_picture(room: Room, tries: list[Noted]) -> Picture:
    """Return the picture of how many said what."""
    question, history = asked_of_class(room)
    given = [as_answer(question, noted.what).given for noted in tries]
    alt = _("How many of the class said what, in columns.")
    if question.kind is Kind.REGIME:
        counts = {regime: given.count(regime) for regime in REGIMES}
        truth = regime_of(question) if room.is_revealed else None
        return Picture(class_choices_figure(counts, regime_names(), truth), alt)
    numbers = [
        value[1] if isinstance(value, tuple) else float(value) for value in given if not isinstance(value, Regime)
    ]
    scale = Scale(
        TITLES[question.kind](question),
        values(question, history),
        is_logarithmic=question.kind is not Kind.LINE,
        can_explode=question.kind is Kind.LOSS,
    )
    return Picture(class_values_figure(numbers, scale, _truth(question, history) if room.is_revealed else None), alt)


def _truth(question: Question, history: History) -> float:
    if question.kind is Kind.LINE:
        return line_at(question, history, ahead=1)[1]
    if question.kind is Kind.LIMIT:
        return limit_of(question)
    return EXPLODES if is_exploding(question, history) else loss_at(question, history)
