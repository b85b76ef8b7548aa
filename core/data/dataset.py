"""A data set: samples, their names and units, and a sensible way to start learning from them."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from core.checks import Array, finite_array, same_length


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples and how to begin learning from them; two data sets are equal when they hold the same.

    `inputs` (n_samples, n_features), `targets` (n_samples,) and `start` (n_features, and one more with `has_bias`:
    weights first, then the bias) are kept as read-only float64 copies. Where the targets are two classes, 0 and 1,
    `class_names` says what these are called. Raises ValueError, naming the argument, on bad shapes or numbers.
    """

    name: str
    inputs: Array
    targets: Array
    input_names: tuple[str, ...]
    input_unit: str
    target_name: str
    target_unit: str
    start: Array
    learning_rate: float
    iterations: int
    has_bias: bool = True
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        inputs, targets = finite_array("inputs", self.inputs, 2), finite_array("targets", self.targets, 1)
        same_length("targets", targets, len(inputs), "samples")
        start = finite_array("start", self.start, 1)
        same_length("start", start, inputs.shape[1] + self.has_bias, "parameters")
        for name, array in (("inputs", inputs), ("targets", targets), ("start", start)):
            object.__setattr__(self, name, array)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Dataset) and self._content == other._content)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _content(self) -> tuple[Any, ...]:
        values = (getattr(self, field.name) for field in fields(self))
        return tuple((v.shape, v.tobytes()) if isinstance(v, np.ndarray) else v for v in values)

    @cached_property
    def _hash(self) -> int:
        return hash(self._content)

    @property
    def n_samples(self) -> int:
        return self.inputs.shape[0]

    @property
    def n_features(self) -> int:
        return self.inputs.shape[1]

    @property
    def has_classes(self) -> bool:
        return bool(self.class_names)

    def only(self, sample: int) -> Self:
        """Return the data set with one of its samples only, counted from 0."""
        return replace(self, inputs=self.inputs[[sample]], targets=self.targets[[sample]])
