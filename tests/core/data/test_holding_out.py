from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.builtin import celsius, weighted_sum
from core.data.clouds import xor
from core.data.dataset import Dataset
from core.data.holding_out import hold_out
from tests.core.experiments import NOT_FINITE, quickly, samples


def numbered(n: int) -> Dataset:
    """Samples that say which they are."""
    return samples(np.arange(n)[:, np.newaxis], 10 * np.arange(n))


@quickly()
@given(st.integers(2, 60), st.floats(0, 1, exclude_min=True, exclude_max=True), st.integers(0, 9))
def test_each_sample_is_in_one_of_the_two_parts_and_both_keep_their_order(n: int, share: float, seed: int) -> None:
    trained, held = (part.inputs[:, 0].tolist() for part in hold_out(numbered(n), share, seed))
    assert trained
    assert held
    assert (trained, held) == (sorted(trained), sorted(held))
    assert sorted(trained + held) == list(range(n))


def test_the_held_out_part_is_a_share_of_the_samples() -> None:
    found = [hold_out(celsius(), share, 0)[1].n_samples for share in (0.2, 0.254, 0.256, 0.5, 0.9)]
    assert found == [20, 25, 26, 50, 90]


def test_however_small_or_large_the_share_both_parts_have_a_sample() -> None:
    assert [hold_out(celsius(), share, 0)[1].n_samples for share in (1e-9, 1 - 1e-9)] == [1, 99]
    assert [part.n_samples for part in hold_out(numbered(2), 0.9, 0)] == [1, 1]


def test_inputs_and_targets_stay_together() -> None:
    for part in hold_out(numbered(50), 0.3, 4):
        assert part.targets.tolist() == (10 * part.inputs[:, 0]).tolist()


def test_a_seed_draws_the_same_samples_again_and_another_seed_others() -> None:
    assert hold_out(xor(), 0.25, 1) == hold_out(xor(), 0.25, 1)
    assert hold_out(xor(), 0.25, 1) != hold_out(xor(), 0.25, 2)


def test_the_samples_held_out_are_drawn_from_everywhere() -> None:
    # Of 200 samples, 100 of each class; 50 are held out, about 25 of each.
    assert all(15 <= hold_out(xor(), 0.25, seed)[1].targets.sum() <= 35 for seed in range(10))


def test_all_else_of_the_data_set_stays_as_it_is() -> None:
    data = xor()
    for part in hold_out(data, 0.25, 0):
        assert replace(part, inputs=data.inputs, targets=data.targets) == data


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, 1.5, *NOT_FINITE])
def test_a_share_that_leaves_no_part_is_named(share: float) -> None:
    with pytest.raises(ValueError, match=r"^share must lie between 0 and 1"):
        hold_out(celsius(), share, 0)


def test_a_single_sample_cannot_be_parted() -> None:
    with pytest.raises(ValueError, match=r"^data must have two samples or more"):
        hold_out(weighted_sum(), 0.5, 0)
