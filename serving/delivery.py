"""Between the app and the browser: everything that can be compressed is, and the large script is announced early.

Streamlit sends its own scripts uncompressed, because compressing them for every visitor costs more than it saves.
They never change while the server runs, so that here they are compressed once and kept.
"""

import asyncio
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILES = "/static/"
"""Part of the address of all files: Streamlit's own are below /static/, the app's below /app/static/."""

WANTS_MORE_THAN_THE_FILE = ("range", "if-none-match", "if-modified-since")
FORBIDS_KEEPING = ("no-cache", "no-store", "private")


class CompressOnce:
    """Compress what a browser reads; keep the compressed files."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self.app = GZipMiddleware(app)
        self.kept: dict[str, list[Message]] = {}
        self.compressing = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file from what is kept, and any other from the app; WebSockets are left alone."""
        if not asks_for_a_file(scope):
            return await self.app(scope, receive, send)
        for message in self.kept.get(scope["path"]) or await self._answer(scope, receive):
            await send(message)

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        async with self.compressing:  # a class that arrives at once waits for one compression, not for thirty
            if scope["path"] in self.kept:
                return self.kept[scope["path"]]
            answer = await collected(self.app, scope, receive)
            if may_be_kept(answer[0]):
                self.kept[scope["path"]] = answer
            return answer


def asks_for_a_file(scope: Scope) -> bool:
    """Return whether the request asks for a whole file, compressed."""
    if scope["type"] != "http" or scope["method"] != "GET" or FILES not in scope["path"]:
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and not any(
        name in headers for name in WANTS_MORE_THAN_THE_FILE
    )


async def collected(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    """Return the app's answer in two messages: the start, with the length of the body, and the body."""
    messages: list[Message] = []

    async def note(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, note)
    start, body = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
    MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
    return [start, {"type": "http.response.body", "body": body}]


def may_be_kept(start: Message) -> bool:
    """Return whether the answer that starts like this is a file, the same one for everybody and for long."""
    headers = Headers(raw=start["headers"])
    control = headers.get("cache-control", "")
    return (
        start["status"] == 200 and "set-cookie" not in headers and not any(word in control for word in FORBIDS_KEEPING)
    )


class Announce:
    """Tell the browser with every document which scripts it will need, so that it need not wait to be asked."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str]) -> None:
        """Stand in front of `app`; `scripts` are addresses on this server."""
        self.app = app
        self.link = ", ".join(f"<{script}>; rel=preload; as=script" for script in scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header `Link` to HTML, and to nothing else."""

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("link", self.link)
            await send(message)

        await self.app(scope, receive, send_with_link)
