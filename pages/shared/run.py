"""The run that the settings describe: trained once, kept for everybody who asks for the same."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import streamlit as st

from core.datasets import Dataset
from core.learning_rate import Limits, exact_fit, limits
from core.neuron import Neuron, forward
from core.training import History, losses, train
from pages.shared.settings import Settings, complete, make_dataset
from wording import _

KEPT_RUNS = 32
SLOW_ITERATIONS = 20_000
"""From here on training may take so long that progress is shown."""


@dataclass(frozen=True, eq=False)
class Run:
    """A data set, a trained history, the best that could have come out, and the limits of the learning rate."""

    dataset: Dataset
    learning_rate: float
    history: History
    best: Neuron
    best_loss: float
    limits: Limits

    def output(self, iteration: int) -> float:
        """The output for the first sample: all there is, where the data set has one sample only."""
        return float(forward(self.history.neuron(iteration), self.dataset.inputs)[0])


def run_of(settings: Settings) -> Run:
    """Return the run these settings describe."""
    settings = replace(complete(settings), loss_axis="linear", rows=(), lang=None)
    if (settings.iterations or 0) < SLOW_ITERATIONS:
        return _run_of(settings)
    with st.spinner(_("Training …")):
        return _run_of(settings)


@lru_cache(maxsize=KEPT_RUNS)
def _run_of(settings: Settings) -> Run:
    assert settings.learning_rate is not None
    assert settings.iterations is not None
    assert settings.bias is not None
    dataset = make_dataset(settings)
    start = Neuron(np.array(settings.weights), settings.bias)
    best = exact_fit(dataset, start)
    return Run(
        dataset=dataset,
        learning_rate=settings.learning_rate,
        history=train(dataset, start, settings.learning_rate, settings.iterations),
        best=best,
        best_loss=least_loss(dataset, best),
        limits=limits(dataset),
    )


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
