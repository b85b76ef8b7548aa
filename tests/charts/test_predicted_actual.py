import numpy as np
import pytest

from charts.look import BEFORE, BEST, NOW
from tests.charts.runs import history, iterations, prediction
from tests.charts.seen import axes, moved, trace

SETTLES = "several features that settle"
TARGETS = [5.0, 6.0, 8.0, 3.0, 4.0, 13.0]


def test_before_training_each_sample_s_output_stands_over_its_target() -> None:
    before = trace(prediction(SETTLES), "before training")
    assert before["x"] == TARGETS
    # 0.1 x1 + 0.2 x2 + 0.3 x3 + 0.5, sample by sample
    assert before["y"] == pytest.approx([1.0, 1.2, 1.4, 1.4, 1.1, 2.5])


@pytest.mark.parametrize("run", [SETTLES, "several features at rest"])
def test_now_at_each_frame_holds_the_outputs_of_the_history_s_neuron(run: str) -> None:
    found = history(run)
    for iteration, now in zip(iterations(found), moved(prediction(run), "now"), strict=True):
        outputs = found.experiment.data.inputs @ found.weights[iteration] + found.bias[iteration]
        assert now["x"] == TARGETS
        assert now["y"] == pytest.approx(outputs.tolist(), rel=1e-12)


def test_perfect_predictions_lie_on_the_diagonal() -> None:
    perfect = trace(prediction(SETTLES), "perfect")
    assert perfect["x"] == perfect["y"] == [3.0, 13.0]


def test_training_brings_the_cloud_nearer_to_the_diagonal() -> None:
    frames = moved(prediction(SETTLES), "now")
    distances = [np.square(np.array(now["y"]) - TARGETS).mean() for now in (frames[0], frames[-1])]
    assert distances[1] < 0.05 * distances[0]


def test_a_cloud_that_explodes_leaves_the_frame_and_does_not_shrink_the_targets() -> None:
    figure = prediction("several features that explode")
    low, high = axes(figure)["yaxis"]["range"]
    last = np.array(moved(figure, "now")[-1]["y"])
    assert not np.any((low <= last) & (last <= high))
    assert high - low < 30


def test_before_now_and_perfect_have_the_colours_of_their_meanings() -> None:
    drawn = prediction(SETTLES)
    clouds = [trace(drawn, name)["marker"]["color"] for name in ("before training", "now")]
    assert (clouds, trace(drawn, "perfect")["line"]["color"]) == ([BEFORE, NOW], BEST)


def test_a_unit_stands_at_both_axes() -> None:
    titles = [axis["title"]["text"] for axis in axes(prediction(SETTLES)).values()]
    assert titles == ["actual (€)", "predicted (€)"]
