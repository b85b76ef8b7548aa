"""A value of a run that is worth watching, for it bounces where the loss only falls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.losses import accuracy
from core.theory.factors import stable_product
from core.theory.outcome import distances, mirrored
from core.theory.quadratic import Quadratic
from core.theory.sharpness import sharpness
from core.training import History


@dataclass(frozen=True, eq=False)
class Watched:
    """What a value is at each iteration, (n + 1,), at best, and as far as a stable rate can carry it.

    The last two are None where there is no theory. What costs too much to know everywhere is only `known_at` some
    iterations, and NaN elsewhere. An `edge`, (n + 1,), is what the value must not exceed at the rate in force; a `span`
    is between which two numbers the value always lies.
    """

    values: Array
    best: float | None = None
    far: float | None = None
    known_at: tuple[int, ...] | None = None
    edge: Array | None = None
    span: tuple[float, float] | None = None


def watched(history: History, theory: Quadratic | None, value: str, iterations: Sequence[int] = ()) -> Watched:
    """Return a value of the run: its first "weight", "output" of the last sample, "error", "sharpness" or "accuracy".

    The error is the one along the steepest direction, as a share of the start's. Sharpness and accuracy are known at
    these `iterations` only.
    """
    if value == "sharpness":
        return _sharpness(history, iterations)
    if value == "accuracy":
        return _accuracy(history, iterations)
    if value == "error" and theory:
        return _steep_error(history, theory)
    return _output(history, theory) if value == "output" else _weight(history, theory)


def _sharpness(history: History, iterations: Sequence[int]) -> Watched:
    values = np.full(len(history.loss), np.nan)
    values[list(iterations)] = sharpness(history, list(iterations))
    product, rates = stable_product(history.experiment.optimiser), np.empty(len(history.loss))
    for beginning, rate in history.experiment.schedule:
        rates[beginning:] = rate
    edge = np.divide(product, rates, where=rates > 0, out=np.full(len(rates), np.inf))
    return Watched(values, known_at=tuple(iterations), edge=edge if np.isfinite(product) else None)


def _accuracy(history: History, iterations: Sequence[int]) -> Watched:
    values, loss, targets = np.full(len(history.loss), np.nan), history.experiment.loss, history.experiment.data.targets
    values[list(iterations)] = accuracy(loss.predicted(history.outputs(list(iterations))), targets)
    return Watched(values, known_at=tuple(iterations), span=(0.0, 1.0))


def _weight(history: History, theory: Quadratic | None) -> Watched:
    values = history.weights[:, 0]
    if theory is None:
        return Watched(values)
    best = float(theory.best(history.parameters[0])[0])
    return Watched(values, best, _far(history, theory, values, best, float(mirrored(history, theory)[0])))


def _output(history: History, theory: Quadratic | None) -> Watched:
    model, sample = history.experiment.model, history.experiment.data.inputs[-1:]
    values = history.outputs(slice(None), sample)[:, 0]
    if theory is None:
        return Watched(values)
    ends = np.array([theory.best(history.parameters[0]), mirrored(history, theory)])
    with np.errstate(over="ignore", invalid="ignore"):
        best, far = model.forward(ends, model.seen(sample))[:, 0].tolist()
    return Watched(values, best, _far(history, theory, values, best, far))


def _steep_error(history: History, theory: Quadratic) -> Watched:
    along = distances(history, theory, list(range(history.iterations + 1))) @ theory.directions[:, -1]
    with np.errstate(over="ignore", invalid="ignore"):
        shares = along / along[0] if along[0] else along
    return Watched(shares, 0.0, _far(history, theory, shares, 0.0, -1.0))


def _far(history: History, theory: Quadratic, values: Array, best: float, far: float) -> float:
    """Return how far a stable rate can carry a value: so `far` by plain descent, and else as far as this run goes."""
    if theory.is_plain or history.diverged_at is not None or theory.limits.stable <= history.learning_rate:
        return far
    is_beyond = (values - values[0]) * (values - best) > 0  # outside of where start and best are shown anyway
    return float(values[np.nan_to_num(is_beyond * np.abs(values - best)).argmax()])
