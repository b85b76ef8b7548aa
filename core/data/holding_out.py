"""The held-out part: samples that training never sees, to ask whether what was learned holds for them, too."""

from dataclasses import replace

import numpy as np

from core.data.dataset import Dataset


def hold_out(data: Dataset, share: float, seed: int) -> tuple[Dataset, Dataset]:
    """Return the part to train on and the held-out part: a `share` of the samples, drawn with a seed.

    Both keep the order of the samples, and at least one of them. Raises ValueError unless 0 < share < 1, and where
    there is only one sample.
    """
    if not 0 < share < 1:
        raise ValueError(f"share must lie between 0 and 1, and is {share}")
    if data.n_samples < 2:
        raise ValueError("data must have two samples or more, for one to be held out")
    n_held = min(max(round(share * data.n_samples), 1), data.n_samples - 1)
    is_held = np.zeros(data.n_samples, bool)
    is_held[np.random.default_rng(seed).permutation(data.n_samples)[:n_held]] = True
    trained, held = (replace(data, inputs=data.inputs[k], targets=data.targets[k]) for k in (~is_held, is_held))
    return trained, held
