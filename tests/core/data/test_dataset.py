from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import numpy as np
import pytest

from core.data.dataset import Dataset
from tests.core.experiments import NOT_FINITE, samples

BAD: dict[str, list[Any]] = {
    "inputs": [[1, 2], [[[1], [2]]], np.empty((0, 1)), np.empty((2, 0)), *([[1.0], [bad]] for bad in NOT_FINITE)],
    "targets": [1.0, [[1.0], [2.0]], [], [1.0], [1.0, 2.0, 3.0], *([1.0, bad] for bad in NOT_FINITE)],
    "start": [1.0, [[1.0, 2.0]], [], [1.0], [1.0, 2.0, 3.0], *([1.0, bad] for bad in NOT_FINITE)],
}
OTHER: dict[str, Any] = {
    "name": "Other",
    "inputs": [[1.0], [3.0]],
    "targets": [3.0, 6.0],
    "input_names": ("other",),
    "input_unit": "m",
    "target_name": "other",
    "target_unit": "s",
    "start": [0.0, 1.0],
    "learning_rate": 0.2,
    "iterations": 11,
    "has_bias": False,
    "class_names": ("no", "yes"),
}


def two_samples(**changes: Any) -> Dataset:
    return replace(samples([[1.0], [2.0]], [3.0, 5.0]), **changes)


def test_data_sets_of_equal_content_are_equal_and_one_key() -> None:
    assert two_samples() == two_samples()
    assert len({two_samples(), two_samples()}) == 1


@pytest.mark.parametrize("field", [field.name for field in fields(Dataset)])
def test_a_difference_in_any_field_is_another_data_set(field: str) -> None:
    start = {"start": [0.0]} if field == "has_bias" else {}
    other = two_samples(**{field: OTHER[field]}, **start)
    assert other != two_samples()
    assert len({other, two_samples()}) == 2


def test_a_data_set_is_equal_to_nothing_else() -> None:
    assert two_samples() != "Two samples"


def test_a_data_set_cannot_be_changed() -> None:
    data = two_samples()
    with pytest.raises(FrozenInstanceError):
        data.learning_rate = 1.0  # type: ignore[misc]
    for array in (data.inputs, data.targets, data.start):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_a_data_set_keeps_copies_and_leaves_what_it_is_given_alone() -> None:
    inputs, targets, start = np.array([[1.0], [2.0]]), np.array([3.0, 5.0]), np.array([0.5, 0.0])
    data = two_samples(inputs=inputs, targets=targets, start=start)
    inputs[...] = targets[...] = start[...] = 99.0
    assert (data.inputs.tolist(), data.targets.tolist()) == ([[1.0], [2.0]], [3.0, 5.0])
    assert data.start.tolist() == [0.5, 0.0]


def test_whole_numbers_become_float64() -> None:
    data = two_samples(inputs=[[1], [2]], targets=[3, 5], start=[1, 0])
    assert data.inputs.dtype == data.targets.dtype == data.start.dtype == np.float64


@pytest.mark.parametrize("field", BAD)
def test_what_does_not_fit_is_named(field: str) -> None:
    for bad in BAD[field]:
        with pytest.raises(ValueError, match=rf"^{field} must"):
            two_samples(**{field: bad})


def test_the_message_says_what_was_expected_and_what_was_found() -> None:
    with pytest.raises(ValueError, match=r"^targets must have 2 samples, not 1 \(shape \(1,\)\)$"):
        two_samples(targets=[1.0])


def test_one_sample_may_be_taken_out() -> None:
    second = two_samples().only(1)
    assert (second.inputs.tolist(), second.targets.tolist(), second.n_samples) == ([[2.0]], [5.0], 1)
    assert second.start.tolist() == two_samples().start.tolist()
