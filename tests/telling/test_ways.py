"""How far each value of a run has come on its way from the start to the best."""

from typing import Any

import pytest

from telling.ways import FARTHEST, Way, ways
from tests.telling.runs import run
from wording import speak


def way(name: str, shown: list[int], **chosen: Any) -> Way:
    (found,) = [way for way in ways(run(**chosen), shown) if way.name == name]
    return found


@pytest.mark.parametrize("dataset", ["celsius", "tips", "noisy-thermometer", "weighted-sum"])
def test_at_the_start_nothing_of_any_way_lies_behind(dataset: str) -> None:
    assert [(way.shares, way.said) for way in ways(run(dataset), [0])] == [([0.0], ["0 %"])] * len(
        ways(run(dataset), [0])
    )


@pytest.mark.parametrize("name", ["weight", "bias"])
def test_at_its_best_a_value_has_gone_all_its_way(name: str) -> None:
    arrived = way(name, [10_000], learning_rate=0.00119)
    assert (arrived.shares, arrived.said) == ([1.0], ["100 %"])


def test_the_first_step_below_the_limit_carries_the_weight_nearly_twice_its_way_worked_by_hand() -> None:
    # From 0.5 to 3.0414: 2.5414 of a way of 1.3.
    first = way("weight", [1], learning_rate=0.00119)
    assert (first.values, first.shares, first.said) == (["3.041"], [1.955], ["195 %"])


def test_along_the_steep_direction_alone_it_is_one_and_the_factor() -> None:
    # 1 + 0.9837: an output at the limit's 99.2 % goes 198 % of its way.
    first = way("output", [1], dataset="weighted-sum", learning_rate=0.992 * 0.25)
    assert (first.shares, first.said) == ([1.984], ["198 %"])


def test_a_value_far_beyond_its_best_is_far_off() -> None:
    assert way("weight", [0, 1, 2, 3], learning_rate=0.005, iterations=60).said == [
        "0 %",
        "821 %",
        "far off",
        "far off",
    ]


def test_what_is_far_off_ends_where_the_bar_does() -> None:
    shares = way("weight", list(range(61)), learning_rate=0.005, iterations=60).shares
    assert (min(shares), max(shares)) == (-FARTHEST, FARTHEST)


def test_far_off_is_said_in_turkish() -> None:
    speak("tr")
    (said,) = way("ağırlık", [5], learning_rate=0.005, iterations=60).said
    assert said not in ("", "far off")


def test_a_way_back_over_the_start_is_negative() -> None:
    assert way("bias", [5], learning_rate=0.005, iterations=60).said == ["−47 %"]


def test_a_bounce_back_to_the_start_is_nothing_of_the_way_but_for_rounding() -> None:
    assert way("output", [0, 1, 2, 3, 10], dataset="weighted-sum", learning_rate=0.25).said == [
        "0 %",
        "200 %",
        "0 %",
        "200 %",
        "0 %",
    ]


@pytest.mark.parametrize("weight", [1.8, 1.8 + 1e-12])
def test_a_value_that_starts_at_its_best_has_no_way_to_go(weight: float) -> None:
    assert way("weight", [0, 1, 5], start=(weight, 0.5)).said == ["100 %"] * 3


def test_of_several_samples_each_parameter_has_a_way_and_of_one_its_output() -> None:
    assert [[way.name for way in ways(run(dataset), [0])] for dataset in ("celsius", "weighted-sum")] == [
        ["weight", "bias"],
        ["output"],
    ]


def test_each_frame_has_its_value_its_share_and_its_words() -> None:
    found = ways(run(), [0, 1, 10])
    assert {len(part) for way in found for part in (way.values, way.shares, way.said)} == {3}


def test_the_value_is_written_as_the_language_does() -> None:
    assert way("weight", [0, 1]).values == ["0.5", "0.7136"]
    speak("tr")
    assert way("ağırlık", [0, 1]).values == ["0,5", "0,7136"]


def test_without_a_theory_no_best_is_known_and_no_way_to_it() -> None:
    assert ways(run(suspect="listing", iterations=10), [0, 10]) == []


@pytest.mark.parametrize("start", [(1e300, 0.5), (1.7e308, -1.7e308)])
def test_a_way_too_long_for_a_computer_has_its_words_all_the_same(start: tuple[float, float]) -> None:
    assert [len(way.said) for way in ways(run(start=start), [0])] == [1, 1]
