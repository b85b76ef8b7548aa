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

from core.checks import Array
from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.losses import SquaredError
from core.schedule import constant
from core.theory.quadratic import Quadratic, theory

ALL = [make() for make in DATASETS.values()]
EVERY = pytest.mark.parametrize("data", ALL, ids=list(DATASETS))
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
