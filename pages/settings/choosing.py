"""What a person chose, and what is in force: completing, and what a choice makes of the others."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from core.schedule import Schedule
from pages.settings import data
from pages.settings.kinds import MAX_NUMBER
from pages.settings.learner import is_adaptive, loss_of
from pages.settings.table import TABLE, Settings

Chosen = Mapping[str, Any]
"""Only what was chosen, by the name of its setting; what is missing follows from the data."""

MOVES_THE_BALL = {"parameter", "samples", "sample", "weights", "bias", "seed", "standardise"}
"""Settings after which the value of one parameter that was looked at says nothing any more."""


OTHER_UNITS = {"standardise", "model", "loss", "optimiser"}
"""Settings after which another learning rate suits."""
OTHER_PARAMETERS = {"model", "hidden"}
"""Settings after which the parameters are others."""


def complete(chosen: Chosen) -> Settings:
    """Return the settings in force: the chosen ones where they matter, else what follows from those before them."""
    settings = SimpleNamespace()
    with np.errstate(all="ignore"):  # a start far out of this world is one of the things to choose
        for name, row in TABLE.items():
            is_chosen = name in chosen and row.matters(settings)
            setattr(settings, name, chosen[name] if is_chosen else row.default_in(settings))
    return Settings(**vars(settings))


def changed(chosen: Chosen, **values: Any) -> Chosen:
    """Return what is chosen after a change; None takes a choice back, and what no longer suits is forgotten.

    Another data set, or other own data, forget what was chosen for the one before; other units forget the learning
    rates. A sum keeps the length of the steps.
    """
    forgotten = _forgotten(chosen, values)
    kept = {name: value for name, value in chosen.items() if name not in forgotten}
    new = {name: value for name, value in {**kept, **values}.items() if value is not None}
    if "summed" in values and "learning_rate" in new and "learning_rate" not in values:
        new["learning_rate"] = _same_step(kept, new)
    if new.get("iterations") == 0 and not complete(new).live:  # only what is live can stand at its start
        del new["iterations"]
    return _fitting_together(new)


def _fitting_together(chosen: Chosen) -> Chosen:
    """Return what is chosen without what the rest no longer suits, as a sample that has been held out since."""
    settings = complete(chosen)
    rows = ((name, value, TABLE[name]) for name, value in chosen.items())
    return {name: value for name, value, row in rows if not row.matters(settings) or row.suits(settings, value)}


def _forgotten(chosen: Chosen, values: Chosen) -> set[str]:
    if values.get("dataset", chosen.get("dataset", "celsius")) != chosen.get("dataset", "celsius") or "own" in values:
        return {name for name in chosen if not TABLE[name].kept}
    forgotten = {"at"} if MOVES_THE_BALL & values.keys() else set()
    if OTHER_UNITS & values.keys():
        forgotten |= {"learning_rate", "rates", "nudges"}
    if {"standardise", "model"} & values.keys():
        forgotten |= {"iterations"}
    if OTHER_PARAMETERS & values.keys():
        forgotten |= {"weights", "bias", "nudges", "muted", "plane", "parameter"}
    return forgotten | ({"rates"} if "summed" in values else set())


def _same_step(before: Chosen, after: Chosen) -> Schedule:
    was, will_be = (_summands(complete(chosen)) for chosen in (before, after))
    # Fifteen digits, for 0.0008 divided by 100 shall be 0.000008 and not 0.000008000000000000001.
    return tuple(
        (beginning, min(float(f"{rate * was / will_be:.15g}"), MAX_NUMBER))
        for beginning, rate in before["learning_rate"]
    )


def _summands(settings: Settings) -> int:
    """Return how many times as long the gradient is as the mean; for what paces itself its length says nothing."""
    return 1 if is_adaptive(settings) else loss_of(settings).summands(data.trained(settings).targets)


def fitting(name: str, value: Any, settings: Settings) -> Any:
    """Return the value; raise ValueError where it does not suit the data set, as four weights for one feature."""
    if not TABLE[name].suits(settings, value):
        raise ValueError(value)
    return value


def is_allowed(name: str, value: Any) -> bool:
    """Return whether a value could stand in a link."""
    kind = TABLE[name].kind
    try:
        return bool(kind.read(kind.write(value)) == value)
    except (AttributeError, TypeError, ValueError):
        return False
