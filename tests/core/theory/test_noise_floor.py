from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from core.batches import Batches
from core.data.builtin import celsius, noisy_thermometer, tips
from core.data.curves import sine
from core.data.more import hours
from core.data.standardising import standardise
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.schedule import constant, step_decay
from core.theory.noise_floor import MOST_ITERATIONS, Floor, floor_of, has_arrived, height, steep_errors
from core.training import History, train

TEN = Batches(10)
NOISY = {
    "noisy thermometer": Experiment.on(noisy_thermometer(), batches=TEN),
    "noisy thermometer, standardised": Experiment.on(
        standardise(noisy_thermometer()), batches=TEN, learning_rate=0.1, iterations=2000
    ),
    "tips": Experiment.on(tips(), batches=TEN),
    "hours": Experiment.on(hours(), batches=Batches(5), loss=CrossEntropy()),
}
EVERY = pytest.mark.parametrize("name", NOISY)


@cache
def from_best(name: str) -> tuple[Floor, list[History]]:
    floor = floor_of(NOISY[name])
    return floor, [train(experiment) for experiment in floor.from_best()]


def heights(name: str) -> list[float]:
    floor, histories = from_best(name)
    return [height(history, floor.least) for history in histories]


@EVERY
def test_the_floor_is_the_higher_the_greater_the_constant_rate(name: str) -> None:
    once, third, tenth, _falling = heights(name)
    assert once > 2 * third > 4 * tenth > 0


@EVERY
def test_a_falling_rate_gets_below_all_floors(name: str) -> None:
    *constants, falling = heights(name)
    assert 0 < falling < min(constants) / 2


@EVERY
def test_the_runs_end_the_farther_from_the_best_the_greater_the_rate(name: str) -> None:
    floor, histories = from_best(name)
    assert floor.best is not None
    last = 3 * histories[0].iterations // 4
    spreads = [float(np.std(steep_errors(history, floor.best)[last:])) for history in histories]
    assert spreads == sorted(spreads, reverse=True)


def test_the_four_runs_differ_in_their_rates_alone() -> None:
    experiment = NOISY["tips"]
    floor = floor_of(experiment)
    rate = experiment.learning_rate
    schedules = [constant(rate), constant(0.000333), constant(rate / 10), step_decay(rate, experiment.iterations)]
    assert [one.schedule for one in floor.from_start()] == schedules
    assert {replace(one, schedule=constant(0.0)) for one in floor.from_start()} == {
        replace(experiment, schedule=constant(0.0))
    }


def test_begun_at_the_best_only_the_start_is_another() -> None:
    floor = floor_of(NOISY["tips"])
    assert floor.best is not None
    assert [replace(one, start=floor.experiment.start) for one in floor.from_best()] == floor.from_start()
    assert {one.start for one in floor.from_best()} == {tuple(floor.best.tolist())}


def test_a_schedule_stands_for_its_rate_in_force() -> None:
    steered = replace(NOISY["tips"], schedule=((0, 1e-4), (50, 5e-4)))
    assert floor_of(steered).schedules[0] == constant(5e-4)


@pytest.mark.parametrize("name", ["noisy thermometer", "tips", "hours"])
def test_where_the_samples_disagree_there_is_noise(name: str) -> None:
    assert floor_of(NOISY[name]).has_noise


def test_data_without_noise_have_no_floor() -> None:
    floor = floor_of(Experiment.on(standardise(celsius()), batches=TEN, learning_rate=0.1, iterations=2000))
    assert not floor.has_noise
    assert max(height(train(experiment), floor.least) for experiment in floor.from_start()[:2]) < 1e-20


def test_of_a_network_neither_best_nor_least_is_known() -> None:
    model = Network(4)
    floor = floor_of(Experiment.on(sine(), model=model, start=model.start(1, 0), batches=TEN, iterations=30))
    assert (floor.best, floor.least, floor.has_noise) == (None, None, True)
    assert floor.from_best() == floor.from_start()


def test_it_is_seen_whether_a_run_has_come_down_from_its_start() -> None:
    for name, arrived in (("noisy thermometer", False), ("noisy thermometer, standardised", True)):
        floor, histories = from_best(name)
        assert has_arrived(train(floor.from_start()[2]), histories[2], floor.least) is arrived


def test_the_height_of_a_run_that_explodes_is_infinite() -> None:
    assert height(train(Experiment.on(celsius(), learning_rate=1.0, batches=TEN)), 0.0) == np.inf


def test_a_very_long_run_is_cut_short() -> None:
    assert floor_of(Experiment.on(tips(), batches=TEN, iterations=100_000)).experiment.iterations == MOST_ITERATIONS
