"""Whether the programs in the libraries make our runs, and how long each of them takes for the article's."""

import contextlib
import io
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import History, train
from programs import LIBRARIES, program
from tests.programs.experiments import EXPLODING, matrix
from tests.programs.running import difference

ALLOWED = 1e-10
ARTICLES = train(Experiment.on(celsius()))


def run(history: History, library: str) -> dict[str, Any]:
    """Run a history's program, without its picture, and return what it leaves behind."""
    text = program(history, library).partition("\ntry:\n")[0]
    left: dict[str, Any] = {}
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, library, "exec"), left)
    return left


def whole_programs() -> dict[str, Callable[[], object]]:
    """Return what runs the article's 10,000 iterations as each program does, with all that it compiles."""
    return {f"the program in {name}, as it is written": partial(run, ARTICLES, key) for key, name in LIBRARIES.items()}


def differences(history: History, library: str) -> tuple[float, float]:
    """Return by how much the parameters, and the losses, of a program differ from ours, at most."""
    left = run(history, library)
    return difference(left["parameters"], history.parameters), difference(left["loss"][:, None], history.loss[:, None])


def main() -> None:
    """Print by how much the parameters and losses of all programs differ from ours, at most."""
    histories = [train(experiment) for experiment in (*matrix(), *EXPLODING.values())]
    print(f"\nPrograms, {len(histories)} runs: greatest difference of parameters and losses, as a share of the largest")
    for library, name in LIBRARIES.items():
        parameters, loss = np.max([differences(history, library) for history in histories], axis=0).tolist()
        print(f"  {name:<58} {parameters:9.1e} {loss:9.1e}")
        assert parameters < ALLOWED
        assert loss < ALLOWED
