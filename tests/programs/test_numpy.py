"""The program of NumPy makes the run that was seen, to the last bit."""

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from core.data.builtin import celsius
from core.experiment import Experiment
from core.network import Network
from core.training import train
from tests.core.experiments import classes, samples
from tests.programs.experiments import ALL_DATASETS, ALL_OPTIMISERS, EXPLODING, matrix, said
from tests.programs.running import Left, run, written

UNEVEN = np.asfortranarray(np.random.default_rng(0).normal(size=(244, 3)))
SPECIAL = {
    **EXPLODING,
    "the article's": Experiment.on(celsius()),
    "no step at all": Experiment.on(celsius(), iterations=0),
    "laid out by columns": Experiment.on(samples(UNEVEN, UNEVEN[:, 0] ** 2), iterations=200),
    "one sample": Experiment.on(celsius().only(7), iterations=20),
    "a network of one": Experiment.on(classes(2), model=Network(1), start=(0.1, -0.2, 0.3, 0.4, 0.5)),
}
MATRIX = list(matrix())
EXPERIMENTS = {**{said(experiment): experiment for experiment in MATRIX}, **SPECIAL}


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Left]:
    folder = tmp_path_factory.mktemp("programs")
    written(folder, list(EXPERIMENTS.values()), "numpy")
    return dict(zip(EXPERIMENTS, run(folder), strict=True))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_program_makes_the_same_run_to_the_last_bit(name: str, left_behind: dict[str, Left]) -> None:
    history, left = train(EXPERIMENTS[name]), left_behind[name]
    np.testing.assert_array_equal(left.parameters, history.parameters, strict=True)
    np.testing.assert_array_equal(left.loss, history.loss, strict=True)


def test_a_program_draws_the_loss(left_behind: dict[str, Left]) -> None:
    for left in left_behind.values():
        np.testing.assert_array_equal(left.drawn, left.loss)


def test_without_plotly_a_program_only_says_how_to_get_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "plotly", None)
    written(tmp_path, [SPECIAL["one sample"]], "numpy")
    with np.errstate():
        runpy.run_path(str(tmp_path / "000.py"))
    assert capsys.readouterr().out.splitlines()[-1] == "For a picture: pip install plotly"


def test_every_data_set_is_among_the_runs() -> None:
    assert {each.data.name for each in MATRIX} == {make().name for make in ALL_DATASETS.values()}


@pytest.mark.parametrize("optimiser", ALL_OPTIMISERS, ids=str)
def test_every_optimiser_is_among_the_runs_of_a_neuron_and_of_a_network(optimiser: object) -> None:
    models = {isinstance(each.model, Network) for each in MATRIX if each.optimiser == optimiser}
    assert models == {False, True}


def test_every_loss_summed_and_not_is_among_the_runs() -> None:
    assert len({each.loss for each in MATRIX}) == 6


def test_batches_nudges_and_schedules_are_among_the_runs_of_neurons_and_networks() -> None:
    for is_network in (False, True):
        runs = [each for each in MATRIX if isinstance(each.model, Network) == is_network]
        assert {each.batches is None for each in runs} == {False, True}
        assert {len(each.nudges) for each in runs} == {0, 2}
        assert {len(each.schedule) for each in runs} == {1, 3, 10, 20}


def test_an_exploding_run_ends_where_ours_ends(left_behind: dict[str, Left]) -> None:
    assert len(left_behind["a line"].loss) == train(EXPLODING["a line"]).diverged_at
