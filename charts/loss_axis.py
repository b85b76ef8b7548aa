"""The axis of the loss: linear or logarithmic, and how far it reaches."""

import math
from typing import Any

import numpy as np

from charts.look import OUTERMOST, Range, axis, finite_ends, padded, powers
from core.network import Network
from core.training import History
from wording import _

ROUNDING = 1e-9
"""A loss that ends greater than the start's by a smaller share has not grown."""
BELOW, ABOVE, DECADES = 2, 1, 3
"""Powers of ten that a live picture shows below and above the loss at the start, and by how many it is extended."""
BENEATH = 0.12
SMALL = 4
"""How far from the upper end of the axis something is written, as a share of it."""


def is_logarithmic(history: History, loss_axis: str, *, live: bool = False) -> bool:
    """Return whether the loss stands on a logarithmic axis: by itself where it grows, or could while it is steered."""
    first, greatest = float(history.loss[0]), float(history.loss.max())
    grows = greatest > first * (1 + ROUNDING) or history.diverged_at is not None
    falls_for_long = isinstance(history.experiment.model, Network)  # its loss has no least that is known
    return loss_axis == "log" or (loss_axis == "auto" and (live or grows or falls_for_long))


def loss_title(history: History) -> str:
    """Return what the loss is called, with its unit."""
    unit = history.experiment.data.target_unit
    return _("loss ({unit}²)").format(unit=unit) if unit else _("loss")


def loss_range(
    history: History,
    best_loss: float | None,
    loss_axis: str,
    title: str,
    *,
    n_ticks: int = 8,
    live: bool = False,
    **parts: Any,
) -> dict[str, Any]:
    """Return the axis of the loss, with about `n_ticks` numbers at it; that of a live run rarely changes."""
    if is_logarithmic(history, loss_axis, live=live):
        low, high = (_live_decades if live else _decades)(history, best_loss)
        return powers(title, padded(low, high), dtick=_ticks(high - low, n_ticks), **parts)
    return axis(title, linear_range(history), rangemode="tozero", nticks=n_ticks, **parts)


def near_top(history: History, best_loss: float | None, loss_axis: str) -> float:
    """Return the loss near the upper end of the axis of a live run."""
    if is_logarithmic(history, loss_axis, live=True):
        low, high = padded(*_live_decades(history, best_loss))
        return 10 ** min(high - BENEATH * (high - low), math.log10(OUTERMOST))
    low, high = linear_range(history)
    return high - BENEATH * (high - low)


def linear_range(history: History) -> Range:
    """Return the range that shows the start, whatever the learning rate; a loss that grows leaves it."""
    top = min(float(history.loss[0]), OUTERMOST)
    return padded(0.0, top if math.isfinite(top) and top > 0 else 1.0)


def _decades(history: History, best_loss: float | None) -> Range:
    """Return between which powers of ten all losses lie, and the least possible one."""
    losses = history.loss if best_loss is None else np.append(history.loss, best_loss)
    low, high = finite_ends(losses[losses > 0]) or (1.0, 1.0)
    return math.log10(low), math.log10(high)


def _live_decades(history: History, best_loss: float | None) -> Range:
    """Return the powers of ten around the loss at the start that hold the whole run: farther only in whole strides."""
    low, high = _decades(history, best_loss)
    first = float(history.loss[0])
    start = math.log10(first) if 0 < first < math.inf else high
    below, above = (DECADES * max(0, math.ceil(over / DECADES)) for over in (start - BELOW - low, high - start - ABOVE))
    return start - BELOW - below, start + ABOVE + above


def _ticks(decades: float, n_ticks: int) -> int | str:
    """Return how many powers of ten lie between two ticks; within few powers, if there is room, also label 2 and 5."""
    return math.ceil(decades / n_ticks) if decades >= (2 if n_ticks > SMALL else 1) else "D2"
