"""The rooms of a class, in SQLite and in PostgreSQL: who may do what, and that every try is kept once."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from rooms import database, limits, room
from rooms.limits import A_DAY, MISSES_OF_ALL, MISSES_OF_ONE, MOST_STUDENTS, MOST_TRIES, TooManyError
from rooms.room import NoKeyError, NoRoomError
from rooms.students import NAMES, join, student_of
from rooms.tries import FrozenError, OtherTaskError, Try, note, students_in, tries_in, tries_of
from rooms.words import WORDS, hashed, is_token, new_token, new_word, read_word

TASK = "iterations=1000&wait=on"
TEACHER, ANN, BEN = new_token(), new_token(), new_token()
HERE = "192.168.0.9"
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty database."""
    is_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'rooms.sqlite'}" if is_file else str(request.getfixturevalue("postgres_url"))
    monkeypatch.setenv("OVERSHOOT_DATABASE", url)
    yield url
    with database.writing() as connection:
        for table in reversed(database.metadata.sorted_tables):
            connection.execute(table.delete())
    database.dispose()


ONE_IS_ENOUGH = pytest.mark.parametrize("kept", ["sqlite"], indirect=True)
"""Of what takes thousands of transactions."""


@pytest.fixture
def word(kept: str) -> str:
    """The word of a room whose key the teacher holds."""
    return room.open_room(TEACHER, TASK).word


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets seconds pass."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])

    def passes(seconds: float) -> None:
        now[0] += seconds

    return passes


def rows() -> int:
    with database.reading() as connection:
        tables = (database.rooms, database.keys, database.students, database.tries)
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


# Words and tokens


def test_a_word_is_read_whatever_its_case_and_the_blanks_around_it() -> None:
    word = new_word()
    assert read_word(f"  {word.upper()} ") == word


@pytest.mark.parametrize("text", ["", "abcdef", "bababab", "baba", "baba'a", "bababİ", "<b>bab", "ba ba ba"])
def test_what_is_no_word_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_word(text)


def test_tokens_are_random_and_long() -> None:
    tokens = {new_token() for _each in range(1000)}
    assert len(tokens) == 1000
    assert all(is_token(token) for token in tokens)


# The key


def test_who_opens_a_room_holds_its_key_and_nobody_else(word: str) -> None:
    assert room.holds_key(word, TEACHER)
    assert not room.holds_key(word, ANN)
    assert not room.holds_key(word, hashed(TEACHER))


