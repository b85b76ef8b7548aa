"""The factors by which a step multiplies the error along each direction of a parabola; with momentum there are two.

With x = learning_rate * eigenvalue the error e along a direction becomes p e - q e', where e' is the error one step
before: p = 1 + b - x and q = b for the heavy ball, p = (1 + b)(1 - x) and q = b (1 - x) for Nesterov's momentum b.
Plain descent is b = 0. The two factors are the roots of z² - p z + q: complex where the ball swings.
"""

import math

import numpy as np

from core.checks import Array
from core.optimisers import GradientDescent, Momentum, Nesterov, Optimiser
from core.theory.limits import NO_LIMITS, Limits, sloping_ends

ALIKE = 1e-7
"""Roots nearer to each other than this are one, counted twice."""
RATES, ZOOMS = 60, 8


def has_factors(optimiser: Optimiser) -> bool:
    """Return whether a step of this optimiser multiplies errors by factors that the learning rate alone decides."""
    return isinstance(optimiser, GradientDescent | Momentum | Nesterov)


def momentum_of(optimiser: Optimiser) -> float:
    """Return b; 0 for what has none."""
    return optimiser.momentum if isinstance(optimiser, Momentum | Nesterov) else 0.0


def roots(optimiser: Optimiser, x: Array) -> tuple[Array, Array]:
    """Return the two factors of each x = learning_rate * eigenvalue, complex numbers of its shape."""
    b = momentum_of(optimiser)
    p, q = ((1 + b) * (1 - x), b * (1 - x)) if isinstance(optimiser, Nesterov) else (1 + b - x, b + 0 * x)
    half, spread = p / 2, np.sqrt(np.asarray(p * p / 4 - q, complex))
    return half + spread, half - spread


def radius(optimiser: Optimiser, x: Array) -> Array:
    """Return what a step multiplies each error by in the long run: the size of the larger root."""
    one, other = roots(optimiser, np.asarray(x))
    return np.maximum(np.abs(one), np.abs(other))


def share_left(optimiser: Optimiser, x: Array, steps: Array | float) -> Array:
    """Return what is left of an error after so many steps from rest, as a share of it; shapes are broadcast.

    U_t - b U_(t-1), with U_t = (r^(t+1) - s^(t+1)) / (r - s) for the roots r and s; (1 - x)^t without momentum.
    """
    b = momentum_of(optimiser)
    if not b:
        return (1 - x) ** steps
    r, s = roots(optimiser, x)
    return (_power_sum(r, s, steps) - b * _power_sum(r, s, np.subtract(steps, 1))).real


def _power_sum(r: Array, s: Array, steps: Array | float) -> Array:
    """Return sum_k r^k s^(steps - k): (r^(t+1) - s^(t+1)) / (r - s), or (t + 1) r^t where the roots are one."""
    up, apart = np.add(steps, 1), r - s
    alike = np.abs(apart) < ALIKE * np.maximum(np.abs(r), ALIKE)
    quotient = (r**up - s**up) / np.where(alike, 1.0, apart)
    return np.where(alike, up * ((r + s) / 2) ** np.maximum(steps, 0), quotient)


def moving(start: Array, factors: Array) -> Array:
    """Return start * factors, and zero where there is nothing to move, even by an infinite factor."""
    return np.multiply(start, factors, where=start != 0, out=np.zeros_like(factors))


def limits_with(optimiser: Optimiser, eigenvalues: Array) -> Limits:
    """Return the limits that follow from the eigenvalues of the Hessian, ascending; those of zero have no say.

    With momentum b they are, over the largest eigenvalue: monotone up to (1 - sqrt b)² and stable up to 2 (1 + b) for
    the heavy ball; ((1 - b) / (1 + b))² and 2 (1 + b) / (1 + 2 b) for Nesterov's. All are infinite for flat data, and
    for an optimiser that has no such limits.
    """
    ends = sloping_ends(eigenvalues)
    if ends is None or not has_factors(optimiser):
        return NO_LIMITS
    smallest, largest = ends
    b = momentum_of(optimiser)
    if isinstance(optimiser, Nesterov):
        monotone, stable = ((1 - b) / (1 + b)) ** 2 / largest, stable_product(optimiser) / largest
        return Limits(monotone, _fastest(optimiser, ends, stable), stable)
    return Limits((1 - math.sqrt(b)) ** 2 / largest, 2 * (1 + b) / (smallest + largest), 2 * (1 + b) / largest)


def stable_product(optimiser: Optimiser) -> float:
    """Return the largest stable learning rate times the largest eigenvalue; infinite where there is no such limit."""
    if not has_factors(optimiser):
        return math.inf
    b = momentum_of(optimiser)
    return 2 * (1 + b) / (1 + 2 * b) if isinstance(optimiser, Nesterov) else 2 * (1 + b)


def _fastest(optimiser: Optimiser, ends: tuple[float, float], stable: float) -> float:
    """Return the rate of the least radius, by zooming in: it first shrinks with the rate and then grows."""
    low, high = 0.0, stable
    for _zoom in range(ZOOMS):
        rates = np.linspace(low, high, RATES)
        best = int(radius(optimiser, np.multiply.outer(rates, ends)).max(axis=1).argmin())
        low, high = rates[max(best - 1, 0)], rates[min(best + 1, RATES - 1)]
    return float(rates[best])


def fastest_pair(eigenvalues: Array) -> tuple[float, float]:
    """Return the learning rate and the momentum with which the heavy ball is fastest in the long run (Polyak 1964).

    (2 / (sqrt max + sqrt min))² and ((sqrt k - 1) / (sqrt k + 1))² with k = max / min. Raises ValueError for flat data.
    """
    ends = sloping_ends(eigenvalues)
    if ends is None:
        raise ValueError("eigenvalues must not all be zero")
    smallest, largest = map(math.sqrt, ends)
    return (2 / (largest + smallest)) ** 2, ((largest - smallest) / (largest + smallest)) ** 2
