import numpy as np
import pytest

from core.data.builtin import celsius, noisy_thermometer
from core.data.clouds import two_clouds
from core.data.curves import sine
from core.data.more import hours, iris
from core.experiment import Experiment
from core.lesson.differences import gradient_at
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from core.theory.least import best_parameters
from core.theory.quadratic import quadratic

LOGISTIC = CrossEntropy()


def best(experiment: Experiment) -> np.ndarray:
    found = best_parameters(experiment)
    assert found is not None
    return found


def test_of_a_parabola_they_are_the_least_squares() -> None:
    assert best(Experiment.on(celsius())).tolist() == quadratic(celsius()).best(celsius().start).tolist()


def test_the_published_logistic_regression_is_found() -> None:
    assert best(Experiment.on(hours(), loss=LOGISTIC)) == pytest.approx([1.5046, -4.0777], abs=5e-5)


@pytest.mark.parametrize("loss", [LOGISTIC, CrossEntropy(summed=True), Huber(delta=0.1), Huber(delta=3.0)])
def test_the_gradient_is_zero_there(loss: Loss) -> None:
    experiment = Experiment.on(iris(), loss=loss)
    scale = np.linalg.norm(gradient_at(experiment, np.zeros(3)))
    assert np.linalg.norm(gradient_at(experiment, best(experiment))) <= 1e-9 * scale


def test_an_outlier_pulls_the_best_line_of_huber_less() -> None:
    data = noisy_thermometer()
    found = best(Experiment.on(data, loss=Huber(delta=1.0)))
    assert np.abs(found - quadratic(data).best(data.start)).max() > 1e-3


def test_neither_the_start_nor_the_run_changes_them() -> None:
    one = best(Experiment.on(hours(), loss=LOGISTIC))
    other = best(Experiment.on(hours(), loss=LOGISTIC, start=(1e300, 0.0), learning_rate=7.0, iterations=3))
    assert one.tolist() == other.tolist()


def test_of_classes_that_a_line_parts_there_is_no_best() -> None:
    assert best_parameters(Experiment.on(two_clouds(), loss=LOGISTIC)) is None


def test_of_a_network_it_is_not_known() -> None:
    model = Network(4)
    assert best_parameters(Experiment.on(sine(), model=model, start=model.start(1, 0))) is None
