from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from core.batches import Batches
from core.data.builtin import celsius
from core.data.clouds import spirals
from core.data.curves import sine
from core.experiment import Experiment
from core.network import Network
from core.optimisers import Adam
from core.schedule import constant
from core.sweep import swept_losses
from pages.frame import runs, sweeps
from pages.frame.sweeps import FEWEST_RATES, MOST_RATES, MOST_WORK, affordable, sweep_of
from tests.pages.test_runs import Bar

SHORT = Experiment.on(celsius(), optimiser=Adam(), iterations=20)


def network(data: Any = None, n_hidden: int = 8, iterations: int = 2000) -> Experiment:
    data, model = data or sine(), Network(n_hidden)
    return Experiment.on(data, model=model, start=model.start(data.n_features, 1), iterations=iterations)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    sweeps._swept_portions.clear()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rates were tried, each time that some were."""
    found: list[int] = []

    def count(experiment: Experiment, rates: np.ndarray) -> np.ndarray:
        found.append(len(rates))
        return np.array(rates)

    monkeypatch.setattr(sweeps, "swept_losses", count)
    return found


def test_the_losses_are_those_of_the_sweep() -> None:
    sweep = sweep_of(SHORT, 1e-5, 1e-1)
    assert sweep.losses.tolist() == swept_losses(SHORT, sweep.rates).tolist()
    assert sweep.iterations == 20


def test_thirty_rates_go_evenly_from_the_least_to_the_greatest() -> None:
    rates = sweep_of(SHORT, 1e-5, 1e-1).rates.tolist()
    assert (len(rates), rates[0], rates[-1]) == (MOST_RATES, 1e-5, 1e-1)
    assert [later / earlier for earlier, later in pairwise(rates)] == pytest.approx([10 ** (4 / 29)] * 29, rel=0.01)


def test_every_rate_has_three_digits_so_that_a_click_takes_it() -> None:
    rates = sweep_of(SHORT, 1.2345e-5, 0.98765).rates.tolist()
    assert rates == [float(f"{rate:.3g}") for rate in rates]


def test_neither_the_schedule_nor_a_nudge_makes_another_sweep(tried: list[int]) -> None:
    sweep_of(SHORT, 1e-5, 1e-1)
    sweep_of(replace(SHORT, schedule=((0, 0.1), (5, 0.3)), nudges=((3, (1.0, 2.0)),)), 1e-5, 1e-1)
    assert tried == [MOST_RATES]


def test_other_iterations_optimisers_or_batches_make_another(tried: list[int]) -> None:
    for other in (SHORT, replace(SHORT, iterations=21), replace(SHORT, batches=Batches(7))):
        sweep_of(other, 1e-5, 1e-1)
    assert len(tried) == 3


def test_a_long_sweep_is_done_in_portions_that_make_the_same_whole(
    monkeypatch: pytest.MonkeyPatch, tried: list[int]
) -> None:
    bars: list[Bar] = []

    def empty() -> Bar:
        bars.append(Bar())
        return bars[-1]

    monkeypatch.setattr(sweeps, "st", SimpleNamespace(empty=empty))
    sweep = sweep_of(network(spirals(), 16, 5000), 1e-3, 1.0)
    assert sum(tried) == len(sweep.rates) == len(sweep.losses)
    assert sweep.losses.tolist() == sweep.rates.tolist()
    assert len(tried) == sweeps.PORTIONS
    assert [share and share[0] for share in bars[0].shown] == [0.0, 0.25, 0.5, 0.75, None]
    sweep_of(network(spirals(), 16, 5000), 1e-3, 1.0)
    assert (len(tried), len(bars)) == (sweeps.PORTIONS, 1)


def test_one_portion_after_the_other_holds_the_lock_so_that_others_come_between(
    monkeypatch: pytest.MonkeyPatch, tried: list[int]
) -> None:
    entered: list[str] = []

    class Lock:
        def __enter__(self) -> None:
            entered.append("in")

        def __exit__(self, *_raised: object) -> None:
            entered.append("out")

    monkeypatch.setattr(runs, "one_at_a_time", Lock())
    monkeypatch.setattr(sweeps, "st", SimpleNamespace(empty=Bar))
    sweep_of(network(spirals(), 16, 5000), 1e-3, 1.0)
    assert entered == ["in", "out"] * len(tried)


@pytest.mark.parametrize("iterations", [1, 100, 2000, 20_000, 100_000])
@pytest.mark.parametrize("of", [Experiment.on(celsius()), network(), network(spirals(), 16)])
def test_no_sweep_takes_more_work_than_it_may(of: Experiment, iterations: int) -> None:
    experiment = replace(of, iterations=iterations)
    n_rates, tried = affordable(experiment)
    assert FEWEST_RATES <= n_rates <= MOST_RATES
    assert 1 <= tried <= iterations
    assert (
        sweeps._work(replace(experiment, iterations=tried), n_rates, sweeps.PORTIONS) <= 1.3 * MOST_WORK
    )  # one digit of the iterations is kept
    assert tried == iterations or n_rates == FEWEST_RATES


def test_the_ready_made_networks_are_tried_to_their_end() -> None:
    assert affordable(network()) == (MOST_RATES, 2000)
    assert affordable(network(spirals(), 16, 5000))[1] == 5000


def test_what_explodes_is_infinite() -> None:
    sweep = sweep_of(replace(network(), iterations=400, schedule=constant(0.1)), 1e-3, 1e3)
    assert np.isinf(sweep.losses[-1])
    assert np.isfinite(sweep.losses[0])
