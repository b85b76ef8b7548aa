"""Land it: a game of steering a run from far away to the best parameters, in few iterations and without exploding."""

from functools import lru_cache

import numpy as np

from core.theory.quadratic import Quadratic

FARTHEST = 2.0
"""How far away a start may be, in sizes of the best parameters."""
NEAREST = 0.7


@lru_cache
def far_start(theory: Quadratic, seed: int) -> tuple[float, ...]:
    """Return a start drawn with a seed, (n_parameters,), each parameter 0.7 to 2 times its best size away from it."""
    best = theory.best(np.zeros(len(theory.eigenvalues)))
    random = np.random.default_rng(seed)
    away = random.uniform(NEAREST, FARTHEST, len(best)) * random.choice([-1.0, 1.0], len(best))
    return tuple(float(f"{value:.3g}") for value in (best + away * np.maximum(np.abs(best), 1.0)).tolist())
