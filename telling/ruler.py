"""What the ruler under the learning rate says aloud."""

from core.theory.limits import Limits
from telling.names import regime_names
from wording import _, number


def spoken(rate: float, limits: Limits) -> str:
    """Say where each regime ends, which learning rate is the fastest, and where this one is."""
    text = _(
        "Learning rates: creeping up to {creeping}, monotone up to {monotone}, overshooting up to {stable}, and "
        "diverging above. The fastest is {fastest}. Now {rate}: {regime}."
    )
    return text.format(
        creeping=number(limits.creeping, 3),
        monotone=number(limits.monotone, 3),
        stable=number(limits.stable, 3),
        fastest=number(limits.fastest, 3),
        rate=number(rate),
        regime=regime_names()[limits.regime(rate)],
    )
