"""How a class enters: a browser gets a token, a room is opened, its word leads to what the class does, a key is given.

The token is in a cookie that no script can read; it says nothing about who somebody is, and is kept for a day.
"""

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from cachetools import TTLCache, cached
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pages.settings.tasks import BOARD, PAGE, board_address, cleaned
from rooms import room
from rooms.database import DatabaseError
from rooms.limits import A_DAY, TooManyError
from rooms.room import NoKeyError, NoRoomError
from rooms.students import student_of
from rooms.words import COOKIE, is_token, new_token, read_word

LONGEST_TASK = 100_000
"""Bytes."""
SOON, LATER = 0.5, 60.0
"""Seconds for which a room's version, and who is in it, are not asked again."""
TAKEN, MISSING, BUSY, BROKEN = "taken", "missing", "busy", "broken"
"""What somebody who wanted to enter is told: the key is taken, or no such room or key, too many tries, no database."""
AnyResponse = TypeVar("AnyResponse", bound=Response)


def token_of(request: Request) -> str | None:
    """Return the token of a browser; None where it has none yet."""
    token = request.cookies.get(COOKIE)
    return token if is_token(token) else None


def known_by(response: AnyResponse, token: str, request: Request) -> AnyResponse:
    """Have the browser keep its token for a day from now on."""
    is_private = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=int(A_DAY), httponly=True, samesite="lax", secure=is_private)
    return response


def is_foreign(request: Request) -> bool:
    """Return whether another site's page sends this, which nobody here has asked for."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


async def open_room(request: Request) -> Response:
    """Open a room for the task that the form holds, and lead to its board."""
    return await run_in_threadpool(_open, request, await _form(request))


def _open(request: Request, form: Mapping[str, str]) -> Response:
    if is_foreign(request):
        return Response(status_code=403)
    token = token_of(request) or new_token()
    try:
        opened = room.open_room(token, cleaned(form.get("task", "")))
    except (TooManyError, DatabaseError) as problem:
        return _to_door(BUSY if isinstance(problem, TooManyError) else BROKEN)
    return known_by(_lead(board_address(opened.word, opened.address)), token, request)


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form, of which no file is one."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_TASK:
            return {}
    return {name: values[-1] for name, values in parse_qs(body.decode(errors="replace")).items()}


def _lead(address: str) -> RedirectResponse:
    # Relative, so that it also leads there where the app is served below another path.
    return RedirectResponse(f"../{address}", status_code=303)


def _to_door(trouble: str) -> RedirectResponse:
    return _lead(f"{BOARD}?trouble={trouble}")


def join(request: Request) -> Response:
    """Lead to what the class does in the room whose word the address, or the form in its query, holds."""
    text = str(request.path_params.get("word") or request.query_params.get("room", ""))
    token = token_of(request) or new_token()
    try:
        word = read_word(text)
        found = room.room_of(word) if student_of(word, token) else room.look_up(word, address_of(request))
    except (ValueError, NoRoomError):
        return _to_door(MISSING)
    except (TooManyError, DatabaseError) as problem:
        return _to_door(BUSY if isinstance(problem, TooManyError) else BROKEN)
    return known_by(_lead(f"{PAGE}?room={word}&{found.address}"), token, request)


def address_of(request: Request) -> str:
    """Return the network address that a request came from."""
    return request.client.host if request.client else ""


async def take_key(request: Request) -> Response:
    """Give this browser the key of a room, if the one that is sent is right."""
    return await run_in_threadpool(_take_key, request, await _form(request))


def _take_key(request: Request, form: Mapping[str, str]) -> Response:
    if is_foreign(request):
        return Response(status_code=403)
    token = token_of(request) or new_token()
    try:
        room.take_key(read_word(form.get("room", "")), form.get("key", ""), token, address_of(request))
    except (ValueError, NoKeyError):
        return JSONResponse({"answer": MISSING})  # a browser would log any other status as an error of the page's
    except (TooManyError, DatabaseError) as problem:
        return JSONResponse({"answer": BUSY if isinstance(problem, TooManyError) else BROKEN})
    return known_by(JSONResponse({"answer": TAKEN}), token, request)


def version(request: Request) -> Response:
    """Tell a student how often the room has changed; 0 once it is gone, and to anybody else. Of trouble say nothing."""
    word, token = str(request.path_params["word"]), token_of(request) or ""
    found: int | None = None
    with suppress(DatabaseError):
        found = _version(word) if _is_student(word, token) else 0
    return JSONResponse({"version": found}, headers={"cache-control": "no-store"})


def _is_student(word: str, token: str) -> bool:
    try:
        _check_student(word, token)
    except NoStudentError:
        return False
    return True


class NoStudentError(Exception):
    """Who asks about a room has not joined it; an error is not kept, so that who joins later is known at once."""


@cached(TTLCache[tuple[str, str], None](4096, LATER), lock=Lock())
def _check_student(word: str, token: str) -> None:
    if student_of(word, token) is None:
        raise NoStudentError


@cached(TTLCache[tuple[str], int](1024, SOON), lock=Lock())
def _version(word: str) -> int:
    try:
        return room.room_of(word).version
    except NoRoomError:
        return 0


ROUTES = [
    Route("/class/open", open_room, methods=["POST"]),
    Route("/class/key", take_key, methods=["POST"]),
    Route("/join/", join),
    Route("/join/{word}", join),
    Route("/room/{word}", version),
]
