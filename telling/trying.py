"""What trying many learning rates has shown, where no formula says it beforehand."""

import numpy as np

from core.checks import Array
from core.optimisers import GradientDescent
from core.theory.factors import has_factors
from core.theory.in_force import LimitKind, limit_kind, limits_at, limits_in_force
from core.training import History
from wording import _, number

AS_GOOD = 1.01
"""A loss within one per cent of the least is as good."""
RISES = 1.5
"""So many times the least loss at the greatest rate is a rise."""


def summary(rates: Array, losses: Array, iterations: int) -> str:
    """Say what is seen, and which rate is best."""
    seen = _("The loss at iteration {iterations}, over the learning rate.").format(iterations=number(iterations))
    if not np.isfinite(losses).any():
        none = _("All {count} rates tried explode.")
        return f"{seen} {none.format(count=number(len(rates)))}"
    best = _("Of {count} rates tried {best} is best: loss {least}.")
    k = int(losses.argmin())
    told = {"best": number(float(rates[k]), 3), "least": number(float(losses[k]), 3)}
    return f"{seen} {best.format(count=number(len(rates)), **told)}"


def outcome(rates: Array, losses: Array) -> str:
    """Say how wide the valley of the U is, and what becomes of larger rates."""
    if not np.isfinite(losses).any():
        return ""
    return " ".join(filter(None, (_as_good(rates, losses), _beyond(rates, losses))))


def _as_good(rates: Array, losses: Array) -> str:
    """Name the rates around the best that are as good, where there are some."""
    best, worse = int(losses.argmin()), losses > AS_GOOD * losses.min()
    below, above = np.flatnonzero(worse[:best]), np.flatnonzero(worse[best:])
    low = int(below[-1]) + 1 if below.size else 0
    high = best + int(above[0]) - 1 if above.size else len(rates) - 1
    if low == high:
        return ""
    text = _("All rates tried from {low} to {high} end within 1 % of the least loss.")
    return text.format(low=number(float(rates[low]), 3), high=number(float(rates[high]), 3))


def _beyond(rates: Array, losses: Array) -> str:
    exploded = np.flatnonzero(~np.isfinite(losses))
    greatest = number(float(rates[-1]), 3)
    if exploded.size:
        text = _("The smallest rate that explodes is {rate}.")
        return text.format(rate=number(float(rates[exploded[0]]), 3))
    if losses[-1] > RISES * losses.min():
        text = _("None explodes up to {greatest}, but there the loss ends at {loss}.")
        return text.format(greatest=greatest, loss=number(float(losses[-1]), 3))
    return _("None explodes up to {greatest}.").format(greatest=greatest)


def why_tried(history: History) -> str:
    """Say why no formula draws this curve, and what is known instead."""
    experiment, stable = history.experiment, number(limits_in_force(history).stable, 3)
    if not has_factors(experiment.optimiser):
        return _(
            "This is tried, not computed: RMSProp and Adam divide each gradient by its usual size, so the limit of the "
            "steepest direction does not hold for them, and no other is known beforehand."
        )
    if limit_kind(experiment) is LimitKind.MOVING:
        return _of_moving(history)
    if experiment.batches is None:
        return _of_bound(history).format(stable=stable)
    text = _(
        "This is tried, not computed: the limit {stable} holds for all samples at once, but the few samples of a "
        "batch can be steeper, and then a smaller rate explodes, too."
    )
    return text.format(stable=stable)


def _of_bound(history: History) -> str:
    if limit_kind(history.experiment) is LimitKind.EVERYWHERE:
        return _(
            "This is tried, not computed: below {stable}, the limit that holds everywhere, no run explodes; what "
            "becomes of larger rates depends on where they lead."
        )
    return _(
        "This is tried, not computed: {stable} is the limit where the valley is steepest; what becomes of larger rates "
        "depends on where they lead."
    )


def _of_moving(history: History) -> str:
    """Say where the limit is at the start of a run and at its end."""
    if isinstance(history.experiment.optimiser, GradientDescent):
        text = _(
            "This is tried, not computed, for the limit 2 / sharpness moves while a run trains: at the rate {rate} it "
            "is {start} at the start and {end} at the end."
        )
    else:
        text = _(
            "This is tried, not computed, for the limit moves with the sharpness while a run trains: at the rate "
            "{rate} it is {start} at the start and {end} at the end."
        )
    start, end = (number(limits.stable, 3) for limits in (limits_at(history, 0), limits_in_force(history)))
    return text.format(rate=number(history.experiment.learning_rate, 3), start=start, end=end)


def shortened(tried: int, iterations: int) -> str:
    """Say that not all iterations were tried, where that is so."""
    text = _("Only the first {tried} of {iterations} iterations were tried: all of them would take too long.")
    return text.format(tried=number(tried), iterations=number(iterations)) if tried < iterations else ""
