"""What no ordinary person asks for, and every page shows all the same."""

from collections.abc import Sequence
from typing import Any

EXTREMES: dict[str, dict[str, str]] = {
    "a start at 1e300": {"weights": "1e300"},
    "a start at 1e300, standardised": {"dataset": "tips", "standardise": "on", "weights": "1e300"},
    "weights from 1e300": {"dataset": "weighted-sum", "weights": "1e300,1,1,1"},
    "a start whose loss is just finite": {"weights": "1e150"},
    "a start at the edge of the numbers": {"weights": "1e153"},
    "a run that explodes from far away": {"weights": "1e150", "learning_rate": "0.01"},
    "a run that explodes": {"learning_rate": "0.01", "view": "3d"},
    "a run that explodes at once": {"learning_rate": "1e300"},
    "a learning rate of 0": {"learning_rate": "0", "loss_axis": "log"},
    "the least learning rate there is": {"learning_rate": "1e-320"},
    "flat features": {"dataset": "weighted-sum", "features": "0,0,0,0", "view": "3d", "loss_axis": "log"},
    "features whose squares vanish": {"dataset": "weighted-sum", "features": "1e-200,0,0,0"},
    "a feature of 1e100": {"dataset": "weighted-sum", "features": "1e100,0,0,0"},
    "a target of 1e100": {"dataset": "weighted-sum", "target": "1e100"},
    "noise of 1e100": {"dataset": "noisy-thermometer", "noise": "1e100"},
    "a target of zero from zero": {"dataset": "weighted-sum", "target": "0", "weights": "0,0,0,0"},
    "no noise": {"dataset": "noisy-thermometer", "noise": "0"},
    "one iteration": {"iterations": "1"},
    "a start at the best line": {"weights": "1.8", "bias": "32", "loss_axis": "log", "view": "3d"},
    "the largest tolerance": {"tolerance": "1e300", "dataset": "tips", "weights": "5e150"},
    "the smallest tolerance": {"tolerance": "1e-300"},
    "rates from 0 to 1e300 side by side": {"rates": "0,1e300"},
}
"""Addresses of runs that no ordinary person asks for."""


def have_ranges(figures: Sequence[dict[str, Any]]) -> bool:
    """Whether every axis of the figures has a range, from a smaller to a larger number."""
    ranges = [figure["layout"][axis]["range"] for figure in figures for axis in ("xaxis", "yaxis")]
    return all(low is not None and high is not None and low < high for low, high in ranges)
