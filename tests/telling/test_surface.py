import numpy as np
import pytest

from core.data.builtin import celsius, tips, weighted_sum
from core.data.curves import sine
from core.data.more import hours, iris
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.theory.planes import along_paths, over_pair
from core.theory.quadratic import theory
from core.training import History, train
from telling.surface import Pair, axis_names, held, surface_sentence
from tests.charts.learners import CURVES, PLANES
from tests.charts.learners import run as learner
from wording import percent

MODEL = Network(4)
NETWORK = train(Experiment.on(sine(), model=MODEL, start=MODEL.start(1, 0), iterations=300))
HOURS = train(Experiment.on(hours(), loss=CrossEntropy(), iterations=500))
IRIS = train(Experiment.on(iris(), loss=CrossEntropy(), iterations=100))


def said(history: History, pair: Pair = None) -> str:
    """The sentence over the map of the path's own plane, or of two parameters."""
    with np.errstate(all="ignore"):
        plane = over_pair([history], pair) if pair else along_paths([history])
    return surface_sentence(history, None, plane, pair)


def test_the_sentence_says_how_much_of_the_path_is_seen() -> None:
    share = along_paths([NETWORK]).share
    assert said(NETWORK).startswith(f"Two directions in 13 dimensions show {percent(share, 3)} of the path.")
    share = over_pair([NETWORK], (0, 12)).share
    assert said(NETWORK, (0, 12)).startswith(f"Two of 13 parameters show {percent(share, 3)} of the path.")
    assert said(IRIS, (0, 1)).startswith("Two of 3 parameters show ")


def test_where_two_parameters_are_all_the_sentence_says_how_the_valley_bends() -> None:
    # At the start every p (1 - p) is 1/4: the curvature is the largest eigenvalue of X'X / 4n.
    inputs = np.column_stack([hours().inputs, np.ones(20)])
    first = np.linalg.eigvalsh(inputs.T @ inputs / 80)[-1]
    assert said(HOURS, (0, 1)).startswith(f"This valley is no parabola: its curvature changes from {first:.3g} to ")


def test_a_parabola_is_told_as_ever() -> None:
    for data, beginning in (
        (celsius(), "The valley is narrow: 834 times as steep across as along."),
        (weighted_sum(), "The valley has no end:"),
        (tips(), "The valley is narrow:"),
    ):
        history = train(Experiment.on(data))
        known = theory(history.experiment)
        assert known is not None
        plane = known.plane(history.parameters[-1], (0, 1))
        assert surface_sentence(history, known, plane, (0, 1)).startswith(beginning)


def test_a_run_that_explodes_is_told_to_leave_the_map() -> None:
    history = learner("a curve that explodes")
    assert said(history).startswith(f"The run explodes at iteration {history.diverged_at}, and leaves the map.")
    assert said(history, (0, 1)) == said(history)


def test_the_axes_are_called_after_the_parameters_or_the_path_s_directions() -> None:
    assert axis_names(NETWORK, None) == ("first direction", "second direction")
    assert axis_names(NETWORK, (0, 12)) == ("w1→1", "c")
    assert axis_names(HOURS, (0, 1)) == ("weight", "bias")


def test_what_is_held_is_told_where_something_is() -> None:
    exploded = learner("a curve that explodes")
    assert held(HOURS, over_pair([HOURS], (0, 1)), (0, 1)) == ""
    assert held(IRIS, over_pair([IRIS], (0, 1)), (0, 1)) == "The other parameters are held where this run ends."
    assert held(NETWORK, along_paths([NETWORK]), None).startswith("The map goes through the end of the path,")
    with np.errstate(all="ignore"):
        own, pair = along_paths([exploded]), over_pair([exploded], (0, 1))
    assert "where the loss is least" in held(exploded, own, None)
    assert held(exploded, pair, (0, 1)) == "The other parameters are held where the loss of this run is least."


@pytest.mark.parametrize("name", CURVES | PLANES)
def test_there_is_something_to_say_of_every_run(name: str) -> None:
    assert said(learner(name))
    assert said(learner(name), (0, 1))
