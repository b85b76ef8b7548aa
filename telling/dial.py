"""What the learning rate's dial says: where its regimes end, what its marks are called, and its powers of ten."""

import math
from collections.abc import Sequence

from core.theory.in_force import LimitKind
from core.theory.limits import Limits, Regime
from telling.names import regime_names
from wording import N_, SUPERSCRIPTS, _, number, unlike

MARKED = {
    LimitKind.WHOLE: N_("{rate}: the limit for all samples at once"),
    LimitKind.EVERYWHERE: N_("{rate}: up to here it is stable wherever it stands"),
    LimitKind.STEEPEST: N_("{rate}: the limit where it is steepest"),
    LimitKind.MOVING: N_("the limit here and now; it moves while it trains"),
}
"""What the one mark says where the limit is not exact; then none is the fastest."""


def spoken(limits: Limits, kind: LimitKind = LimitKind.EXACT) -> str:
    """Say where each regime ends, and which learning rate is the fastest; nothing where there are no limits."""
    if math.isinf(limits.stable):
        return ""
    is_exact = kind is LimitKind.EXACT
    text = _("{slow}: up to {creeping}. {steady}: up to {monotone}. {overshoots}: up to {stable}. {explodes}: above.")
    names = regime_names(is_certain=is_exact)
    rates = {name: _unlike_stable(getattr(limits, name), limits) for name in ("creeping", "monotone", "stable")}
    told = text.format(
        slow=names[Regime.CREEPING],
        steady=names[Regime.MONOTONE],
        overshoots=names[Regime.OVERSHOOTING],
        explodes=names[Regime.DIVERGING],
        **rates,
    )
    fastest = _("The fastest in the long run is {fastest}.").format(fastest=_unlike_stable(limits.fastest, limits))
    return f"{told} {fastest}" if is_exact else told


def marks(limits: Limits, kind: LimitKind = LimitKind.EXACT) -> list[tuple[float, str, str]]:
    """Return the rates that are marked on the dial, each with its sign and its name; none where nothing is curved."""
    if math.isinf(limits.stable):
        return []
    if kind is not LimitKind.EXACT:
        return [(limits.stable, "2", _(MARKED[kind]).format(rate=number(limits.stable, 3)))]
    names = [
        (limits.monotone, "1", _("{rate}: overshooting begins")),
        (limits.fastest, "★", _("★ {rate}: the fastest in the long run")),
        (limits.stable, "2", _("{rate}: explosions begin")),
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
