"""What a hand on the reins makes of the settings: a live run is its schedule, its nudges, and how far it has come."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from core.checks import Array
from core.data.standardising import to_original
from core.nudges import nudged, nudges_until
from core.schedule import cut, steered
from core.theory.quadratic import theory
from core.theory.settling import arrives_at, has_arrived
from core.training import History
from pages.settings import data
from pages.settings.places import MAX_ITERATIONS
from pages.settings.schedules import MAX_ENTRIES
from pages.settings.table import Settings

Changes = Mapping[str, Any]
STEADY, UNITS = 4, 12
"""Digits of what a hand puts down, which is no steadier; and of what was changed into other units, beyond rounding."""


def back_at(now: Settings, at: int) -> Changes:
    """Return what makes the run stand at an iteration it has passed: what came later is forgotten."""
    return {
        "iterations": at,
        "learning_rate": cut(now.learning_rate, at),
        "nudges": nudges_until(now.nudges, at),
    }


def steering(now: Settings, at: int, rate: float) -> Changes:
    """Return what another rate from an iteration on makes of the run; it stands there."""
    schedule = steered(now.learning_rate, at, rate)
    return {**back_at(now, at), "learning_rate": schedule}


def nudging(now: Settings, at: int, parameters: Array) -> Changes:
    """Return what a hand makes of the run that puts it elsewhere at an iteration; at 0 that is another start."""
    if at == 0:
        return {**back_at(now, 0), **starting_at(now, parameters)}
    return {**back_at(now, at), "nudges": nudged(now.nudges, at, tuple(parameters.tolist()))}


def _rounded(parameters: Array, digits: int) -> Array:
    return np.array([float(f"{value:.{digits}g}") for value in parameters.tolist()])


def starting_at(now: Settings, parameters: Array) -> Changes:
    """Return what makes these parameters, in the units that are trained on, the start of the run."""
    own = data.original(now)
    values = (_rounded(to_original(own, parameters), UNITS) if now.standardise else parameters).tolist()
    weights = {"weights": tuple(values[: own.n_features]), "seed": None}
    return {**weights, "bias": values[-1]} if own.has_bias else weights


def is_full(now: Settings) -> bool:
    """Return whether the run has had as many changes as fit into a link."""
    return max(len(now.learning_rate), len(now.nudges)) >= MAX_ENTRIES


def portion_end(history: History, now: Settings, at: int) -> tuple[int, bool]:
    """Return where a portion that begins at an iteration ends, and whether the run pauses there.

    It pauses when it arrives, explodes, or is as long as a run can be; `history` is the run with the whole portion.
    """
    if history.diverged_at is not None:
        return max(history.diverged_at, 1), True
    known = theory(history.experiment)
    arrival = arrives_at(history, known, now.tolerance, at) if known and known.is_plain else None
    if arrival is not None:
        return arrival, True
    return history.iterations, history.iterations >= MAX_ITERATIONS


def is_over(history: History, tolerance: float) -> bool:
    """Return whether nothing more is to be seen of a run: it has exploded, or arrived."""
    known = theory(history.experiment)
    return history.diverged_at is not None or (
        known is not None and known.is_plain and has_arrived(history, known, tolerance)
    )


def parameters_through(now: Settings, places: list[float], heights: list[float]) -> Array:
    """Return the parameters whose prediction has these heights at these places of the input, (n_parameters,), rounded.

    Of a single sample the heights are the weights themselves. Raises ValueError where they do not fit the data.
    """
    if not data.many_samples(now):
        return _rounded(np.array(heights), STEADY)
    (left, right), (low, high) = places, heights
    weight = (high - low) / (right - left)
    return _rounded(np.array([weight, low - weight * left]), STEADY)


def fitting(now: Settings, changes: Changes) -> Settings:
    """Return the settings after changes that leave everything else as it is."""
    return replace(now, **{name: value for name, value in changes.items() if value is not None})
