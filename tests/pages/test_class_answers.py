"""A class that answers together: each answer is noted once, and the truth waits until the teacher reveals it."""

import math
from urllib.parse import parse_qsl

import pytest

from core.lesson.prediction import EXPLODES, Answer, Kind, question
from core.theory.limits import Regime
from pages.room.answering import as_answer, as_try
from pages.settings.choosing import complete
from pages.settings.data import experiment_of
from pages.settings.tasks import QUESTIONS, task_address
from rooms import room
from rooms.tries import tries_in
from rooms.words import new_token
from tests.pages.test_class import ANN, TEACHER, Browser, said, student, teacher
from tests.pages.test_prediction import answer_truly, asked, choose, drag, headers, is_asking, is_told

pytestmark = pytest.mark.usefixtures("own_rooms")
RATE = {"learning_rate": ((0, 0.0011),), "iterations": 300}
EVERY_QUESTION = pytest.mark.parametrize("kind", QUESTIONS)


def room_asking(kind: str) -> str:
    return room.open_room(TEACHER, task_address(RATE, kind)).word


def answer_wrongly(visit: Browser, kind: str) -> Browser:
    if kind == "regime":
        choose(visit, Regime.CREEPING)
    elif kind == "line":
        drag(visit, [-10.0, 20.0])
    else:
        visit.type("first_typed", "0.5")
    visit.press("first_check")
    return visit


@EVERY_QUESTION
def test_an_answer_is_noted_with_its_score_and_nothing_of_the_truth_is_told(kind: str) -> None:
    word = room_asking(kind)
    visit = student(word)
    assert is_asking(visit)
    answer_wrongly(visit, kind)
    (noted,) = tries_in(word)
    assert noted.what.score is not None
    assert noted.what.score < 100
    assert not is_asking(visit)
    assert not is_told(visit)
    assert "Your answer is noted." in said(visit)
    assert len(visit.players) == 1
    assert headers(visit) == []


@EVERY_QUESTION
def test_when_it_is_revealed_the_student_sees_the_truth_beside_the_own_answer(kind: str) -> None:
    word = room_asking(kind)
    visit = answer_wrongly(student(word), kind)
    room.reveal(word, TEACHER, on=True)
    visit._run()
    assert is_told(visit)
    assert "ou said" in headers(visit)[0]


@EVERY_QUESTION
def test_the_right_answer_has_all_points(kind: str) -> None:
    word = room_asking(kind)
    answer_truly(student(word))
    (noted,) = tries_in(word)
    assert noted.what.score == 100


@EVERY_QUESTION
def test_who_reloads_has_answered_already_and_is_told_the_same_truth(kind: str) -> None:
    word = room_asking(kind)
    answer_wrongly(student(word), kind)
    again = student(word)
    assert not is_asking(again)
    assert "Your answer is noted." in said(again)
    room.reveal(word, TEACHER, on=True)
    told = headers(again._run())[0]
    assert told == headers(answer_wrongly(Browser(new_token(), "train", **_alone(word)), kind))[0]


def _alone(word: str) -> dict[str, str]:
    """The address of the task, for somebody who is in no room."""
    return dict(parse_qsl(room.room_of(word).address))


def test_in_a_frozen_room_an_answer_is_not_taken_and_can_be_given_later() -> None:
    word = room_asking("loss")
    visit = student(word)
    room.freeze(word, TEACHER, on=True)
    answer_wrongly(visit, "loss")
    assert tries_in(word) == []
    assert is_asking(visit)
    assert "The room is frozen" in said(visit)
    room.freeze(word, TEACHER, on=False)
    visit._run()
    answer_wrongly(visit, "loss")
    assert len(tries_in(word)) == 1


def test_when_the_teacher_clears_the_board_the_question_can_be_answered_again() -> None:
    word = room_asking("loss")
    visit = answer_wrongly(student(word), "loss")
    room.clear(word, TEACHER)
    visit._run()
    assert is_asking(visit)
    answer_truly(visit)
    assert [noted.what.score for noted in tries_in(word)] == [100]


def test_the_next_try_is_the_student_s_own_and_is_not_noted() -> None:
    word = room_asking("regime")
    visit = answer_wrongly(student(word), "regime")
    room.reveal(word, TEACHER, on=True)
    visit._run().press("next_try")
    assert is_asking(visit)
    answer_wrongly(visit, "regime")
    assert is_told(visit)
    assert len(tries_in(word)) == 1


# The board


def heights(visit: Browser) -> list[float]:
    (columns,) = visit.players[0]["figures"][0]["data"]
    return [float(height) for height in columns["y"]]


@EVERY_QUESTION
def test_the_board_counts_the_answers_and_keeps_the_truth_to_itself(kind: str) -> None:
    word = room_asking(kind)
    for k, token in enumerate([ANN, new_token(), new_token()]):
        visit = student(word, token)
        if k:
            answer_wrongly(visit, kind)
        else:
            answer_truly(visit)
    board = teacher(word)
    assert sum(heights(board)) == 3
    assert sorted(heights(board))[-2:] == [1, 2]
    layout = board.players[0]["figures"][0]["layout"]
    assert (layout.get("shapes", []), layout.get("annotations", [])) == ([], [])
    board.press("room_reveal")
    assert "On average the class had" in said(board)
    assert sum(heights(board)) == 3
    assert "✓" in str(board.players[0]["figures"][0]["layout"])


def test_who_said_that_it_explodes_stands_apart() -> None:
    word = room.open_room(TEACHER, task_address({"learning_rate": ((0, 0.01),), "iterations": 300}, "loss")).word
    student(word).press("first_explodes")
    board = teacher(word)
    assert heights(board)[-1] == 1
    assert board.press("room_reveal").title == "It explodes."


def test_a_question_that_does_not_suit_the_run_cannot_be_asked_and_it_says_why() -> None:
    word = room.open_room(TEACHER, "").word
    board = teacher(word, dataset="weighted-sum")
    (button,) = [each for each in board.app.button if each.key == "room_task_line"]
    assert button.disabled
    assert "no straight line" in str(button.help)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_teacher_asks_by_one_button(kind: str) -> None:
    word = room.open_room(TEACHER, "").word
    board = teacher(word, learning_rate="0.0011").press(f"room_task_{kind}")
    visit = student(word)
    assert is_asking(visit)
    assert asked(visit).experiment.learning_rate == 0.0011
    assert board.title == visit.title


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Kind.LINE, (-3.5, 1e9)),
        (Kind.LOSS, 12.5),
        (Kind.LOSS, EXPLODES),
        (Kind.LIMIT, 0.0012),
        (Kind.REGIME, Regime.DIVERGING),
    ],
)
def test_an_answer_comes_back_from_the_room_as_it_was_given(kind: Kind, given: object) -> None:
    asked_for = question(kind, experiment_of(complete({})))
    answer = Answer(asked_for, given, 64)  # type: ignore[arg-type]
    assert as_answer(asked_for, as_try(answer)) == answer
    assert all(not isinstance(value, float) or math.isfinite(value) for value in vars(as_try(answer)).values())
