"""What stands between the app and the browser: files compressed once, the large script announced."""

import asyncio
import gzip
from collections.abc import Mapping

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.delivery import Announce, CompressOnce
from tests.serving.own_loop import run

BODY = b"const answer = 42;\n" * 1000
FILE = "/static/js/index.js"


class App:
    """Answers every request alike, and counts the requests."""

    def __init__(
        self, status: int = 200, media: str = "text/javascript", headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.headers = {"content-type": media, "content-length": str(len(BODY)), **(headers or {})}
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": BODY[:500], "more_body": True})
        await send({"type": "http.response.body", "body": BODY[500:]})


def asked(app: ASGIApp, path: str = FILE, method: str = "GET", **headers: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the answer to a browser, which accepts gzip."""
    return run(answer(app, path, method, headers))


async def answer(app: ASGIApp, path: str, method: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        messages.append(message)

    asked_with = {
        "accept-encoding": "gzip, deflate",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    raw = [(name.encode(), text.encode()) for name, text in asked_with.items()]
    await app({"type": "http", "method": method, "path": path, "headers": raw}, receive, send)
    received = {name.decode().lower(): text.decode() for name, text in messages[0]["headers"]}
    return received, b"".join(message.get("body", b"") for message in messages[1:])


def test_a_file_arrives_compressed_and_whole() -> None:
    headers, body = asked(CompressOnce(App()))
    assert (headers["content-encoding"], gzip.decompress(body)) == ("gzip", BODY)
    assert len(body) < len(BODY) / 10


def test_the_stated_length_is_the_length_of_what_is_sent() -> None:
    headers, body = asked(CompressOnce(App()))
    assert int(headers["content-length"]) == len(body)


def test_a_file_is_compressed_once_for_a_whole_class_that_asks_together() -> None:
    app = App()
    served = CompressOnce(app)

    async def a_class() -> list[tuple[dict[str, str], bytes]]:
        return await asyncio.gather(*(answer(served, FILE, "GET", {}) for _ in range(30)))

    assert len({body for _, body in run(a_class())}) == 1
    assert app.asked == 1


@pytest.mark.parametrize(
    "app",
    [
        App(headers={"set-cookie": "name=somebody"}),
        App(headers={"cache-control": "no-cache"}),
        App(headers={"cache-control": "private, max-age=60"}),
        App(status=404),
    ],
)
def test_nothing_is_kept_that_is_not_the_same_file_for_everybody(app: App) -> None:
    served = CompressOnce(app)
    asked(served)
    asked(served)
    assert app.asked == 2


@pytest.mark.parametrize(
    "question",
    [
        {"method": "HEAD"},
        {"if_none_match": '"etag"'},
        {"range": "bytes=0-99"},
        {"accept_encoding": "identity"},
        {"path": "/_stcore/health"},
    ],
)
def test_only_the_app_answers_what_does_not_ask_for_a_whole_compressed_file(question: dict[str, str]) -> None:
    app = App()
    served = CompressOnce(app)
    asked(served)
    asked(served, **question)
    assert app.asked == 2


def test_a_browser_that_cannot_read_gzip_gets_the_file_as_it_is() -> None:
    headers, body = asked(CompressOnce(App()), accept_encoding="identity")
    assert ("content-encoding" in headers, body) == (False, BODY)


def test_a_page_that_is_no_file_is_compressed_too() -> None:
    _, body = asked(CompressOnce(App(media="text/html")), path="/train")
    assert gzip.decompress(body) == BODY


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_what_is_no_request_passes_through_untouched(kind: str) -> None:
    seen: list[tuple[object, ...]] = []

    async def app(*arguments: object) -> None:
        seen.append(arguments)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None: ...

    scope = {"type": kind, "path": FILE, "headers": []}
    run(CompressOnce(app)(scope, receive, send))
    assert seen == [(scope, receive, send)]


def test_a_document_announces_the_scripts() -> None:
    headers, _ = asked(Announce(App(media="text/html; charset=utf-8"), ["/a.js", "/b.js"]))
    assert headers["link"] == "</a.js>; rel=preload; as=script, </b.js>; rel=preload; as=script"


def test_a_script_announces_nothing() -> None:
    headers, _ = asked(Announce(App(), ["/a.js"]))
    assert "link" not in headers
