"""What is said of the errors along the steep and the flat direction, and of the factors of a step."""

import math

import numpy as np

from core.theory.factors import roots
from core.theory.quadratic import Quadratic
from wording import _, number

REAL = 0.01
"""A factor whose imaginary part is a smaller share than this of its size has died out before it swings: a number."""


def explained(known: Quadratic) -> str:
    """Say what a step does along each direction."""
    if known.is_plain:
        return _(
            "The error has a part along the steep direction of the loss and a part along the flat one, and each step "
            "multiplies them by a factor of their own. A negative factor means the other side of the valley: "
            "overshooting. So the steep direction bounces while the flat one hardly moves."
        )
    return _(
        "The error has a part along the steep direction of the loss and a part along the flat one. With momentum a "
        "step takes part of the last one along, and so each direction has two factors. Where they are no numbers but "
        "a pair of complex ones, the error swings like a pendulum, and their size says what a step leaves of it."
    )


def factors(known: Quadratic, rate: float, n_directions: int) -> str:
    """Name the factors of a step at this learning rate, of the steepest direction first."""
    steepness = known.sloping[[-1, 0]][:n_directions].tolist()
    if known.is_plain:
        products = ", ".join(f"1 − {number(rate)} · {number(h)} = {number(1 - rate * h)}" for h in steepness)
        return _("Factors at this learning rate: {factors}.").format(factors=products)
    names = (_("steep direction"), _("flat direction"))
    told = (f"{name}: {_pair(known, rate * h)}" for name, h in zip(names, steepness, strict=False))
    return _("Factors at this learning rate: {factors}.").format(factors="; ".join(told))


def _pair(known: Quadratic, x: float) -> str:
    """Name the two factors of rate times steepness: two numbers, or the size and the period of a swing."""
    one, other = (complex(root) for root in roots(known.optimiser, np.array(x)))
    if abs(one.imag) <= REAL * abs(one):
        return _("{one} and {other}").format(one=number(one.real), other=number(other.real))
    period = number(2 * math.pi / abs(math.atan2(one.imag, one.real)), 3)
    return _("a swing of {period} steps, each leaving {size} of the error").format(period=period, size=number(abs(one)))
