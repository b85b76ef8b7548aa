"""A class in its room: what a student and the teacher see, and what is noted of it."""

import csv
import io
import math
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from core.training import train
from pages.room.export import made
from pages.settings.choosing import complete
from pages.settings.data import experiment_of
from pages.settings.tasks import CURVE, FIRST, LAND, read_task, task_address
from rooms import room
from rooms.limits import MOST_TRIES
from rooms.students import join
from rooms.tries import Try, note, students_in, tries_in
from rooms.words import new_token
from telling.animals import ANIMALS, QUALITIES, animal_name
from telling.rooms import Pupil, ranking, state_of
from tests.pages.visit import Visit
from wording import speak

pytestmark = pytest.mark.usefixtures("own_rooms")
TASK = task_address(FIRST, CURVE)
LANDING = task_address({}, LAND)
TEACHER, ANN = new_token(), new_token()


class Browser(Visit):
    """A browser with a token of its own."""

    def __init__(self, token: str, page: str | None = None, **address: str) -> None:
        self.token = token
        super().__init__(page, **address)

    def _run(self, *moves: Any) -> Any:
        self.app.session_state["visitor"] = self.token
        return super()._run(*moves)


@pytest.fixture
def word() -> str:
    return room.open_room(TEACHER, TASK).word


def student(word: str, token: str = ANN, **address: str) -> Browser:
    """A student who has followed the link of the wall."""
    return Browser(token, "train", **{**dict(parse_qsl(room.room_of(word).address)), "room": word, **address})


def teacher(word: str, **address: str) -> Browser:
    return Browser(TEACHER, "class_board", room=word, **address)


def runs(word: str) -> list[str]:
    return [noted.what.run for noted in tries_in(word)]


def said(visit: Visit) -> str:
    return "\n".join(visit.texts)


# A student


def test_a_student_is_told_the_room_and_the_given_name(word: str) -> None:
    told = said(student(word))
    (ann,) = students_in(word)
    assert f"Room **{word}**: you are **{animal_name(ann.name)}**." in told


def test_the_name_is_said_in_the_student_s_language(word: str) -> None:
    visit = student(word, lang="tr")
    (ann,) = students_in(word)
    speak("tr")
    assert f"**{word}** odası: adınız **{animal_name(ann.name)}**." in said(visit)


def test_there_are_768_different_names_in_both_languages() -> None:
    for language in ("en", "tr"):
        speak(language)
        assert len({animal_name(number) for number in range(len(QUALITIES) * len(ANIMALS))}) == 768


def test_who_reloads_or_opens_a_second_tab_is_the_same_student(word: str) -> None:
    student(word)
    student(word)
    assert len(students_in(word)) == 1


def test_the_run_that_is_found_at_first_is_no_try(word: str) -> None:
    student(word)
    assert runs(word) == []


def test_each_rate_that_is_tried_is_noted_with_its_loss_once(word: str) -> None:
    visit = student(word).type("learning_rate", "0.0005").type("learning_rate", "0.001").type("learning_rate", "0.0005")
    losses = {noted.what.learning_rate: noted.what.loss for noted in tries_in(word)}
    expected = train(experiment_of(visit.settings)).loss[-1]
    assert runs(word) == ["0.0005", "0.001"]
    assert losses[0.0005] == expected


def test_going_back_to_the_first_rate_is_a_try_too(word: str) -> None:
    visit = student(word)
    first = visit.settings.rate
    visit.type("learning_rate", "0.0005").type("learning_rate", repr(first))
    assert runs(word) == ["0.0005", repr(first)]


def test_the_rate_at_which_a_second_tab_begins_is_no_try(word: str) -> None:
    student(word).type("learning_rate", "0.0005")
    student(word)
    assert runs(word) == ["0.0005"]


def test_while_the_dial_is_held_nothing_is_noted(word: str) -> None:
    visit = student(word)
    visit.report("moved", {"rate": 0.0007, "n": visit.dial["answered"] + 1, "done": False})
    assert runs(word) == []


def test_a_run_that_exploded_is_noted_with_the_iteration(word: str) -> None:
    visit = student(word).type("learning_rate", "0.01")
    (noted,) = tries_in(word)
    assert (noted.what.loss, noted.what.exploded_at) == (None, train(experiment_of(visit.settings)).diverged_at)


def test_a_schedule_is_no_try(word: str) -> None:
    student(word).type("learning_rate", "0:0.0001, 5:0.001")
    assert runs(word) == []


def test_what_has_nothing_to_do_with_the_task_is_not_noted(word: str) -> None:
    visit = student(word)
    visit.follow(room=word, dataset="tips", learning_rate="0.0004")
    visit.type("learning_rate", "0.0003")
    assert runs(word) == []


