import math
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import Array
from core.data.builtin import celsius, tips
from core.data.standardising import standardise
from core.experiment import Experiment
from core.optimisers import (
    DESCENT,
    OPTIMISERS,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    Optimiser,
    RMSProp,
    State,
    update,
)
from core.training import train
from tests.core.experiments import EVERY_OPTIMISER, exactly, known, quickly

START, GRADIENTS = np.array([1.0, 2.0]), [np.array([10.0, -20.0]), np.array([5.0, 10.0])]


def walk(optimiser: Optimiser, gradients: list[Array], learning_rate: float = 0.1, start: Array = START) -> list[Any]:
    """The parameters before and after each step along these gradients."""
    parameters, state, places = start, optimiser.begin(start), [start]
    for gradient in gradients:
        parameters, state = optimiser.step(parameters, gradient, learning_rate, state)
        places.append(parameters)
    return places


def random_gradients(n: int) -> list[Array]:
    return list(np.random.default_rng(0).normal(size=(n, 2)))


def numbers(state: State) -> list[Any]:
    """What a state holds, copied."""
    return [np.array(part).tolist() for part in state]


# Plain descent


def test_update_steps_against_the_gradient() -> None:
    parameters, gradient = np.array([1.0, 2.0, 3.0]), np.array([10.0, -20.0, 0.0])
    assert update(parameters, gradient, 0.1).tolist() == [0.0, 4.0, 3.0]


def test_update_never_changes_what_it_is_given() -> None:
    parameters, gradient = np.array([1.0, 2.0]), np.array([10.0, -20.0])
    update(parameters, gradient, 0.1)
    assert (parameters.tolist(), gradient.tolist()) == ([1.0, 2.0], [10.0, -20.0])


def test_plain_descent_takes_one_update_a_step_and_remembers_nothing() -> None:
    assert np.array(walk(DESCENT, GRADIENTS)).tolist() == [[1.0, 2.0], [0.0, 4.0], [-0.5, 3.0]]
    assert DESCENT.begin(START) == DESCENT.step(START, GRADIENTS[0], 0.1, ())[1] == ()


# The first two steps by hand, at rate 0.1


def test_the_heavy_ball_adds_a_part_of_its_last_move_to_the_next() -> None:
    # velocity: -0.1 (10, -20) = (-1, 2); then (-1, 2)/2 - 0.1 (5, 10) = (-1, 0)
    assert walk(Momentum(0.5), GRADIENTS)[1:] == [exactly([0.0, 4.0]), exactly([-1.0, 4.0])]


def test_nesterov_s_ball_is_kept_where_its_velocity_leads() -> None:
    # velocity: (-1, 2), and a move of (-1, 2)/2 + (-1, 2); then (-1, 0), and (-1, 0)/2 + (-0.5, -1)
    assert walk(Nesterov(0.5), GRADIENTS)[1:] == [exactly([-0.5, 5.0]), exactly([-1.5, 4.0])]


def test_rmsprop_divides_each_gradient_by_the_root_of_its_mean_square() -> None:
    # mean squares: (100, 400)/4 = (25, 100); then 3/4 (25, 100) + (25, 100)/4, the same
    assert walk(RMSProp(0.75, epsilon=0.0), GRADIENTS)[1:] == [exactly([0.8, 2.2]), exactly([0.7, 2.1])]
    # with an epsilon of 1 the roots 5 and 10 become 6 and 11
    assert walk(RMSProp(0.75, epsilon=1.0), GRADIENTS)[1] == exactly([1 - 1 / 6, 2 + 2 / 11])


def test_adam_divides_the_mean_gradient_by_the_root_of_the_mean_square_both_corrected() -> None:
    # means: (5, -10) / (1 - 1/2); then (5/2 + 5/2, -10/2 + 10/2) / (1 - 1/4) = (20/3, 0)
    # squares: (25, 100) / (1 - 3/4) = (100, 400); then (25, 100) / (1 - 9/16): roots 20 / sqrt 7 and 40 / sqrt 7
    first, second = walk(Adam(0.5, 0.75, epsilon=0.0), GRADIENTS)[1:]
    assert first == exactly([0.9, 2.1])
    assert second == exactly([0.9 - 0.1 * math.sqrt(7) / 3, 2.1])
    # with an epsilon of 1 the roots 10 and 20 become 11 and 21
    assert walk(Adam(0.5, 0.75, epsilon=1.0), GRADIENTS)[1] == exactly([1 - 1 / 11, 2 + 2 / 21])


def test_the_numbers_are_those_of_the_papers() -> None:
    assert (Momentum().momentum, Nesterov().momentum) == (0.9, 0.9)
    assert RMSProp() == RMSProp(decay=0.9, epsilon=1e-8)
    assert Adam() == Adam(mean_decay=0.9, square_decay=0.999, epsilon=1e-8)


# What follows from the formulas


@pytest.mark.parametrize("optimiser", [Momentum(0.0), Nesterov(0.0)], ids=["heavy ball", "nesterov"])
def test_without_momentum_a_ball_descends_plainly(optimiser: Optimiser) -> None:
    gradients = random_gradients(50)
    assert np.array_equal(walk(optimiser, gradients), walk(DESCENT, gradients))
    plain = train(Experiment.on(tips(), iterations=300))
    assert np.array_equal(
        train(Experiment.on(tips(), iterations=300, optimiser=optimiser)).parameters, plain.parameters
    )


