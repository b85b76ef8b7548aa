import numpy as np

from core.optimisers import update


def test_update_steps_against_the_gradient() -> None:
    parameters, gradient = np.array([1.0, 2.0, 3.0]), np.array([10.0, -20.0, 0.0])
    assert update(parameters, gradient, 0.1).tolist() == [0.0, 4.0, 3.0]


def test_update_never_changes_what_it_is_given() -> None:
    parameters, gradient = np.array([1.0, 2.0]), np.array([10.0, -20.0])
    update(parameters, gradient, 0.1)
    assert (parameters.tolist(), gradient.tolist()) == ([1.0, 2.0], [10.0, -20.0])
