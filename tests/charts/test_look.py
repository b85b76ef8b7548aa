import numpy as np
import pytest

from charts.look import (
    BEFORE,
    BEST,
    DATA,
    LOSS,
    NOW,
    REGIME_COLOURS,
    SERIES_COLOURS,
    drawable,
    frames,
    padded,
    series_line,
    window,
)


def test_a_frame_is_named_after_its_iteration_and_names_the_traces_it_moves() -> None:
    assert frames([0, 5], [3], [[{"y": [1]}], [{"y": [2]}]]) == [
        {"name": "0", "traces": [3], "data": [{"y": [1]}]},
        {"name": "5", "traces": [3], "data": [{"y": [2]}]},
    ]


def test_frames_without_data_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        frames([0, 5], [3], [[{"y": [1]}]])


@pytest.mark.parametrize(
    ("low", "high", "range_"), [(0.0, 100.0, (-6.0, 106.0)), (-1.0, 1.0, (-1.12, 1.12)), (5.0, 5.0, (4.5, 5.5))]
)
def test_a_range_is_padded_on_both_sides_and_never_without_extent(
    low: float, high: float, range_: tuple[float, float]
) -> None:
    assert padded(low, high) == pytest.approx(range_)


@pytest.mark.parametrize(
    ("others", "range_"),
    [
        ([2.0, 8.0], (-0.6, 10.6)),
        ([-4.0, 12.0], (-4.96, 12.96)),
        ([-1e300, 5.0], (-5.9, 10.9)),
        ([5.0, 1e300], (-0.9, 15.9)),
        ([-np.inf, np.inf], (-6.2, 16.2)),
    ],
)
def test_a_window_follows_what_moves_no_further_than_its_reach(
    others: list[float], range_: tuple[float, float]
) -> None:
    anchors = np.array([0.0, 10.0])
    assert window(anchors, np.array(others), 0.5) == pytest.approx(range_)


@pytest.mark.parametrize(("level", "range_"), [(0.0, (-1.12, 1.12)), (7.0, (-0.84, 14.84)), (-7.0, (-14.84, 0.84))])
def test_a_window_around_one_level_has_an_extent_all_the_same(level: float, range_: tuple[float, float]) -> None:
    others = np.array([-1e9, 1e9])
    assert window(np.full(3, level), others, 1.0) == pytest.approx(range_)


def test_what_is_drawable_stays_as_it_is() -> None:
    values = np.array([-20.0, 0.0, 9999.0])
    assert drawable(values, (0.0, 10.0)).tolist() == values.tolist()


def test_what_no_browser_can_draw_is_moved_nearer_but_stays_far_outside() -> None:
    low, high = drawable(np.array([-1e300, np.inf]), (0.0, 10.0))
    assert -1e7 <= low <= -1e4
    assert 1e4 <= high <= 1e7


def test_moving_values_nearer_leaves_the_history_as_it_is() -> None:
    values = np.array([1e300])
    drawable(values, (0.0, 10.0))
    assert values.tolist() == [1e300]


def test_a_window_over_nothing_but_what_is_no_number_shows_the_anchors() -> None:
    assert window(np.array([0.0, 10.0]), np.full(3, np.nan), 0.5) == pytest.approx((-0.6, 10.6))


def test_a_window_around_nothing_finite_is_one_unit_wide_and_a_little_more() -> None:
    assert window(np.array([np.inf, np.nan]), np.array([np.nan]), 0.5) == pytest.approx((-0.06, 1.06))


@pytest.mark.parametrize("far", [1e301, -1.7e308])
def test_a_window_never_reaches_so_far_that_its_margins_are_no_numbers(far: float) -> None:
    low, high = window(np.array([far, -far]), np.array([far, -far]), 1.0)
    assert np.isfinite([low, high, high - low]).all()


def test_no_two_meanings_share_a_colour() -> None:
    colours = [DATA, BEFORE, NOW, BEST, LOSS, *REGIME_COLOURS.values(), *SERIES_COLOURS]
    assert len(set(colours)) == len(colours)


def test_six_of_a_kind_have_six_colours_and_six_dashes_and_a_seventh_has_the_first_s() -> None:
    lines = [series_line(k) for k in range(7)]
    assert len({line["color"] for line in lines[:6]}) == len({line["dash"] for line in lines[:6]}) == 6
    assert lines[6] == lines[0]
