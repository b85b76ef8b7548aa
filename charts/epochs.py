"""The first epoch of a run in batches, marked on the axis of the iterations."""

from typing import Any

from charts.iterations import IterationScale
from charts.look import LOSS
from charts.traces import upright
from core.training import History
from wording import _

STYLE = {"color": LOSS, "width": 1.5, "dash": "dot"}


def first_epoch(history: History) -> int | None:
    """Return the iteration at which every sample has been seen once; None where each step sees all."""
    batches = history.experiment.batches
    return batches.steps_per_epoch(history.experiment.data.n_samples) if batches else None


def epoch_line(history: History, scale: IterationScale) -> list[dict[str, Any]]:
    """Return the line at the end of the first epoch, from the bottom of the picture to its top, where it is shown."""
    end = first_epoch(history)
    return [] if end is None or end > scale.last else [upright(float(scale.places([end])[0]), STYLE)]


def epoch_name(history: History, scale: IterationScale) -> list[dict[str, Any]]:
    """Return its name, at the upper end."""
    end = first_epoch(history)
    if end is None or end > scale.last:
        return []
    place = {"xref": "x", "yref": "paper", "x": float(scale.places([end])[0]), "y": 1, "xanchor": "left"}
    return [{**place, "yanchor": "bottom", "text": _("1 epoch"), "showarrow": False}]
