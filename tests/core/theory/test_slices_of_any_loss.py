import math
from dataclasses import replace

import numpy as np
import pytest

from core.data.builtin import celsius
from core.data.clouds import two_clouds
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.theory.slices import Slice
from core.training import losses
from tests.core.experiments import EVERY_LOSS, classes, exactly, known, network, samples


def slice_of(experiment: Experiment, index: int) -> Slice:
    return Slice(experiment, experiment.start, index)


SINE = Experiment.on(sine(), model=Network(), start=Network().start(1, 1))
SEVENTH = 6
"""The weight into the seventh hidden neuron: its valley lies between a slope and a plain."""


@pytest.mark.parametrize("summed", [False, True])
@pytest.mark.parametrize("index", [0, 1])
def test_where_the_loss_is_a_parabola_a_slice_is_that_parabola(index: int, summed: bool) -> None:
    experiment = Experiment.on(celsius(), loss=SquaredError(summed=summed))
    found, parabola = slice_of(experiment, index), known(experiment).parabola(np.array(experiment.start), index)
    places = np.linspace(-3.0, 5.0, 9)
    assert found.loss(places) == pytest.approx(parabola.loss(places), rel=1e-12)
    assert found.slope(2.5) == pytest.approx(parabola.slope(2.5), rel=1e-9)
    assert found.best == pytest.approx(parabola.best, abs=1e-5)
    assert found.least == pytest.approx(parabola.least, rel=1e-9)
    assert found.has_bottom


@EVERY_LOSS
def test_a_slice_of_a_network_holds_the_losses_that_a_step_follows(loss: Loss) -> None:
    experiment = network(classes(2), loss=loss)
    summands = loss.summands(experiment.data.targets)
    for index in (0, 5, -2, -1):
        index %= len(experiment.start)
        parameters = np.tile(experiment.start, (3, 1))
        parameters[:, index] = [-1.0, 0.5, 2.0]
        found = slice_of(experiment, index).loss(np.array([-1.0, 0.5, 2.0]))
        assert found == exactly(losses(experiment, parameters) * summands)


@EVERY_LOSS
def test_the_slope_of_a_slice_is_its_central_difference(loss: Loss) -> None:
    experiment = network(classes(2), loss=loss)
    for index in range(len(experiment.start)):
        found = slice_of(experiment, index)
        rise = found.loss(0.7 + 1e-5) - found.loss(0.7 - 1e-5)
        assert found.slope(0.7) == pytest.approx(rise / 2e-5, rel=1e-5, abs=1e-8)


def test_one_place_gives_one_number() -> None:
    assert isinstance(slice_of(SINE, SEVENTH).loss(0.5), float)


def test_the_bottom_is_that_of_the_valley_in_which_the_held_parameter_lies() -> None:
    found = slice_of(SINE, SEVENTH)
    way = found.loss(np.linspace(found.held[SEVENTH], found.best, 50))
    assert found.has_bottom
    assert found.slope(found.best) == pytest.approx(0, abs=1e-6)
    assert (np.diff(way) < 0).all()
    assert found.loss(3.0) < found.least, "beyond the next hill it is lower still"


def test_from_behind_the_hill_it_falls_as_far_as_one_looks() -> None:
    start = list(SINE.start)
    start[SEVENTH] = 0.8
    found = slice_of(replace(SINE, start=tuple(start)), SEVENTH)
    assert not found.has_bottom
    assert found.best == pytest.approx(0.8 + found.reach)


def test_the_bottom_for_one_neuron_may_lie_far_beyond_what_is_near() -> None:
    experiment = Experiment.on(celsius(), loss=Huber())
    found = slice_of(experiment, 1)
    # With a weight of 0.5 the bias lacks 32 + 1.3 x: the median of these is 31.35, and Huber's best is near it.
    assert found.best == pytest.approx(31.35, abs=0.01)
    assert found.best > 5 * found.reach
    assert found.slope(found.best) == pytest.approx(0, abs=1e-6)


def test_the_best_weight_for_the_hours_without_a_bias_has_no_slope() -> None:
    found = slice_of(Experiment.on(hours(), loss=CrossEntropy()), 0)
    assert found.has_bottom
    assert found.slope(found.best) == pytest.approx(0, abs=1e-6)


def test_the_loss_of_two_classes_that_are_apart_has_no_bottom() -> None:
    found = slice_of(Experiment.on(two_clouds(10.0), loss=CrossEntropy()), 0)
    assert not found.has_bottom
    assert found.best == pytest.approx(found.reach)
    assert found.slope(found.best) < 0


def test_a_parameter_without_any_effect_is_best_as_it_is() -> None:
    flat = Experiment.on(samples([[0.0], [0.0]], [0.0, 1.0]), start=(3.0, 0.2), loss=CrossEntropy())
    assert slice_of(flat, 0).best == 3.0
    assert not slice_of(flat, 0).has_bottom


def test_the_size_of_the_parameter_says_what_is_near() -> None:
    assert [slice_of(replace(SINE, start=(w, *SINE.start[1:])), 0).reach for w in (0.0, -0.5, 10.0)] == [4, 4, 40]


@pytest.mark.parametrize("place", [1e300, -1e300])
def test_places_beyond_all_numbers_give_no_warning(place: float) -> None:
    for experiment in (SINE, Experiment.on(hours(), loss=CrossEntropy()), Experiment.on(celsius(), loss=Huber())):
        found = slice_of(experiment, 0)
        assert not found.loss(place) < 0
        assert math.isfinite(found.slope(1e10))


def test_a_start_beyond_all_numbers_still_has_a_picture() -> None:
    found = slice_of(Experiment.on(hours(), loss=CrossEntropy(), start=(1e300, 1e300)), 0)
    assert math.isfinite(found.best)
