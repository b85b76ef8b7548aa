"""The stretches of a run: from when to when its learning rate lay in one regime, and where it was last well."""

from dataclasses import dataclass

from core.schedule import learning_rate_at
from core.theory.limits import Limits, Regime
from core.theory.quadratic import Quadratic
from core.training import History

UNSTABLE = (Regime.BOUNCING, Regime.DIVERGING)


@dataclass(frozen=True)
class Stretch:
    """A regime, the iteration from which it holds, and the one at which it ends."""

    regime: Regime
    first: int
    last: int


def stretches(history: History, limits: Limits) -> list[Stretch]:
    """Return the stretches of a run, in order; the last one ends where the run does."""
    found: list[Stretch] = []
    for beginning, rate in history.experiment.schedule:
        regime = limits.regime(rate)
        if beginning > history.iterations or (found and found[-1].regime is regime):
            continue
        if found:
            found[-1] = Stretch(found[-1].regime, found[-1].first, beginning)
        found.append(Stretch(regime, beginning, history.iterations))
    return found


def before_explosion(history: History, theory: Quadratic | None) -> tuple[int, float]:
    """Return where a run that exploded was last well, and the learning rate of that moment.

    That is where its last explosive stretch began, and the rate before that; a run that exploded from the start was
    well at its start. Without a theory it is where the loss was least.
    """
    at = int(history.loss.argmin())
    if theory is not None and theory.has_limits:
        last = stretches(history, theory.limits)[-1]
        at = last.first if last.regime in UNSTABLE else at
    return at, learning_rate_at(history.experiment.schedule, max(at - 1, 0))
