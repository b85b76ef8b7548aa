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


def marks(limits: Limits, kind: str = "exact") -> list[tuple[float, str, str]]:
    """Return the rates that are marked on the dial, each with its sign and its name; none where nothing is curved.

    Limits are "exact"; or a "bound" below which no place of the loss is too steep, where none is the fastest; or
    "moving" while the run trains, and then those of the place where it stands.
    """
    stable = number(limits.stable, 3)
    if math.isinf(limits.stable):
        return []
    if kind == "moving":
        return [(limits.stable, "2", _("{rate}: the limit here and now; it moves while it trains").format(rate=stable))]
    if kind == "bound":
        return [(limits.stable, "2", _("{rate}: up to here it is stable wherever it stands").format(rate=stable))]
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
