"""Programs run as a person runs them: in a process that knows nothing of this project."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.training import train
from programs import program

DRIVER = """\
import pathlib, runpy
import numpy as np
import plotly.basedatatypes

shown = []
plotly.basedatatypes.BaseFigure.show = lambda figure: shown.append(figure)
for file in sorted(pathlib.Path().glob("*.py")):
    left = runpy.run_path(str(file))
    drawn = shown.pop().data[-1].y if shown else []
    np.savez(file.with_suffix(".npz"), parameters=left["parameters"], loss=left["loss"], drawn=drawn)
"""


class Left(NamedTuple):
    """What a program left behind, and the last curve that it drew."""

    parameters: Array
    loss: Array
    drawn: Array


def written(folder: Path, experiments: list[Experiment], library: str) -> None:
    """Write the programs, numbered, into a folder."""
    for number, experiment in enumerate(experiments):
        (folder / f"{number:03}.py").write_text(program(train(experiment), library), "utf-8")


def run(folder: Path) -> list[Left]:
    """What all programs of a folder leave behind, run one after the other in one process."""
    command = [sys.executable, "-W", "error", "-I", "-c", DRIVER]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return [_left_behind(file) for file in sorted(folder.glob("*.npz"))]


def _left_behind(file: Path) -> Left:
    with np.load(file) as arrays:
        return Left(arrays["parameters"], arrays["loss"], arrays["drawn"])


def difference(found: Array, ours: Array) -> float:
    """The greatest difference of parameters or losses, both (n, ...), from ours, as a share of the greatest so far."""
    assert found.shape == ours.shape
    apart = np.zeros_like(ours)
    np.subtract(found, ours, out=apart, where=found != ours)  # a loss that is infinite in both is the same
    scale = np.maximum.accumulate(np.abs(ours).max(axis=1))
    return float((np.abs(apart).max(axis=1) / np.where(scale > 0, scale, 1.0)).max())
