"""The board's picture of what the class has answered, and what is true once that is revealed."""

from charts.class_answers import Scale, class_choices_figure, class_values_figure
from core.lesson.prediction import EXPLODES, Kind, Question
from core.lesson.truth import is_exploding, limit_of, line_at, loss_at, regime_of
from core.theory.limits import REGIMES, Regime
from core.training import History
from pages.frame.runs import history_of
from pages.player.player import Picture
from pages.predicting.asked import question_about
from pages.room.answering import as_answer
from pages.sections.guessed import values
from pages.settings.tasks import settings_of
from rooms.room import Room
from rooms.tries import Noted
from telling.names import regime_names
from telling.predicting import title
from telling.rooms import score_line, truth_line
from wording import N_, _

TITLES = {Kind.LOSS: N_("loss"), Kind.LIMIT: N_("learning rate"), Kind.LINE: N_("height of the right end")}


def asked_of_class(room: Room) -> tuple[Question, History]:
    """Return the question of the room's task, and the run that answers it."""
    question = question_about(settings_of(room.address))
    return question, history_of(question.experiment)


def question_line(room: Room) -> str:
    """Say what is asked; once it is revealed, what is true."""
    question, history = asked_of_class(room)
    return truth_line(question, history) if room.is_revealed else title(question)


def answers_line(room: Room, tries: list[Noted]) -> str:
    """Say, once it is revealed, how near the class came."""
    return score_line([noted.what.score or 0 for noted in tries]) if room.is_revealed else ""


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
        _(TITLES[question.kind]),
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
