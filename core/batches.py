"""Mini-batches: each step sees some of the samples only, and an epoch is over when all have been seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from core.checks import whole_number


@dataclass(frozen=True)
class Batches:
    """Batches of `size` samples, shuffled anew for each epoch; the last one of an epoch may be smaller.

    The `seed` and the epoch's number alone decide the order: any step of a run can be taken again. Raises ValueError
    unless the size is a whole number, 1 or more.
    """

    size: int
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", whole_number("batch size", self.size))
        if self.size < 1:
            raise ValueError("batch size must be 1 or more, not 0")

    def steps_per_epoch(self, n_samples: int) -> int:
        """Return after how many steps all samples have been seen: n_samples / size, rounded up."""
        return -(-n_samples // self.size)

    def rows(self, n_samples: int, since: int = 0) -> Iterator[NDArray[np.intp]]:
        """Yield which samples each step sees, counted from 0, beginning with the step that follows `since` of them."""
        per_epoch = self.steps_per_epoch(n_samples)
        seen = since % per_epoch
        for epoch in count(since // per_epoch):
            order = np.random.default_rng((self.seed, epoch)).permutation(n_samples)
            for first in range(seen * self.size, n_samples, self.size):
                yield order[first : first + self.size]
            seen = 0
