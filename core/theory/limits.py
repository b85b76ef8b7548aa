"""The learning rates at which training starts to overshoot and to explode, and what each rate in between does."""

import math
from dataclasses import dataclass
from enum import Enum

from core.checks import Array

ROUNDING = 1e-12
"""Rates that differ by a smaller share than this are equal but for rounding."""
CREEPING_SHARE = 0.1
"""Below this share of the monotone limit even the steepest error shrinks by less than a tenth a step."""
EXAMPLE_SHARES = (0.02, 0.45, 0.8, 1.1)
"""A rate that is too small, a good one, one that overshoots and one that is too large, in stable limits."""
EXAMPLES_OF_FLAT_DATA = (0.01, 0.1)


class Regime(Enum):
    """What a learning rate does to the error, from too small to too large."""

    CREEPING = "creeping"
    MONOTONE = "monotone"
    OVERSHOOTING = "overshooting"
    BOUNCING = "bouncing"
    DIVERGING = "diverging"


REGIMES = (Regime.CREEPING, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)
"""Those that are more than one learning rate, from too small to too large."""


@dataclass(frozen=True)
class Limits:
    """Three learning rates, from the smallest (non-zero) and the largest eigenvalue of the Hessian.

    `monotone` = 1 / max without momentum: up to here no direction overshoots. `fastest` = 2 / (min + max): the
    quickest in the long run. `stable` = 2 / max: from here on training bounces for ever or explodes. All are infinite
    for flat data.
    """

    monotone: float
    fastest: float
    stable: float

    @property
    def creeping(self) -> float:
        """The learning rate below which every direction creeps."""
        return CREEPING_SHARE * self.monotone

    def regime(self, learning_rate: float) -> Regime:
        """Return what training at this rate does; at the stable limit itself, to 12 digits, it bounces for ever."""
        if math.isclose(learning_rate, self.stable, rel_tol=ROUNDING):
            return Regime.BOUNCING
        if learning_rate > self.stable:
            return Regime.DIVERGING
        if learning_rate > self.monotone * (1 + ROUNDING):
            return Regime.OVERSHOOTING
        return Regime.MONOTONE if learning_rate >= self.creeping else Regime.CREEPING

    def zones(self) -> list[tuple[Regime, float, float]]:
        """Return each regime that is more than one learning rate, with the rates between which it holds."""
        bounds = [0.0, self.creeping, self.monotone, self.stable, math.inf]
        return list(zip(REGIMES, bounds[:-1], bounds[1:], strict=True))

    def examples(self) -> tuple[float, ...]:
        """Return learning rates to compare, one of each kind, written with two digits."""
        if math.isinf(self.stable):
            return EXAMPLES_OF_FLAT_DATA
        return tuple(float(f"{share * self.stable:.1e}") for share in EXAMPLE_SHARES)


NO_LIMITS = Limits(math.inf, math.inf, math.inf)
"""Of flat data, and where nothing is known."""


def sloping_ends(eigenvalues: Array) -> tuple[float, float] | None:
    """Return the smallest and the largest of the eigenvalues, ascending, that are above zero; None for flat data."""
    sloping = eigenvalues[eigenvalues > 0]
    return (float(sloping[0]), float(sloping[-1])) if sloping.size else None


def half_life(factor: float) -> float:
    """Return after how many steps an error is half as large that each step multiplies by `factor`.

    ln 1/2 / ln |factor|. Zero where one step does it all; infinite where it never shrinks.
    """
    size = abs(factor)
    return 0.0 if size == 0 else math.inf if size >= 1 else math.log(0.5) / math.log(size)
