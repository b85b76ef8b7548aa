"""The trail: what the first steps drew stays in the picture, numbered."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.look import Figure
from charts.trail import APART, BLANK, STEPS, faded, first_outside, numbers, trail_steps
from core.data.builtin import celsius
from core.data.dataset import Dataset
from core.training import History
from tests.charts.runs import at_rate, history, on, prediction, prediction_of, several_features, summed_at_rate, trained
from tests.charts.seen import axes, names, traces

RIGHT_END = 1.8 * 49 + 32
"""What 49 degrees Celsius are in Fahrenheit: where the data end on the right."""
HEIGHT = 100.0


def trail_lines(figure: Figure) -> list[dict[str, Any]]:
    return [t for t in traces(figure) if t["name"].startswith("step ")]


def right_ends(learning_rate: float) -> list[float]:
    return [line["y"][-1] for line in trail_lines(prediction_of(at_rate(learning_rate, 60)))]


def named(figure: Figure, name: str) -> dict[str, Any]:
    (found,) = [t for t in traces(figure) if t["name"] == name]
    return found


def written(figure: Figure) -> list[str]:
    return [text.strip() for text in named(figure, "steps")["text"] if text != BLANK]


def numbered(*heights: float) -> list[str]:
    steps, y = list(range(1, len(heights) + 1)), np.array(heights, float)
    texts: list[str] = numbers(steps, np.zeros(len(heights)), y, (0.0, HEIGHT))["text"]
    return texts


@pytest.mark.parametrize(("step", "height"), [(1, 149.600259), (2, 27.18002839), (3, 147.76107685)])
def test_the_trail_is_what_the_first_steps_predicted_worked_by_hand(step: int, height: float) -> None:
    # 149.600259 = 0.5 + 49 · 0.5 + 0.00119 · (49 · 2135.6 + 61.7)
    assert right_ends(0.00119)[step - 1] == pytest.approx(height, abs=1e-6)


def test_an_overshooting_trail_lands_above_and_below_the_data_in_turn() -> None:
    assert [end > RIGHT_END for end in right_ends(0.00119)] == [True, False] * 4


def test_of_an_overshooting_trail_the_odd_steps_and_the_even_ones_are_numbered_together() -> None:
    assert written(prediction_of(at_rate(0.00119))) == ["1, 3, 5, 7", "2, 4, 6, 8"]


@given(st.floats(6.1e-5, 5.9e-4))
@settings(deadline=None, max_examples=20)
def test_each_step_of_a_steady_trail_goes_on_in_the_same_direction(learning_rate: float) -> None:
    ends = [25.0, *right_ends(learning_rate)]
    assert ends == sorted(ends)
    assert ends[0] < ends[1] < ends[-1] < RIGHT_END


@pytest.mark.parametrize("side", [0, 1])
def test_each_step_of_the_article_s_trail_lies_between_the_one_before_and_the_data(side: int) -> None:
    run = at_rate(1e-4)
    start, goal = ([-24.5, 25.0][side], [-58.0, RIGHT_END][side])
    ends = [line["y"][side] for line in trail_lines(prediction_of(run))]
    shares = [(end - start) / (goal - start) for end in ends]
    assert [0, *shares] == sorted([0, *shares])
    assert shares[0] > 0


def test_a_creeping_trail_hardly_leaves_the_start() -> None:
    low, high = axes(prediction_of(at_rate(1e-5)))["yaxis"]["range"]
    assert max(abs(end - 25.0) for end in right_ends(1e-5)) < 0.05 * (high - low)


def test_a_fan_that_is_too_narrow_is_numbered_as_one_with_an_en_dash() -> None:
    assert written(prediction_of(at_rate(1e-5))) == ["1–8"]


def test_a_trail_that_explodes_leaves_the_frame_upwards_and_downwards_in_turn() -> None:
    low, high = axes(prediction_of(at_rate(0.005)))["yaxis"]["range"]
    assert [end > high for end in right_ends(0.005)] == [True, False] * 4
    assert [end < low for end in right_ends(0.005)] == [False, True] * 4


def test_the_numbers_of_what_left_the_frame_stand_at_its_edge() -> None:
    drawn = prediction_of(at_rate(0.005))
    low, high = axes(drawn)["yaxis"]["range"]
    heights = named(drawn, "steps")["y"]
    assert low < min(heights) < low + 0.05 * (high - low)
    assert high - 0.05 * (high - low) < max(heights) < high


def test_a_number_stands_at_the_right_end_of_its_line_or_where_that_leaves_the_frame() -> None:
    across = named(prediction_of(at_rate(0.0013)), "steps")["x"]
    # Step 1 ends in the frame. Step 3 goes from -190.1 to 187.8 and meets the edge, 168.7, at 44 degrees.
    assert across[0] == 49
    assert 40 < across[2] < 49


@pytest.mark.parametrize(
    ("run", "texts"),
    [
        (at_rate(0.005), ["↑ off the picture at step 1", "each step 7.34 times farther"]),
        (at_rate(0.0013), ["↑ off the picture at step 3", "each step 1.17 times farther"]),
        (summed_at_rate(0.26), ["↑ off the picture at step 2", "each step 1.08 times farther"]),
        (at_rate(0.00119), [BLANK, BLANK]),
        (summed_at_rate(0.1), [BLANK, BLANK]),
    ],
    ids=["0.005", "0.0013", "0.26", "0.00119", "0.1"],
)
def test_a_mark_names_the_step_at_which_the_picture_is_left_and_the_growth(run: History, texts: list[str]) -> None:
    assert named(prediction_of(run), "left the picture")["text"] == texts


def test_without_a_theory_the_mark_names_the_step_alone() -> None:
    text, growth = named(prediction("a line that goes uphill"), "left the picture")["text"]
    assert text.startswith("↑ off the picture at step ")
    assert growth == BLANK


def test_the_mark_is_not_there_before_the_picture_is_left() -> None:
    assert named(prediction_of(at_rate(0.0013)), "left the picture")["meta"] == {"from": 3}


def test_the_mark_speaks_turkish(turkish: None) -> None:
    growth = traces(prediction_of(at_rate(0.005)))[-1]["text"][1]
    assert "7,34" in growth
    assert "times" not in growth


@pytest.mark.parametrize("run", ["a line that settles", "weights that bounce"])
def test_switched_off_there_is_no_trail(run: str) -> None:
    drawn = prediction_of(history(run), with_trail=False)
    assert [name for name in names(drawn) if name.startswith("step")] == []


@pytest.mark.parametrize("run", ["a line that settles", "weights that bounce"])
def test_switching_the_trail_off_moves_no_axis(run: str) -> None:
    assert axes(prediction_of(history(run), with_trail=False)) == axes(prediction(run))


@pytest.mark.parametrize("data", [celsius(), several_features()], ids=lambda data: data.name)
def test_only_what_is_drawn_as_a_whole_leaves_a_trail(data: Dataset) -> None:
    drawn = prediction_of(trained(on(data, tuple(data.start), 1e-5, 20)))
    assert bool(trail_lines(drawn)) is (data.n_features == 1)


@pytest.mark.parametrize(("iterations", "steps"), [(0, 0), (1, 0), (2, 1), (8, 7), (9, 8), (10_000, 8)])
def test_the_last_step_of_a_run_is_no_trail_for_it_is_now(iterations: int, steps: int) -> None:
    assert trail_steps(at_rate(1e-4, iterations)) == list(range(1, steps + 1))


def test_a_step_is_in_the_picture_from_that_step_on() -> None:
    assert [line["meta"] for line in trail_lines(prediction("a line that settles"))] == [
        {"from": step} for step in range(1, 9)
    ]


def test_the_older_a_step_is_the_fainter_it_is() -> None:
    opacities = [line["opacity"] for line in trail_lines(prediction("a line that settles"))]
    assert opacities == sorted(set(opacities))
    assert (opacities[0], opacities[-1]) == (faded(1), faded(STEPS))


def test_every_number_alone_is_written_beside_its_line() -> None:
    assert numbered(10, 30, 50, 70) == [" 1", " 2", " 3", " 4", BLANK, BLANK, BLANK, BLANK]


@pytest.mark.parametrize(
    ("heights", "texts"),
    [
        ((50, 51), ["1, 2"]),
        ((50, 51, 52), ["1–3"]),
        ((50, 51, 90), ["1, 2", "3"]),
        ((50, 90, 51), ["2", "1, 3"]),
        ((10, 50, 11, 51, 12, 52, 13, 53), ["1, 3, 5, 7", "2, 4, 6, 8"]),
        ((90, 50, 51, 52, 53, 90, 54, 55), ["1, 6", "2, 3 … 8"]),
    ],
)
def test_numbers_too_near_to_be_told_apart_are_written_as_one(heights: tuple[float, ...], texts: list[str]) -> None:
    assert [text.strip() for text in numbered(*heights) if text != BLANK] == texts


def test_a_number_for_several_stands_in_their_middle() -> None:
    drawn = numbers([1, 2], np.zeros(2), np.array([50.0, 54.0]), (0.0, HEIGHT))
    assert (drawn["text"][1], drawn["y"][1]) == (" 1, 2", 52.0)


PLACES = st.lists(st.floats(-2 * HEIGHT, 3 * HEIGHT), max_size=STEPS)


@given(PLACES)
def test_there_are_always_as_many_texts_as_there_can_be_steps(heights: list[float]) -> None:
    steps, y = list(range(1, len(heights) + 1)), np.array(heights)
    drawn = numbers(steps, np.zeros(len(heights)), y, (0.0, HEIGHT))
    assert len(drawn["text"]) == len(drawn["x"]) == len(drawn["y"]) == STEPS


@given(PLACES)
def test_no_two_numbers_lie_on_each_other(heights: list[float]) -> None:
    steps, y = list(range(1, len(heights) + 1)), np.array(heights)
    drawn = numbers(steps, np.zeros(len(heights)), y, (0.0, HEIGHT))
    places = [place for place, text in zip(drawn["y"], drawn["text"], strict=True) if text != BLANK]
    assert min(np.diff(sorted(places)), default=HEIGHT) >= APART / 2 * HEIGHT


@given(PLACES)
def test_every_number_stands_inside_the_frame(heights: list[float]) -> None:
    steps, y = list(range(1, len(heights) + 1)), np.array(heights)
    assert all(0 < place < HEIGHT for place in numbers(steps, np.zeros(len(y)), y, (0.0, HEIGHT))["y"][: len(y)])


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ([[0.0, 1.0], [0.5, 0.5]], None),
        ([[0.5, 0.5], [0.5, 1.1], [9.0, 9.0]], 1),
        ([[-0.1, 0.5]], 0),
        ([[0.5, 0.5], [np.nan, 0.5]], 1),
        ([[0.5, 0.5], [0.5, 0.5], [np.inf, 0.0]], 2),
    ],
)
def test_a_row_is_outside_as_soon_as_one_of_its_values_is(values: list[list[float]], first: int | None) -> None:
    assert first_outside(np.array(values), (0.0, 1.0)) == first
