"""What the neuron of a live run predicts: the trail of the last steps, and what a hand can take hold of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.look import Figure
from charts.prediction import leaves_picture_at, prediction_figure
from charts.trail import BLANK, STEPS, faded, outside_since, recent
from core.data.builtin import celsius, weighted_sum
from core.theory.limits import Limits
from core.theory.quadratic import quadratic, theory
from core.training import History
from tests.charts.runs import (
    QUARTER,
    at_rate,
    history,
    live_prediction,
    on,
    portion,
    prediction,
    steered,
    summed_at_rate,
    trained,
)
from tests.charts.seen import axes, moved, moves, names, traces

LIMITS: Limits = quadratic(celsius()).limits
LINE, WEIGHTS = "a line that is nudged", "weights turned up and down"


def places(figure: Figure, axis: str = "y") -> list[int]:
    """The numbers of the traces of the trail on an axis, the oldest first."""
    return [k for k, t in enumerate(traces(figure)) if t["name"] == "steps" and t.get("yaxis", "y") == axis]


def handles(figure: Figure) -> list[tuple[str, list[int]]]:
    """What a hand can take: the name of the trace, and its points."""
    found = figure["layout"]["meta"]["handles"]
    return [(traces(figure)[handle["trace"]]["name"], handle["points"]) for handle in found]


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5))
def test_the_trail_is_that_of_one_to_eight_steps_ago_or_the_start(iterations: list[int]) -> None:
    assert [past for _opacity, past in recent(iterations)] == [
        [max(i - ago, 0) for i in iterations] for ago in (8, 7, 6, 5, 4, 3, 2, 1)
    ]


def test_the_newest_step_is_the_strongest() -> None:
    assert [opacity for opacity, _past in recent([9])] == [faded(k) for k in range(1, STEPS + 1)]


def test_each_line_of_the_trail_is_what_was_so_many_steps_before_each_frame() -> None:
    run, drawn = history(LINE), live_prediction(history(LINE))
    for ago, index in zip(range(STEPS, 0, -1), places(drawn), strict=True):
        for i, line in zip(portion(run), moves(drawn, index), strict=True):
            weight, bias = run.parameters[max(i - ago, 0)]
            assert line["y"] == pytest.approx([bias - 50 * weight, bias + 49 * weight])


def test_each_tick_of_the_trail_is_what_was_so_many_steps_before_each_frame() -> None:
    run, drawn = history(WEIGHTS), live_prediction(history(WEIGHTS))
    for ago, weights, output in zip(range(STEPS, 0, -1), places(drawn), places(drawn, "y2"), strict=True):
        for k, i in enumerate(portion(run)):
            past = run.weights[max(i - ago, 0)]
            assert moves(drawn, weights)[k]["y"] == pytest.approx(past.tolist())
            assert moves(drawn, output)[k]["y"] == pytest.approx([past.sum()])


@pytest.mark.parametrize("run", [LINE, WEIGHTS])
def test_a_trail_of_the_last_steps_has_no_numbers_and_is_always_there(run: str) -> None:
    trail = [traces(live_prediction(history(run)))[k] for k in places(live_prediction(history(run)))]
    assert len(trail) == STEPS
    assert all("meta" not in trace and "text" not in trace and not trace["showlegend"] for trace in trail)


@pytest.mark.parametrize("run", [LINE, WEIGHTS])
def test_the_trail_of_the_last_steps_can_be_switched_off_too(run: str) -> None:
    found = history(run)
    drawn = prediction_figure(found, theory(found.experiment), portion(found), with_trail=False, recent=True)
    assert "steps" not in names(drawn)
    assert axes(drawn) == axes(live_prediction(found))


@pytest.mark.parametrize("run", ["a line that settles", "weights that settle", "several features that settle"])
def test_what_was_before_training_is_the_start_s_wherever_the_frames_begin(run: str) -> None:
    def before(figure: Figure) -> list[float]:
        heights: list[float] = next(t["y"] for t in traces(figure) if t["name"] == "before training")
        return heights

    assert before(live_prediction(history(run), [5, 8])) == pytest.approx(before(prediction(run)))


@pytest.mark.parametrize(("live", "name"), [(True, "now"), (False, "before training")])
def test_a_hand_can_take_a_line_at_its_ends_and_in_its_middle(live: bool, name: str) -> None:
    drawn = live_prediction(history(LINE)) if live else prediction(LINE)
    assert handles(drawn) == [(name, [0]), (name, [0, 1]), (name, [1])]
    assert len(traces(drawn)[drawn["layout"]["meta"]["handles"][0]["trace"]]["x"]) == 2


@pytest.mark.parametrize(("live", "name"), [(True, "now"), (False, "before training")])
def test_a_hand_can_take_each_weight(live: bool, name: str) -> None:
    drawn = live_prediction(history(WEIGHTS)) if live else prediction(WEIGHTS)
    assert handles(drawn) == [(name, [j]) for j in range(4)]
    assert drawn["layout"]["meta"]["handles"][0]["trace"] == names(drawn).index(name)


def test_samples_that_stand_one_by_one_have_no_handles() -> None:
    assert "handles" not in live_prediction(history("several features that settle"))["layout"].get("meta", {})


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ([0.5, 0.5], None),
        ([0.5, 2.0, 3.0], 1),
        ([0.5, 2.0, 0.5, 2.0], 1),
        ([0.5, 2.0, 0.5, 2.0, 0.5], 1),
        ([0.5, 2.0, 0.5, 0.5], None),
        ([0.5, 2.0, 0.5, 0.5, 2.0], 4),
        ([2.0, 2.0], 0),
        ([2.0], 0),
        ([0.5], None),
        ([0.5, np.nan], 1),
    ],
)
def test_a_picture_is_left_for_good_unless_two_iterations_in_a_row_are_inside(
    values: list[float], since: int | None
) -> None:
    assert outside_since(np.array(values)[:, np.newaxis], (0.0, 1.0)) == since


def mark(run: History) -> list[str]:
    (found,) = [t for t in traces(live_prediction(run)) if t["name"] == "left the picture"]
    texts: list[str] = found["text"]
    return texts


def test_a_run_that_came_back_has_no_mark() -> None:
    run = history("a line turned up and down")
    assert mark(run) == [BLANK, BLANK]
    assert mark(run.until(79)) != [BLANK, BLANK]
    assert leaves_picture_at(live_prediction(run)) is None


def test_the_mark_says_since_when_a_run_is_off_the_picture_for_the_last_time() -> None:
    run = trained(steered(on(celsius(), (0.5, 0.5), 0.005, 60), (5, 6e-4), (40, 0.005)))
    left_at = leaves_picture_at(live_prediction(run))
    assert left_at is not None
    assert left_at > 40
    assert mark(run)[0] == f"↑ off the picture at step {left_at}"


@given(st.floats(1.02, 8.0))
@settings(deadline=None, max_examples=20)
def test_of_a_constant_rate_the_mark_is_the_same_in_both_pictures(share: float) -> None:
    run = at_rate(share * LIMITS.stable, 60)
    drawn = prediction_figure(run, theory(run.experiment), [0, 60 if run.diverged_at is None else 1])
    assert leaves_picture_at(drawn) == leaves_picture_at(live_prediction(run)) is not None


def test_the_picture_holds_a_line_that_a_hand_has_put_elsewhere() -> None:
    low, high = axes(live_prediction(history(LINE)))["yaxis"]["range"]
    # At 4 x - 100 from -50 to 49 degrees. The lower end is more than 0.6 heights of the data below them.
    assert low < 96 < high
    assert low < axes(live_prediction(at_rate(1e-4, 60)))["yaxis"]["range"][0]


def test_the_picture_holds_weights_that_a_hand_has_put_elsewhere() -> None:
    drawn = live_prediction(history("weights that are nudged"))
    low, high = axes(drawn)["yaxis"]["range"]
    assert low < -50 < 90 < high
    far = trained(steered(on(weighted_sum(), QUARTER, 0.1, 10), nudges=((5, (900.0, 0.0, 0.0, 0.0)),)))
    assert axes(live_prediction(far))["yaxis2"]["range"][1] > 900
    assert axes(live_prediction(summed_at_rate(0.1)))["yaxis2"]["range"][1] < 900


def test_a_nudge_that_the_run_has_not_come_to_moves_no_axis() -> None:
    assert axes(live_prediction(history(LINE).until(29))) == axes(live_prediction(at_rate(1e-4, 29)))


def test_the_line_now_is_moved_frame_by_frame() -> None:
    run = history(LINE)
    assert len(moved(live_prediction(run), "now")) == len(portion(run))
