"""The program of JAX makes the run that was seen, but for rounding."""

from pathlib import Path

import numpy as np
import pytest

from core.training import train
from tests.programs.experiments import EXPLODING, matrix, said
from tests.programs.running import Left, difference, run, written

EXPERIMENTS = {**{said(each): each for each in list(matrix())[1::7]}, "a line": EXPLODING["a line"]}
"""A few of them: most of the time goes into compiling. The benchmark takes all."""


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Left]:
    folder: Path = tmp_path_factory.mktemp("programs")
    written(folder, list(EXPERIMENTS.values()), "jax")
    return dict(zip(EXPERIMENTS, run(folder), strict=True))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_program_makes_the_same_run(name: str, left_behind: dict[str, Left]) -> None:
    history, left = train(EXPERIMENTS[name]), left_behind[name]
    assert difference(left.parameters, history.parameters) < 1e-10
    np.testing.assert_allclose(left.loss, history.loss, rtol=1e-9)
