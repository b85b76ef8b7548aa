"""What the ruler under the learning rate says aloud."""

from core.theory.limits import Limits
from telling.names import regime_names
from wording import _, number, unlike


def spoken(rate: float, limits: Limits) -> str:
    """Say where each regime ends, which learning rate is the fastest, and where this one is."""
    text = _(
        "Learning rates: too slow up to {creeping}, steady up to {monotone}, overshoots up to the limit {stable}, "
        "explodes above. The fastest in the long run is {fastest}. Now {rate}: {regime}."
    )
    return text.format(
        creeping=number(limits.creeping, 3),
        monotone=number(limits.monotone, 3),
        stable=unlike(limits.stable, limits.fastest, 3),
        fastest=unlike(limits.fastest, limits.stable, 3),
        rate=number(rate),
        regime=regime_names()[limits.regime(rate)],
    )
