"""What can be seen of a figure: traces, axes, coordinates and words."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from charts.look import Figure
from charts.trail import BLANK

TAG = re.compile(r"<[^>]*>")
BLANKS = f" {BLANK}"


def traces(figure: Figure) -> list[dict[str, Any]]:
    """What the figure shows, one after the other."""
    found: list[dict[str, Any]] = figure["data"]
    return found


def trace(figure: Figure, name: str) -> dict[str, Any]:
    """The one trace that the legend calls so."""
    return traces(figure)[place(figure, name)]


def moved(figure: Figure, name: str) -> list[dict[str, Any]]:
    """What each frame gives the trace that the legend calls so."""
    return moves(figure, place(figure, name))


def moves(figure: Figure, index: int) -> list[dict[str, Any]]:
    """What each frame gives the trace with this number."""
    return [frame["data"][frame["traces"].index(index)] for frame in figure["frames"]]


def place(figure: Figure, name: str) -> int:
    """The number of the one trace that the legend calls so."""
    (index,) = [k for k, t in enumerate(traces(figure)) if t.get("name") == name and t.get("showlegend", True)]
    return index


def names(figure: Figure) -> list[str]:
    """The names of the traces."""
    return [trace.get("name", "") for trace in traces(figure)]


def axes(figure: Figure) -> dict[str, dict[str, Any]]:
    """The axes on which numbers stand, by their names in the layout."""
    layout = {**figure["layout"], **figure["layout"].get("scene", {})}
    return {name: axis for name, axis in layout.items() if "axis" in name and axis.get("type") != "category"}


def ranges(figure: Figure) -> list[list[float]]:
    """The range of each axis."""
    return [axis["range"] for axis in axes(figure).values()]


def drawn(figure: Figure) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each trace as it is at rest and in each frame, with the values that are new there."""
    yield from ((trace, trace) for trace in traces(figure))
    for frame in figure["frames"]:
        for k, new in zip(frame["traces"], frame["data"], strict=True):
            yield {**traces(figure)[k], **new}, new


def coordinates(figure: Figure) -> dict[str, list[float]]:
    """All numbers drawn on each of these axes, before and during the animation, as the axis counts them."""
    found: dict[str, list[float]] = {name: [] for name in axes(figure)}
    for whole, new in drawn(figure):
        for letter in "xyz":
            name = whole.get(f"{letter}axis", letter).replace(letter, f"{letter}axis")
            values = [value for value in new.get(letter, []) if value is not None]
            if name in found and whole["type"] not in ("contour", "surface"):
                found[name] += np.log10(values).tolist() if axes(figure)[name].get("type") == "log" else values
    return found


def words(figure: Figure) -> list[str]:
    """The words of a figure: in its legend, at its axes, in its notes, beside its points and where one hovers."""
    titles = [axis.get("title", {}).get("text", "") for axis in axes(figure).values()]
    titles += [figure["layout"].get("xaxis", {}).get("title", {}).get("text", "")]
    notes = [note["text"] for note in figure["layout"].get("annotations", [])]
    hovered = [text for trace in traces(figure) for key in ("hovertext", "text") for text in trace.get(key, [])]
    seen = [TAG.sub("", word).strip(BLANKS) for word in (*names(figure), *titles, *notes, *hovered)]
    return [word for word in seen if word]
