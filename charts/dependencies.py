"""The dependency diagram: what is computed from what, the values on its nodes and the slopes on its edges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.lesson_look import GRADIENT
from charts.look import DATA, LOSS, NOW, Figure, axis, layout
from charts.traces import Trace, figure, scatter

COLOURS = {"data": DATA, "now": NOW, "loss": LOSS}
QUIET = "#9AA5B0"
GAPS = {"standoff": 12, "startstandoff": 12}
"""Pixels between an arrow and the nodes it joins."""
ROOMY = 6
"""Of more nodes than these the left ones are named on their left: there is no room between them."""


@dataclass(frozen=True)
class Node:
    """A value: its name and number as they are shown, where it stands, and what it means: a key of COLOURS."""

    name: str
    value: str
    x: float
    y: float
    meaning: str = "now"


@dataclass(frozen=True)
class Edge:
    """A dependency of one node on another (by their places in the list), and its local derivative as it is shown."""

    start: int
    end: int
    slope: str = ""


def dependencies_figure(
    nodes: Sequence[Node], edges: Sequence[Edge], active: Sequence[int], *, backwards: bool
) -> Figure:
    """Draw the diagram; the `active` edges are strong, and point against the computation when going `backwards`."""
    heights = [node.y for node in nodes]
    arrows = [_edge(edge, nodes, active=k in active, backwards=backwards) for k, edge in enumerate(edges)]
    return figure(
        [_nodes(nodes)],
        layout(
            xaxis=axis("", (-0.5, 2.5), visible=False, fixedrange=True),
            yaxis=axis("", (min(heights) - 0.6, max(heights) + 0.6), visible=False),
            annotations=[part for parts in arrows for part in parts],
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            showlegend=False,
            hovermode=False,
        ),
    )


def _nodes(nodes: Sequence[Node]) -> Trace:
    beside = [len(nodes) > ROOMY and not node.x for node in nodes]
    return scatter(
        "markers+text",
        "",
        [node.x for node in nodes],
        [node.y for node in nodes],
        text=[f"<b>{n.name}</b>{' ' if b else '<br>'}{n.value}" for n, b in zip(nodes, beside, strict=True)],
        textposition=["middle left" if b else "top center" for b in beside],
        marker={"size": 20, "color": [COLOURS[node.meaning] for node in nodes]},
        cliponaxis=False,
    )


def _edge(edge: Edge, nodes: Sequence[Node], *, active: bool, backwards: bool) -> list[dict[str, Any]]:
    tail, head = nodes[edge.start], nodes[edge.end]
    color = (GRADIENT if backwards else NOW) if active else QUIET
    ends = (head, tail) if active and backwards else (tail, head)
    arrow = _arrow(*ends, {"arrowwidth": 4 if active else 1.5, "arrowcolor": color})
    return [arrow, _slope(edge, tail, head, active)] if edge.slope else [arrow]


def _arrow(tail: Node, head: Node, style: dict[str, Any]) -> dict[str, Any]:
    places = {"x": head.x, "y": head.y, "ax": tail.x, "ay": tail.y}
    counted = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    return {**places, **counted, "text": "", "showarrow": True, "arrowhead": 2, **GAPS, **style}


def _slope(edge: Edge, tail: Node, head: Node, active: bool) -> dict[str, Any]:
    """Return the local derivative: under the middle of a level edge, else nearer to the tail, where edges are apart."""
    share, anchors = _beside(head.y - tail.y)
    return {
        "x": tail.x + share * (head.x - tail.x),
        "y": tail.y + share * (head.y - tail.y),
        "text": f"<b>{edge.slope}</b>" if active else edge.slope,
        "font": {"size": 11},
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
