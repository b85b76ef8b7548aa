from typing import Any

import pytest

from core.batches import Batches
from core.data.builtin import DATASETS, celsius
from core.experiment import Experiment
from core.lesson.slips import CLOSE, RESULTS, Slip, is_right, recognised_slip, slip_in
from core.lesson.step import Step, step_after
from core.losses import Huber, SquaredError
from core.optimisers import Adam, Momentum, Nesterov, Optimiser, RMSProp
from core.training import train

# The weight 0.5 with the gradient -2135.60 and the learning rate 0.0001 becomes 0.71356.
GUESSES = {
    0.28644: Slip.ADDED,
    2136.1: Slip.NO_RATE,
    -2135.1: Slip.ADDED_WITHOUT_RATE,
    0.60678: Slip.NO_TWO,
    21.856: Slip.NO_MEAN,
    0.21356: Slip.ONLY_CHANGE,
    0.5: Slip.UNCHANGED,
}


def moves(slug: str) -> list[tuple[Step, float, float, float]]:
    """The first steps of a data set's run: parameter before, gradient and parameter after, each with its step."""
    history = train(Experiment.on(DATASETS[slug](), iterations=8))
    steps = [step_after(history, iteration) for iteration in (0, 1, 7)]
    return [
        (step, *numbers)
        for step in steps
        for numbers in zip(step.parameters.tolist(), step.gradient.tolist(), step.after.tolist(), strict=True)
    ]


def test_a_guess_within_a_fiftieth_of_the_step_is_right_and_one_farther_away_is_not() -> None:
    assert all(is_right(guess, 0.5, 0.71356) for guess in (0.71356, 0.7135, 0.71, 0.717))
    assert not any(is_right(guess, 0.5, 0.71356) for guess in (0.7, 0.72, 0.5, -0.71356, 0.28644))


def test_where_nothing_moves_only_the_value_itself_is_right() -> None:
    assert is_right(0.5, 0.5, 0.5)
    assert not is_right(0.501, 0.5, 0.5)


def test_the_right_answer_is_right_and_no_slip() -> None:
    for slug in DATASETS:
        for step, before, gradient, after in moves(slug):
            assert is_right(after, before, after)
            assert recognised_slip(after, before, gradient, step.learning_rate, len(step.targets)) is None


@pytest.mark.parametrize("slip", RESULTS)
def test_every_slip_is_recognised_for_every_parameter(slip: Slip) -> None:
    for slug in DATASETS:
        for step, before, gradient, after in moves(slug):
            rate, n = step.learning_rate, len(step.targets)
            wrong = RESULTS[slip](before, gradient, rate, n)
            if is_right(wrong, before, after):
                continue  # with one sample nothing is divided: this is no slip
            found = recognised_slip(wrong, before, gradient, rate, n)
            assert found is not None
            same = RESULTS[found](before, gradient, rate, n)
            assert abs(same - wrong) <= CLOSE * max(abs(rate * gradient), abs(same - before))


def test_each_slip_with_the_article_s_weight_has_its_name() -> None:
    assert set(GUESSES.values()) == set(RESULTS) == set(Slip) - {Slip.PLAIN}
    assert {guess: recognised_slip(guess, 0.5, -2135.60, 1e-4, 100) for guess in GUESSES} == GUESSES


def test_a_guess_like_no_slip_is_none() -> None:
    for guess in (0.9, 3.0, -7.0, 1e300):
        assert recognised_slip(guess, 0.5, -2135.60, 1e-4, 100) is None


# Other losses and optimisers


def second_step(**chosen: Any) -> Step:
    """The second step of an experiment, before which an optimiser has something to remember."""
    return step_after(train(Experiment.on(celsius(), iterations=2, **chosen)), 1)


def forgotten_two(step: Step) -> float:
    return float(step.parameters[0] - step.learning_rate * step.gradient[0] / 2)


def test_only_the_squared_error_has_a_factor_2_to_forget() -> None:
    squared, huber = second_step(), second_step(loss=Huber(delta=1e9))
    assert slip_in(squared, 0, forgotten_two(squared)) is Slip.NO_TWO
    assert slip_in(huber, 0, forgotten_two(huber)) is None


@pytest.mark.parametrize(("summed", "slip"), [(False, Slip.NO_MEAN), (True, None)])
def test_only_what_is_averaged_can_lack_the_division_by_the_samples(summed: bool, slip: Slip | None) -> None:
    step = second_step(loss=SquaredError(summed), learning_rate=1e-6, batches=Batches(10))
    guess = float(step.parameters[0] - step.learning_rate * step.gradient[0] * 10)
    assert slip_in(step, 0, guess) is slip


@pytest.mark.parametrize("optimiser", [Momentum(), Nesterov(), RMSProp(), Adam()])
def test_with_an_optimiser_that_remembers_only_the_slips_are_told_that_are_possible_there(optimiser: Optimiser) -> None:
    step = second_step(optimiser=optimiser)
    before, after, slope = (float(values[0]) for values in (step.parameters, step.after, step.gradient))
    assert slip_in(step, 0, before - step.learning_rate * slope) is Slip.PLAIN
    assert slip_in(step, 0, after - before) is Slip.ONLY_CHANGE
    assert slip_in(step, 0, before) is Slip.UNCHANGED
    assert slip_in(step, 0, after) is None
    assert slip_in(step, 0, before + step.learning_rate * slope) is None
    assert slip_in(step, 0, forgotten_two(step)) is None
