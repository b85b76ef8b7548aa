import numpy as np
import pytest

from core.checks import Array
from core.data.builtin import celsius
from core.experiment import Experiment
from core.lesson.landing import far_start
from core.losses import SquaredError
from core.theory.par import par
from core.theory.settling import near_enough
from tests.core.experiments import ALL, known, samples

SHARES = np.concatenate([np.linspace(0.05, 0.99, 189), np.linspace(0.99, 1.0, 200, endpoint=False)])
"""Stable rates as shares of the limit; where one direction is much steeper than others the best is just below it."""


def par_of(experiment: Experiment, tolerance: float) -> int:
    return par(known(experiment), np.array(experiment.start), tolerance)


def stepped(experiment: Experiment, shares: Array, tolerance: float, most: int) -> int:
    """The fewest iterations in which one of these shares of the limit arrives, found by taking all the steps."""
    theory = known(experiment)
    rates = shares[:, np.newaxis] * theory.limits.stable
    parameters = np.tile(experiment.start, (len(shares), 1))
    inputs, targets = experiment.model.seen(experiment.data.inputs), experiment.data.targets
    scale = 2 * theory.summands / len(targets)
    steepness, pull = scale * inputs.T @ inputs, scale * targets @ inputs
    for iteration in range(most + 1):
        if near_enough(theory, parameters, tolerance).any():
            return iteration
        parameters = parameters - rates * (parameters @ steepness - pull)
    raise AssertionError(f"no rate arrives within {most} iterations")


# Worked by hand


def two_weights(start: tuple[float, float]) -> Experiment:
    """Two weights on their own, with eigenvalues 1 and 4: the best rate for both, 2/5, leaves 3/5 and -3/5 of them."""
    return Experiment.on(samples([[1.0, 0.0], [0.0, 2.0]], [0.0, 0.0], has_bias=False), start=start)


@pytest.mark.parametrize("tolerance", [1e-3, 0.5, 2.0])
def test_one_direction_lands_in_a_single_step(tolerance: float) -> None:
    for start in (8.0, -3.0):
        assert par_of(Experiment.on(samples([[1.0]], [0.0], has_bias=False), start=[start]), tolerance) == 1


@pytest.mark.parametrize(("tolerance", "fewest"), [(10.0, 0), (6.1, 1), (3.7, 2), (2.2, 3), (1.3, 4)])
def test_two_directions_shrink_together_to_three_fifths_at_the_best_rate(tolerance: float, fewest: int) -> None:
    # 10, 6, 3.6, 2.16, 1.296
    assert par_of(two_weights((10.0, 10.0)), tolerance) == fewest


def test_par_of_a_start_that_is_near_enough_is_0() -> None:
    assert par_of(Experiment.on(celsius()), 100.0) == 0


def test_summing_the_gradient_changes_the_rates_and_not_par() -> None:
    averaged, summed = (Experiment.on(celsius(), loss=SquaredError(summed=some)) for some in (False, True))
    assert par_of(averaged, 0.5) == par_of(summed, 0.5)


def test_a_narrower_tolerance_takes_no_fewer_iterations() -> None:
    found = [par_of(Experiment.on(celsius()), tolerance) for tolerance in (30.0, 3.0, 0.5, 0.1, 0.01)]
    assert found == sorted(found)
    assert len(set(found)) == 5


# Found by stepping


def test_no_constant_stable_rate_arrives_earlier_and_some_rate_arrives_in_par() -> None:
    inputs = [[0.0, 1.0, -1.0], [-1.0, -3.0, 1.0], [4.0, -3.0, 3.0], [-3.0, -4.0, 2.0]]
    three_weights = samples(inputs, [-13.0, 10.0, -7.0, 3.0], has_bias=False)
    for data in (*ALL, three_weights):
        for start in (data.start, far_start(known(Experiment.on(data)), 1)):
            experiment = Experiment.on(data, start=start)
            fewest, found = par_of(experiment, 0.5), stepped(experiment, SHARES, 0.5, 4_000)
            assert found - 1 <= fewest <= found
