"""The loss over one parameter where it is no parabola."""

from functools import cache

import numpy as np
import pytest

from charts.look import Figure
from charts.parabola import parabola_figure
from core.data.clouds import two_clouds
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.theory.slices import Slice
from tests.charts.contract import PROMISES
from tests.charts.seen import axes, names, trace

MODEL = Network()
SCENES = {
    "a network": (Experiment.on(sine(), model=MODEL, start=MODEL.start(1, 1)), 6),
    "two classes": (Experiment.on(hours(), loss=CrossEntropy()), 0),
    "two classes that are apart": (Experiment.on(two_clouds(10.0), loss=CrossEntropy()), 0),
}
SPAN = (-4.0, 4.0)


def slice_of(scene: str) -> Slice:
    experiment, index = SCENES[scene]
    return Slice(experiment, experiment.start, index)


@cache
def drawn(scene: str, now: float = -0.8, landing: float | None = 1.0) -> Figure:
    return parabola_figure(slice_of(scene), now, SPAN, "w", landing=landing)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("now", [-0.8, 1e300])
def test_every_picture_keeps_the_contract(scene: str, now: float) -> None:
    for promise in PROMISES:
        promise(drawn(scene, now, -1e300))


@pytest.mark.parametrize("scene", SCENES)
def test_the_curve_and_the_ball_are_at_the_height_of_the_losses(scene: str) -> None:
    curve, ball = trace(drawn(scene), "loss"), trace(drawn(scene), "now")
    assert curve["y"] == pytest.approx(slice_of(scene).loss(np.array(curve["x"])).tolist())
    assert ball["y"] == pytest.approx([slice_of(scene).loss(-0.8)])


def test_the_star_of_a_network_is_only_the_least_nearby() -> None:
    star = trace(drawn("a network"), "least nearby")
    assert star["x"] == pytest.approx([slice_of("a network").best])
    assert "best possible" not in names(drawn("a network"))


def test_the_star_of_one_neuron_is_the_best_there_is() -> None:
    assert trace(drawn("two classes"), "best possible")["x"] == pytest.approx([slice_of("two classes").best])


def test_where_it_falls_for_ever_there_is_no_star() -> None:
    assert {"least nearby", "best possible"} & {*names(drawn("two classes that are apart"))} == set()


def test_a_curve_far_above_zero_fills_the_picture() -> None:
    low, high = axes(drawn("a network"))["yaxis"]["range"]
    losses = trace(drawn("a network"), "loss")["y"]
    assert 0 < low < min(losses) < max(losses) < high
    assert high - low < 1.2 * (max(losses) - min(losses))


def test_a_curve_that_comes_near_to_zero_is_shown_from_there() -> None:
    low, _high = axes(drawn("two classes"))["yaxis"]["range"]
    assert low <= 0
