"""What the tests of the core begin with: experiments by name, by hand, and by Hypothesis."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import ArrayLike

from core.activations import ACTIVATIONS, TANH, Activation
from core.checks import Array
from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss, SquaredError
from core.network import Network
from core.optimisers import OPTIMISERS
from core.schedule import constant
from core.theory.quadratic import Quadratic, theory

ALL = [make() for make in DATASETS.values()]
EVERY = pytest.mark.parametrize("data", ALL, ids=list(DATASETS))
EVERY_ACTIVATION = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
EVERY_OPTIMISER = pytest.mark.parametrize("optimiser", [make() for make in OPTIMISERS.values()], ids=list(OPTIMISERS))
DELTA = 0.33
LOSSES: dict[str, Loss] = {
    "squared": SquaredError(),
    "squared, summed": SquaredError(summed=True),
    "huber": Huber(delta=DELTA),
    "huber, summed": Huber(delta=DELTA, summed=True),
    "cross-entropy": CrossEntropy(),
    "cross-entropy, summed": CrossEntropy(summed=True),
}
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
NOT_FINITE = [np.nan, np.inf, -np.inf]


def quickly(examples: int = 50) -> settings:
    return settings(deadline=None, derandomize=True, max_examples=examples)


def exactly(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-12, abs=0)


def samples(inputs: ArrayLike, targets: ArrayLike, **others: Any) -> Dataset:
    """A data set of nothing but numbers, which starts at zero unless told otherwise."""
    n_features = np.shape(inputs)[1]
    fields: dict[str, Any] = {
        "name": "Samples",
        "input_names": tuple(f"x{j}" for j in range(n_features)),
        "input_unit": "",
        "target_name": "y",
        "target_unit": "",
        "start": np.zeros(n_features + others.get("has_bias", True)),
        "learning_rate": 0.1,
        "iterations": 10,
    }
    return Dataset(inputs=np.asarray(inputs), targets=np.asarray(targets), **(fields | others))


def classes(n_features: int) -> Dataset:
    """Seven samples of two classes, for which every loss means something."""
    inputs = np.random.default_rng(n_features).normal(size=(7, n_features))
    return samples(inputs, [0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0])


def network(
    data: Dataset, activation: Activation = TANH, *, n_hidden: int = 3, seed: int = 0, **others: Any
) -> Experiment:
    """A network that begins where its seed says."""
    model = Network(n_hidden, activation)
    return Experiment.on(data, model=model, start=model.start(data.n_features, seed), **others)


def known(experiment: Experiment) -> Quadratic:
    """The theory of an experiment that has one."""
    found = theory(experiment)
    assert found is not None
    return found


def at_share(experiment: Experiment, share: float, iterations: int) -> Experiment:
    """The experiment at this share of its largest stable learning rate."""
    rate = share * known(experiment).limits.stable
    return replace(experiment, schedule=constant(rate), iterations=iterations)


def vectors(size: int | tuple[int, int], largest: int = 10) -> st.SearchStrategy[Array]:
    return arrays(np.float64, size, elements=st.integers(-largest, largest).map(float))


@st.composite
def experiments(draw: st.DrawFn, *, sloping: bool = False) -> Experiment:
    """Small data of whole numbers, with and without a bias, averaged and summed; `sloping`: not flat."""
    n_samples, n_features, has_bias = draw(st.integers(1, 8)), draw(st.integers(1, 4)), draw(st.booleans())
    data = samples(draw(vectors((n_samples, n_features))), draw(vectors(n_samples)), has_bias=has_bias)
    experiment = Experiment.on(data, start=draw(vectors(n_features + has_bias, 50)), loss=draw(losses()))
    assume(not sloping or math.isfinite(known(experiment).limits.stable))
    return experiment


def losses() -> st.SearchStrategy[SquaredError]:
    return st.builds(SquaredError, summed=st.booleans())
