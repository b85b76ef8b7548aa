"""Where the samples stand in a picture: over their one feature, or with their numbers side by side."""

from dataclasses import replace
from typing import Any

import numpy as np

from charts.iterations import frame_iterations
from charts.look import DATA, Range, axis, padded
from charts.traces import Trace, points
from core.checks import Array
from core.data.dataset import Dataset
from core.training import History
from wording import _

OPEN = {"color": DATA, "size": 8, "symbol": "circle-open", "line": {"width": 1.5}}


def places(data: Dataset) -> Array:
    """Return where each sample stands on the horizontal axis, (n_samples,)."""
    return data.inputs[:, 0] if data.n_features == 1 else np.arange(1.0, data.n_samples + 1)


def both_parts(data: Dataset, held_out: Dataset | None) -> Dataset:
    """Return the training samples and those held out as one data set, for axes on which all of them stand."""
    if held_out is None:
        return data
    inputs, targets = (
        np.concatenate([getattr(part, name) for part in (data, held_out)]) for name in ("inputs", "targets")
    )
    return replace(data, inputs=inputs, targets=targets)


def sample_points(data: Dataset, held_out: Dataset | None) -> list[Trace]:
    """Return the training samples, and those held out as open circles."""
    drawn = [points(_("data"), places(data), data.targets, {"color": DATA, "size": 6, "opacity": 0.75})]
    if held_out is None:
        return drawn
    return [*drawn, points(_("held out"), places(held_out), held_out.targets, OPEN)]


def place_axis(data: Dataset, share: float = 0.06) -> dict[str, Any]:
    """Return the horizontal axis, a `share` of its length wider than the samples on both sides."""
    title = with_unit(_(data.input_names[0]), data.input_unit) if data.n_features == 1 else _("sample")
    return axis(title, padded(float(places(data).min()), float(places(data).max()), share))


def target_axis(data: Dataset, range_: Range) -> dict[str, Any]:
    """Return the vertical axis of targets and outputs."""
    return axis(with_unit(_(data.target_name), data.target_unit), range_)


def seen_outputs(history: History, inputs: Array | None = None) -> Array:
    """Return the outputs at the run's usual frames, for ranges that no other choice of frames shall move."""
    return history.outputs(frame_iterations(history.iterations), inputs)


def with_unit(name: str, unit: str) -> str:
    """Return an axis title: the name, and the unit where there is one."""
    return f"{name} ({unit})" if unit else name