CHANGES: dict[str, Callable[[str, str], object]] = {
    "reveal": lambda word, token: room.reveal(word, token, on=True),
    "freeze": lambda word, token: room.freeze(word, token, on=True),
    "clear": room.clear,
    "close": room.close,
    "next task": lambda word, token: room.set_task(word, token, "dataset=tips"),
    "another key": room.new_key,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_without_the_key_nothing_is_changed(word: str, change: Callable[[str, str], object]) -> None:
    _room, ann = join(word, ANN, HERE)
    note(ann, 1, Try("0.1"))
    before = room.room_of(word), rows()
    for stranger in (ANN, BEN, "", "' OR '1'='1"):
        with pytest.raises(NoKeyError):
            change(word, stranger)
    assert (room.room_of(word), rows()) == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_key_of_another_room_opens_nothing(word: str, change: Callable[[str, str], object]) -> None:
    room.open_room(BEN, TASK)
    with pytest.raises(NoKeyError):
        change(word, BEN)


def test_a_key_that_was_given_makes_another_browser_a_holder(word: str) -> None:
    key = room.new_key(word, TEACHER)
    room.take_key(word, key, BEN, HERE)
    assert room.holds_key(word, BEN)
    room.take_key(word, key, BEN, HERE)  # and once more, which changes nothing


def test_a_wrong_key_makes_nobody_a_holder(word: str) -> None:
    with pytest.raises(NoKeyError):
        room.take_key(word, new_token(), BEN, HERE)
    assert not room.holds_key(word, BEN)


# Joining


def test_the_same_browser_is_the_same_student(word: str) -> None:
    assert join(word, ANN, HERE)[1] == join(word, ANN, "10.0.0.1")[1] == student_of(word, ANN)


def test_two_browsers_are_two_students_with_two_names(word: str) -> None:
    ann, ben = join(word, ANN, HERE)[1], join(word, BEN, HERE)[1]
    assert ann.id != ben.id
    assert ann.name != ben.name


def test_every_student_of_a_full_room_has_a_name_of_its_own_and_no_more_come_in(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "JOINED_A_MINUTE", MOST_STUDENTS + 1)
    names = {join(word, f"token {k}", HERE)[1].name for k in range(MOST_STUDENTS)}
    assert len(names) == MOST_STUDENTS <= NAMES
    with pytest.raises(TooManyError):
        join(word, ANN, HERE)


def test_no_more_join_in_a_minute_than_may(
    word: str, clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "JOINED_A_MINUTE", 3)
    word = room.open_room(TEACHER, TASK).word
    for k in range(3):
        join(word, f"token {k}", HERE)
    with pytest.raises(TooManyError):
        join(word, ANN, HERE)
    clock(61)
    join(word, ANN, HERE)


def test_a_room_vanishes_after_a_day_with_everything_in_it(kept: str, clock: Callable[[float], None]) -> None:
    word = room.open_room(TEACHER, TASK).word
    note(join(word, ANN, HERE)[1], 1, Try("0.1"))
    clock(A_DAY + 1)
    with pytest.raises(NoRoomError):
        room.room_of(word)
    with pytest.raises(NoRoomError):
        join(word, BEN, HERE)
    assert not room.holds_key(word, TEACHER)
    assert rows() == 0
    room.open_room(BEN, TASK)
    assert rows() == 2


def test_rooms_are_opened_only_so_fast(kept: str, clock: Callable[[float], None]) -> None:
    for _each in range(limits.OPENED_A_MINUTE):
        room.open_room(TEACHER, TASK)
    with pytest.raises(TooManyError):
        room.open_room(TEACHER, TASK)
    clock(61)
    room.open_room(TEACHER, TASK)


# Guessing


def guesses(unlike: str) -> Iterator[str]:
    return (word for word in iter(new_word, "") if word != unlike)


def test_who_gives_too_many_wrong_words_gets_no_answer_for_a_minute_not_even_to_the_right_one(
    kept: str, clock: Callable[[float], None]
) -> None:
    word = room.open_room(TEACHER, TASK).word
    for _each, wrong in zip(range(MISSES_OF_ONE), guesses(word), strict=False):
        with pytest.raises(NoRoomError):
            join(wrong, ANN, HERE)
    with pytest.raises(TooManyError):
        join(word, ANN, HERE)
    assert join(word, BEN, "10.0.0.2")[1]
    clock(61)
    assert join(word, ANN, HERE)[1]


def test_wrong_words_of_others_do_not_put_out_who_is_in_the_room(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    for k, wrong in zip(range(MISSES_OF_ALL), guesses(word), strict=False):
        with pytest.raises(NoRoomError):
            join(wrong, BEN, f"10.0.0.{k}")
    with pytest.raises(TooManyError):
        join(word, BEN, "10.0.1.1")
    assert join(word, ANN, HERE)[1] == ann
    assert note(ann, 1, Try("0.1"))


def answered_in_an_hour(ask: Callable[[str], object], clock: Callable[[float], None]) -> int:
    """How many guesses are answered of somebody who asks from as many addresses as one likes, all the time."""
    answered, address = 0, count()
    for _minute in range(60):
        for _each in range(MISSES_OF_ALL + 5):
            try:
                ask(f"10.1.{next(address)}")
            except TooManyError:
                break
            except (NoRoomError, NoKeyError):
                answered += 1
        clock(60)
    return answered


@ONE_IS_ENOUGH
def test_in_an_hour_of_guessing_less_than_a_two_hundredth_of_all_words_is_tried(
    kept: str, clock: Callable[[float], None]
) -> None:
    word = room.open_room(TEACHER, TASK).word
    words = guesses(word)
    answered = answered_in_an_hour(lambda address: join(next(words), BEN, address), clock)
    assert MISSES_OF_ALL * 50 < answered <= MISSES_OF_ALL * 60 + 1
    assert answered < WORDS / 200


@ONE_IS_ENOUGH
def test_in_an_hour_of_guessing_no_key_is_found(kept: str, clock: Callable[[float], None]) -> None:
    word = room.open_room(TEACHER, TASK).word
    answered = answered_in_an_hour(lambda address: room.take_key(word, new_token(), BEN, address), clock)
    assert answered <= MISSES_OF_ALL * 60 + 1
    assert not room.holds_key(word, BEN)


# Tries


def test_a_try_is_kept_as_it_was_given(word: str) -> None:
    ann, what = join(word, ANN, HERE)[1], Try("0.0011", 0.0011, 1000, 12.5, None, -5.0, 1e300, "diverging", 87)
    assert note(ann, 1, what)
    (noted,) = tries_in(word)
    assert (noted.what, noted.student, noted.task) == (what, ann, 1)


def test_the_same_try_twice_is_one(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    assert note(ann, 1, Try("0.1"))
    assert not note(ann, 1, Try("0.1"))
    assert len(tries_of(ann, 1)) == 1


def test_the_same_try_of_two_students_is_two(word: str) -> None:
    for token in (ANN, BEN):
        assert note(join(word, token, HERE)[1], 1, Try("0.1"))
    assert len(tries_in(word)) == 2


def test_an_infinite_loss_is_none(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    note(ann, 1, Try("1", loss=float("inf"), value=float("nan")))
    assert tries_of(ann, 1) == [Try("1")]


def test_a_frozen_room_takes_no_try_until_it_thaws(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    room.freeze(word, TEACHER, on=True)
    with pytest.raises(FrozenError):
        note(ann, 1, Try("0.1"))
    room.freeze(word, TEACHER, on=False)
    assert note(ann, 1, Try("0.1"))


def test_a_try_for_the_task_before_comes_too_late(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    room.set_task(word, TEACHER, "dataset=tips")
    with pytest.raises(OtherTaskError):
        note(ann, 1, Try("0.1"))
    assert note(ann, 2, Try("0.1"))
    assert [noted.task for noted in tries_in(word, 2)] == [2]


def test_a_student_has_so_many_tries_for_a_task_and_no_more(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    for k in range(MOST_TRIES):
        note(ann, 1, Try(str(k)))
    with pytest.raises(TooManyError):
        note(ann, 1, Try("one more"))
    assert not note(ann, 1, Try("0"))
    assert len(tries_in(word)) == MOST_TRIES


def test_what_is_new_is_read_alone(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    note(ann, 1, Try("0.1"))
    (first,) = tries_in(word)
    note(ann, 1, Try("0.2"))
    assert [noted.what.run for noted in tries_in(word, 1, first.number)] == ["0.2"]


def test_clearing_forgets_the_tries_of_the_task_alone(word: str) -> None:
    ann = join(word, ANN, HERE)[1]
    note(ann, 1, Try("0.1"))
    room.set_task(word, TEACHER, "dataset=tips")
    note(ann, 2, Try("0.2"))
    room.clear(word, TEACHER)
    assert [noted.what.run for noted in tries_in(word)] == ["0.1"]
    assert list(students_in(word)) == [ann]


def test_closing_leaves_nothing(word: str) -> None:
    note(join(word, ANN, HERE)[1], 1, Try("0.1"))
    room.close(word, TEACHER)
    assert rows() == 0


@pytest.mark.parametrize("name", ["reveal", "freeze", "clear", "next task"])
def test_every_change_that_concerns_the_class_makes_another_version(word: str, name: str) -> None:
    before = room.room_of(word).version
    CHANGES[name](word, TEACHER)
    assert room.room_of(word).version > before


# What comes from outside


HOSTILE = ["'; DROP TABLE rooms; --", '" OR ""="', "<script>alert(1)</script>", "=1+1", "ğüşİ💥", "%s {0} \\", "a\nb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_word_is_text(word: str, text: str) -> None:
    with pytest.raises(NoRoomError):
        room.look_up(text, HERE)
    assert student_of(text, text) is None
    assert room.room_of(word).word == word


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_kept_as_text(word: str, text: str) -> None:
    ann = join(word, text, text)[1]
    note(ann, 1, Try(text[:20], choice=text[:20]))
    assert tries_of(ann, 1)[0].choice == text[:20]
    assert join(word, text, HERE)[1] == ann


# Several processes


WRITER = """
import sys
from rooms.students import join
from rooms.tries import Try, note
word, who = sys.argv[1:]
students = [join(word, f"{who} {k}", "10.0.0.1")[1] for k in range(5)]
print("ready", flush=True)
sys.stdin.readline()
for t in range(30):
    for student in students:
        assert note(student, 1, Try(str(t), t / 10))
"""


def test_processes_that_write_at_once_lose_nothing_and_double_nothing(word: str) -> None:
    command = [sys.executable, "-c", WRITER, word]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    writers = [subprocess.Popen([*command, who], **pipes) for who in ("one", "two", "three")]  # type: ignore[call-overload]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.close()
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    for writer in writers:
        writer.stdout.close()
    noted = tries_in(word)
    assert len({(each.student, each.what.run) for each in noted}) == len(noted) == 3 * 5 * 30


# No database


def test_where_there_is_no_database_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OVERSHOOT_DATABASE", f"sqlite:///{tmp_path / 'nowhere' / 'rooms.sqlite'}")
    with pytest.raises(database.DatabaseError, match="unable to open"):
        room.open_room(TEACHER, TASK)


def test_a_password_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSHOOT_DATABASE", "postgresql+psycopg://teacher:secret@db.example/rooms")
    assert "secret" not in database.place()
    assert "db.example" in database.place()
