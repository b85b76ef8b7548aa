import math
from dataclasses import replace

import numpy as np
import pytest

from core.batches import Batches
from core.data.builtin import celsius
from core.data.clouds import xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber
from core.optimisers import Adam, Optimiser
from core.schedule import constant
from core.sweep import swept_losses
from core.training import train
from tests.core.experiments import EVERY, EVERY_OPTIMISER, known, network


def assert_each_rate_s_own(experiment: Experiment, rates: list[float]) -> list[int | None]:
    """The sweep finds what training finds at each rate; returns where that exploded."""
    swept, exploded = swept_losses(experiment, np.array(rates)), []
    assert swept.shape == (len(rates),)
    for rate, loss in zip(rates, swept.tolist(), strict=True):
        history = train(replace(experiment, schedule=constant(rate)))
        exploded.append(history.diverged_at)
        assert loss == (pytest.approx(history.loss[-1], rel=1e-9) if history.diverged_at is None else math.inf)
    return exploded


@EVERY
@EVERY_OPTIMISER
def test_a_neuron_s_sweep_is_training_at_each_rate(data: Dataset, optimiser: Optimiser) -> None:
    stable = known(Experiment.on(data)).limits.stable
    rates = [share * stable for share in (0.0, 0.01, 0.3, 0.9, 1.1)]
    assert assert_each_rate_s_own(Experiment.on(data, optimiser=optimiser, iterations=60), rates) == [None] * 5


@pytest.mark.parametrize("batches", [None, Batches(16, seed=2)], ids=["all samples", "batches"])
@EVERY_OPTIMISER
def test_a_network_s_sweep_is_training_at_each_rate(optimiser: Optimiser, batches: Batches | None) -> None:
    curve = network(sine(), optimiser=optimiser, batches=batches, iterations=60)
    assert assert_each_rate_s_own(curve, [0.0, 0.001, 0.01, 0.03]) == [None] * 4
    classes = network(xor(), loss=CrossEntropy(), optimiser=optimiser, batches=batches, iterations=60)
    assert assert_each_rate_s_own(classes, [0.0, 0.001, 0.01, 0.03]) == [None] * 4


def test_where_training_explodes_the_swept_loss_is_infinite() -> None:
    stable = known(Experiment.on(celsius())).limits.stable
    rates = [0.9 * stable, 3 * stable, 1e10, 1e300]
    exploded = assert_each_rate_s_own(Experiment.on(celsius(), iterations=400), rates)
    assert [at is None for at in exploded] == [True, False, False, False]
    exploded = assert_each_rate_s_own(network(sine(), iterations=400), [0.05, 2.0, 1e10, 1e300])
    assert [at is None for at in exploded] == [True, False, False, False]


def test_what_pulls_no_harder_than_so_much_explodes_at_no_such_rate() -> None:
    rates = [1.0, 100.0, 1e10]
    for loss in (Huber(), CrossEntropy()):
        assert np.isfinite(swept_losses(Experiment.on(xor(), loss=loss, iterations=400), np.array(rates))).all()
    assert np.isfinite(swept_losses(Experiment.on(celsius(), optimiser=Adam(), iterations=400), np.array(rates))).all()


def test_without_iterations_each_rate_has_the_loss_of_the_start() -> None:
    experiment = network(sine(), iterations=0)
    assert swept_losses(experiment, np.array([0.1, 1e300])).tolist() == [train(experiment).loss[0]] * 2


def test_a_sweep_of_the_neuron_is_what_the_closed_form_says() -> None:
    experiment = Experiment.on(celsius(), iterations=300)
    rates = known(experiment).limits.stable * np.linspace(0.0, 1.05, 40)
    expected = known(experiment).final_losses(celsius().start, rates, 300)
    assert swept_losses(experiment, rates) == pytest.approx(expected, rel=1e-8)
