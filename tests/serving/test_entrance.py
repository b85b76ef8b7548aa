"""How a class enters: opening a room, joining it, taking its key, and asking whether it has changed."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from pages.settings.tasks import CURVE, FIRST, task_address
from rooms import room
from rooms.limits import MISSES_OF_ONE
from rooms.students import join, student_of
from rooms.tries import students_in
from rooms.words import COOKIE, is_token, new_token
from serving.entrance import LONGEST_TASK, ROUTES
from tests.serving.own_loop import run

pytestmark = pytest.mark.usefixtures("own_rooms")
APP = Starlette(routes=ROUTES)
TASK = task_address(FIRST, CURVE)
HOST = "class.example"
_addresses = count(1)


@dataclass
class Answer:
    """What a browser is answered."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def place(self) -> str:
        """The page that it is led to."""
        return urlsplit(self.headers["location"]).path

    @property
    def query(self) -> dict[str, str]:
        """The settings with which it is led there."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.headers["location"]).query).items()}


class Browser:
    """A browser of its own, which keeps its cookie, at an address of its own."""

    def __init__(self, scheme: str = "http") -> None:
        self.scheme, self.cookie, self.address = scheme, "", f"10.2.0.{next(_addresses)}"

    def get(self, path: str, **query: str) -> Answer:
        return self._ask("GET", path, urlencode(query), b"")

    def post(self, path: str, origin: str | None = None, **fields: str) -> Answer:
        return self._ask("POST", path, "", urlencode(fields).encode(), origin or f"{self.scheme}://{HOST}")

    def _ask(self, method: str, path: str, query: str, body: bytes, origin: str = "") -> Answer:
        headers = {"host": HOST, "cookie": f"{COOKIE}={self.cookie}" if self.cookie else "", "origin": origin}
        sent = [(name.encode(), text.encode()) for name, text in headers.items() if text]
        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": sent}
        answer = run(answered({**scope, "scheme": self.scheme, "client": (self.address, 1), "root_path": ""}, body))
        if "set-cookie" in answer.headers:
            self.cookie = SimpleCookie(answer.headers["set-cookie"])[COOKIE].value
        return answer


async def answered(scope: dict[str, object], body: bytes) -> Answer:
    answer = Answer()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): text.decode() for name, text in message["headers"]}
        answer.body += message.get("body", b"")

    await APP(scope, receive, send)
    return answer


@pytest.fixture
def teacher() -> Browser:
    return Browser()


@pytest.fixture
def word(teacher: Browser) -> str:
    return teacher.post("/class/open", task=TASK).query["room"]


# Opening


def test_who_opens_a_room_is_led_to_its_board_and_holds_the_key(teacher: Browser) -> None:
    answer = teacher.post("/class/open", task=TASK)
    assert (answer.status, answer.place) == (303, "../class_board")
    assert room.holds_key(answer.query["room"], teacher.cookie)


def test_a_room_begins_with_the_task_of_the_form(teacher: Browser) -> None:
    word = teacher.post("/class/open", task="dataset=tips&iterations=50&wait=on").query["room"]
    assert room.room_of(word).address == "dataset=tips&iterations=50&wait=on"


@pytest.mark.parametrize("task", ["", "<script>=1&dataset=<b>", "learning_rate=nan&iterations=-5", "%00", "a" * 90_000])
def test_of_a_task_that_is_none_nothing_reaches_the_room(teacher: Browser, task: str) -> None:
    word = teacher.post("/class/open", task=task).query["room"]
    assert room.room_of(word).address == ""


def test_a_form_that_is_too_long_is_not_read(teacher: Browser) -> None:
    word = teacher.post("/class/open", task="dataset=tips", more="a" * LONGEST_TASK).query["room"]
    assert room.room_of(word).address == ""


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://class.example.elsewhere.example"])
def test_a_page_of_another_site_opens_no_room_and_takes_no_key(teacher: Browser, word: str, origin: str) -> None:
    other = Browser()
    assert other.post("/class/open", origin, task=TASK).status == 403
    key = room.new_key(word, teacher.cookie)
    assert other.post("/class/key", origin, room=word, key=key).status == 403


# The cookie


def test_a_browser_is_known_by_a_token_that_no_script_reads() -> None:
    browser = Browser()
    cookie = SimpleCookie(browser.post("/class/open", task=TASK).headers["set-cookie"])[COOKIE]
    assert is_token(browser.cookie)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["secure"]) == (True, "lax", "86400", "")


def test_over_https_the_token_goes_over_https_alone() -> None:
    answer = Browser("https").post("/class/open", task=TASK)
    assert SimpleCookie(answer.headers["set-cookie"])[COOKIE]["secure"]


def test_a_browser_keeps_its_token(teacher: Browser, word: str) -> None:
    before = teacher.cookie
    teacher.get(f"/join/{word}")
    assert teacher.cookie == before


@pytest.mark.parametrize("text", ["short", "x" * 33, "' OR 1=1 --                    x"])
def test_what_is_no_token_is_replaced(word: str, text: str) -> None:
    browser = Browser()
    browser.cookie = text
    browser.get(f"/join/{word}")
    assert is_token(browser.cookie)


# Joining


def test_who_joins_is_led_to_what_the_class_does(word: str) -> None:
    answer = Browser().get(f"/join/{word}")
    assert (answer.status, answer.place) == (303, "../train")
    assert answer.query == {"room": word, **dict(parse_qsl(room.room_of(word).address))}


@pytest.mark.parametrize("typed", [str.upper, lambda word: f" {word} "])
def test_the_word_may_be_typed(word: str, typed: type[str]) -> None:
    assert Browser().get("/join/", room=typed(word)).query["room"] == word


@pytest.mark.parametrize("text", ["zazaza", "hello", "", "<script>", "' OR 1=1"])
def test_a_wrong_word_leads_to_the_door_which_says_so(text: str) -> None:
    answer = Browser().get("/join/", room=text)
    assert (answer.status, answer.place, answer.query) == (303, "../class_board", {"trouble": "missing"})


def test_who_gives_too_many_wrong_words_is_told_to_wait(word: str) -> None:
    browser = Browser()
    for _each in range(MISSES_OF_ONE):
        browser.get("/join/zazaza")
    assert browser.get(f"/join/{word}").query == {"trouble": "busy"}


def test_following_a_link_makes_nobody_a_student_before_the_page_is_shown(word: str) -> None:
    Browser().get(f"/join/{word}")
    assert students_in(word) == {}


# Keys


def test_a_teacher_s_link_gives_the_key(teacher: Browser, word: str) -> None:
    other = Browser()
    assert other.post("/class/key", room=word, key=room.new_key(word, teacher.cookie)).body == b'{"answer":"taken"}'
    assert room.holds_key(word, other.cookie)


@pytest.mark.parametrize("fields", [{}, {"room": "zazaza", "key": "x"}, {"room": "<b>", "key": "x"}])
def test_a_wrong_key_gives_nothing(word: str, fields: dict[str, str]) -> None:
    other = Browser()
    assert other.post("/class/key", **{"room": word, "key": new_token(), **fields}).body == b'{"answer":"missing"}'
    assert other.cookie == ""


# Following


def test_a_student_is_told_how_often_the_room_has_changed(teacher: Browser, word: str) -> None:
    student = Browser()
    student.get(f"/join/{word}")
    assert student.get(f"/room/{word}").body == b'{"version":0}'
    join(word, student.cookie, student.address)
    answer = student.get(f"/room/{word}")
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, b'{"version":1}', "no-store")


def test_nobody_else_learns_that_there_is_such_a_room(teacher: Browser, word: str) -> None:
    stranger = Browser()
    assert stranger.get(f"/room/{word}").body == stranger.get("/room/zazaza").body == b'{"version":0}'
    assert student_of(word, stranger.cookie) is None


# No database


@pytest.fixture
def without_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OVERSHOOT_DATABASE", f"sqlite:///{tmp_path / 'nowhere' / 'rooms.sqlite'}")


def test_without_a_database_the_door_says_so(without_database: None) -> None:
    browser = Browser()
    assert browser.post("/class/open", task=TASK).query == {"trouble": "broken"}
    assert browser.get("/join/babaja").query == {"trouble": "broken"}
    assert browser.post("/class/key", room="babaja", key="x").body == b'{"answer":"broken"}'
    browser.cookie = new_token()
    assert browser.get("/room/babaja").body == b'{"version":null}'
