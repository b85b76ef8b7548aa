from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from charts.contours import square
from charts.iterations import frame_iterations
from charts.paths import paths_figure
from core.data.builtin import celsius, weighted_sum
from core.data.curves import sine
from core.data.more import hours
from core.data.standardising import standardise
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.optimisers import OPTIMISERS
from core.theory.planes import Sheet
from core.theory.quadratic import quadratic
from core.theory.slices import Plane
from core.training import History, train
from pages.sections.walks import closer, stopped, walks_of

NAMES = list(OPTIMISERS)


@cache
def runs(experiment: Experiment) -> list[History]:
    return [train(replace(experiment, optimiser=kind())) for kind in OPTIMISERS.values()]


LINE = Experiment.on(celsius(), iterations=300)
ROUND = Experiment.on(standardise(celsius()), learning_rate=0.1, iterations=100)
LOGISTIC = Experiment.on(hours(), loss=CrossEntropy(), iterations=300)
CURVE = Experiment.on(sine(), model=Network(4), start=Network(4).start(1, 0), learning_rate=0.1, iterations=100)
FRAMES = frame_iterations(300)


def test_of_two_parameters_a_walk_is_the_path_itself() -> None:
    histories = runs(LINE)
    for walk, history in zip(walks_of(histories, FRAMES), histories, strict=True):
        assert walk.path.tolist() == history.parameters[FRAMES].tolist()
        assert walk.names == ("weight", "bias")


def test_of_a_parabola_the_plane_knows_the_best() -> None:
    (walk, *_others) = walks_of(runs(LINE), FRAMES)
    assert isinstance(walk.plane, Plane)
    assert walk.plane.best.tolist() == pytest.approx(quadratic(celsius()).best(celsius().start).tolist())


@pytest.mark.parametrize("experiment", [LOGISTIC, CURVE])
def test_of_all_others_all_paths_lie_on_one_sheet(experiment: Experiment) -> None:
    histories = runs(experiment)
    walks = walks_of(histories, frame_iterations(experiment.iterations))
    sheets = {id(walk.plane) for walk in walks}
    assert len(sheets) == 1
    assert isinstance(walks[0].plane, Sheet)
    low, high = walks[0].plane.corners
    for walk, history in zip(walks, histories, strict=True):
        assert history.diverged_at is not None or bool(np.all((walk.path >= low - 1e-9) & (walk.path <= high + 1e-9)))


def test_of_one_parameter_there_is_no_map() -> None:
    assert walks_of(runs(Experiment.on(weighted_sum([2.0], 3.0), iterations=9)), [0, 9]) == []


def test_all_walks_start_at_the_same_point() -> None:
    starts = {tuple(walk.path[0].tolist()) for walk in walks_of(runs(CURVE), frame_iterations(100))}
    assert len(starts) == 1


def test_a_walk_that_explodes_stops_where_it_leaves_the_map() -> None:
    histories = [train(replace(LINE, schedule=((0, rate),))) for rate in (1e-4, 2e-3)]
    walks = walks_of(histories, FRAMES)
    good, wild = stopped(walks, histories)
    low, high = np.transpose(square(*walks))
    assert good.path.tolist() == walks[0].path.tolist()
    assert np.all((wild.path[:-1] >= low) & (wild.path[:-1] <= high))
    assert not np.all((wild.path[-1] >= low) & (wild.path[-1] <= high))


def sides(experiment: Experiment) -> tuple[float, float, bool]:
    """Width and height of the map, and whether it is drawn to scale."""
    frames = frame_iterations(experiment.iterations)
    walks = walks_of(runs(experiment), frames)
    layout = closer(paths_figure(walks, NAMES, frames), walks)["layout"]
    assert layout["showlegend"] is False
    wide, high = (float(np.ptp(layout[f"{side}axis"]["range"])) for side in "xy")
    return wide, high, "scaleanchor" in layout["yaxis"]


def test_narrow_paths_have_axes_of_their_own_scales() -> None:
    wide, high, to_scale = sides(LINE)
    assert (wide < high / 4, to_scale) == (True, False)


def test_round_paths_are_drawn_to_scale() -> None:
    wide, high, to_scale = sides(ROUND)
    assert wide == pytest.approx(high)
    assert to_scale


def test_paths_on_one_line_are_not_widened_to_their_rounding() -> None:
    wide, high, to_scale = sides(Experiment.on(weighted_sum(), iterations=10))
    assert wide == pytest.approx(high)
    assert to_scale
