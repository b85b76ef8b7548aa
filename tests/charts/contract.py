"""What every figure promises, whatever it shows: one function a promise, each an assertion about one figure."""

import json
import math
from collections.abc import Callable
from copy import deepcopy

import plotly.graph_objects as go

from charts.look import Figure
from tests.charts.seen import axes, coordinates, drawn, traces, words
from wording import SEPARATORS, catalogue, language

BEYOND_EVERY_SCREEN = 1e5
"""How many times the width of the frame a point may lie outside it, for a browser still to draw it."""
TOLD_TO_THE_PLAYER = ("from", "each", "grows")
COLOURS_OF_THE_THEME = {"color", "gridcolor", "linecolor", "paper_bgcolor", "plot_bgcolor"}


def plotly_accepts_it(figure: Figure) -> None:
    accepted = go.Figure(figure)
    assert (len(accepted.data), len(accepted.frames)) == (len(traces(figure)), len(figure["frames"]))
    assert traces(figure)


def a_browser_can_read_it(figure: Figure) -> None:
    # plotly's own to_json would turn NaN into null and hide it; the player sends the plain figure.
    assert json.loads(json.dumps(figure, allow_nan=False)).keys() == {"data", "frames", "layout"}


def frames_name_the_traces_they_move(figure: Figure) -> None:
    for frame in figure["frames"]:
        assert frame.keys() == {"name", "traces", "data"}
        assert frame["traces"] == figure["frames"][0]["traces"]
        assert len(frame["traces"]) == len(set(frame["traces"])) == len(frame["data"]) > 0
        assert set(frame["traces"]) <= set(range(len(traces(figure))))


def frames_keep_the_type_of_a_trace(figure: Figure) -> None:
    for frame in figure["frames"]:
        for k, new in zip(frame["traces"], frame["data"], strict=True):
            assert new.get("type", "scatter") == traces(figure)[k]["type"]
            assert new.keys() <= {"type", "x", "y", "z"}


def at_rest_it_shows_its_last_frame(figure: Figure) -> None:
    for frame in figure["frames"][-1:]:
        for k, new in zip(frame["traces"], frame["data"], strict=True):
            assert {name: traces(figure)[k][name] for name in new} == new


def every_point_has_all_its_coordinates(figure: Figure) -> None:
    for whole, _new in drawn(figure):
        if whole["type"] in ("contour", "surface"):
            assert len(whole["z"]) == len(whole["y"])
            assert {len(row) for row in whole["z"]} == {len(whole["x"])}
        else:
            assert len({len(whole[letter]) for letter in "xyz" if letter in whole}) == 1
            assert len(whole["x"]) > 0


def every_axis_is_fixed(figure: Figure) -> None:
    assert len(axes(figure)) > 1
    for name, axis in axes(figure).items():
        low, high = axis["range"]
        assert math.isfinite(high - low), name
        assert low < high, name
        assert axis.get("autorange", "scene" not in figure["layout"]) is False, name


def nothing_is_further_off_than_a_browser_can_draw(figure: Figure) -> None:
    for name, values in coordinates(figure).items():
        low, high = axes(figure)[name]["range"]
        reach = BEYOND_EVERY_SCREEN * (high - low)
        assert [value for value in values if not low - reach <= value <= high + reach] == [], name


def colours_of_text_and_grid_are_left_to_the_theme(figure: Figure) -> None:
    layout = figure["layout"]
    assert layout["template"] == {}
    for part in (layout, layout["font"], *axes(figure).values()):
        assert part.keys().isdisjoint(COLOURS_OF_THE_THEME)


def the_player_is_told_of_a_trace_what_it_knows(figure: Figure) -> None:
    for trace in traces(figure):
        for name, value in trace.get("meta", {}).items():
            assert name in TOLD_TO_THE_PLAYER
            assert value >= 0 if name == "from" else value is True
            assert name != "grows" or trace["mode"] == "lines"
            assert name != "each" or len(trace["text"]) == len(trace["x"])


def a_hand_can_take_hold_only_of_what_is_there(figure: Figure) -> None:
    for handle in figure["layout"].get("meta", {}).get("handles", []):
        assert handle.keys() - {"ends"} == {"trace", "points"}
        assert handle.get("ends", [0, 1]) == sorted(handle.get("ends", [0, 1]))
        assert len(handle["points"]) > 0
        assert set(handle["points"]) <= set(range(len(traces(figure)[handle["trace"]]["y"])))


def it_speaks_the_language(figure: Figure) -> None:
    assert figure["layout"]["separators"] == SEPARATORS[language()]
    translated = catalogue(language()).gettext
    parts = [part for word in words(figure) for part in (word, word.split(" (")[0])]
    assert [part for part in parts if translated(part) not in (part, "")] == []


PROMISES: list[Callable[[Figure], None]] = [
    plotly_accepts_it,
    a_browser_can_read_it,
    frames_name_the_traces_they_move,
    frames_keep_the_type_of_a_trace,
    at_rest_it_shows_its_last_frame,
    every_point_has_all_its_coordinates,
    every_axis_is_fixed,
    nothing_is_further_off_than_a_browser_can_draw,
    colours_of_text_and_grid_are_left_to_the_theme,
    the_player_is_told_of_a_trace_what_it_knows,
    a_hand_can_take_hold_only_of_what_is_there,
    it_speaks_the_language,
]


def broken(figure: Figure) -> list[str]:
    """The promises that a figure breaks."""

    def keeps(promise: Callable[[Figure], None]) -> bool:
        try:
            promise(deepcopy(figure))  # plotly takes a figure it refuses to pieces
        except (AssertionError, LookupError, ValueError):
            return False
        return True

    return [promise.__name__ for promise in PROMISES if not keeps(promise)]
