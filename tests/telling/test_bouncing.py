import math
import re

import numpy as np
import pytest

from core.data.builtin import celsius
from core.optimisers import Momentum, Nesterov, Optimiser
from core.theory.factors import share_left
from core.theory.quadratic import Quadratic, quadratic
from telling.bouncing import explained, factors


def known(optimiser: Optimiser | None = None) -> Quadratic:
    return quadratic(celsius(), optimiser=optimiser) if optimiser else quadratic(celsius())


def test_plain_descent_has_one_factor_a_direction() -> None:
    assert factors(known(), 0.0008, 2) == (
        "Factors at this learning rate: 1 − 0.0008 · 1,667 = −0.3336, 1 − 0.0008 · 1.999 = 0.9984."
    )


def test_momentum_has_a_swing_along_the_steep_direction_and_two_numbers_along_the_flat_one() -> None:
    text = factors(known(Momentum(0.9)), 1e-4, 2)
    assert text == (
        "Factors at this learning rate: steep direction: a swing of 15 steps, each leaving 0.9487 of the error; "
        "flat direction: 0.998 and 0.9018."
    )


@pytest.mark.parametrize("optimiser", [Momentum(0.8), Nesterov(0.9)])
def test_size_and_period_are_those_of_the_error(optimiser: Optimiser) -> None:
    rate, steepest = 2e-4, float(known().sloping[-1])
    found = re.search(
        r"steep direction: a swing of ([\d.]+) steps, each leaving ([\d.]+)", factors(known(optimiser), rate, 2)
    )
    assert found
    period, size = map(float, found.groups())
    errors = share_left(optimiser, np.array(rate * steepest), np.arange(200.0)) / size ** np.arange(200.0)
    turns = np.flatnonzero(np.diff(np.sign(errors)))
    assert 2 * (turns[-1] - turns[0]) / (len(turns) - 1) == pytest.approx(period, rel=0.03)
    assert np.abs(errors[150:]).max() == pytest.approx(np.abs(errors[20:70]).max(), rel=0.2)


def test_one_direction_has_one_entry() -> None:
    assert "flat" not in factors(known(Momentum(0.9)), 1e-4, 1)


def test_negative_real_factors_have_no_period() -> None:
    text = factors(known(Momentum(0.9)), 0.9999 * known(Momentum(0.9)).limits.stable, 2)
    assert re.search(r"steep direction: −0\.\d+ and −0\.\d+;", text)


def test_each_optimiser_is_explained_its_own_way() -> None:
    assert "a factor of their own" in explained(known())
    assert "swings like a pendulum" in explained(known(Momentum()))
    assert math.isfinite(known(Momentum()).limits.stable)
