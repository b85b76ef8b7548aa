from dataclasses import replace

import numpy as np
import pytest

from core.checks import Array
from core.data.builtin import celsius, weighted_sum
from core.data.more import hours, iris
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.schedule import constant
from core.theory.planes import Sheet, along_paths, gets_down, over_pair
from core.training import History, losses, train
from tests.core.experiments import classes, exactly, known, network, samples


def walked(path: list[list[float]]) -> History:
    """A run that has gone this way, ever lower."""
    parameters = np.array(path, float)
    data = samples(np.eye(parameters.shape[1]), np.zeros(parameters.shape[1]), has_bias=False)
    experiment = Experiment.on(data, start=parameters[0], iterations=len(path) - 1)
    return History(experiment, parameters, np.arange(len(path), 0.0, -1.0))


NETWORK = train(network(classes(2), loss=CrossEntropy(), learning_rate=0.5, iterations=200))
EVERY_SHEET = pytest.mark.parametrize(
    "sheet", [along_paths([NETWORK]), over_pair([NETWORK], (2, 7))], ids=["along", "pair"]
)


def parameters_at(sheet: Sheet, points: Array) -> Array:
    return sheet.origin + points @ sheet.directions


@EVERY_SHEET
def test_the_loss_of_a_plane_is_the_model_s_at_the_parameters_there(sheet: Sheet) -> None:
    points = np.random.default_rng(0).normal(size=(5, 2))
    expected = losses(NETWORK.experiment, parameters_at(sheet, points))
    assert sheet.loss(points) == exactly(expected)
    assert sheet.loss(points.reshape(5, 1, 2)).shape == (5, 1)


@EVERY_SHEET
def test_the_directions_are_of_length_one_and_at_right_angles(sheet: Sheet) -> None:
    assert sheet.directions @ sheet.directions.T == pytest.approx(np.eye(2), abs=1e-12)


@EVERY_SHEET
def test_what_lies_in_the_plane_is_seen_where_it_is(sheet: Sheet) -> None:
    points = np.array([[0.5, -2.0], [3.0, 1.0]])
    assert sheet.seen(parameters_at(sheet, points)) == pytest.approx(points)


@EVERY_SHEET
def test_the_corners_hold_the_whole_path(sheet: Sheet) -> None:
    points = sheet.seen(NETWORK.parameters)
    assert sheet.corners == pytest.approx(np.array([points.min(axis=0), points.max(axis=0)]))


def test_where_the_loss_is_a_parabola_the_plane_of_two_parameters_has_its_losses() -> None:
    history = train(Experiment.on(weighted_sum(), iterations=5))
    points = np.array([[0.0, 0.0], [30.0, -7.0]])
    expected = known(history.experiment).plane(history.parameters[-1], (1, 3)).loss(points)
    assert over_pair([history], (1, 3)).loss(points) == pytest.approx(expected, rel=1e-12)


def test_two_parameters_are_seen_as_they_are_and_the_others_held_where_the_run_ends() -> None:
    sheet = over_pair([NETWORK], (2, 7))
    assert sheet.seen(NETWORK.parameters) == exactly(NETWORK.parameters[:, [2, 7]])
    end = NETWORK.parameters[-1]
    assert sheet.loss(end[[2, 7]]) == pytest.approx(NETWORK.loss[-1], rel=1e-12)


def test_of_a_straight_path_the_first_direction_is_the_line_and_all_of_it_is_seen() -> None:
    sheet = along_paths([walked([[9.0, 6.0, 2.0], [6.0, 4.0, 2.0], [3.0, 2.0, 2.0], [0.0, 0.0, 2.0]])])
    assert sheet.directions[0] == pytest.approx(np.array([-3.0, -2.0, 0.0]) / np.sqrt(13))
    assert sheet.seen(np.array([9.0, 6.0, 2.0])) == pytest.approx([-np.sqrt(117), 0.0])
    assert sheet.share == pytest.approx(1.0)


def test_the_directions_are_the_principal_components_of_the_distances_to_the_end() -> None:
    moves = NETWORK.parameters - NETWORK.parameters[-1]
    expected = np.linalg.svd(moves)[2][:2]
    assert np.abs(np.sum(along_paths([NETWORK]).directions * expected, axis=1)) == pytest.approx([1.0, 1.0])


