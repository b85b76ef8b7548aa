"""The network with its live weights: each is an edge, as thick as the weight is large; colour and pattern say its sign.

Heights are counted in pixels of a picture of 300 by 300; in another one everything is stretched a little.
"""

from collections.abc import Collection, Sequence
from textwrap import wrap
from typing import Any

import numpy as np

from charts.look import DATA, NOW, Figure, axis, layout, quietly
from charts.traces import Moving, Trace, Values, figure, line, points, scatter
from core.checks import Array
from core.network import Network
from core.training import History
from wording import _

POSITIVE, NEGATIVE = "#1F8A94", "#B0653A"
"""Petrol and brown, which colour-blind people can tell apart."""
NEURON, LEFT_OUT = "#5A6875", "#76828E"
STRIPES = {"shape": "|", "size": 5, "solidity": 0.6, "fgcolor": NEGATIVE, "bgcolor": "rgba(176, 101, 58, 0.3)"}
FAINT = 0.2
WIDE, HIGH = 105, 240
"""From one column to the next, and from the bottom to the top."""
LARGE, BIAS, SMALL, OF_A_ROW = 22.0, 16.0, 9.0, 0.8
"""The largest and the smallest node, and the share of its row that one between them has."""
ROOM_FOR_A_NUMBER, AWAY = 14.0, 15
HAIRLINE, THICKEST = 0.6, 0.45
"""How thick a weight near zero is, and the largest one, as a share of a neuron's node: steep edges, too, end in it."""
GROWTH = 10.0
"""So many times the start's largest weight is as thick as can be: a run that explodes does not hide all others."""
LETTER, IN_A_LINE = 8, 10
"""How wide a letter is, and how many of them a line of a name has."""


@quietly
def network_diagram_figure(
    history: History, iterations: list[int], names: Sequence[str], *, muted: Collection[int] = ()
) -> Figure:
    """Draw inputs of these `names`, hidden neurons, output, and each weight between them, one frame an iteration.

    The thickness grows from a hairline in proportion to |weight| / largest of the whole run. The `muted` neurons,
    counted from 0, are crossed out, and their edges faint.
    Raises TypeError where the model is no network.
    """
    model = history.experiment.model
    if not isinstance(model, Network):
        raise TypeError("only a network has hidden neurons")
    sizes = history.parameters[iterations] / largest_weight(history)
    ends, faint = _ends(len(names) + 1, model.n_hidden), _faint(len(names) + 1, model.n_hidden, muted)
    edges = [
        *_edges(sizes[:, faint], ends[faint], model.n_hidden, opacity=FAINT, showlegend=False),
        *_edges(sizes[:, ~faint], ends[~faint], model.n_hidden),
    ]
    return figure([*edges, *_nodes(names, model.n_hidden, muted)], _layout(names), iterations)


def clicked_neuron(x: float, y: float, n_hidden: int) -> int | None:
    """Return the number, counted from 0, of the hidden neuron whose node stands here; None where none does."""
    found = np.flatnonzero(np.isclose(hidden_heights(n_hidden), y)).tolist()
    return found[0] if x == 1 and found else None


def hidden_heights(n_hidden: int) -> Array:
    """Return how high the hidden neurons stand, (n_hidden,), the first at the top."""
    return _rows(n_hidden + 1)[:-1]


def largest_weight(history: History) -> float:
    """Return the |weight| that is drawn thickest: the largest of the run, but at most ten times that of the start."""
    start, largest = (float(np.abs(some).max()) for some in (history.parameters[0], history.parameters))
    return min(largest, GROWTH * (start or largest)) or 1.0


def _rows(n_rows: int) -> Array:
    """Return the heights of a column's nodes; the lowest is the 1 whose weights are the biases."""
    return np.round(HIGH * (1 - (np.arange(n_rows) + 0.5) / n_rows), 1)


def _size(n_hidden: int) -> float:
    """Return the size of a hidden neuron's node."""
    return min(max(round(OF_A_ROW * HIGH / (n_hidden + 1), 1), SMALL), LARGE)


def _ends(n_inputs: int, n_hidden: int) -> Array:
    """Return each parameter's edge: the column it begins in, its height there and in the next, (n_parameters, 3)."""
    inputs, hidden, output = _rows(n_inputs), _rows(n_hidden + 1), HIGH / 2
    first = [(0, begin, end) for begin in inputs for end in hidden[:-1]]
    return np.array([*first, *((1, begin, output) for begin in hidden)])


def _faint(n_inputs: int, n_hidden: int, muted: Collection[int]) -> np.ndarray:
    """Return of each parameter whether its edge begins or ends in a muted neuron, (n_parameters,)."""
    left_out = np.isin(np.arange(n_hidden), list(muted))
    return np.concatenate([np.tile(left_out, n_inputs), left_out, [False]])


