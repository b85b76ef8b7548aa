"""Let a class in: `make class`. Two server processes for each core, on the network, until Ctrl+C."""

import os
import secrets
import shutil
import socket
import sys

import uvicorn

from pages.settings.tasks import CURVE, FIRST, board_address, task_address
from rooms.database import DatabaseError, place
from rooms.limits import TooManyError
from rooms.room import open_room
from rooms.words import new_token
from serving.greeting import EVERYWHERE, for_the_teacher, greeting

PORT = 8501
WORKERS_A_CORE = 2
PATIENCE_WITH_WORKERS = 60
"""Seconds after which a process that does not answer is replaced; one with a hundred students may well be busy."""


def main() -> None:
    """Serve the app as the environment variables HOST, PORT and WORKERS say."""
    host, port = os.environ.get("HOST", EVERYWHERE), int(os.environ.get("PORT", PORT))
    if problem := cannot_listen(host, port):
        sys.exit(f"Cannot listen at {host}, port {port}: {problem}. Another port: make class PORT={port + 1}")
    print(greeting(host, port, shutil.get_terminal_size() if sys.stdout.isatty() else None), flush=True)
    print(invitation(host, port), flush=True)
    serve("app:app", host, port, int(os.environ.get("WORKERS", usual_workers())))


def usual_workers() -> int:
    """Return how many processes serve a class: two for each core, of which one works while the other waits.

    With as many as cores a hundred students are answered half as soon, and twice as many lose theirs when one dies.
    """
    return WORKERS_A_CORE * (os.cpu_count() or 1)


def invitation(host: str, port: int) -> str:
    """Open a room for this class, and return what the teacher is told: the link, or why there is none."""
    key = new_token()
    try:
        room = open_room(key, task_address(FIRST, CURVE))
    except (DatabaseError, TooManyError) as problem:
        return f"No class board: the rooms cannot be kept in {place()} ({problem})."
    return for_the_teacher(host, port, board_address(room.word, room.address), key)


def cannot_listen(host: str, port: int) -> str | None:
    """Return why the port cannot be had, None when it can."""
    with socket.socket() as listener:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as problem:
            return getattr(problem, "strerror", None) or str(problem)
    return None


def serve(app: str, host: str, port: int, workers: int) -> None:
    """Serve the application, named as `module:variable`, from several processes until Ctrl+C."""
    os.environ.setdefault("STREAMLIT_SERVER_COOKIE_SECRET", secrets.token_hex())  # one for all processes
    uvicorn.run(
        app,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        ws_per_message_deflate=False,  # as Streamlit's own server has it: compressing would cost every rerun time
        timeout_worker_healthcheck=PATIENCE_WITH_WORKERS,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
