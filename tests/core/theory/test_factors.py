import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.batches import Batches
from core.checks import Array
from core.data.builtin import celsius, tips, weighted_sum
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.lesson.suspects import SuspectNeuron
from core.losses import CrossEntropy, Huber
from core.optimisers import DESCENT, Adam, GradientDescent, Momentum, Nesterov, Optimiser, RMSProp
from core.schedule import constant
from core.theory.best_rate import best_rate
from core.theory.factors import fastest_pair, limits_with, radius, roots, share_left, stable_product
from core.theory.forecast import forecast
from core.theory.limits import Limits
from core.theory.outcome import measured_growth, predicted_growth
from core.theory.quadratic import theory
from core.theory.settling import settled_at
from core.training import History, train
from tests.core.experiments import ALL, EVERY, at_share, exactly, experiments, known, network, quickly

BALLS: list[Optimiser] = [kind(b) for b in (0.3, 0.5, 0.9) for kind in (Momentum, Nesterov)]
EVERY_BALL = pytest.mark.parametrize("ball", BALLS, ids=str)
FLAT = Limits(math.inf, math.inf, math.inf)
EIGENVALUES = np.array([0.0, 1.0, 4.0, 9.0])
SHARES = st.sampled_from([0.0, 0.01, 0.3, 0.5, 0.9, 0.999, 1.0, 1.001, 1.1])


def balls() -> st.SearchStrategy[Optimiser]:
    return st.builds(
        lambda kind, b: kind(b), st.sampled_from([Momentum, Nesterov]), st.sampled_from([0.0, 0.3, 0.5, 0.9])
    )


def worst(optimiser: Optimiser, rate: float, eigenvalues: Array = EIGENVALUES[1:]) -> float:
    """By what a step multiplies the slowest of all errors in the long run."""
    return float(radius(optimiser, rate * eigenvalues).max())


def from_the_steepest(experiment: Experiment) -> Experiment:
    """The experiment that starts one off its best parameters, along the steepest direction."""
    parts = known(experiment)
    return replace(experiment, start=tuple(parts.best(np.array(experiment.start)) + parts.directions[:, -1]))


def along(experiment: Experiment) -> Array:
    """The error along each sloping direction at each iteration of the stepped run, (n + 1, n_sloping)."""
    history, parts = train(experiment), known(experiment)
    errors: Array = (history.parameters - parts.best(history.parameters[0])) @ parts.directions
    return errors[:, parts.eigenvalues > 0]


def assert_alike(formula: History, stepped: History) -> None:
    """The same run, but for a thousand-millionth of its size."""
    assert formula.diverged_at == stepped.diverged_at
    for found, expected in ((formula.parameters, stepped.parameters), (formula.loss, stepped.loss)):
        assert np.abs(found - expected).max() <= 1e-9 * np.abs(expected).max(initial=1.0)


# The factors


def test_the_factors_of_a_heavy_ball_are_those_worked_by_hand() -> None:
    # b = 1/4 and x = 1/4: z² - z + 1/4 = (z - 1/2)²; x = 5/2: z² + 5/4 z + 1/4 = (z + 1) (z + 1/4)
    assert [np.sort(np.real(r)).tolist() for r in roots(Momentum(0.25), np.array([0.25, 2.5]))] == [
        [-0.25, 0.5],
        [-1, 0.5],
    ]
    assert radius(Momentum(0.25), np.array([0.25, 2.5])).tolist() == [0.5, 1.0]
    # x = 5/4: z² + 1/4, a quarter turn each step
    assert sorted(np.array(roots(Momentum(0.25), np.array(1.25))).tolist(), key=lambda z: z.imag) == [-0.5j, 0.5j]


def test_the_factors_of_nesterov_s_are_those_worked_by_hand() -> None:
    # b = 1/2 and x = 3/2: z² + 3/4 z - 1/4 = (z + 1) (z - 1/4); x = 1: z², so that nothing is left after two steps
    one, other = roots(Nesterov(0.5), np.array([1.5, 1.0]))
    assert {one[0], other[0]} == {-1.0, 0.25}
    assert (one[1], other[1]) == (0.0, 0.0)
    # x = 1/9, where (1 - b)²/(1 + b)² says that they meet: z² - 4/3 z + 4/9 = (z - 2/3)²
    assert radius(Nesterov(0.5), np.array(1 / 9)) == pytest.approx(2 / 3, abs=1e-7)


