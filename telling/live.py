"""What is said of a run that is steered while it trains: what lies ahead, and why it has paused."""

import numpy as np

from core.theory.forecast import explodes_in, forecast
from core.theory.quadratic import Quadratic, theory
from core.theory.settling import arrives_in, has_arrived
from core.theory.stretches import before_explosion
from core.training import History
from telling.names import names_in
from wording import _, number


def ahead(history: History, tolerance: float) -> str:
    """Say what will become of a run at the rate in the hand if nothing is touched; nothing where that is not known."""
    known = theory(history.experiment)
    if history.diverged_at is not None:
        return ""
    if known is None or not known.is_plain:
        return _explosion(forecast(history, known, np.zeros(1)).explodes_at)
    if has_arrived(history, known, tolerance):
        return ""
    errors, rate = known.errors(history.parameters[-1]), history.learning_rate
    if (explosion := explodes_in(known, errors, rate)) is not None:
        return _explosion(history.iterations + explosion)
    arrival = arrives_in(known, errors, rate, tolerance)
    if arrival is None:
        return _("If nothing is touched, it never arrives.")
    text = _("If nothing is touched, it arrives at iteration {iteration}.")
    return text.format(iteration=number(history.iterations + arrival))


def _explosion(iteration: int | None) -> str:
    """Announce an explosion; nothing where none is known of."""
    if iteration is None:
        return ""
    return _("If nothing is touched, it explodes at iteration {iteration}.").format(iteration=number(iteration))


def pause(history: History, tolerance: float, longest: int) -> str:
    """Say why a live run has paused by itself, and what would have saved it; nothing where a hand has paused it."""
    known = theory(history.experiment)
    if history.diverged_at is not None:
        return _exploded(history, known)
    if history.iterations and known and known.is_plain and has_arrived(history, known, tolerance):
        text = _("Arrived: at iteration {iteration} every parameter is within {tolerance} of its best.")
        return text.format(iteration=number(history.iterations), tolerance=number(tolerance))
    if history.iterations >= longest:
        return _("A run has no more than {longest} iterations.").format(longest=number(longest))
    return ""


def _exploded(history: History, known: Quadratic | None) -> str:
    happened = _("Exploded at iteration {iteration}.").format(iteration=number(history.diverged_at or 0))
    if known is None or not known.is_plain or not known.has_limits or not history.iterations:
        return happened
    saved = _("Any rate below {limit} would have brought it back, even at iteration {iteration}.")
    told = saved.format(limit=number(known.limits.stable, 3), iteration=number(history.iterations))
    return f"{happened} {told}"


def elsewhere(history: History, parameters: tuple[float, ...]) -> str:
    """Say that a hand has put the run elsewhere, after a step that led somewhere else."""
    names = names_in(history.experiment)
    values = ", ".join(f"{name} {number(value)}" for name, value in zip(names, parameters, strict=True))
    return _("After this step a hand put the run elsewhere: {parameters}.").format(parameters=values)


def way_back(history: History) -> str:
    """Say where a run that exploded was last well, and at which rate."""
    at, rate = before_explosion(history, theory(history.experiment))
    return _("Back to before the explosion: iteration {iteration}, rate {rate}").format(
        iteration=number(at), rate=number(rate)
    )