def test_a_heavy_ball_without_slope_rolls_on_and_slows_down() -> None:
    # 1/2 as far each time after the first move of -1: from 1 to 0, -1/2, -3/4, -7/8
    places = walk(Momentum(0.5), [np.array([10.0]), *[np.array([0.0])] * 3], start=np.array([1.0]))
    assert np.array_equal(places, [[1.0], [0.0], [-0.5], [-0.75], [-0.875]])


def test_nesterov_s_places_are_those_ahead_of_a_ball_that_looks_ahead() -> None:
    # As Sutskever et al. write it: the ball lies at `lies`, and takes the gradient at lies + momentum * velocity.
    def gradient(place: Array) -> Array:
        return np.array([3.0, 0.5]) * place

    optimiser, ahead = Nesterov(0.8), START
    state, lies, velocity = optimiser.begin(START), START, np.zeros(2)
    for _ in range(30):
        ahead, state = optimiser.step(ahead, gradient(ahead), 0.1, state)
        velocity = 0.8 * velocity - 0.1 * gradient(lies + 0.8 * velocity)
        lies = lies + velocity
        assert ahead == pytest.approx(lies + 0.8 * velocity, rel=1e-12, abs=1e-15)


@quickly()
@given(st.lists(st.floats(1e-3, 1e9).flatmap(lambda size: st.sampled_from([size, -size])), min_size=1, max_size=5))
def test_adam_s_first_step_is_as_long_as_the_rate_for_each_parameter(slopes: list[float]) -> None:
    _start, after = walk(Adam(), [np.array(slopes)], start=np.zeros(len(slopes)))
    assert after == pytest.approx(-0.1 * np.sign(slopes), rel=2e-5)


@pytest.mark.parametrize("optimiser", [RMSProp(epsilon=0.0), Adam(epsilon=0.0)], ids=["rmsprop", "adam"])
def test_gradients_a_thousand_times_as_long_change_no_step_of_those_with_a_pace_for_each_parameter(
    optimiser: Optimiser,
) -> None:
    gradients = random_gradients(30)
    longer = [1024 * gradient for gradient in gradients]
    assert walk(optimiser, longer)[-1] == exactly(walk(optimiser, gradients)[-1])


@EVERY_OPTIMISER
def test_a_rate_that_changes_on_the_way_is_that_of_the_step(optimiser: Optimiser) -> None:
    state = optimiser.begin(START)
    for gradient in random_gradients(5):
        there, _ = optimiser.step(START, gradient, 0.1, state)
        still, state = optimiser.step(START, gradient, 0.0, state)
        assert not np.array_equal(there, START)
        assert np.array_equal(still, START)  # at rate 0 from the beginning nothing has begun to roll


@EVERY_OPTIMISER
def test_many_runs_side_by_side_are_each_run_at_its_rate(optimiser: Optimiser) -> None:
    starts, rates = np.random.default_rng(1).normal(size=(4, 2)), np.array([[0.0], [0.1], [0.3], [1.0]])
    together: Any = walk(optimiser, random_gradients(10), rates, starts)  # type: ignore[arg-type]
    alone = [
        walk(optimiser, random_gradients(10), rate, start)
        for start, rate in zip(starts, rates[:, 0].tolist(), strict=True)
    ]
    assert np.array(together) == exactly(np.array(alone).swapaxes(0, 1))


# What never happens


@EVERY_OPTIMISER
def test_no_step_changes_what_it_is_given_nor_what_was_remembered(optimiser: Optimiser) -> None:
    parameters, state = START.copy(), optimiser.begin(START)
    for gradient in random_gradients(4):
        before = parameters.tolist(), gradient.tolist(), numbers(state)
        after, then = optimiser.step(parameters, gradient, 0.1, state)
        assert (parameters.tolist(), gradient.tolist(), numbers(state)) == before
        again, then_again = optimiser.step(parameters, gradient, 0.1, state)
        assert (again.tolist(), numbers(then_again)) == (after.tolist(), numbers(then))
        parameters, state = after, then


@EVERY_OPTIMISER
def test_a_gradient_of_zero_moves_nothing_at_first(optimiser: Optimiser) -> None:
    assert np.array_equal(walk(optimiser, [np.zeros(2)] * 3), [START] * 4)


def test_optimisers_have_names_and_equal_ones_are_one_key() -> None:
    assert list(OPTIMISERS) == ["descent", "momentum", "nesterov", "rmsprop", "adam"]
    assert OPTIMISERS["descent"]() == DESCENT == GradientDescent()
    made = [make() for make in OPTIMISERS.values()]
    assert len({*made, Momentum(0.9), Momentum(0.5), Adam(0.8)}) == 7
    with pytest.raises(FrozenInstanceError):
        Momentum().momentum = 0.5  # type: ignore[misc]


@EVERY_OPTIMISER
def test_every_optimiser_settles_on_standardised_celsius(optimiser: Optimiser) -> None:
    data, rates = standardise(celsius()), {Adam: 0.5, RMSProp: 0.1}
    experiment = Experiment.on(
        data, learning_rate=rates.get(type(optimiser), 0.1), iterations=2_000, optimiser=optimiser
    )
    assert train(experiment).parameters[-1] == pytest.approx(known(experiment).best(data.start), rel=2e-3)
