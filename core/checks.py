"""Checks made where data enter the core, so that the training loop itself needs none."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def finite_array(name: str, values: ArrayLike, ndim: int) -> Array:
    """Return `values` as a read-only float64 array of `ndim` axes.

    Raises ValueError, naming the argument, when they are empty, of another shape, NaN or infinite.
    """
    array = np.array(values, dtype=np.float64)
    if array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} axes, not {array.ndim} (shape {array.shape})")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty (shape {array.shape})")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, but holds NaN or infinity")
    array.setflags(write=False)
    return array


def finite_number(name: str, value: float) -> float:
    """Return `value` as a float; raise ValueError, naming the argument, when it is NaN or infinite."""
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite, not {value}")
    return float(value)


def whole_number(name: str, value: float) -> int:
    """Return `value` as an int; raise ValueError, naming the argument, unless it is a whole number, 0 or more."""
    if not 0 <= value < math.inf or value != int(value):
        raise ValueError(f"{name} must be a whole number, 0 or more, not {value}")
    return int(value)


def same_length(name: str, values: Array, expected: int, of: str) -> None:
    """Raise ValueError, naming the argument, unless the last axis of `values` has `expected` entries."""
    if values.shape[-1] != expected:
        raise ValueError(f"{name} must have {expected} {of}, not {values.shape[-1]} (shape {values.shape})")
