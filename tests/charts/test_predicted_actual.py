import numpy as np
import pytest

from tests.charts.runs import axes, drawing, moved, trace

SETTLES = "several features that settle"
TARGETS = [5.0, 6.0, 8.0, 3.0, 4.0, 13.0]


def test_before_training_each_sample_s_output_stands_over_its_target() -> None:
    before = trace(drawing(SETTLES).figures["picture"], "before training")
    assert before["x"] == TARGETS
    # 0.1 x1 + 0.2 x2 + 0.3 x3 + 0.5, sample by sample
    assert before["y"] == pytest.approx([1.0, 1.2, 1.4, 1.4, 1.1, 2.5])


@pytest.mark.parametrize("run", [SETTLES, "several features at rest"])
def test_now_at_each_frame_holds_the_outputs_of_the_history_s_neuron(run: str) -> None:
    drawn = drawing(run)
    for iteration, now in zip(drawn.iterations, moved(drawn.figures["picture"], "now"), strict=True):
        outputs = drawn.dataset.inputs @ drawn.history.weights[iteration] + drawn.history.bias[iteration]
        assert now["x"] == TARGETS
        assert now["y"] == pytest.approx(outputs.tolist(), rel=1e-12)


def test_perfect_predictions_lie_on_the_diagonal() -> None:
    perfect = trace(drawing(SETTLES).figures["picture"], "perfect")
    assert perfect["x"] == perfect["y"] == [3.0, 13.0]


def test_training_brings_the_cloud_nearer_to_the_diagonal() -> None:
    frames = moved(drawing(SETTLES).figures["picture"], "now")
    distances = [np.square(np.array(now["y"]) - TARGETS).mean() for now in (frames[0], frames[-1])]
    assert distances[1] < 0.05 * distances[0]


def test_a_cloud_that_explodes_leaves_the_frame_and_does_not_shrink_the_targets() -> None:
    figure = drawing("several features that explode").figures["picture"]
    low, high = axes(figure)["yaxis"]["range"]
    last = np.array(moved(figure, "now")[-1]["y"])
    assert not np.any((low <= last) & (last <= high))
    assert high - low < 30