def test_without_momentum_the_factors_are_1_minus_x_and_nothing() -> None:
    x = np.array([0.0, 0.3, 1.0, 1.7, 5.0])
    for plain in (DESCENT, Momentum(0.0), Nesterov(0.0)):
        assert radius(plain, x) == exactly(np.abs(1 - x))
        assert share_left(plain, x, 3) == exactly((1 - x) ** 3)


@quickly()
@given(balls(), st.floats(0, 3), st.integers(0, 40))
def test_the_share_left_is_what_the_steps_leave_of_an_error(ball: Optimiser, x: float, steps: int) -> None:
    # The loss is x/2 e², the rate 1
    error = np.array([1.0])
    state, largest = ball.begin(error), 1.0
    for _ in range(steps):
        error, state = ball.step(error, x * error, 1.0, state)
        largest = max(largest, abs(float(error[0])))
    assert share_left(ball, np.array([x]), steps) == pytest.approx(error, rel=1e-9, abs=1e-9 * largest)


@EVERY_BALL
def test_at_first_all_is_left_and_one_step_leaves_what_it_says(ball: Optimiser) -> None:
    x = np.array([0.0, 1e-9, 0.2, 1.0, 1.8])
    assert share_left(ball, x, 0) == exactly(np.ones(5))
    first = 1 - (1.0 if isinstance(ball, Momentum) else 1 + ball.momentum) * x  # type: ignore[attr-defined]
    assert share_left(ball, x, 1) == pytest.approx(first, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(("ball", "x"), [(Momentum(0.25), 0.25), (Nesterov(0.5), 1 / 9), (Nesterov(0.5), 1.0)], ids=str)
def test_where_both_factors_are_one_the_share_left_is_still_what_the_steps_leave(ball: Optimiser, x: float) -> None:
    error = np.array([1.0])
    state = ball.begin(error)
    for step in range(30):
        assert share_left(ball, np.array([x]), step) == pytest.approx(error, rel=1e-9, abs=1e-15)
        error, state = ball.step(error, x * error, 1.0, state)


# The limits


def test_the_limits_of_a_heavy_ball_are_those_worked_by_hand() -> None:
    # b = 1/4: (1 - 1/2)² / 9, 2 (5/4) / (1 + 9) and 2 (5/4) / 9
    assert vars(limits_with(Momentum(0.25), EIGENVALUES)) == exactly(
        {"monotone": 1 / 36, "fastest": 1 / 4, "stable": 5 / 18}
    )


def test_the_limits_of_nesterov_s_are_those_worked_by_hand() -> None:
    # b = 1/2: (1/2 / 3/2)² / 9 and 2 (3/2) / 2 / 9
    limits = limits_with(Nesterov(0.5), EIGENVALUES)
    assert (limits.monotone, limits.stable) == (exactly(1 / 81), exactly(1 / 6))
    assert stable_product(Nesterov(0.5)) == exactly(1.5)


def test_without_momentum_the_limits_are_those_of_plain_descent() -> None:
    plain = limits_with(DESCENT, EIGENVALUES)
    assert plain == Limits(1 / 9, 1 / 5, 2 / 9)
    assert limits_with(Momentum(0.0), EIGENVALUES) == plain
    nesterov = limits_with(Nesterov(0.0), EIGENVALUES)
    assert (nesterov.monotone, nesterov.stable) == (plain.monotone, plain.stable)
    assert nesterov.fastest == pytest.approx(plain.fastest, rel=1e-6)


@EVERY_BALL
@EVERY
def test_just_below_the_stable_limit_the_loss_settles_and_just_above_it_grows(data: Dataset, ball: Optimiser) -> None:
    experiment = from_the_steepest(Experiment.on(data, optimiser=ball))
    best, n = known(experiment).best_loss, 4_000
    below, above = (train(at_share(experiment, share, n)).loss - best for share in (0.999, 1.001))
    assert below[-1] < 1e-4 * below[0]
    assert above[-1] > 1e4 * above[0]
    # So does any later part of the run: neither is on its way back.
    assert below[n // 2 :].max() < below[: n // 2].max()
    assert above[n // 2 :].max() > above[: n // 2].max()


@EVERY_BALL
def test_at_the_stable_limit_the_larger_factor_is_minus_1(ball: Optimiser) -> None:
    one, other = roots(ball, np.array(stable_product(ball)))
    assert min(one.real, other.real) == pytest.approx(-1, rel=1e-12)
    assert one.imag == other.imag == 0
    assert radius(ball, np.linspace(0.01, 0.999, 50) * stable_product(ball)).max() < 1


@EVERY_BALL
def test_the_fastest_rate_has_a_smaller_radius_than_any_other(ball: Optimiser) -> None:
    limits = limits_with(ball, EIGENVALUES)
    best = worst(ball, limits.fastest)
    others = [worst(ball, rate) for rate in np.linspace(0.0, limits.stable, 1_000)]
    assert best <= min(others) + 1e-6
    assert best < 1


@quickly()
@given(experiments(sloping=True), balls())
def test_the_limits_are_in_order(experiment: Experiment, ball: Optimiser) -> None:
    found = known(replace(experiment, optimiser=ball)).limits
    assert 0 < found.monotone <= found.fastest * (1 + 1e-9) <= found.stable * (1 + 2e-9)


@quickly(60)
@given(experiments(sloping=True), balls(), st.sampled_from([0.05, 0.5, 0.9, 0.999]))
def test_up_to_the_monotone_limit_no_error_changes_its_sign(
    experiment: Experiment, ball: Optimiser, share: float
) -> None:
    experiment = replace(experiment, optimiser=ball)
    rate = share * known(experiment).limits.monotone
    errors = along(replace(experiment, schedule=constant(rate), iterations=200))
    rounding = 1e-11 * np.abs(experiment.start).max(initial=1.0)
    assert np.all((errors * np.sign(errors[0]))[:, np.abs(errors[0]) > 1e-6] > -rounding)


@EVERY_BALL
@EVERY
def test_above_the_monotone_limit_the_steepest_error_overshoots(data: Dataset, ball: Optimiser) -> None:
    experiment = from_the_steepest(Experiment.on(data, optimiser=ball))
    for share in (0.95, 1.3):
        rate = share * known(experiment).limits.monotone
        steepest = along(replace(experiment, schedule=constant(rate), iterations=100))[:, -1]
        assert (steepest.min() < -1e-9) == (share > 1)


def test_adam_and_rmsprop_have_no_such_limits() -> None:
    for optimiser in (Adam(), RMSProp()):
        assert limits_with(optimiser, EIGENVALUES) == FLAT
        assert stable_product(optimiser) == math.inf
        assert not known(Experiment.on(celsius(), optimiser=optimiser)).has_limits


@pytest.mark.parametrize("optimiser", [DESCENT, *BALLS, Adam()], ids=str)
def test_flat_data_have_no_limits(optimiser: Optimiser) -> None:
    assert limits_with(optimiser, np.zeros(3)) == FLAT
    assert not known(Experiment.on(weighted_sum([0.0, 0.0]), optimiser=optimiser)).has_limits


# The fastest pair


def test_the_fastest_pair_is_polyak_s_worked_by_hand() -> None:
    # (2 / (3 + 1))² and ((3 - 1) / (3 + 1))²
    assert fastest_pair(EIGENVALUES) == (exactly(0.25), exactly(0.25))
    assert fastest_pair(np.array([4.0, 4.0])) == (exactly(0.25), 0.0)
    # celsius: of the eigenvalues 1.9993994 and 1667.0006006 the roots are 1.4140012 and 40.8289187
    celsius_pair = (2 / 42.2429199) ** 2, (39.4149175 / 42.2429199) ** 2
    assert fastest_pair(known(Experiment.on(celsius())).eigenvalues) == pytest.approx(celsius_pair, rel=1e-7)


@pytest.mark.parametrize("eigenvalues", [EIGENVALUES[1:], np.array([0.5, 2.0]), np.array([1.0, 1000.0])], ids=str)
def test_no_pair_nearby_is_faster(eigenvalues: Array) -> None:
    rate, momentum = fastest_pair(eigenvalues)
    fastest = worst(Momentum(momentum), rate, eigenvalues)
    assert fastest == pytest.approx(math.sqrt(momentum), abs=1e-7)
    for aside in (0.9, 0.99, 1.0, 1.01, 1.1):
        for more in (0.8, 0.98, 1.0, 1.02, 1.2):
            other = worst(Momentum(momentum * more), rate * aside, eigenvalues)
            assert other >= fastest - 1e-7
            assert (other > fastest + 1e-7) == ((aside, more) != (1.0, 1.0))


def test_with_the_fastest_pair_celsius_settles_sooner_than_plain_descent_at_its_fastest() -> None:
    rate, momentum = fastest_pair(known(Experiment.on(celsius())).eigenvalues)
    assert worst(Momentum(momentum), rate, known(Experiment.on(celsius())).sloping) == pytest.approx(0.93307, abs=1e-4)
    ball = train(Experiment.on(celsius(), learning_rate=rate, optimiser=Momentum(momentum), iterations=300))
    plain = train(at_share(Experiment.on(celsius()), 0.9988, 300))
    assert ball.loss[-1] < 1e-9
    assert plain.loss[-1] > 100


def test_flat_data_have_no_fastest_pair() -> None:
    with pytest.raises(ValueError, match=r"^eigenvalues must not all be zero"):
        fastest_pair(np.zeros(2))


# The closed form


@quickly(150)
@given(experiments(sloping=True), balls(), SHARES, st.integers(0, 150))
def test_the_stepped_run_with_momentum_equals_the_closed_form(
    experiment: Experiment, ball: Optimiser, share: float, iterations: int
) -> None:
    experiment = at_share(replace(experiment, optimiser=ball), share, iterations)
    stepped, formula = train(experiment), known(experiment).trajectory(experiment)
    assert_alike(formula, stepped)
    rate = np.array([experiment.learning_rate])
    swept = known(experiment).final_losses(np.array(experiment.start), rate, iterations)
    assert swept == pytest.approx(stepped.loss[-1:], rel=1e-9, abs=1e-9 * float(stepped.loss.max(initial=1.0)))


@EVERY_BALL
@EVERY
def test_each_data_set_s_run_with_momentum_equals_its_closed_form(data: Dataset, ball: Optimiser) -> None:
    for share in (0.02, 0.5, 0.999, 1.0):
        experiment = at_share(Experiment.on(data, optimiser=ball), share, 1_000)
        assert_alike(known(experiment).trajectory(experiment), train(experiment))


@EVERY_BALL
def test_a_run_with_momentum_explodes_in_closed_form_where_the_steps_do(ball: Optimiser) -> None:
    for data in ALL:
        for share in (1.5, 3.0, 1e6):
            experiment = at_share(Experiment.on(data, optimiser=ball), share, 3_000)
            stepped, formula = train(experiment).diverged_at, known(experiment).trajectory(experiment).diverged_at
            assert stepped is not None
            # The stepped run adds the squares before it divides them by n, so that its loss overflows as many steps
            # earlier as the loss needs to become n times as large.
            growth = predicted_growth(train(replace(experiment, iterations=0)), known(experiment))
            assert formula == pytest.approx(stepped, abs=1 + math.log(data.n_samples) / (2 * math.log(growth)))


@EVERY_BALL
def test_the_final_loss_of_a_run_with_momentum_that_explodes_is_infinite(ball: Optimiser) -> None:
    for data in ALL:
        parts = known(Experiment.on(data, optimiser=ball))
        found = parts.final_losses(data.start, parts.limits.stable * np.array([0.5, 3.0, 1e6, 1e200]), 10_000)
        assert np.isfinite(found).tolist() == [True, False, False, False]
        assert found[1:].tolist() == [math.inf] * 3


@EVERY_BALL
def test_the_best_rate_with_momentum_beats_those_tried(ball: Optimiser) -> None:
    parts = known(Experiment.on(celsius(), optimiser=ball))
    rates = parts.limits.stable * np.geomspace(1e-3, 1.5, 60)
    best = best_rate(parts, celsius().start, rates, 100)
    here, *tried = parts.final_losses(celsius().start, np.array([best, *rates]), 100)
    assert here <= min(tried) * (1 + 1e-9)


# What is known of a run


def test_only_plain_descent_and_momentum_with_all_samples_have_a_closed_form() -> None:
    def facts(**others: Any) -> tuple[bool, bool]:
        parts = known(Experiment.on(celsius(), **others))
        return parts.is_closed, parts.is_plain

    assert facts() == facts(optimiser=GradientDescent()) == (True, True)
    assert facts(optimiser=Momentum()) == facts(optimiser=Nesterov()) == (True, False)
    assert facts(optimiser=Adam()) == facts(optimiser=RMSProp()) == (False, False)
    assert facts(batches=Batches(10)) == facts(optimiser=Momentum(), batches=Batches(10)) == (False, False)


def test_only_a_neuron_with_a_squared_error_has_a_theory() -> None:
    for loss in (Huber(), CrossEntropy()):
        assert theory(Experiment.on(celsius(), loss=loss)) is None
    assert theory(network(celsius())) is None
    assert theory(Experiment.on(celsius(), model=SuspectNeuron())) is None


def test_the_loss_s_own_theory_does_not_depend_on_the_optimiser() -> None:
    plain = known(Experiment.on(tips()))
    for optimiser in (Momentum(), Adam()):
        other = known(Experiment.on(tips(), optimiser=optimiser, batches=Batches(10)))
        assert np.array_equal(other.eigenvalues, plain.eigenvalues)
        assert np.array_equal(other.best(tips().start), plain.best(tips().start))
        assert other.best_loss == plain.best_loss


def test_each_optimiser_has_a_theory_of_its_own_made_once() -> None:
    kinds = [
        Experiment.on(celsius(), optimiser=each) for each in (DESCENT, Momentum(), Momentum(0.5), Nesterov(), Adam())
    ]
    assert len({id(theory(experiment)) for experiment in kinds}) == 5
    assert all(theory(each) is theory(replace(each, iterations=3, start=(1.0, 2.0))) for each in kinds)


@EVERY_BALL
@EVERY
def test_a_run_that_explodes_grows_in_the_end_by_its_larger_factor(data: Dataset, ball: Optimiser) -> None:
    history = train(at_share(from_the_steepest(Experiment.on(data, optimiser=ball)), 1.5, 150))
    parts = known(history.experiment)
    assert predicted_growth(history, parts) == pytest.approx(measured_growth(history, parts), rel=1e-6)


# Forecasts and settling, measured where no factor is known


OTHERS = [Momentum(), Nesterov(0.5), RMSProp(), Adam()]


@pytest.mark.parametrize("batches", [None, Batches(7)], ids=["all samples", "batches"])
@pytest.mark.parametrize("optimiser", OTHERS, ids=str)
def test_a_forecast_of_a_run_that_is_not_plain_is_the_run_continued(
    optimiser: Optimiser, batches: Batches | None
) -> None:
    schedule, nudges = ((0, 1e-5), (20, 5e-5)), ((30, (3.0, -8.0)),)
    history = train(
        Experiment.on(celsius(), schedule=schedule, nudges=nudges, optimiser=optimiser, batches=batches, iterations=200)
    )
    for at in (0, 19, 45):
        now = history.until(at)
        found = forecast(now, theory(now.experiment), np.array([0.0, 1.0, 7.0, 100.0]))
        longer = train(replace(now.experiment, iterations=at + 100))
        assert found.iterations.tolist() == [at, at + 1, at + 7, at + 100]
        assert np.array_equal(found.loss, longer.loss[found.iterations])
        assert found.explodes_at is None
    now = history.until(45)
    assert np.array_equal(forecast(now, theory(now.experiment), np.arange(100.0)).loss, history.loss[45:145])


def test_a_ball_s_explosion_is_announced_where_the_run_finds_it() -> None:
    history = train(at_share(Experiment.on(celsius(), optimiser=Momentum()), 3.0, 400))
    assert history.diverged_at is not None
    for at in (0, 10, history.diverged_at - 1):
        now = history.until(at)
        assert forecast(now, theory(now.experiment), np.array([0.0])).explodes_at == history.diverged_at


@pytest.mark.parametrize("optimiser", OTHERS, ids=str)
def test_where_a_run_that_is_not_plain_settles_is_what_is_seen_in_it(optimiser: Optimiser) -> None:
    rate = 0.5 if isinstance(optimiser, Adam | RMSProp) else 2e-4
    history = train(Experiment.on(celsius(), learning_rate=rate, optimiser=optimiser, iterations=1_500))
    parts = known(history.experiment)
    for tolerance in (0.02, 0.5, 5.0, 50.0):
        away = np.abs(history.parameters - parts.best(celsius().start)) <= tolerance
        expected = [next((i for i in range(1_501) if column[i:].all()), None) for column in away.T]
        assert settled_at(history, parts, tolerance) == expected


def test_a_run_that_ends_outside_the_tolerance_has_not_settled() -> None:
    for iterations in (0, 5):
        history = train(Experiment.on(celsius(), optimiser=Momentum(), iterations=iterations))
        assert settled_at(history, known(history.experiment), 0.1) == [None, None]
        assert settled_at(history, known(history.experiment), 1e3) == [0, 0]
