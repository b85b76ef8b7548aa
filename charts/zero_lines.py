"""The lines of neurons over two features: where the weighted sum of each is zero."""

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from charts.look import INK, LOSS, NOW_LINE, Range, rounded
from charts.predicted import says_probabilities
from charts.traces import Moving, Trace, key, line
from core.checks import Array
from core.network import Network
from core.training import History
from wording import _

Frame = tuple[Range, Range]
REACH = 3.0
"""How far a line goes, and how far away it is at the most, in halves of the frame: both ends are out of sight."""
HIDDEN_LINE, FAINT = {"color": INK, "width": 1.3, "dash": "dash"}, {"opacity": 0.5}
MUTED_LINE, FAINTER = {**HIDDEN_LINE, "dash": "dot"}, {"opacity": 0.25}


def zero_lines(
    history: History, frame: Frame, iterations: list[int], muted: Collection[int]
) -> Iterator[Trace | Moving]:
    """Yield the line of each hidden neuron, faint and those `muted` fainter; or the single neuron's boundary.

    That is where it predicts one half. The boundary of a network is no straight line: the player draws it.
    """
    model, data = history.experiment.model, history.experiment.data
    if isinstance(model, Network):
        first, _second, _bias = model.layers(history.parameters[iterations], data.n_features + 1)
        yield from (_hidden(k, first[:, :, k], frame, k in muted) for k in range(model.n_hidden))
        yield key(_("neurons"), {**HIDDEN_LINE, "color": LOSS})  # ink would not be seen on a dark page
    elif is_parted(history):
        yield _moving(_("boundary"), sums_at_boundary(history, iterations), frame, NOW_LINE)


def is_parted(history: History) -> bool:
    """Return whether a single neuron parts two classes by a straight boundary."""
    return history.experiment.data.has_classes and not isinstance(history.experiment.model, Network)


def sums_at_boundary(history: History, iterations: list[int]) -> Array:
    """Return a, b, c of the line a x + b y + c = 0 on which a single neuron predicts one half, (n_iterations, 3)."""
    bias = history.bias[iterations] if history.experiment.model.has_bias else np.zeros(len(iterations))
    return np.column_stack([history.weights[iterations], bias if says_probabilities(history) else bias - 0.5])


def _hidden(k: int, sums: Array, frame: Frame, is_muted: bool) -> Moving:
    style, faint = (MUTED_LINE, FAINTER) if is_muted else (HIDDEN_LINE, FAINT)
    return _moving(_("neuron {number}").format(number=k + 1), sums, frame, style, showlegend=False, **faint)


def _moving(name: str, sums: Array, frame: Frame, style: Trace, **parts: Any) -> Moving:
    ends = zero_ends(sums, frame).tolist()
    x, y = ends[-1]
    return Moving(line(name, x, y, style, **parts), [{"x": x, "y": y} for x, y in ends])


def zero_ends(sums: Array, frame: Frame) -> Array:
    """Return both ends of each line a x + b y + c = 0, (n, 2, 2): their x, then their y; a, b, c are `sums` (n, 3).

    From the point that is nearest to the frame's middle it goes equally far to both sides, so that a line which turns
    does not jump from edge to edge. What never comes into the frame, as where a = b = 0, lies beside it.
    """
    middle, half = (np.array([high + sign * low for low, high in frame]) / 2 for sign in (1, -1))
    normal, distance = _from_the_middle(np.nan_to_num(sums), middle, half)
    along = REACH * np.stack([-normal[:, 1], normal[:, 0]], axis=1)
    nearest = -distance[:, np.newaxis] * normal
    ends = middle[:, np.newaxis] + half[:, np.newaxis] * np.stack([nearest - along, nearest + along], axis=-1)
    return np.stack([rounded(ends[:, k], range_) for k, range_ in enumerate(frame)], axis=1)


def _from_the_middle(sums: Array, middle: Array, half: Array) -> tuple[Array, Array]:
    """Return the direction across each line, (n, 2), and how far away it is, (n,), in halves of the frame."""
    largest = np.abs(sums).max(axis=1, keepdims=True)
    sums = sums / np.where(largest > 0, largest, 1.0)
    across, constant = sums[:, :2] * half, sums[:, 2] + sums[:, :2] @ middle
    nowhere = np.hypot(*across.T) == 0
    across[nowhere], constant[nowhere] = (1.0, 0.0), REACH
    length = np.hypot(*across.T)
    return across / length[:, np.newaxis], np.clip(constant / length, -REACH, REACH)
