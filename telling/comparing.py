"""The tables that compare runs side by side: learning rates, or optimisers."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from core.network import Network
from core.theory.factors import has_factors
from core.theory.in_force import LimitKind, limit_kind, limits_in_force
from core.theory.limits import Regime
from core.theory.quadratic import Quadratic, theory
from core.theory.settling import measured_at, settled_at
from core.training import History
from telling.beyond import accuracy_at
from telling.happening import happened
from telling.names import names_in
from telling.tables import html_table
from wording import _, number, percent

LEFT = 0.01
"""A run without a known goal counts as down from where no more than this share of the way is left."""

Arrival = Callable[[History], int | None]
"""At which iteration a run counts as having arrived; None where it does not."""


def comparison_table(histories: Sequence[History], tolerance: float, now: float | None = None) -> str:
    """Return the table: what each rate does, until when, and how it ends; the rate in force `now` is marked."""
    header = [
        _("learning rate"),
        _("what happens"),
        arrival_name(histories[0], tolerance),
        _("iterations"),
        *_ends_header(histories[0]),
        *_parameter_names(histories[0]),
    ]
    arrives = arrival(histories, tolerance)
    rows = [_row(history, arrives, now) for history in histories]
    return html_table(_("The learning rates compared"), header, rows, cards=True)


def optimisers_table(histories: Sequence[History], names: Sequence[str], tolerance: float) -> str:
    """Return the table: the rate of each optimiser, its limit where one is known, and how its run ends."""
    header = [
        _("optimiser"),
        _("learning rate"),
        _("limit at the end") if limit_kind(histories[0].experiment) is LimitKind.MOVING else _("limit"),
        _("what happens"),
        arrival_name(histories[0], tolerance),
        *_ends_header(histories[0]),
    ]
    arrives = arrival(histories, tolerance)
    rows = [_row_of_optimiser(history, name, arrives) for history, name in zip(histories, names, strict=True)]
    return html_table(_("The optimisers compared"), header, rows, cards=True)


def _row(history: History, arrives: Arrival, now: float | None) -> list[str]:
    rate = history.learning_rate
    written = f"{number(rate)} ({_('now')})" if rate == now else number(rate)
    values = [] if _has_many(history) else history.parameters[-1].tolist()
    told = [written, happened(history), _arrived(history, arrives), number(history.iterations)]
    return [*told, *_ends(history), *map(number, values)]


def _row_of_optimiser(history: History, name: str, arrives: Arrival) -> list[str]:
    rate = number(history.learning_rate)
    return [name, rate, _limit(history), happened(history), _arrived(history, arrives), *_ends(history)]


def _limit(history: History) -> str:
    if not has_factors(history.experiment.optimiser):
        return _("none known")
    stable = limits_in_force(history).stable
    return number(stable, 3) if math.isfinite(stable) else _("none")


def _has_many(history: History) -> bool:
    return isinstance(history.experiment.model, Network)


def _parameter_names(history: History) -> list[str]:
    """Return what the parameters are called; of a network there would be too many of them."""
    return [] if _has_many(history) else names_in(history.experiment)


def _ends_header(history: History) -> list[str]:
    right = [_("on the right side")] if history.experiment.data.has_classes else []
    return [_("loss at the end"), *right]


def _ends(history: History) -> list[str]:
    right = [percent(accuracy_at(history, history.iterations))] if history.experiment.data.has_classes else []
    return [number(float(history.loss[-1])), *right]


def arrival_name(history: History, tolerance: float) -> str:
    """Return what it is called that a run has arrived: its parameters, or else most of its loss."""
    if theory(history.experiment):
        return _("within {tolerance} from iteration").format(tolerance=number(tolerance))
    return _("{share} of the way down at iteration").format(share=percent(1 - LEFT))


def arrival(histories: Sequence[History], tolerance: float) -> Arrival:
    """Return what finds at which iteration each of these runs has arrived.

    Where the best parameters are known it is when all are near enough, for good; else when no more than one per cent
    is left for the first time of the way from the first loss down to the least that any of the runs has reached.
    """

    def of_parameters(history: History) -> int | None:
        known = theory(history.experiment)
        settled = settles(history, known, tolerance) if known else [None]
        found = [iteration for iteration in settled if iteration is not None]
        return max(found) if len(found) == len(settled) else None

    def of_loss(history: History) -> int | None:
        reached = np.flatnonzero(history.loss <= enough)
        return int(reached[0]) if reached.size else None

    # What is computed beyond the run for plain descent is only measured in it for all others.
    settles = settled_at if len({history.experiment.optimiser for history in histories}) == 1 else measured_at
    least, first = min(float(history.loss.min()) for history in histories), float(histories[0].loss[0])
    enough = least + LEFT * (first - least)
    return of_parameters if theory(histories[0].experiment) else of_loss


def _arrived(history: History, arrives: Arrival) -> str:
    iteration = arrives(history)
    return _never(history, theory(history.experiment)) if iteration is None else number(iteration)


def _never(history: History, known: Quadratic | None) -> str:
    if history.learning_rate == 0:
        return _("never: nothing moves")
    if not known or not known.is_plain:
        return _("not in this run")
    match known.limits.regime(history.learning_rate):
        case Regime.DIVERGING:
            return _("never: every step makes it worse")
        case Regime.BOUNCING:
            return _("never: it bounces for ever")
        case _:
            return _("never: the steps are too short")
