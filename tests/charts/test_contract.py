from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from tests.charts.contract import PROMISES, broken, it_speaks_the_language
from tests.charts.figures import ENTRIES, Entry, entry
from tests.charts.seen import ranges, words
from wording import speak


@contextmanager
def in_turkish() -> Iterator[None]:
    speak("tr")
    try:
        yield
    finally:
        speak("en")


def other_iterations(found: Entry) -> list[list[int]]:
    """Fewer frames than a page asks for, and more."""
    last = max(found.iterations, default=0)
    return [sorted({0, last}), sorted({*found.iterations, *range(min(last, 60) + 1)})]


@pytest.mark.parametrize(("figure", "run"), ENTRIES, ids=lambda part: part or "alone")
def test_every_figure_keeps_the_contract(figure: str, run: str) -> None:
    found = entry(figure, run)
    drawn = found.draw(found.iterations)
    for promise in PROMISES:
        promise(drawn)
    assert [frame["name"] for frame in drawn["frames"]] == [str(i) for i in found.iterations]
    for others in other_iterations(found):
        assert ranges(found.draw(others)) == ranges(drawn), "the choice of frames moves an axis"
    assert found.draw(found.iterations) == drawn, "drawn again, it is another figure"
    with in_turkish():
        turkish = found.draw(found.iterations)
        it_speaks_the_language(turkish)
    assert (words(turkish) != words(drawn)) is found.says_something


FIRST = ("frames", 0)
FAULTS: dict[str, tuple[tuple[Any, ...], Any, str]] = {
    "an option plotly does not know": (("data", 0, "colour"), "red", "plotly_accepts_it"),
    "a number that is none": (("data", 0, "y", 0), np.nan, "a_browser_can_read_it"),
    "a frame of a trace that is not there": ((*FIRST, "traces"), [9], "frames_name_the_traces_they_move"),
    "a frame of one trace too many": ((*FIRST, "traces"), [3, 2], "frames_name_the_traces_they_move"),
    "a frame that changes the layout": ((*FIRST, "layout"), {}, "frames_name_the_traces_they_move"),
    "a frame that makes bars of a line": ((*FIRST, "data", 0, "type"), "bar", "frames_keep_the_type_of_a_trace"),
    "a frame that paints": ((*FIRST, "data", 0, "name"), "now", "frames_keep_the_type_of_a_trace"),
    "a line that rests elsewhere": (("data", -2, "y"), [0.0, 1.0], "at_rest_it_shows_its_last_frame"),
    "a point without its height": (("data", 0, "y"), [1.0], "every_point_has_all_its_coordinates"),
    "an axis without extent": (("layout", "xaxis", "range"), [1.0, 1.0], "every_axis_is_fixed"),
    "an axis that plotly chooses": (("layout", "yaxis", "autorange"), True, "every_axis_is_fixed"),
    "a point out of this world": (("data", 1, "y", 0), 1e20, "nothing_is_further_off_than_a_browser_can_draw"),
    "a black axis": (("layout", "xaxis", "color"), "black", "colours_of_text_and_grid_are_left_to_the_theme"),
    "a line that shall dance": (("data", 2, "meta"), {"dances": True}, "the_player_is_told_of_a_trace_what_it_knows"),
    "numbers one too few": (("data", -4, "text"), ["1"], "the_player_is_told_of_a_trace_what_it_knows"),
    "a handle of a point that is not there": (
        ("layout", "meta", "handles", 0, "points"),
        [2],
        "a_hand_can_take_hold_only_of_what_is_there",
    ),
    "the wrong decimal sign": (("layout", "separators"), ",.", "it_speaks_the_language"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_contract_sees_a_figure_that_breaks_it(fault: str) -> None:
    (*way, last), value, promise = FAULTS[fault]
    found = entry("prediction", "a line that settles")
    figure = deepcopy(found.draw(found.iterations))
    assert broken(figure) == []
    part: Any = figure
    for step in way:
        part = part[step]
    part[last] = value
    assert promise in broken(figure)


def test_the_contract_sees_a_word_that_was_not_translated(turkish: None) -> None:
    found = entry("prediction", "a line that settles")
    figure = deepcopy(found.draw(found.iterations))
    assert broken(figure) == []
    figure["data"][0]["name"] = "data"
    assert broken(figure) == ["it_speaks_the_language"]
