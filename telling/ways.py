"""How far each value of a run has come on its way from the start to the best, frame by frame."""

import math
from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.theory.quadratic import Quadratic, theory
from core.training import History
from telling.names import names_in
from wording import _, number, percent

NO_WAY = 1e-9
"""A value that starts nearer to its best than this is there: the rest is rounding."""
DIGITS = 9
"""Of a share; what comes after these is rounding, too."""
FARTHEST = 10.0
"""Shares beyond this are sent as if they were this: the bar ends long before."""


@dataclass(frozen=True)
class Way:
    """A value's name, and for each frame what it is, which share of its way lies behind it, and that share in words."""

    name: str
    values: list[str]
    shares: list[float]
    said: list[str]


def ways(history: History, iterations: list[int]) -> list[Way]:
    """Return the way of each parameter, of a single sample that of its output; none without a theory."""
    known = theory(history.experiment)
    if known is None:
        return []
    if history.experiment.data.n_samples == 1:
        outputs, target = history.outputs(iterations)[:, 0], float(history.experiment.data.targets[0])
        return [_way(_("output"), outputs, float(history.outputs(0)[0]), target)]
    return _of_parameters(history, known, iterations)


def _of_parameters(history: History, known: Quadratic, iterations: list[int]) -> list[Way]:
    start, best = history.parameters[0].tolist(), known.best(history.parameters[0]).tolist()
    columns, names = history.parameters[iterations].T, names_in(history.experiment)
    return [_way(*each) for each in zip(names, columns, start, best, strict=True)]


def _way(name: str, values: Array, start: float, best: float) -> Way:
    if math.isclose(start, best, rel_tol=NO_WAY, abs_tol=NO_WAY):
        shares = np.ones(len(values))
    else:
        with np.errstate(over="ignore", invalid="ignore"):
            shares = ((values - start) / (best - start)).round(DIGITS) + 0.0  # no −0
    texts = [percent(share, 2) if abs(share) < FARTHEST else _("far off") for share in shares.tolist()]
    shown = np.clip(np.nan_to_num(shares), -FARTHEST, FARTHEST).round(3)
    return Way(name, [number(value) for value in values.tolist()], shown.tolist(), texts)