def test_the_share_that_is_seen_is_that_of_the_squared_distances_to_the_end() -> None:
    history = walked([[4.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    assert along_paths([history]).share == pytest.approx(20 / 21)
    assert over_pair([history], (0, 2)).share == pytest.approx(17 / 21)
    assert over_pair([history], (1, 2)).share == pytest.approx(5 / 21)


def test_the_path_s_own_plane_shows_more_of_it_than_any_two_parameters() -> None:
    count = NETWORK.parameters.shape[1]
    pairs = [over_pair([NETWORK], (j, k)).share for j in range(count) for k in range(j + 1, count)]
    assert along_paths([NETWORK]).share >= max(pairs)


def test_the_start_lies_to_the_left_of_the_end_and_the_bow_above() -> None:
    for path in ([[5.0, 0.0], [3.0, 1.0], [0.0, 0.0]], [[-5.0, 0.0], [-3.0, 1.0], [0.0, 0.0]]):
        points = along_paths([walked(path)]).seen(np.array(path))
        assert points[0, 0] < points[-1, 0] == pytest.approx(0)
        assert points[np.abs(points[:, 1]).argmax(), 1] > 0


def test_a_run_that_does_not_move_has_a_plane_all_the_same() -> None:
    sheet = along_paths([walked([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])])
    assert sheet.directions @ sheet.directions.T == pytest.approx(np.eye(2))
    assert (sheet.corners.tolist(), sheet.share) == ([[0, 0], [0, 0]], 1.0)


def test_with_two_parameters_the_whole_path_is_seen() -> None:
    history = train(Experiment.on(hours(), loss=CrossEntropy(), iterations=300))
    assert over_pair([history], (0, 1)).share == 1.0
    assert along_paths([history]).share == pytest.approx(1.0)


def test_the_plane_of_a_run_that_explodes_goes_through_where_its_loss_is_least() -> None:
    history = train(Experiment.on(celsius(), learning_rate=0.01))
    assert history.diverged_at is not None
    assert not gets_down(history)
    sheet = along_paths([history])
    assert sheet.origin.tolist() == history.parameters[history.loss.argmin()].tolist()
    # The loss is least at the start, so it is the first step that gives the direction.
    step = history.parameters[1] - history.parameters[0]
    assert abs(sheet.directions[0] @ step) == pytest.approx(np.linalg.norm(step))
    assert np.abs(sheet.corners).max() <= np.linalg.norm(step) * (1 + 1e-12)


def test_a_run_that_flies_apart_without_exploding_counts_until_its_least_loss() -> None:
    data = iris()
    history = train(Experiment.on(data, loss=CrossEntropy(), learning_rate=50.0, iterations=20))
    last = int(history.loss.argmin())
    sheet = over_pair([history], (0, 1))
    assert not gets_down(history)
    assert sheet.origin[2] == history.parameters[last, 2]
    points = history.parameters[: max(last, 1) + 1, :2]
    assert sheet.corners == pytest.approx(np.array([points.min(axis=0), points.max(axis=0)]))


def test_a_long_run_is_looked_at_in_steps_its_start_and_its_end_among_them() -> None:
    history = train(Experiment.on(hours(), loss=CrossEntropy(), iterations=2500))
    assert over_pair([history], (0, 1)).corners == pytest.approx(
        np.array([history.parameters.min(axis=0), history.parameters.max(axis=0)]), rel=1e-6
    )


def test_several_runs_share_a_plane_through_the_end_of_the_lowest() -> None:
    slow = train(replace(NETWORK.experiment, schedule=constant(0.05)))
    assert slow.loss.min() > NETWORK.loss.min()
    for sheet in (along_paths([slow, NETWORK]), over_pair([slow, NETWORK], (0, 1))):
        points = np.concatenate([sheet.seen(history.parameters) for history in (slow, NETWORK)])
        assert sheet.corners == pytest.approx(np.array([points.min(axis=0), points.max(axis=0)]))
        assert sheet.seen(NETWORK.parameters[-1]) @ sheet.directions + sheet.origin == pytest.approx(
            NETWORK.parameters[-1]
        )


def test_a_loss_costs_an_output_for_each_sample_or_what_each_hidden_neuron_says_to_it() -> None:
    assert along_paths([NETWORK]).outputs == 7 * 3
    assert along_paths([train(Experiment.on(hours(), loss=CrossEntropy(), iterations=1))]).outputs == 20
