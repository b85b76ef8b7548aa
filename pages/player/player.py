"""The one component that shows figures: side by side, and played in step where they have frames.

Frames of all figures carry the same names. The figures stay ordinary plotly figures; what plays them is `player.js`.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import plotly
import streamlit as st
from plotly.offline import get_plotlyjs_version

from charts.iterations import IterationScale, pace
from charts.look import Figure
from core.theory.limits import Limits
from pages.player.joining import registered
from pages.player.words import words
from telling.ways import Way

HERE = Path(__file__).parent
STATIC = Path(__file__).parents[2] / "static"
SCRIPTS = (
    "connection.js",
    "frames.js",
    "keys.js",
    "plane.js",
    "moving.js",
    "places.js",
    "played.js",
    "theme.js",
    "zoom.js",
    "script.js",
    "ways.js",
    "reins.js",
    "handles.js",
    "picture.js",
    "player.js",
)
"""The player's JavaScript; each of these has its own part of the work, and no two names at their top are the same."""


@dataclass(frozen=True)
class Picture:
    """A figure, what to say of it to someone who cannot see it, and how much of the row's width it takes.

    `handles` are the names of what a hand can take hold of in it, in the order of the figure's own list of them.
    """

    figure: Figure
    alt: str
    share: float = 1.0
    handles: Sequence[str] = ()


@dataclass(frozen=True)
class Live:
    """A run that can be steered: whether it is live now, and what the player must know to play it.

    `answered` is the number of the player's last report that was taken, `turned` of the dial's. `said` is told to
    those who listen when it changes. `playing` says that these frames are a portion that is to be played on, `pace` for
    how many iterations a second they were made, `stops` that the run pauses where they end.
    `switch` is how the switch to live is shown: "free", "locked" or "".
    """

    on: bool
    answered: int
    turned: int = 0
    said: str = ""
    playing: bool = False
    pace: float = 0.0
    stops: bool = False
    switch: str = "free"


def player(
    pictures: Sequence[Picture],
    captions: Sequence[str] = (),
    *,
    key: str = "player",
    height: int = 330,
    scale: IterationScale | None = None,
    seconds: Sequence[float] | None = None,
    ways: Sequence[Way] = (),
    on_click: Callable[[], None] | None = None,
    on_place: Callable[[], None] | None = None,
    live: Live | None = None,
    on_report: Callable[[], None] | None = None,
    held: bool = False,
    autoplay: bool = False,
    large: bool = False,
    limits: Sequence[Limits] = (),
) -> Any:
    """Show the pictures, and play them where they have frames; `captions` holds one line of text for each frame.

    The slider has the `scale` of the iterations, and `seconds` says how long each frame takes to the next. With
    `on_click`, a click on a point is reported as `clicked`: a dict of figure, curve, x and y; with `on_place` one
    anywhere between the axes as `placed`: figure, x and y. With `live` the run can be steered, and what a hand does to
    it is reported as `steered`: see `pages.steering.reports`. `held` keeps the axes as they are, `autoplay` plays at
    once, `large` is for the back row. The dial follows `limits`, one at each frame, where the learning rate's move.
    Raises ValueError when the frames of two figures, or the captions, do not match.
    """
    names = frame_names(pictures, captions)
    iterations = [int(name) for name in names]
    shown = {
        "figures": [
            {**picture.figure, "alt": picture.alt, "share": picture.share, "handles": list(picture.handles)}
            for picture in pictures
        ],
        "names": names,
        "captions": list(captions),
        "places": _places(iterations, scale),
        "seconds": list(pace(iterations) if seconds is None else seconds),
        "ways": [asdict(way) for way in ways],
        "height": height,
        "words": words(),
        "clickable": on_click is not None,
        "placeable": on_place is not None,
        "live": live and asdict(live),
        "held": held,
        "autoplay": autoplay,
        "large": large,
        "limits": [[at.creeping, at.monotone, at.stable] for at in limits],
    }
    # As one text: Streamlit would look through all of it, and write it once more, and the browser would compare it so.
    data = {"plotly": plotly_address(), "shown": as_json(shown)}
    return _component()(
        key=key,
        data=data,
        on_clicked_change=on_click or (lambda: None),
        on_placed_change=on_place or (lambda: None),
        on_steered_change=on_report or (lambda: None),
    )


def _places(iterations: list[int], scale: IterationScale | None) -> list[float]:
    """Return where each frame stands on the slider, and on the axis of the iterations."""
    places: list[float] = (scale or IterationScale(iterations[-1])).places(iterations).tolist() if iterations else []
    return places


def as_json(data: Any) -> str:
    """Return the data as JSON, with nothing in place of infinite numbers and NaN, which no browser can read."""
    return orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def frame_names(pictures: Sequence[Picture], captions: Sequence[str]) -> list[str]:
    """Return the names of the frames, in order, which all figures share."""
    names = [[frame["name"] for frame in p.figure["frames"]] for p in pictures if p.figure.get("frames")]
    if any(other != names[0] for other in names) or (names and len(captions) != len(names[0])):
        raise ValueError("all figures must have frames of the same names, and one caption each")
    return names[0] if names else []


@cache
def plotly_address() -> str:
    """Put the script that came with the installed plotly package where the server serves it; return its address."""
    script = STATIC / f"plotly-{get_plotlyjs_version()}.min.js"
    if not script.exists():
        STATIC.mkdir(exist_ok=True)
        part = script.with_suffix(f".{os.getpid()}")  # several servers may start at once
        shutil.copyfile(Path(plotly.__file__).parent / "package_data" / "plotly.min.js", part)
        part.replace(script)
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{'/' + base if base else ''}/app/static/{script.name}"


@cache
def _component() -> Any:
    """Return what mounts the component: registered once, for Streamlit itself makes it known to each later runtime."""
    return registered("player", HERE, SCRIPTS)


def source(name: str) -> str:
    """Return what one of the component's files holds."""
    return (HERE / name).read_text(encoding="utf-8")
