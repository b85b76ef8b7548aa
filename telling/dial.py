"""What the learning rate's dial says: where its regimes end, what its marks are called, and its powers of ten."""

import math
from collections.abc import Sequence

from core.theory.limits import Limits, Regime
from telling.names import regime_names
from wording import SUPERSCRIPTS, _, number, unlike


def spoken(limits: Limits) -> str:
    """Say where each regime ends, and which learning rate is the fastest; nothing where there are no limits."""
    if math.isinf(limits.stable):
        return ""
    text = _(
        "{slow}: up to {creeping}. {steady}: up to {monotone}. {overshoots}: up to {stable}. {explodes}: above. "
        "The fastest in the long run is {fastest}."
    )
    names = regime_names()
    return text.format(
        slow=names[Regime.CREEPING],
        steady=names[Regime.MONOTONE],
        overshoots=names[Regime.OVERSHOOTING],
        explodes=names[Regime.DIVERGING],
        **{
            name: _unlike_stable(getattr(limits, name), limits)
            for name in ("creeping", "monotone", "stable", "fastest")
        },
    )


def marks(limits: Limits, *, moving: bool = False) -> list[tuple[float, str, str]]:
    """Return the rates that are marked on the dial, each with its sign and its name; none where nothing is curved.

    Limits that are `moving` while the run trains are those of the place where it stands, and none is the fastest.
    """
    if math.isinf(limits.stable):
        return []
    if moving:
        text = _("{rate}: explosions begin here now; the limit moves while it trains")
        return [(limits.stable, "2", text.format(rate=number(limits.stable, 3)))]
    names = [
        (limits.monotone, "1", _("1/max = {rate}: overshooting begins")),
        (limits.fastest, "★", _("★ {rate}: the fastest in the long run")),
        (limits.stable, "2", _("2/max = {rate}: explosions begin")),
    ]
    return [(rate, sign, name.format(rate=_unlike_stable(rate, limits))) for rate, sign, name in names]


def _unlike_stable(rate: float, limits: Limits) -> str:
    """Write a rate, with as many digits as it takes to tell it from the largest stable one."""
    return number(rate, 3) if rate == limits.stable else unlike(rate, limits.stable, 3)


def powers_of_ten(rates: Sequence[float]) -> list[tuple[float, str, str]]:
    """Return the powers of ten between the first and the last of these rates, as a power and as a number."""
    first, last = (math.log10(rates[k]) for k in (0, -1))
    exponents = range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1)
    return [(float(f"1e{e}"), f"10{str(e).translate(SUPERSCRIPTS)}", number(float(f"1e{e}"))) for e in exponents]
