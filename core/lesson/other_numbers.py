"""Other numbers for the same question, drawn with a seed: a learning rate of any regime, and a start that is seen."""

import math

import numpy as np

from core.data.dataset import Dataset
from core.theory.limits import Limits
from core.theory.quadratic import quadratic

LEAST_SHARE, GREATEST_SHARE = 0.02, 1.4
"""Learning rates are drawn between these shares of the stable limit."""
MARGIN = 0.15
"""How far from the ends of its regime a rate stays, as a share of the regime on a logarithmic scale."""
OF_USUAL = (0.05, 8.0)
"""Where there is no limit a rate is drawn between these, in usual rates."""
OFF = (0.15, 0.85)
"""How far each end of a line starts from where it should be, in heights of the data."""
MOMENTA = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
FEATURES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)


def other_rate(limits: Limits, usual: float, number: int) -> float:
    """Return the learning rate of a variant, in two digits: of each regime equally often, where there are any."""
    random = np.random.default_rng([number, 0])
    if math.isinf(limits.stable):
        return _between(usual * OF_USUAL[0], usual * OF_USUAL[1], float(random.random()))
    least = min(LEAST_SHARE * limits.stable, limits.creeping / 3)
    bounds = (least, limits.creeping, limits.monotone, limits.stable, GREATEST_SHARE * limits.stable)
    regimes = [k for k in range(4) if bounds[k + 1] > bounds[k] * 1.2]  # of some optimisers one is hardly any rate
    k = regimes[int(random.integers(len(regimes)))]
    return _between(bounds[k], bounds[k + 1], MARGIN + (1 - 2 * MARGIN) * float(random.random()))


def _between(low: float, high: float, share: float) -> float:
    return float(f"{low * (high / low) ** share:.1e}")


def other_start(data: Dataset, number: int) -> tuple[float, ...]:
    """Return the start of a variant, in three digits: a line in the picture, away from the best one at both ends."""
    random = np.random.default_rng([number, 1])
    ends = np.array([[data.inputs.min()], [data.inputs.max()]])
    known = quadratic(data)
    best = known.model.forward(known.best(data.start), known.model.seen(ends))
    middle, height = float(data.targets.min() + data.targets.max()) / 2, float(np.ptp(data.targets)) or 1.0
    inwards = np.where(best < middle, 1.0, -1.0)
    heights = best + inwards * random.uniform(*OFF, size=2) * height
    line = np.linalg.lstsq(known.model.seen(ends), heights, rcond=None)[0]
    return tuple(float(f"{value:.3g}") for value in line)


def other_features(number: int) -> tuple[float, ...]:
    """Return four feature values of a variant."""
    return tuple(np.random.default_rng([number, 2]).choice(FEATURES, size=4).tolist())


def other_momentum(number: int) -> float:
    """Return the momentum of a variant: those of two that follow each other differ."""
    return MOMENTA[number % len(MOMENTA)]


def other_units(number: int) -> tuple[bool, bool]:
    """Return whether inputs are rescaled and gradients added up in a variant: two that follow each other differ."""
    return bool(number % 4 // 2), bool(number % 2)
