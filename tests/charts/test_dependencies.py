from typing import Any

from charts.dependencies import dependencies_figure
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
