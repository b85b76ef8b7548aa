"""The graph of operations: from the inputs down to the loss, with what is computed and what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.look import DATA, LOSS, NOW, Figure, axis, layout
from charts.traces import Trace, figure, scatter

COLOURS = {"data": DATA, "now": NOW, "loss": LOSS, "operation": "#5A6875"}
SYMBOLS = {"data": "circle", "now": "diamond", "loss": "circle", "operation": "square"}
BESIDE = -0.5
"""Where what is given stands; the operations stand at 0."""
ARROW = {"showarrow": True, "text": "", "arrowhead": 2, "arrowwidth": 1.5, "arrowcolor": "#9AA5B0"}
GAPS = {"standoff": 9, "startstandoff": 9}


@dataclass(frozen=True)
class Box:
    """A node: what is written next to it, its row from the top, and whether it stands beside the operations.

    `meaning` is a key of COLOURS, `of` are the places of the nodes it is made of.
    """

    text: str
    row: int
    beside: bool = False
    meaning: str = "operation"
    of: tuple[int, ...] = ()


def graph_figure(boxes: Sequence[Box]) -> Figure:
    """Draw the graph from the top down."""
    return figure(
        [_nodes([box for box in boxes if box.beside is beside], beside=beside) for beside in (False, True)],
        layout(
            xaxis=axis("", (-1.6, 1.3), visible=False, fixedrange=True),
            yaxis=axis("", (-boxes[-1].row - 0.5, 0.5), visible=False, fixedrange=True),
            annotations=[_arrow(boxes[tail], box) for box in boxes for tail in box.of],
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            showlegend=False,
            hovermode=False,
        ),
    )


def _nodes(boxes: Sequence[Box], *, beside: bool) -> Trace:
    return scatter(
        "markers+text",
        "",
        [_x(box) for box in boxes],
        [-box.row for box in boxes],
        text=[_indented(box.text) for box in boxes],
        textposition="middle left" if beside else "middle right",
        marker={
            "size": 13,
            "color": [COLOURS[box.meaning] for box in boxes],
            "symbol": [SYMBOLS[box.meaning] for box in boxes],
            "opacity": 1,
        },
        cliponaxis=False,
    )


def _indented(text: str) -> str:
    """Keep the lines of a text away from its node."""
    return "<br>".join(f"\u2002{line}\u2002" for line in text.split("<br>"))


def _x(box: Box) -> float:
    return BESIDE if box.beside else 0.0


def _arrow(tail: Box, head: Box) -> dict[str, Any]:
    places = {"x": _x(head), "y": -head.row, "ax": _x(tail), "ay": -tail.row}
    return {**places, "xref": "x", "yref": "y", "axref": "x", "ayref": "y", **ARROW, **GAPS}
