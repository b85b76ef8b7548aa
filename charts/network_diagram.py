"""The network with its live weights: each is an edge, as thick as the weight is large; colour and pattern say its sign.

Heights are counted in pixels of a picture of 300 by 300; in another one everything is stretched a little.
"""

from collections.abc import Collection, Sequence
from textwrap import wrap
from typing import Any

import numpy as np

from charts.look import DATA, NOW, Figure, axis, layout, quietly
from charts.traces import Moving, Trace, figure, line, points, scatter
from core.checks import Array
from core.network import Network
from core.training import History
from wording import _

POSITIVE, NEGATIVE, NEURON = "#1F8A94", "#B0653A", "#5A6875"
"""Petrol and brown, which colour-blind people can tell apart; the neurons are neither."""
STRIPES = {"shape": "|", "size": 5, "solidity": 0.6, "fgcolor": NEGATIVE, "bgcolor": "rgba(176, 101, 58, 0.3)"}
FAINT = 0.2
WIDE, HIGH = 105, 240
"""From one column to the next, and from the bottom to the top."""
LARGE, BIAS, SMALL, OF_A_ROW = 22.0, 16.0, 9.0, 0.8
"""The largest and the smallest node, and the share of its row that one between them has."""
ROOM_FOR_A_NUMBER = 15.0
THICKEST = 0.45
"""How thick the largest weight is, as a share of a neuron's node: even a steep edge ends within it."""
GROWTH = 10.0
"""So many times the start's largest weight is as thick as can be: a run that explodes does not hide all others."""
LETTER, IN_A_LINE = 8, 10
"""How wide a letter is, and how many of them a line of a name has."""


@quietly
def network_diagram_figure(
    history: History, iterations: list[int], names: Sequence[str], *, muted: Collection[int] = ()
) -> Figure:
    """Draw inputs of these `names`, hidden neurons, output, and each weight between them, one frame an iteration.

    The thickness is |weight| / the largest of the whole run. The `muted` neurons, counted from 0, are crossed out.
    Raises TypeError where the model is no network.
    """
    model = history.experiment.model
    if not isinstance(model, Network):
        raise TypeError("only a network has hidden neurons")
    thickness = history.parameters[iterations] / largest_weight(history) * THICKEST * _size(model.n_hidden)
    ends = _ends(len(names) + 1, model.n_hidden)
    faint = np.isin(np.arange(len(ends)), [(len(names) + 1) * model.n_hidden + k for k in muted])
    edges = [
        *_edges(thickness[:, faint], ends[faint], model.n_hidden, opacity=FAINT),
        *_edges(thickness[:, ~faint], ends[~faint], model.n_hidden),
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
    return min(max(OF_A_ROW * HIGH / (n_hidden + 1), SMALL), LARGE)


def _ends(n_inputs: int, n_hidden: int) -> Array:
    """Return each parameter's edge: the column it begins in, its height there and in the next, (n_parameters, 3)."""
    inputs, hidden, output = _rows(n_inputs), _rows(n_hidden + 1), HIGH / 2
    first = [(0, begin, end) for begin in inputs for end in hidden[:-1]]
    return np.array([*first, *((1, begin, output) for begin in hidden)])


def _edges(thickness: Array, ends: Array, n_hidden: int, **parts: Any) -> list[Moving | None]:
    """Return the edges of the positive weights and those of the negative ones."""
    kinds = ((_("positive weights"), 1, {"fillcolor": POSITIVE}), (_("negative weights"), -1, {"fillpattern": STRIPES}))
    widest = THICKEST * _size(n_hidden)
    return [_bands(name, np.clip(sign * thickness, 0, widest), ends, **paint, **parts) for name, sign, paint in kinds]


def _bands(name: str, thickness: Array, ends: Array, **paint: Any) -> Moving | None:
    """Return an area with four corners for each edge that is ever seen; None where there is no such edge."""
    seen = thickness.any(axis=0)
    if not seen.any():
        return None
    column, begin, end = ends[seen].T
    half = thickness[:, seen] * np.hypot(1, (end - begin) / WIDE) / 2  # upright: a steep edge has to be higher
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
    said = [_("1, whose weights are the biases"), _("1, whose weight is the output's bias")]
    return [
        _node(_("inputs"), 0, inputs[:-1], DATA, LARGE, names),
        {**_node(_("always 1"), 0, ones, NEURON, BIAS, said, "square"), "x": [0, 1]},
        _node(_("hidden neurons"), 1, hidden[:-1], NEURON, size, spoken, _symbols(n_hidden, muted)),
        _node(_("output"), 2, [HIGH / 2], NOW, LARGE, [_("output")]),
        _numbers(ones, hidden[:-1], muted),
    ]


def _spoken(neuron: int, muted: Collection[int]) -> str:
    said = _("neuron {number}, left out: a click brings it back") if neuron in muted else _("neuron {number}: a click leaves it out")
    return said.format(number=neuron + 1)


def _symbols(n_hidden: int, muted: Collection[int]) -> str | list[str]:
    """Return the marks of the hidden neurons: those left out are hollow and crossed."""
    return ["circle-x-open" if k in muted else "circle" for k in range(n_hidden)] if muted else "circle"


def _node(
    name: str, column: int, heights: Any, color: str, size: float, said: Sequence[str], symbol: Any = "circle"
) -> Trace:
    marker = {"color": color, "size": round(size, 1), "opacity": 1, "symbol": symbol, "line": {"width": 1, "color": "white"}}
    x, told = [column] * len(heights), {"hovertext": list(said), "hoverinfo": "text"}
    return points(name, x, np.array(heights), marker, cliponaxis=False, **told)


def _numbers(ones: list[float], hidden: Array, muted: Collection[int]) -> Trace:
    """Return what is written in the nodes."""
    roomy = _size(len(hidden)) >= ROOM_FOR_A_NUMBER
    numbers = ["" if k in muted or not roomy else str(k + 1) for k in range(len(hidden))]
    font = {"size": 14, "color": "white"}
    x, y = [0, 1, *[1] * len(hidden)], [*ones, *hidden.tolist()]
    return scatter("text", "", x, y, text=["1", "1", *numbers], textfont=font, hoverinfo="skip")


def _layout(names: Sequence[str]) -> dict[str, Any]:
    lines = [wrap(name, IN_A_LINE) for name in names]
    inputs = zip(_rows(len(names) + 1), lines, strict=False)
    beside = [_text("<br>".join(parts), 0, height, "right") for height, parts in inputs]
    longest = max(len(part) for parts in lines for part in parts)
    return layout(
        xaxis=axis("", (-0.15, 2.15), visible=False, fixedrange=True),
        yaxis=axis("", (0, HIGH), visible=False, fixedrange=True),
        annotations=[*beside, _text(_("output"), 2, HIGH / 2, "left"), _caption()],
        margin={"l": 12 + LETTER * longest, "r": 12 + LETTER * len(_("output")), "t": 4, "b": 30},
        showlegend=False,
    )


def _text(text: str, x: float, y: float, side: str) -> dict[str, Any]:
    away = LARGE / 2 + 4
    return {"text": text, "x": x, "y": y, "xanchor": side, "xshift": away if side == "left" else -away, "showarrow": False}


def _caption() -> dict[str, Any]:
    text = _("thick: large · solid: positive · striped: negative")
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0, "yanchor": "top", "yshift": -4}
    return {**place, "text": text, "font": {"size": 14}, "showarrow": False}