def test_a_student_reads_what_was_noted(word: str) -> None:
    told = said(student(word).type("learning_rate", "0.0005").type("learning_rate", "0.01"))
    assert "2 tries are noted." in told
    assert "0.01 exploded at iteration" in told


def test_after_a_reload_the_student_s_own_rate_is_still_there_and_is_noted_once(word: str) -> None:
    visit = student(word).type("learning_rate", "0.0005")
    again = Browser(ANN, "train", **visit.address)
    assert again.settings.rate == 0.0005
    assert "One try is noted." in said(again)
    assert runs(word) == ["0.0005"]


def test_a_link_with_the_word_alone_leads_to_the_task(word: str) -> None:
    visit = Browser(ANN, "train", room=word)
    assert visit.settings.iterations == FIRST["iterations"]
    assert visit.settings.wait


def test_what_is_right_waits_until_the_teacher_reveals_it(word: str) -> None:
    visit = student(word)
    assert visit.dial["bounds"] == []
    assert "show_answer" not in visit.buttons
    room.reveal(word, TEACHER, on=True)
    visit.type("learning_rate", "0.0005")
    assert len(visit.dial["bounds"]) == 3
    assert "The answer is out." in said(visit)


def test_in_a_frozen_room_a_try_is_not_noted_and_that_is_said(word: str) -> None:
    visit = student(word)
    room.freeze(word, TEACHER, on=True)
    visit.type("learning_rate", "0.0005")
    assert runs(word) == []
    assert "The room is frozen: what you try is not noted." in said(visit)


def test_a_student_follows_the_teacher_to_the_next_task(word: str) -> None:
    visit = student(word, lang="tr").type("learning_rate", "0,0005")
    room.set_task(word, TEACHER, task_address({"dataset": "tips", "iterations": 200}, CURVE))
    visit._run()
    assert (visit.settings.dataset, visit.settings.iterations, visit.settings.lang) == ("tips", 200, "tr")
    assert visit.dial["rate"] == visit.settings.rate
    visit.type("learning_rate", "0,0002")
    assert [noted.task for noted in tries_in(word)] == [1, 2]


def test_from_another_page_the_student_is_led_to_the_next_task(word: str) -> None:
    visit = student(word)
    room.set_task(word, TEACHER, task_address({"dataset": "tips"}, CURVE))
    visit.go("about")
    assert visit.settings.dataset == "tips"
    assert visit.dial["rate"] == visit.settings.rate


def test_when_the_teacher_clears_the_board_the_student_can_try_the_same_again(word: str) -> None:
    visit = student(word).type("learning_rate", "0.0005")
    room.clear(word, TEACHER)
    visit._run()
    assert runs(word) == []
    visit.type("learning_rate", "0.0006").type("learning_rate", "0.0005")
    assert runs(word) == ["0.0006", "0.0005"]
    assert "2 tries are noted." in said(visit)


def test_after_so_many_tries_a_student_is_told_that_more_are_not_noted(word: str) -> None:
    visit = student(word)
    (ann,) = students_in(word)
    for k in range(MOST_TRIES):
        note(ann, 1, Try(str(k)))
    assert "200 tries are noted: more are not." in said(visit.type("learning_rate", "0.0005"))


def test_a_wrong_word_is_told_once_and_the_page_works(word: str) -> None:
    visit = Browser(ANN, "train", room="zazaza")
    for rate in ("0.0001", "0.0002", "0.0003", "0.0004", "0.0005", "0.0006", "0.0007", "0.0008", "0.0009", "0.001"):
        visit.type("learning_rate", rate)
    assert "There is no room of this word." in said(visit)
    assert join(word, ANN, "127.0.0.1")
    visit.press("leave_room")
    assert "There is no room" not in said(visit)
    assert "room" not in visit.address


def test_what_is_no_word_is_named(word: str) -> None:
    visit = Browser(ANN, "train", room="<b>hello</b>")
    assert any("<b>hello</b>" in warning and "six letters" in warning for warning in visit.warnings)


def test_when_the_room_is_closed_the_student_is_told(word: str) -> None:
    visit = student(word)
    room.close(word, TEACHER)
    assert "There is no room of this word." in said(visit.type("learning_rate", "0.0005"))


