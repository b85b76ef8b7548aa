"""The door of a class: a room is opened, or its word is typed; and a teacher's link is taken at its key."""

from functools import cache
from pathlib import Path
from typing import Any

from pages.frame.session import chosen, settings
from pages.player.joining import registered
from pages.room.membership import Trouble
from pages.settings.tasks import FIRST, kind_of, task_address
from wording import _

HERE = Path(__file__).parent


def show_entrance() -> None:
    """Show the two forms."""
    words = {
        "word": _("The word on the wall"),
        "join": _("Join"),
        "invitation": _("You teach? The class tries learning rates, and the wall shows what it finds, live."),
        "open": _("Open a room"),
        "asking": _("Opening …"),
        "wrong": _("This link opens no room: the room has vanished, or the link is not complete."),
        "failed": _("The room cannot be reached. Open the link again in a minute."),
    }
    task = task_address({**FIRST, **chosen()}, kind_of(settings()))
    data = {"words": words, "room": settings().room, "task": task}
    _component()(key="entrance", data=data)


def trouble_sentence(why: Trouble) -> str:
    """Say why somebody is not in a room, and what to do."""
    if why is Trouble.MISSING:
        return _("There is no room of this word. Compare it with the wall; a room vanishes after a day.")
    if why is Trouble.BUSY:
        return _("Too many words were wrong, or the room is full. Try again in a minute.")
    return _("The rooms cannot be reached at the moment. What you see works without them.")


@cache
def _component() -> Any:
    return registered("entrance", HERE, ["entrance.js"])
