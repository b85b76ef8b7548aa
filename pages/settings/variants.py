"""Other numbers for a question: what a variant of it sets in a run. They are chosen like anything else is.

So the settings in force are the variant's, they stand in the address, and whoever has answered can change them. What a
link names itself holds: a link with a variant and a learning rate asks about that learning rate.
"""

from typing import Any

from core.lesson.other_numbers import other_features, other_momentum, other_rate, other_start, other_units
from core.losses import CrossEntropy, SquaredError
from core.schedule import constant
from core.theory.limits import NO_LIMITS
from pages.settings import data
from pages.settings.asking import EACH_OWN, NOTHING, VARIANTS
from pages.settings.choosing import Chosen, changed, complete
from pages.settings.learner import loss_of
from pages.settings.table import Settings

DRAWN = {"learning_rate", "weights", "bias", "seed", "nudges", "live"} | {
    *("standardise", "summed", "optimiser", "momentum", "features")
}
"""The settings that a variant can set."""


def opened(chosen: Chosen, own_number: int) -> Chosen:
    """Return what a link chooses, with the numbers of its variant: the visitor's own one where it wishes that."""
    now = complete(chosen)
    if now.predict == NOTHING or now.variant == 0:
        return chosen
    if now.variant == EACH_OWN:
        return with_variant(chosen, own_number)
    return chosen if DRAWN & chosen.keys() else with_variant(chosen, now.variant)


def with_variant(chosen: Chosen, number: int) -> Chosen:
    """Return what is chosen with the numbers of a variant, 1 or more."""
    return changed(chosen, variant=number, **numbers_of(complete(chosen), number))


def next_number(now: Settings) -> int:
    """Return the number of the next try: there always is one."""
    return 1 if now.variant == EACH_OWN else now.variant % VARIANTS + 1


def numbers_of(now: Settings, number: int) -> dict[str, Any]:
    """Return what a variant sets; None takes a choice back."""
    if now.predict == "limit":
        return {**_units(now, number), **_momentum(now, number), **_features(now, number)}
    limits = data.limits_of(now) or NO_LIMITS
    rate = constant(other_rate(limits, data.own_rate(now), number))
    start = _start(now, number) if now.predict == "line" else {}
    return {"learning_rate": rate, "nudges": None, "live": None, "land": None, **start}


def _start(now: Settings, number: int) -> dict[str, Any]:
    made = data.original(now)
    is_line = now.model == "neuron" and made.n_features == 1 and made.n_samples > 1 and not made.has_classes
    if not is_line or isinstance(loss_of(now), CrossEntropy):
        return {}
    weight, *bias = other_start(made, number)
    return {"weights": (weight,), "bias": bias[0] if bias else None, "seed": None}


def _units(now: Settings, number: int) -> dict[str, Any]:
    """Return whether inputs are rescaled and the gradient added up: each moves the limit by a factor one can find."""
    if not data.averages(now) or now.model != "neuron":
        return {}
    rescaled, summed = other_units(number)
    return {"standardise": rescaled, "summed": summed, "learning_rate": None}


def _momentum(now: Settings, number: int) -> dict[str, Any]:
    """Return a momentum, where more than plain descent is open; else there is none to choose."""
    if not now.more or now.model != "neuron" or not isinstance(loss_of(now), SquaredError):
        return {}
    return {"optimiser": "momentum", "momentum": other_momentum(number)}


def _features(now: Settings, number: int) -> dict[str, Any]:
    return {"features": other_features(number), "learning_rate": None} if data.has_option(now, "features") else {}
