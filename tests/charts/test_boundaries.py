from collections.abc import Callable

import numpy as np
import pytest

from charts.boundaries import boundaries_figure
from charts.look import CLASS_SYMBOLS, Figure, series_line
from charts.side_by_side import predictions_figure
from core.data.clouds import two_clouds
from core.data.curves import sine
from core.data.more import hours
from core.experiment import Experiment
from core.losses import CrossEntropy
from core.network import Network
from core.training import History
from tests.charts.contract import PROMISES, it_speaks_the_language
from tests.charts.runs import trained
from tests.charts.seen import axes, moved, trace, traces

NAMES = ("slow", "fast")
CONTRACT = [promise for promise in PROMISES if promise is not it_speaks_the_language]


def neurons() -> list[History]:
    return [
        trained(Experiment.on(two_clouds(), loss=CrossEntropy(), learning_rate=rate, iterations=60))
        for rate in (0.01, 0.5)
    ]


def networks() -> list[History]:
    start = Network(4).start(1, seed=0)
    return [
        trained(Experiment.on(sine(), model=Network(4), start=start, learning_rate=rate, iterations=60))
        for rate in (0.01, 50.0)
    ]


@pytest.fixture(scope="module")
def boundaries() -> Figure:
    return boundaries_figure(neurons(), NAMES)


def test_each_class_has_its_samples_and_its_symbol(boundaries: Figure) -> None:
    data = two_clouds()
    for k, name in enumerate(data.class_names):
        drawn = trace(boundaries, name)
        assert drawn["x"] == data.inputs[data.targets == k, 0].tolist()
        assert drawn["marker"]["symbol"] == CLASS_SYMBOLS[k]


def test_a_boundary_is_where_the_run_says_one_half_at_its_end(boundaries: Figure) -> None:
    for k, history in enumerate(neurons()):
        drawn = trace(boundaries, NAMES[k])
        assert drawn["contours"] == {"type": "constraint", "operation": "=", "value": 0.5}
        assert drawn["line"] == series_line(k)
        corner = np.array([[drawn["x"][0], drawn["y"][-1]]])
        said = float(history.experiment.loss.predicted(history.outputs(history.iterations, corner))[0])
        assert drawn["z"][-1][0] == pytest.approx(said, abs=1e-3)


def test_two_features_with_classes_are_compared_by_their_boundaries(boundaries: Figure) -> None:
    assert predictions_figure(neurons(), NAMES, [0, 60]) == boundaries


def test_a_network_is_compared_by_its_curves_and_waits_where_it_has_exploded() -> None:
    good, wild = networks()
    figure = predictions_figure([good, wild], NAMES, [0, 5, 60])
    x = np.array(trace(figure, "slow")["x"])
    low, high = axes(figure)["xaxis"]["range"]
    assert (x[0], x[-1]) == pytest.approx((low, high), rel=1e-5)
    for i, data in zip((0, 5, 60), moved(figure, "slow"), strict=True):
        assert data["y"] == pytest.approx(good.outputs(i, x[:, np.newaxis]).tolist(), abs=2e-3)


def test_one_feature_with_classes_is_compared_by_its_probabilities() -> None:
    history = trained(Experiment.on(hours(), loss=CrossEntropy(), iterations=50))
    figure = predictions_figure([history], ["a"], [0, 50])
    first, last = (data["y"] for data in moved(figure, "a"))
    assert set(first) == {0.5}
    assert 0 < last[0] < 0.5 < last[-1] < 1
    assert axes(figure)["yaxis"]["title"]["text"].startswith("probability of passed")


@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
def test_they_keep_the_contract(boundaries: Figure, promise: Callable[[Figure], None]) -> None:
    for figure in (boundaries, predictions_figure(networks(), NAMES, [0, 5, 60])):
        assert traces(figure)
        promise(figure)
