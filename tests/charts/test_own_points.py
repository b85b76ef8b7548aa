import numpy as np
import plotly.graph_objects as go
import pytest

from charts.own_points import EMPTY, own_points_figure, roomy


@pytest.mark.parametrize("values", [[3.0], [0.0], [1e6, 1e6 + 1], [1e-9, 3e-9], [-1e100, 1e100], [1e15, 1e15 + 0.125]])
def test_all_values_lie_within_a_roomy_range(values: list[float]) -> None:
    low, high = roomy(np.array(values))
    assert low < min(values)
    assert max(values) < high


def test_a_point_that_is_added_between_the_axes_moves_none_of_them_much() -> None:
    assert roomy(np.array([1.0, 5.0])) == roomy(np.array([1.0, 2.5, 5.0]))


def test_without_points_there_is_room_for_the_first_and_it_stays() -> None:
    assert roomy(np.array([])) == EMPTY
    assert roomy(np.array([1.0]), True) == EMPTY
    assert roomy(np.array([1.0, 11.0]), True) != EMPTY


@pytest.mark.parametrize(
    ("names", "classes", "axes", "n_traces"),
    [
        (("Hours", "Marks"), (), ("Hours", "Marks"), 1),
        (("a", "b", "y"), (), ("a", "y"), 1),
        (("Hours", "Passed"), ("no", "yes"), ("Hours", "Passed"), 2),
        (("a", "b", "c"), ("no", "yes"), ("a", "b"), 2),
    ],
)
@pytest.mark.parametrize("n_rows", [0, 4])
def test_the_target_stands_over_the_first_feature_and_classes_of_two_over_both(
    names: tuple[str, ...], classes: tuple[str, ...], axes: tuple[str, str], n_traces: int, n_rows: int
) -> None:
    rows = np.array([[float(k)] * (len(names) - 1) + [k % 2] for k in range(4)])[:n_rows]
    drawn = own_points_figure(names, rows.reshape(-1, len(names)), classes)
    assert (drawn["layout"]["xaxis"]["title"]["text"], drawn["layout"]["yaxis"]["title"]["text"]) == axes
    assert len(go.Figure(drawn).data) == n_traces
    assert sum(len(trace["x"]) for trace in drawn["data"]) == n_rows
