"""Take home: a button with a menu of files that keep what a player shows.

Pictures, film and page are made in the browser. Texts are made here when one is asked for, and go over the session's
own connection: a download that is a second request may reach another process, which knows nothing of this session.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.frame import session
from pages.frame.live import guarded
from pages.player.joining import joined, registered
from pages.take_home.offline import offline_page
from pages.take_home.words import words
from wording import speak

HERE = Path(__file__).parent
SCRIPTS = ("../player/connection.js", "kinds.js", "saving.js", "asking.js", "menu.js", "take_home.js")
MAKERS = (
    "../player/frames.js",
    "../player/theme.js",
    "kinds.js",
    "fonts.js",
    "camera.js",
    "webm.js",
    "recorder.js",
    "film.js",
    "offline.js",
)
"""What makes pictures, films and pages: sent when the first of them is wanted, for scripts come with every run."""
PAGE = "page"
"""What the browser calls the page that plays offline, as yet without a run: it puts in what it shows."""


@dataclass(frozen=True)
class Takeaway:
    """A text that is made when somebody asks for it: what it is called and of which kind it is, and the file's name.

    `note` says, once it has been made, what one should know about it.
    """

    label: str
    kind: str
    file: str
    make: Callable[[], str]
    note: Callable[[], str] = str


def take_home_button(player: str, name: str, texts: Sequence[Takeaway] = ()) -> None:
    """Show the button for the player with this key; the files that the browser makes have the `name`."""
    if session.is_hidden("take_home"):
        return
    with st.container(key=f"take_home_{player}", width="content"):
        _part(player, name, texts)


@st.fragment
def _part(player: str, name: str, texts: Sequence[Takeaway]) -> None:
    """Show the button; a text is part of the answer to who has just asked for it, and of no other."""
    speak(session.current_language())
    key = f"{player}_taken_home"
    data = {
        "player": player,
        "name": name,
        "words": words(),
        "files": [{"label": text.label, "kind": text.kind, "file": text.file} for text in texts],
        "answer": _answer(getattr(st.session_state.get(key), "asked", None), texts),
    }
    _component()(key=key, data=data, on_asked_change=lambda: None)


def _answer(question: Any, texts: Sequence[Takeaway]) -> dict[str, Any] | None:
    """Return the answer to a question of the browser's, which is somebody's input; None where it is no question.

    Where what is asked for does not exist, or cannot be made, the answer has no text.
    """
    if not isinstance(question, dict) or type(question.get("n")) is not int:
        return None
    own: dict[str, Callable[[], str]] = {PAGE: offline_page, "makers": makers}
    known = {text.file: text for text in texts} | {name: Takeaway("", name, name, make) for name, make in own.items()}
    answer: dict[str, Any] = {"n": question["n"], "text": None, "note": ""}
    if (wanted := known.get(str(question.get("file")))) is not None:
        with guarded(f"The file {wanted.kind}"):
            answer |= {"text": wanted.make(), "note": wanted.note()}
    return answer


@cache
def makers() -> str:
    """Return the script, with the names that the menu knows, of what makes files in the browser."""
    return f"{joined(HERE / name for name in MAKERS)}\nexport {{ Camera, filmOf, offlinePage }};\n"


@cache
def _component() -> Any:
    return registered("take_home", HERE, SCRIPTS)
