"""The page that plays offline: the player with its scripts and styles, as yet without a run."""

from functools import cache
from pathlib import Path

from pages.player import player
from pages.player.joining import joined, named
from wording import language

PAGE = Path(__file__).with_name("offline.html")


def offline_page() -> str:
    """Return the page; marks such as <!--shown--> are left where the browser puts in what only it knows."""
    return _page().replace("<!--language-->", language())


@cache
def _page() -> str:
    script = named("play", joined(player.HERE / name for name in player.SCRIPTS))
    parts = {"style": player.source("player.css"), "player": player.source("player.html"), "script": script}
    page = PAGE.read_text(encoding="utf-8")
    for name, text in parts.items():
        page = page.replace(f"<!--{name}-->", text)
    return page