def _edges(sizes: Array, ends: Array, n_hidden: int, **parts: Any) -> list[Moving | None]:
    """Return the edges of the positive weights and those of the negative ones."""
    growth, negative = THICKEST * _size(n_hidden) - HAIRLINE, sizes < 0
    thickness = (HAIRLINE + growth * np.minimum(np.abs(sizes), 1)) * (sizes != 0)
    return [
        _bands(_("positive weights"), thickness, ~negative, ends, fillcolor=POSITIVE, **parts),
        _bands(_("negative weights"), thickness, negative, ends, fillpattern=STRIPES, **parts),
    ]


def _bands(name: str, thickness: Array, drawn: np.ndarray, ends: Array, **paint: Any) -> Moving | None:
    """Return an area with four corners for each edge that is ever `drawn`; None where there is no such edge."""
    if not drawn.any():
        return None
    seen = drawn.any(axis=0)
    column, begin, end = ends[seen].T
    steep = np.hypot(1, (end - begin) / WIDE)  # by so much an edge is higher than thick
    half = (thickness * drawn)[:, seen] * steep / 2
    corners = np.round(np.stack([begin + half, end + half, end - half, begin - half], axis=-1), 1)
    x = _parted(np.stack([column, column + 1, column + 1, column], axis=-1).astype(int))
    area = line(name, x, [], {"width": 0}, fill="toself", hoverinfo="skip", **paint)
    return Moving(area, [{"y": _parted(frame)} for frame in corners])


def _parted(corners: Array) -> list[float | None]:
    """Return all corners one after the other, with a gap after each area."""
    return [value for area in corners.tolist() for value in (*area, None)]


def _nodes(names: Sequence[str], n_hidden: int, muted: Collection[int]) -> list[Trace]:
    inputs, hidden = _rows(len(names) + 1), _rows(n_hidden + 1)
    ones, size = [inputs[-1], hidden[-1]], _size(n_hidden)
    spoken = [_spoken(k, muted) for k in range(n_hidden)]
    biases = [_("1, whose weights are the biases"), _("1, whose weight is the output's bias")]
    return [
        _node(_("inputs"), [0] * len(names), inputs[:-1], names, color=DATA, size=LARGE),
        _node(_("always 1"), [0, 1], ones, biases, color=NEURON, size=BIAS, symbol="square"),
        _node(_("hidden neurons"), [1] * n_hidden, hidden[:-1], spoken, size=size, **_marks(n_hidden, muted)),
        _node(_("output"), [2], [HIGH / 2], [_("output")], color=NOW, size=LARGE),
        _numbers(ones, hidden[:-1], muted),
    ]


def _spoken(neuron: int, muted: Collection[int]) -> str:
    here, gone = _("neuron {number}: a click leaves it out"), _("neuron {number}, left out: a click brings it back")
    return (gone if neuron in muted else here).format(number=neuron + 1)


def _marks(n_hidden: int, muted: Collection[int]) -> Trace:
    """Return what marks the hidden neurons: where some are left out, those are hollow and crossed."""
    left_out = [k in muted for k in range(n_hidden)]
    if not any(left_out):
        return {"color": NEURON}
    marks = {"color": (NEURON, LEFT_OUT), "symbol": ("circle", "circle-x-open")}
    return {name: [two[out] for out in left_out] for name, two in marks.items()}


def _node(name: str, x: Sequence[int], heights: Values, said: Sequence[str], **look: Any) -> Trace:
    marker = {"line": {"width": 1.5, "color": "white"}, **look}
    return points(name, x, heights, marker, hovertext=list(said), hoverinfo="text", cliponaxis=False)


def _numbers(ones: list[float], hidden: Array, muted: Collection[int]) -> Trace:
    """Return what is written in the nodes."""
    roomy, font = _size(len(hidden)) >= ROOM_FOR_A_NUMBER, {"size": 14, "color": "white"}
    numbers = [str(k + 1) if roomy and k not in muted else "" for k in range(len(hidden))]
    x, y = [0, 1, *[1] * len(hidden)], [*ones, *hidden.tolist()]
    return scatter("text", "", x, y, text=["1", "1", *numbers], textfont=font, hoverinfo="skip")


def _layout(names: Sequence[str]) -> dict[str, Any]:
    lines = [wrap(name, IN_A_LINE) for name in names]
    longest = max((len(part) for parts in lines for part in parts), default=0)
    inputs = zip(_rows(len(names) + 1), lines, strict=False)
    beside = [_text("<br>".join(parts), 0, height, xanchor="right", xshift=-AWAY) for height, parts in inputs]
    output = _text(_("output"), 2, HIGH / 2, xanchor="left", xshift=AWAY)
    caption = "<br>".join([_("thick: large weight"), _("solid: positive · striped: negative")])
    return layout(
        xaxis=axis("", (-0.15, 2.15), visible=False, fixedrange=True),
        yaxis=axis("", (0, HIGH), visible=False, fixedrange=True),
        annotations=[*beside, output, _text(caption, 1, 0, yanchor="top", yshift=-4, font={"size": 14})],
        margin={"l": 12 + LETTER * longest, "r": 12 + LETTER * len(_("output")), "t": 4, "b": 44},
        showlegend=False,
    )


def _text(text: str, x: float, y: float, **parts: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "showarrow": False, **parts}