def test_without_a_database_the_page_works_and_says_what_does_not(
    word: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visit = student(word)
    monkeypatch.setenv("OVERSHOOT_DATABASE", f"sqlite:///{tmp_path / 'nowhere' / 'rooms.sqlite'}")
    visit.type("learning_rate", "0.0005")
    assert visit.settings.rate == 0.0005
    assert "The rooms cannot be reached at the moment." in said(visit)


# The board


def curve(visit: Visit) -> dict[str, dict[str, Any]]:
    """The traces of the board's picture, by name."""
    return {trace["name"]: trace for trace in visit.players[0]["figures"][0]["data"]}


def points(visit: Visit) -> list[float]:
    return [float(rate) for rate in curve(visit)["tries"]["x"]]


@pytest.fixture
def at_work(word: str) -> str:
    """A room in which two students have tried five rates."""
    for token, rates in ((ANN, (0.0002, 0.0009)), (new_token(), (0.0005, 0.00115, 0.002))):
        visit = student(word, token)
        for rate in rates:
            visit.type("learning_rate", repr(rate))
    return word


def test_who_holds_no_key_sees_no_board_but_the_door(at_work: str) -> None:
    visit = Browser(new_token(), "class_board", room=at_work)
    assert visit.players == []
    (door,) = [each for each in visit._components if "task" in each]
    assert door["room"] == at_work
    assert len(students_in(at_work)) == 2
    assert {key for key in visit.buttons if key.startswith("room_")} == set()


def test_the_board_shows_every_try_as_a_point(at_work: str) -> None:
    visit = teacher(at_work)
    assert sorted(points(visit)) == [0.0002, 0.0005, 0.0009, 0.00115]
    assert curve(visit)["exploded"]["x"] == [0.002]
    assert "Students: 2 · have tried: 2 · tries: 5" in said(visit)


def test_the_board_says_what_the_class_has_found(at_work: str) -> None:
    visit = teacher(at_work)
    assert visit.title.startswith("The best so far: 0.00115, loss ")
    assert "It begins to explode between 0.00115 and 0.002." in said(visit)


def test_before_it_is_revealed_the_theory_is_nowhere_on_the_board(at_work: str) -> None:
    visit = teacher(at_work)
    assert "loss at the end" not in curve(visit)
    assert "shapes" not in visit.players[0]["figures"][0]["layout"]


def test_the_theory_is_laid_over_the_tries_and_goes_through_them(at_work: str) -> None:
    visit = teacher(at_work).press("room_reveal")
    theory, tries = curve(visit)["loss at the end"], curve(visit)["tries"]
    for rate, loss in zip(tries["x"], tries["y"], strict=True):
        nearest = min(zip(theory["x"], theory["y"], strict=True), key=lambda point: abs(math.log(point[0] / rate)))
        assert math.log(nearest[1] / loss) == pytest.approx(0, abs=0.3)
    visit.press("room_reveal")
    assert "loss at the end" not in curve(visit)


def test_the_board_finds_what_is_new_by_itself(at_work: str) -> None:
    visit = teacher(at_work)
    student(at_work).type("learning_rate", "0.0007")
    visit._run()
    assert 0.0007 in points(visit)


def test_freezing_and_thawing(at_work: str) -> None:
    visit = teacher(at_work).press("room_freeze")
    assert room.room_of(at_work).is_frozen
    assert "frozen" in said(visit)
    visit.press("room_freeze")
    assert not room.room_of(at_work).is_frozen


def test_clearing_empties_the_board(at_work: str) -> None:
    visit = teacher(at_work).press("room_clear")
    assert visit.title == "Which learning rate has the least loss after 1,000 iterations?"
    assert tries_in(at_work) == []


def test_the_next_task_is_the_run_that_the_teacher_has_set_up(at_work: str) -> None:
    visit = teacher(at_work, dataset="tips", iterations="50", learning_rate="0.0001")
    visit.press("room_task_curve")
    given = complete(read_task(room.room_of(at_work).address))
    assert (given.dataset, given.iterations, given.wait) == ("tips", 50, True)
    assert given.rate != 0.0001
    assert "tries: 0" in said(visit)


def test_closing_leads_back_to_the_door(at_work: str) -> None:
    visit = teacher(at_work).press("room_close")
    assert visit.players == []
    assert "room" not in visit.address


def test_the_key_goes_on_to_another_device(at_work: str) -> None:
    visit = teacher(at_work).press("room_key")
    (link,) = [code.value for code in visit.app.code]
    room.take_key(at_work, link.partition("#")[2], "another", "10.0.0.1")
    assert room.holds_key(at_work, "another")


BUTTONS = ["room_reveal", "room_freeze", "room_clear", "room_close", "room_key", "room_task_curve"]


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_of_a_board_whose_key_is_gone_changes_nothing_and_says_so(at_work: str, button: str) -> None:
    visit, before = teacher(at_work), room.room_of(at_work)
    visit.token = ANN
    visit.press(button)
    assert (room.room_of(at_work), len(tries_in(at_work))) == (before, 5)
    assert "Only who holds the key of this room can do that. Nothing was changed." in visit.warnings


def test_the_table_of_tries_has_a_row_for_each_in_both_notations(at_work: str) -> None:
    point, comma = (list(csv.DictReader(io.StringIO(made(at_work, mark).removeprefix("\ufeff")), delimiter=apart))
                    for mark, apart in ((".", ","), (",", ";")))  # fmt: skip
    assert [float(row["learning rate"]) for row in point] == [0.0002, 0.0009, 0.0005, 0.00115, 0.002]
    assert [row["learning rate"].replace(",", ".") for row in comma] == [row["learning rate"] for row in point]
    assert {row["name"] for row in point} == {animal_name(each.name) for each in students_in(at_work)}


def test_the_teacher_can_take_the_table_home(at_work: str) -> None:
    visit = teacher(at_work).ask_for(f"overshoot-{at_work}-point.csv")
    (menu,) = [each for each in visit._components if "files" in each]
    assert menu["answer"]["text"].count("\n") == 6


def test_the_teacher_is_no_student(word: str) -> None:
    Browser(TEACHER, "train", room=word).type("learning_rate", "0.0005")
    assert students_in(word) == {}


def test_the_board_shows_the_roster(at_work: str) -> None:
    assert all(animal_name(each.name) in teacher(at_work).unfold("roster").html for each in students_in(at_work))


@pytest.mark.parametrize(
    ("pupil", "is_stuck"),
    [
        (Pupil(0, 0, 5.0, []), False),
        (Pupil(0, 0, 130.0, []), True),
        (Pupil(0, 4, 130.0, [False]), True),
        (Pupil(0, 4, 5.0, [True, True, False]), False),
        (Pupil(0, 3, 5.0, [True, True, True]), True),
    ],
)
def test_who_is_silent_or_only_explodes_is_stuck(pupil: Pupil, *, is_stuck: bool) -> None:
    assert state_of(pupil).is_stuck is is_stuck


def test_three_runs_that_have_grown_out_of_every_picture_are_three_explosions(word: str) -> None:
    visit = student(word)
    for rate in ("0.00123", "0.00125", "0.00127"):
        visit.type("learning_rate", rate)
    assert all(noted.what.loss for noted in tries_in(word))
    board = teacher(word).unfold("roster")
    assert curve(board)["exploded"]["x"] == [0.00123, 0.00125, 0.00127]
    assert "the last three exploded" in board.html


@pytest.mark.parametrize("dataset", ["tips", "weighted-sum", "sine", "xor"])
def test_any_run_can_be_the_task(word: str, dataset: str) -> None:
    room.set_task(word, TEACHER, task_address({"dataset": dataset, "iterations": 30, "more": True}, CURVE))
    student(word).type("learning_rate", "0.01")
    assert len(tries_in(word, 2)) == 1
    visit = teacher(word).press("room_reveal")
    assert "loss at the end" in curve(visit)


# Land it


def test_who_lands_is_noted_and_the_ranking_waits_until_it_is_asked_for() -> None:
    word = room.open_room(TEACHER, LANDING).word
    visit = student(word)
    assert visit.settings.live
    for _portion in range(60):
        visit.turn(0.0006, at=visit.settings.iterations, upto=visit.settings.iterations + 400, pace=100.0)
        if tries_in(word):
            break
    (noted,) = tries_in(word)
    board = teacher(word)
    name = animal_name(noted.student.name)
    assert name not in board.html
    assert name in board.press("room_reveal").html


def test_a_landing_from_another_start_is_not_noted() -> None:
    word = room.open_room(TEACHER, LANDING).word
    visit = student(word).press("land_next")
    for _portion in range(60):
        visit.turn(0.0006, at=visit.settings.iterations, upto=visit.settings.iterations + 400, pace=100.0)
    assert tries_in(word) == []


def test_the_ranking_takes_the_best_of_each_without_explosions_first_and_equals_share_a_place() -> None:
    landed = [("A", 0, 30), ("B", 0, 20), ("A", 0, 20), ("C", 1, 10), ("D", 0, 50), ("C", 2, 5)]
    places = [("1", "A", "0", "20"), ("1", "B", "0", "20"), ("3", "D", "0", "50"), ("4", "C", "1", "10")]
    assert ranking(landed) == places


# The door


def test_who_comes_back_to_the_door_is_led_to_the_task(word: str) -> None:
    visit = student(word).go("class_board")
    assert visit.title == "You are in the room."
    assert visit.players == []


@pytest.mark.parametrize("why", ["missing", "busy", "broken"])
def test_the_door_says_why_somebody_could_not_enter(why: str) -> None:
    assert len(Browser(ANN, "class_board", trouble=why).warnings) == 1


def test_the_door_offers_the_run_that_was_set_up() -> None:
    visit = Browser(ANN, "class_board", dataset="tips")
    (door,) = [each for each in visit._components if "task" in each]
    assert read_task(door["task"])["dataset"] == "tips"
