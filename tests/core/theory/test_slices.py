from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import Array
from core.data.builtin import celsius, tips, weighted_sum
from core.experiment import Experiment
from core.losses import SquaredError
from core.theory.quadratic import quadratic
from core.training import losses
from tests.core.experiments import exactly, experiments, known, quickly, vectors

START = np.array([0.5, 0.5])


def direct_losses(experiment: Experiment, indices: list[int], points: Array) -> Array:
    """The losses with some parameters at these points and the others as they start, computed from the data."""
    parameters = np.tile(experiment.start, (len(points), 1))
    parameters[:, indices] = points
    return losses(experiment, parameters)


@st.composite
def planes(draw: st.DrawFn) -> tuple[Experiment, tuple[int, int], Array]:
    """An experiment, two of its parameters, and points in their plane."""
    experiment = draw(experiments().filter(lambda experiment: len(experiment.start) > 1))
    pair = draw(st.permutations(range(len(experiment.start))))[:2]
    return experiment, (pair[0], pair[1]), draw(vectors((5, 2)))


@quickly(100)
@given(planes())
def test_the_loss_of_a_plane_is_the_loss_with_the_other_parameters_held(
    scene: tuple[Experiment, tuple[int, int], Array],
) -> None:
    experiment, pair, points = scene
    expected = direct_losses(experiment, list(pair), points)
    plane = known(experiment).plane(np.array(experiment.start), pair)
    assert plane.loss(points) == pytest.approx(expected, rel=1e-8, abs=1e-6)


@quickly(100)
@given(planes())
def test_the_least_loss_of_a_plane_is_met_at_its_best_point_and_nowhere_undercut(
    scene: tuple[Experiment, tuple[int, int], Array],
) -> None:
    experiment, pair, points = scene
    plane = known(experiment).plane(np.array(experiment.start), pair)
    moves = np.array([[0.0, 0], [0.1, 0], [-0.1, 0], [0, 0.1], [0, -0.1], [0.1, 0.1]])
    at_best, *around = direct_losses(experiment, list(pair), np.vstack([plane.best + moves, points]))
    assert at_best == pytest.approx(plane.least, rel=1e-8, abs=1e-6)
    assert min(around) >= plane.least * (1 - 1e-12) - 1e-7


def test_the_planes_of_celsius_and_the_tips_have_the_published_numbers() -> None:
    plane = quadratic(celsius()).plane(START, (0, 1))
    assert plane.best == exactly([1.8, 32.0])
    assert plane.least == pytest.approx(0, abs=1e-20)
    assert plane.loss(START) == exactly(2359.915)
    assert quadratic(tips()).plane(np.zeros(2), (0, 1)).least == pytest.approx(1.036019442, abs=5e-10)


def test_the_parameters_of_a_pair_may_be_exchanged() -> None:
    one, other = (quadratic(celsius()).plane(START, pair) for pair in ((0, 1), (1, 0)))
    assert other.best == exactly(one.best[::-1])
    assert other.loss(np.array([3.0, 2.0])) == exactly(one.loss(np.array([2.0, 3.0])))


def test_any_two_weights_of_the_weighted_sum_make_up_for_what_the_others_leave() -> None:
    for pair in combinations(range(4), 2):
        plane = quadratic(weighted_sum()).plane(np.full(4, 10.0), pair)
        assert plane.best.sum() == pytest.approx(80.0)
        assert plane.least == pytest.approx(0, abs=1e-20)


def test_two_weights_without_any_effect_keep_the_loss_that_the_others_leave() -> None:
    plane = quadratic(weighted_sum([1.0, 0.0, 0.0])).plane(np.array([90.0, 1.0, 2.0]), (1, 2))
    assert plane.least == pytest.approx(100.0)
    assert plane.loss(np.array([[0.0, 0.0], [7.0, -7.0]])) == pytest.approx([100.0, 100.0])


def test_the_losses_of_a_plane_have_the_shape_of_the_points() -> None:
    assert quadratic(celsius()).plane(START, (0, 1)).loss(np.zeros((3, 4, 2))).shape == (3, 4)


def test_the_parameters_that_are_held_never_change() -> None:
    held = np.array([1.0, 2.0, 3.0, 4.0])
    quadratic(weighted_sum()).plane(held, (1, 3))
    quadratic(weighted_sum()).parabola(held, 2)
    assert held.tolist() == [1.0, 2.0, 3.0, 4.0]


@quickly(100)
@given(experiments(), st.integers(0, 4), st.integers(-10, 10))
def test_the_loss_of_a_parabola_is_the_loss_with_the_other_parameters_held(
    experiment: Experiment, index: int, value: float
) -> None:
    index %= len(experiment.start)
    parabola = known(experiment).parabola(np.array(experiment.start), index)
    expected = direct_losses(experiment, [index], np.array([[value]])) * known(experiment).summands
    assert parabola.loss(np.array([value])) == pytest.approx(expected, rel=1e-9, abs=1e-7)


def test_the_parabola_of_the_article_s_weight_has_the_slope_that_a_step_follows() -> None:
    one = Experiment.on(celsius())
    averaged, summed = (known(e).parabola(START, 0) for e in (one, replace(one, loss=SquaredError(summed=True))))
    assert (averaged.slope(0.5), averaged.curvature) == exactly((-2135.60, 1667.0))
    assert (summed.slope(0.5), summed.curvature) == exactly((-213_560.0, 166_700.0))
    assert summed.best == averaged.best
