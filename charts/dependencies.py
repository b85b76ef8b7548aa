"""The dependency diagram: what is computed from what, the values on its nodes and the slopes on its edges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.look import BEFORE, DATA, NOW, Figure, layout

QUIET = "#9AA5B0"


@dataclass(frozen=True)
class Node:
    """A value: its name and number as they are shown, and where it stands."""

    name: str
    value: str
    x: float
    y: float


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
    return {
        "data": [_nodes(nodes)],
        "frames": [],
        "layout": layout(
            xaxis={"visible": False, "range": [-0.35, 2.5], "fixedrange": True},
            yaxis={"visible": False, "range": [min(n.y for n in nodes) - 0.6, max(n.y for n in nodes) + 0.6]},
            annotations=[
                part
                for k, edge in enumerate(edges)
                for part in _edge(edge, nodes, active=k in active, backwards=backwards)
            ],
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            showlegend=False,
            hovermode=False,
        ),
    }


def _nodes(nodes: Sequence[Node]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [node.x for node in nodes],
        "y": [node.y for node in nodes],
        "text": [f"<b>{node.name}</b><br>{node.value}" for node in nodes],
        "textposition": "top center",
        "marker": {"size": 20, "color": DATA},
        "cliponaxis": False,
    }


def _edge(edge: Edge, nodes: Sequence[Node], *, active: bool, backwards: bool) -> list[dict[str, Any]]:
    tail, head = nodes[edge.start], nodes[edge.end]
    if active and backwards:
        tail, head = head, tail
    color = (BEFORE if backwards else NOW) if active else QUIET
    arrow = {
        "x": head.x,
        "y": head.y,
        "ax": tail.x,
        "ay": tail.y,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 4 if active else 1.5,
        "arrowcolor": color,
        "standoff": 12,
        "startstandoff": 12,
    }
    label = {
        "x": 0.6 * nodes[edge.start].x + 0.4 * nodes[edge.end].x,
        "y": 0.6 * nodes[edge.start].y + 0.4 * nodes[edge.end].y,
        "text": f"<b>{edge.slope}</b>" if active else edge.slope,
        "showarrow": False,
        "yshift": 10,
    }
    return [arrow, label] if edge.slope else [arrow]
