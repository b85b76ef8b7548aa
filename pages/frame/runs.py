"""The run that the settings describe: trained once, kept for everybody who asks for the same."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from core.datasets import Dataset
from core.learning_rate import Limits, exact_fit, limits, scaled_limits
from core.neuron import Neuron, forward
from core.standardising import to_standardised
from core.training import History, losses, train
from pages.settings.table import Settings, complete, make_dataset, summands, trained_dataset
from wording import _

KEPT_RUNS = 64
ONLY_SHOWN = (
    *("loss_axis", "tolerance", "rows", "rates", "plane", "view", "lang"),
    *("iteration", "sample", "substep", "squares", "digits"),
    *("parameter", "samples", "at", "suspect", "shuffle", "check_step"),
)
"""Settings that change how a run is shown, not the run."""
SLOW_ITERATIONS = 20_000
"""From here on training may take so long that progress is shown."""


@dataclass(frozen=True, eq=False)
class Run:
    """A data set, a trained history, the best that could have come out, and the limits of the learning rate.

    `dataset` is what was trained on, `original` the same in its own units. `learning_rate` and `limits` are those of
    the mean gradient times `summands`: 1, or the number of samples where the gradient is summed.
    """

    dataset: Dataset
    original: Dataset
    learning_rate: float
    summands: int
    history: History
    best: Neuron
    best_loss: float
    limits: Limits

    def output(self, iteration: int) -> float:
        """The output for the first sample: all there is, where the data set has one sample only."""
        return float(forward(self.history.neuron(iteration), self.dataset.inputs)[0])

    @property
    def start(self) -> Neuron:
        """The neuron before training."""
        return self.history.neuron(0)

    @property
    def rate_of_mean(self) -> float:
        """The learning rate that does to the mean gradient what this run's does to its own."""
        return self.learning_rate * self.summands


def run_of(settings: Settings) -> Run:
    """Return the run these settings describe."""
    own: dict[str, Any] = {name: getattr(Settings(), name) for name in ONLY_SHOWN}
    settings = replace(complete(settings), **own)
    if (settings.iterations or 0) < SLOW_ITERATIONS:
        return _run_of(settings)
    with st.spinner(_("Training …")):
        return _run_of(settings)


@lru_cache(maxsize=KEPT_RUNS)
def _run_of(settings: Settings) -> Run:
    assert settings.learning_rate is not None
    assert settings.iterations is not None
    assert settings.bias is not None
    dataset, original = trained_dataset(settings), make_dataset(settings)
    start = Neuron(np.array(settings.weights), settings.bias)
    if dataset is not original and settings.standardise and original.trains_bias:
        start = to_standardised(original, start)
    factor = summands(settings, dataset)
    best = exact_fit(dataset, start)
    return Run(
        dataset=dataset,
        original=original,
        learning_rate=settings.learning_rate,
        summands=factor,
        history=train(dataset, start, settings.learning_rate * factor, settings.iterations),
        best=best,
        best_loss=least_loss(dataset, best),
        limits=scaled_limits(limits(dataset), 1 / factor),
    )


def one_sample(dataset: Dataset, sample: int) -> Dataset:
    """Return the data set with one of its samples only, counted from 0."""
    return replace(dataset, inputs=dataset.inputs[[sample]], targets=dataset.targets[[sample]])


def least_loss(dataset: Dataset, best: Neuron) -> float:
    """Return the loss of the best possible neuron; what is only rounding error is zero."""
    loss = float(losses(dataset, best.weights[np.newaxis], np.array([best.bias]))[0])
    return loss if loss > 1e-20 * float(np.mean(dataset.targets**2)) else 0.0


def parameter_names(dataset: Dataset) -> list[str]:
    """Return what the trained parameters are called: weight (or w1, w2, ...), then bias where one is trained."""
    weights = [_("weight")] if dataset.n_features == 1 else [f"w{j}" for j in range(1, dataset.n_features + 1)]
    return [*weights, _("bias")] if dataset.trains_bias else weights


def parameters(dataset: Dataset, neuron: Neuron) -> list[float]:
    """Return the trained parameters of a neuron, in the order of their names."""
    weights: list[float] = neuron.weights.tolist()
    return [*weights, neuron.bias] if dataset.trains_bias else weights
