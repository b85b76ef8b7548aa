"""The lines of neurons over two features: where the weighted sum of each is zero."""

from collections.abc import Collection
from typing import Any

import numpy as np

from charts.look import NOW_LINE, Range, rounded, series_line
from charts.predicted import says_probabilities
from charts.traces import Moving, Trace, line
from core.checks import Array
from core.network import Network
from core.training import History
from wording import _

Frame = tuple[Range, Range]
REACH = 3.0
"""How far a line goes, and how far away it is at the most, in halves of the frame: both ends are out of sight."""
FAINT = {"showlegend": False, "opacity": 0.5}
MUTED = {"showlegend": False, "opacity": 0.25}


def zero_lines(history: History, frame: Frame, iterations: list[int], muted: Collection[int]) -> list[Moving]:
    """Return the line of each hidden neuron, faint and those `muted` fainter; of a single neuron its boundary.

    Two classes part where the single neuron's prediction is one half.
    """
    model = history.experiment.model
    if isinstance(model, Network):
        first, _second, _bias = model.layers(history.parameters[iterations], 3)
        return [_hidden(k, first[:, :, k], frame, k in muted) for k in range(model.n_hidden)]
    sums = np.column_stack([history.weights[iterations], _sum_at_boundary(history, iterations)])
    return [_moving(_("boundary: one half"), sums, frame, NOW_LINE)] if history.experiment.data.has_classes else []


def _sum_at_boundary(history: History, iterations: list[int]) -> Array:
    """Return what is added to the weighted inputs, so that their sum is zero where one half is predicted."""
    bias = history.bias[iterations] if history.experiment.model.has_bias else np.zeros(len(iterations))
    return bias if says_probabilities(history) else bias - 0.5


def _hidden(k: int, sums: Array, frame: Frame, is_muted: bool) -> Moving:
    style = {**series_line(k), "width": 1.5}
    name = _("neuron {number}").format(number=k + 1)
    return _moving(name, sums, frame, {**style, "dash": "dot"} if is_muted else style, **(MUTED if is_muted else FAINT))


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
