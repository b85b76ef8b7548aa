from typing import Any

import pytest

from charts.dependencies import Edge, Node, dependencies_figure
from charts.lesson_look import GRADIENT
from charts.look import NOW, Figure
from tests.charts.figures import EDGES, NODES
from tests.charts.seen import ranges

FORWARDS = dependencies_figure(NODES, EDGES, [0], backwards=False)
BACKWARDS = dependencies_figure(NODES, EDGES, [0, 2], backwards=True)


def arrows(figure: Figure) -> list[dict[str, Any]]:
    return [note for note in figure["layout"]["annotations"] if note["showarrow"]]


def labels(figure: Figure) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"] if not note["showarrow"]]


def test_every_node_shows_its_name_and_its_value() -> None:
    (nodes,) = FORWARDS["data"]
    assert nodes["text"] == [
        "<b>input</b><br>42",
        "<b>weight</b><br>0.5",
        "<b>output</b><br>21.5",
        "<b>loss</b><br>7,413",
    ]


def test_every_edge_is_an_arrow_from_what_it_depends_on() -> None:
    found = [(arrow["ax"], arrow["ay"], arrow["x"], arrow["y"]) for arrow in arrows(FORWARDS)]
    assert found == [(0.0, 1.0, 1.2, 0.0), (0.0, 0.0, 1.2, 0.0), (1.2, 0.0, 2.2, 0.0)]


def test_the_active_edges_point_backwards_when_going_backwards() -> None:
    found = [(arrow["ax"], arrow["ay"], arrow["x"], arrow["y"]) for arrow in arrows(BACKWARDS)]
    assert found == [(1.2, 0.0, 0.0, 1.0), (0.0, 0.0, 1.2, 0.0), (2.2, 0.0, 1.2, 0.0)]


def test_every_edge_shows_its_slope_and_the_active_ones_strongly() -> None:
    assert labels(FORWARDS) == labels(BACKWARDS) == ["<b>0.5</b>", "42"]


def test_the_active_edges_are_strong() -> None:
    assert [arrow["arrowwidth"] > 2 for arrow in arrows(FORWARDS)] == [True, False, False]


def test_forwards_and_backwards_have_different_colours() -> None:
    assert arrows(FORWARDS)[0]["arrowcolor"] == NOW
    assert arrows(BACKWARDS)[0]["arrowcolor"] == GRADIENT


def test_all_nodes_lie_within_the_frame() -> None:
    (nodes,) = FORWARDS["data"]
    for values, (low, high) in zip((nodes["x"], nodes["y"]), ranges(FORWARDS), strict=True):
        assert all(low < value < high for value in values)


# A network: many thin edges, and one way through them

LAYERS = (
    Node("x1", "2", 0.0, 1.0, "data"),
    Node("h1", "1.1", 1.1, 1.0, inside="1"),
    Node("", "", 1.1, -1.0, inside="2"),
    Node("output", "3.8", 2.2, 0.0, side="top right"),
    Node("loss", "4", 3.3, 0.0, "loss"),
)
MESH = (
    Edge(0, 1, "into", below=True),
    Edge(0, 2, main=False),
    Edge(1, 3, "out", below=True),
    Edge(2, 3, main=False),
    Edge(3, 4, "last", below=True),
)
THROUGH = dependencies_figure(LAYERS, MESH, [0, 1, 2, 4], backwards=True)


def test_what_is_no_main_edge_is_a_thin_line_strong_or_quiet() -> None:
    quiet, strong = THROUGH["data"][:2]
    assert (quiet["mode"], quiet["x"], quiet["y"]) == ("lines", [1.1, 2.2, None], [-1.0, 0.0, None])
    assert (strong["x"], strong["y"]) == ([0.0, 1.1, None], [1.0, -1.0, None])
    assert strong["line"]["color"] == GRADIENT
    assert len(arrows(THROUGH)) == 3


def test_slopes_below_stand_in_one_row_under_the_middles_of_their_edges() -> None:
    notes = {note["text"]: note for note in THROUGH["layout"]["annotations"] if not note["showarrow"]}
    below = [notes[f"<b>{name}</b>"] for name in ("into", "out", "last")]
    assert [note["x"] for note in below] == pytest.approx([0.55, 1.65, 2.75])
    assert {note["y"] for note in below} == {below[0]["y"]}
    assert below[0]["y"] < -1.0


def test_only_the_chosen_of_many_nodes_tells_its_value_and_all_have_their_numbers() -> None:
    nodes, numbers = THROUGH["data"][2:]
    assert nodes["text"] == ["<b>x1</b><br>2", "", "", "<b>output</b><br>3.8", "<b>loss</b><br>4"]
    assert "<b>h1</b> = 1.1" in labels(THROUGH)
    assert (numbers["mode"], numbers["text"]) == ("text", ["1", "2"])


def test_the_columns_of_a_network_lie_within_the_frame() -> None:
    (low, high), (bottom, _top) = ranges(THROUGH)
    assert low < 0 < 3.3 < high
    assert all(bottom < note["y"] for note in THROUGH["layout"]["annotations"])
