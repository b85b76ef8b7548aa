"""The dependency diagram: what is computed from what, the values on its nodes and the slopes on its edges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.lesson_look import GRADIENT
from charts.look import DATA, LOSS, NOW, Figure, axis, layout
from charts.traces import Trace, figure, line, scatter

QUIET = "#9AA5B0"
COLOURS = {"data": DATA, "now": NOW, "loss": LOSS, "one": QUIET}
GAPS = {"standoff": 12, "startstandoff": 12}
"""Pixels between an arrow and the nodes it joins."""
CROWDED = 4
"""From so many nodes on the left on they are named on their left: there is no room between them."""
BELOW = 0.45
"""How far below the lowest node the slopes stand that are written there."""
ON_THE_WAY = "#5A6875"
"""The edges that are followed among many thin ones, at rest."""
CHIP = {"bgcolor": "#FFFFFF", "bordercolor": ON_THE_WAY, "font": {"color": "#22303C", "size": 12}}
"""What is written over the edges, readable on a light page and on a dark one."""


@dataclass(frozen=True)
class Node:
    """A value: its name and number as they are shown, where it stands, and what it means: a key of COLOURS.

    Of a node with something `inside`, its number, name and value stand over the edges around it; of any other on its
    `side`.
    """

    name: str
    value: str
    x: float
    y: float
    meaning: str = "now"
    size: float = 20.0
    inside: str = ""
    side: str = "top center"


@dataclass(frozen=True)
class Edge:
    """A dependency of one node on another (by their places in the list), and its local derivative as it is shown.

    An edge that is not `main` is a thin line, one of many. With `below` the derivative stands under the picture.
    """

    start: int
    end: int
    slope: str = ""
    main: bool = True
    below: bool = False


def dependencies_figure(
    nodes: Sequence[Node], edges: Sequence[Edge], active: Sequence[int], *, backwards: bool
) -> Figure:
    """Draw the diagram; the `active` edges are strong, and point against the computation when going `backwards`."""
    heights = [node.y for node in nodes]
    bottom = min(heights) - (BELOW if any(edge.below for edge in edges) else 0.0)
    arrows = [_edge(edge, nodes, bottom, active=k in active, backwards=backwards) for k, edge in enumerate(edges)]
    quiet, strong = ([e for k, e in enumerate(edges) if not e.main and (k in active) is on] for on in (False, True))
    return figure(
        [
            _lines(quiet, nodes, {"color": QUIET, "width": 1}),
            _lines(strong, nodes, {"color": _colour(backwards), "width": 2}),
            _nodes(nodes),
            _numbers([node for node in nodes if node.inside]),
        ],
        layout(
            xaxis=axis("", (-0.5, max(node.x for node in nodes) + 0.3), visible=False, fixedrange=True),
            yaxis=axis("", (bottom - 0.6, max(heights) + 0.6), visible=False),
            annotations=[*(part for parts in arrows for part in parts), *map(_chip, filter(_is_chosen, nodes))],
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            showlegend=False,
            hovermode=False,
        ),
    )


def _colour(backwards: bool) -> str:
    return GRADIENT if backwards else NOW


def _lines(edges: Sequence[Edge], nodes: Sequence[Node], style: dict[str, Any]) -> Trace | None:
    ends = [(nodes[edge.start], nodes[edge.end]) for edge in edges]
    x = [value for tail, head in ends for value in (tail.x, head.x, None)]
    y = [value for tail, head in ends for value in (tail.y, head.y, None)]
    return line("", x, y, style, opacity=0.5) if edges else None


def _nodes(nodes: Sequence[Node]) -> Trace:
    crowded = sum(not node.x for node in nodes) >= CROWDED
    left = [crowded and not node.x for node in nodes]
    return scatter(
        "markers+text",
        "",
        [node.x for node in nodes],
        [node.y for node in nodes],
        text=[
            "" if node.inside else f"<b>{node.name}</b>{' ' if beside else '<br>'}{node.value}"
            for node, beside in zip(nodes, left, strict=True)
        ],
        textposition=["middle left" if beside else node.side for node, beside in zip(nodes, left, strict=True)],
        marker={
            "size": [node.size for node in nodes],
            "color": [COLOURS[node.meaning] for node in nodes],
            "opacity": 1,
            "line": {"width": 0},
        },
        cliponaxis=False,
    )


def _is_chosen(node: Node) -> bool:
    return bool(node.inside and node.name)


def _chip(node: Node) -> dict[str, Any]:
    """Return name and value of a node among many, over the edges that run there."""
    place = {"x": node.x, "y": node.y, "yanchor": "bottom", "yshift": node.size / 2}
    return {**place, **CHIP, "text": f"<b>{node.name}</b> = {node.value}", "showarrow": False, "borderpad": 1}


def _numbers(nodes: Sequence[Node]) -> Trace | None:
    """Return what is written in the nodes."""
    x, y = [node.x for node in nodes], [node.y for node in nodes]
    font = {"size": 11, "color": "white"}
    return scatter("text", "", x, y, text=[node.inside for node in nodes], textfont=font) if nodes else None


def _edge(edge: Edge, nodes: Sequence[Node], bottom: float, *, active: bool, backwards: bool) -> list[dict[str, Any]]:
    tail, head = nodes[edge.start], nodes[edge.end]
    if not edge.main:
        return []
    color = _colour(backwards) if active else ON_THE_WAY if edge.below else QUIET
    ends = (head, tail) if active and backwards else (tail, head)
    idle = 2.5 if edge.below else 1.5
    arrow = _arrow(*ends, {"arrowwidth": 4 if active else idle, "arrowcolor": color})
    return [arrow, _slope(edge, tail, head, bottom, active)] if edge.slope else [arrow]


def _arrow(tail: Node, head: Node, style: dict[str, Any]) -> dict[str, Any]:
    places = {"x": head.x, "y": head.y, "ax": tail.x, "ay": tail.y}
    counted = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    return {**places, **counted, "text": "", "showarrow": True, "arrowhead": 2, **GAPS, **style}


def _slope(edge: Edge, tail: Node, head: Node, bottom: float, active: bool) -> dict[str, Any]:
    """Return the local derivative: under the middle of a level edge, else nearer to the tail, where edges are apart."""
    share, anchors = _beside(0.0 if edge.below else head.y - tail.y)
    return {
        "x": tail.x + share * (head.x - tail.x),
        "y": bottom if edge.below else tail.y + share * (head.y - tail.y),
        "text": f"<b>{edge.slope}</b>" if active else edge.slope,
        "font": {"size": 13 if edge.below else 11},
        "showarrow": False,
        "borderpad": 3,
        **anchors,
    }


def _beside(rise: float) -> tuple[float, dict[str, str]]:
    """Return how far along an edge its slope is written, and on which side: the edge shall not run through it."""
    if not rise:
        return 0.5, {"xanchor": "center", "yanchor": "top"}
    return (
        (0.3, {"xanchor": "left", "yanchor": "bottom"}) if rise < 0 else (0.15, {"xanchor": "left", "yanchor": "top"})
    )
