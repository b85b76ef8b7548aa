from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from core.checks import Array
from core.datasets import DATASETS, Dataset, celsius, tips, weighted_sum
from core.learning_rate import exact_fit
from core.losses import mean_squared_error
from core.neuron import Gradient, Neuron, backward, forward, update
from core.training import LOSS_CHUNK, History, losses, train, trained_part

NOT_FINITE = [np.nan, np.inf, -np.inf]

# iteration, weight, bias, loss, from weight = bias = 0.5 at learning rate 1e-4
ARTICLE = [
    (0, 0.5, 0.5, 2359.915),
    (1, 0.71356, 0.50617, 1941.4684580492997),
    (2, 0.891520165, 0.512360122, 1650.782810642167),
    (3, 1.0398149895067, 0.5185668019921, 1448.8129445986078),
    (10, 1.5742996408031162, 0.562280780250534, 1023.6937187796024),
    (100, 1.781455164788008, 1.12286388628403, 953.1115729299142),
    (1000, 1.7845095058256757, 6.208317896153659, 665.0113426785309),
    (10000, 1.7974385149673768, 27.73512588225364, 18.183695593848714),
]

# weights after the update as NumPy prints them, output before it
THEANO = [
    ("[19.94 20.09 19.99 20.14]", 0.8),
    ("[23.908 24.058 23.958 24.108]", 80.16000000000001),
    ("[24.7016 24.8516 24.7516 24.9016]", 96.032),
    ("[24.86032 25.01032 24.91032 25.06032]", 99.2064),
    ("[24.892064 25.042064 24.942064 25.092064]", 99.84128),
    ("[24.8984128 25.0484128 24.9484128 25.0984128]", 99.968256),
    ("[24.89968256 25.04968256 24.94968256 25.09968256]", 99.9936512),
    ("[24.89993651 25.04993651 24.94993651 25.09993651]", 99.99873024),
    ("[24.8999873 25.0499873 24.9499873 25.0999873]", 99.99974604799999),
    ("[24.89999746 25.04999746 24.94999746 25.09999746]", 99.99994920960002),
]

THEANO_OUTPUTS = {
    0.01: [0.8, 8.736, 16.03712, 22.7541504],
    0.1: [0.8, 80.16, 96.032, 99.2064],
    0.125: [0.8, 100.0, 100.0, 100.0],
    0.2: [0.8, 159.52, 64.288, 121.4272, 87.14368],
    0.25: [0.8, 199.2, 0.8, 199.2, 0.8, 199.2],
    0.26: [0.8, 207.136, -15.70688, 224.9634304],
}


def one_weight(weight: float, bias: float = 0.0) -> Neuron:
    return Neuron(np.array([weight]), bias)


def exactly(number: float) -> Any:
    return pytest.approx(number, rel=1e-12, abs=0)


def outputs_of(dataset: Dataset, history: History) -> list[float]:
    return [forward(history.neuron(i), dataset.inputs)[0] for i in range(history.iterations + 1)]


@pytest.fixture(scope="module")
def article() -> History:
    return train(celsius(), one_weight(0.5, 0.5), 1e-4, 10_000)


@pytest.fixture(scope="module")
def theano() -> History:
    return train(weighted_sum(), Neuron(np.array([0.1, 0.25, 0.15, 0.3]), 0.0), 0.1, 10)


@pytest.mark.parametrize(("iteration", "weight", "bias", "loss"), ARTICLE)
def test_the_article_s_run_gives_the_published_numbers(
    article: History, iteration: int, weight: float, bias: float, loss: float
) -> None:
    assert article.weights[iteration, 0] == exactly(weight)
    assert article.bias[iteration] == exactly(bias)
    assert article.loss[iteration] == exactly(loss)


@pytest.mark.parametrize(
    ("start", "weight", "bias", "loss"),
    [
        ((0.0, 0.0), 1.7973978330636586, 27.667390488129286, 18.765874864982006),
        ((0.8, 0.1), 1.797406003630864, 27.680994487432937, 18.648213602072232),
    ],
)
def test_the_correct_gradient_ends_at_the_published_numbers_from_other_starts(
    start: tuple[float, float], weight: float, bias: float, loss: float
) -> None:
    history = train(celsius(), one_weight(*start), 1e-4, 10_000)
    assert history.weights[-1, 0] == exactly(weight)
    assert history.bias[-1] == exactly(bias)
    assert history.loss[-1] == exactly(loss)


@pytest.mark.parametrize(("learning_rate", "iterations"), [(1e-4, 20_720), (1e-3, 2_071), (1.19e-3, 1_740)])
def test_the_article_s_bias_comes_within_half_a_degree_at_the_published_iteration(
    learning_rate: float, iterations: int
) -> None:
    history = train(celsius(), one_weight(0.5, 0.5), learning_rate, iterations)
    assert abs(history.bias[-1] - 32) <= 0.5 < abs(history.bias[-2] - 32)


def test_celsius_settles_at_learning_rate_0_0009_where_the_article_s_listing_diverges() -> None:
    history = train(celsius(), one_weight(0.5, 0.5), 0.0009, 10_000)
    assert history.weights[-1, 0] == pytest.approx(1.8, rel=1e-6)
    assert history.bias[-1] == pytest.approx(32, rel=1e-6)


def test_the_first_step_of_the_article_s_single_sample_follows_its_gradient() -> None:
    sample = Dataset(
        name="One sample",
        inputs=np.array([[42.0]]),
        targets=np.array([107.6]),
        input_names=("Celsius",),
        input_unit="°C",
        target_name="Fahrenheit",
        target_unit="°F",
        start=one_weight(0.5, 0.5),
        learning_rate=1e-4,
        iterations=1,
    )
    history = train(sample, sample.start, 1e-4, 1)
    assert history.loss[0] == exactly(7413.21)
    assert history.weights[1, 0] == exactly(1.22324)
    assert history.bias[1] == exactly(0.51722)


def test_summing_over_the_samples_with_a_hundredth_of_the_learning_rate_gives_the_same_run(article: History) -> None:
    dataset, neuron = celsius(), one_weight(0.5, 0.5)
    for _ in range(10_000):
        summed_slope = 2 * (forward(neuron, dataset.inputs) - dataset.targets)
        neuron = update(neuron, Gradient(summed_slope @ dataset.inputs, summed_slope.sum()), 1e-6)
    assert neuron.weights[0] == exactly(article.weights[-1, 0])
    assert neuron.bias == exactly(article.bias[-1])


@pytest.mark.parametrize("iteration", range(10))
def test_the_theano_weights_print_as_published(theano: History, iteration: int) -> None:
    published, _ = THEANO[iteration]
    assert np.array2string(theano.weights[iteration + 1]) == published


@pytest.mark.parametrize("iteration", range(10))
def test_the_theano_outputs_are_the_published_ones(theano: History, iteration: int) -> None:
    _, output = THEANO[iteration]
    assert forward(theano.neuron(iteration), weighted_sum().inputs)[0] == exactly(output)


@pytest.mark.parametrize("learning_rate", THEANO_OUTPUTS)
def test_the_theano_outputs_at_other_learning_rates_are_those_worked_by_hand(learning_rate: float) -> None:
    dataset, expected = weighted_sum(), THEANO_OUTPUTS[learning_rate]
    history = train(dataset, dataset.start, learning_rate, len(expected) - 1)
    assert outputs_of(dataset, history) == pytest.approx(expected, rel=1e-12, abs=0)


def test_the_weighted_sum_at_its_limit_bounces_for_a_thousand_iterations() -> None:
    dataset = weighted_sum()
    outputs = outputs_of(dataset, train(dataset, dataset.start, 0.25, 1000))
    assert outputs[::2] == pytest.approx([0.8] * 501, rel=1e-9)
    assert outputs[1::2] == pytest.approx([199.2] * 500, rel=1e-9)


def test_the_weighted_sum_moves_every_weight_by_the_same_amount(theano: History) -> None:
    differences = theano.weights - theano.weights[:, :1]
    assert differences == pytest.approx(np.tile([0.0, 0.15, 0.05, 0.2], (11, 1)), abs=1e-12)


def test_without_a_trained_bias_the_bias_stays_where_it_starts() -> None:
    dataset = weighted_sum()
    history = train(dataset, Neuron(dataset.start.weights, 7.0), 0.1, 10)
    assert history.bias.tolist() == [7.0] * 11


def test_the_trained_part_of_a_gradient_has_no_bias_where_none_is_trained() -> None:
    part = trained_part(Gradient(np.array([1.0, 2.0, 3.0, 4.0]), 5.0), weighted_sum())
    assert (part.weights.tolist(), part.bias) == ([1.0, 2.0, 3.0, 4.0], 0.0)


def test_the_trained_part_of_a_gradient_is_all_of_it_where_the_bias_is_trained() -> None:
    part = trained_part(Gradient(np.array([1.0]), 5.0), celsius())
    assert (part.weights.tolist(), part.bias) == ([1.0], 5.0)


@pytest.mark.parametrize("slug", DATASETS)
def test_a_history_has_one_float64_entry_an_iteration_and_the_start(slug: str) -> None:
    dataset = DATASETS[slug]()
    history = train(dataset, dataset.start, dataset.learning_rate, 7)
    assert history.weights.shape == (8, dataset.n_features)
    assert history.bias.shape == history.loss.shape == (8,)
    assert history.weights.dtype == history.bias.dtype == history.loss.dtype == np.float64
    assert history.iterations == 7
    assert history.diverged_at is None


@pytest.mark.parametrize("slug", DATASETS)
def test_each_iteration_is_one_forward_backward_and_update(slug: str) -> None:
    dataset = DATASETS[slug]()
    history = train(dataset, dataset.start, dataset.learning_rate, 20)
    for i in range(20):
        neuron = history.neuron(i)
        gradient = backward(dataset.inputs, forward(neuron, dataset.inputs), dataset.targets)
        after = update(neuron, trained_part(gradient, dataset), dataset.learning_rate)
        assert np.array_equal(after.weights, history.weights[i + 1])
        assert after.bias == history.bias[i + 1]


@pytest.mark.parametrize("slug", DATASETS)
def test_the_loss_kept_is_the_mean_squared_error_of_the_neuron_kept(slug: str) -> None:
    dataset = DATASETS[slug]()
    n_iterations = 3 * LOSS_CHUNK
    history = train(dataset, dataset.start, dataset.learning_rate, n_iterations)
    expected = [
        mean_squared_error(forward(history.neuron(i), dataset.inputs), dataset.targets) for i in range(n_iterations + 1)
    ]
    assert history.loss == pytest.approx(expected, rel=1e-9, abs=1e-20)


@pytest.mark.parametrize("n_neurons", [1, LOSS_CHUNK - 1, LOSS_CHUNK, LOSS_CHUNK + 1])
def test_the_losses_of_many_neurons_are_each_neuron_s_own(n_neurons: int) -> None:
    dataset = celsius()
    weights, bias = np.linspace(-3, 3, n_neurons)[:, np.newaxis], np.linspace(100, -100, n_neurons)
    expected = [
        mean_squared_error(forward(Neuron(w, float(b)), dataset.inputs), dataset.targets)
        for w, b in zip(weights, bias, strict=True)
    ]
    assert losses(dataset, weights, bias) == pytest.approx(expected, rel=1e-12)


def test_a_history_s_neuron_is_the_one_after_that_many_updates(theano: History) -> None:
    neuron = theano.neuron(3)
    assert np.array_equal(neuron.weights, theano.weights[3])
    assert neuron.bias == theano.bias[3]
    assert type(neuron.bias) is float


def test_a_history_cannot_be_changed(theano: History) -> None:
    with pytest.raises(FrozenInstanceError):
        theano.diverged_at = 3  # type: ignore[misc]


def test_a_shorter_run_is_the_beginning_of_a_longer_one(article: History) -> None:
    shorter = train(celsius(), one_weight(0.5, 0.5), 1e-4, 1000)
    assert np.array_equal(shorter.weights, article.weights[:1001])
    assert np.array_equal(shorter.bias, article.bias[:1001])
    # The losses of a chunk are summed together: its last ones may round differently.
    assert shorter.loss == pytest.approx(article.loss[:1001], rel=1e-12)


@pytest.mark.parametrize("slug", DATASETS)
def test_equal_inputs_give_equal_histories(slug: str) -> None:
    dataset, again = DATASETS[slug](), DATASETS[slug]()
    first = train(dataset, dataset.start, dataset.learning_rate, 500)
    second = train(again, again.start, again.learning_rate, 500)
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.bias, second.bias)
    assert np.array_equal(first.loss, second.loss)


@pytest.mark.parametrize("slug", DATASETS)
def test_zero_iterations_give_the_start_alone(slug: str) -> None:
    dataset = DATASETS[slug]()
    history = train(dataset, dataset.start, dataset.learning_rate, 0)
    assert np.array_equal(history.weights, [dataset.start.weights])
    assert history.bias.tolist() == [dataset.start.bias]
    assert history.loss.shape == (1,)
    assert history.diverged_at is None


@pytest.mark.parametrize("slug", DATASETS)
def test_a_learning_rate_of_zero_changes_nothing(slug: str) -> None:
    dataset = DATASETS[slug]()
    history = train(dataset, dataset.start, 0.0, 50)
    assert np.array_equal(history.weights, np.tile(dataset.start.weights, (51, 1)))
    assert history.bias.tolist() == [dataset.start.bias] * 51


@pytest.mark.parametrize("slug", DATASETS)
def test_a_start_at_the_optimum_stays_there(slug: str) -> None:
    dataset = DATASETS[slug]()
    best = exact_fit(dataset, dataset.start)
    history = train(dataset, best, dataset.learning_rate, 1000)
    assert history.weights == pytest.approx(np.tile(best.weights, (1001, 1)), rel=1e-9)
    assert history.bias == pytest.approx(np.full(1001, best.bias), rel=1e-9)


def test_training_never_prints(capfd: pytest.CaptureFixture[str]) -> None:
    train(celsius(), one_weight(0.5, 0.5), 1.0, 1000)
    assert capfd.readouterr() == ("", "")


def test_training_never_changes_the_start_it_is_given() -> None:
    start = one_weight(0.5, 0.5)
    train(celsius(), start, 1e-3, 100)
    assert (start.weights.tolist(), start.bias) == ([0.5], 0.5)
    assert start.weights.flags.writeable


def test_changing_the_start_afterwards_does_not_change_the_history() -> None:
    start = one_weight(0.5, 0.5)
    history = train(celsius(), start, 1e-3, 100)
    start.weights[0] = 99.0
    assert history.weights[0, 0] == 0.5


@pytest.mark.parametrize("slug", DATASETS)
def test_training_never_changes_the_data_set(slug: str) -> None:
    dataset, untouched = DATASETS[slug](), DATASETS[slug]()
    train(dataset, dataset.start, 10.0, 1000)
    assert np.array_equal(dataset.inputs, untouched.inputs)
    assert np.array_equal(dataset.targets, untouched.targets)
    assert np.array_equal(dataset.start.weights, untouched.start.weights)


# At learning rate 1 each step of the weighted sum multiplies its error, 99.2, by 1 - 8 = -7 and its loss by 49:
# 99.2^2 * 49^180 = 1.6917e308 is the last loss below the largest float, 1.7977e308.
def test_a_diverged_run_says_at_which_iteration_the_loss_overflowed() -> None:
    dataset = weighted_sum()
    assert train(dataset, dataset.start, 1.0, 1000).diverged_at == 181


def test_a_diverged_history_ends_with_its_last_finite_state() -> None:
    dataset = weighted_sum()
    history = train(dataset, dataset.start, 1.0, 1000)
    assert history.iterations == 180
    assert history.loss[-1] == pytest.approx(1.6916781870720008e308, rel=1e-9)


def test_one_iteration_before_it_overflows_a_run_has_not_diverged() -> None:
    dataset = weighted_sum()
    history = train(dataset, dataset.start, 1.0, 180)
    assert (history.iterations, history.diverged_at) == (180, None)


def test_an_overflow_at_the_last_iteration_is_a_divergence() -> None:
    dataset = weighted_sum()
    history = train(dataset, dataset.start, 1.0, 181)
    assert (history.iterations, history.diverged_at) == (180, 181)


@pytest.mark.parametrize("learning_rate", [0.003, 0.1, 1e10, 1e300, 1e308, -1.0, -1e308])
@pytest.mark.parametrize("make", [celsius, tips])
def test_divergence_is_a_finite_history_without_warning_or_exception(
    make: Callable[[], Dataset], learning_rate: float
) -> None:
    dataset = make()
    history = train(dataset, dataset.start, learning_rate, 10_000)
    assert history.diverged_at == history.iterations + 1
    assert np.isfinite(history.weights).all()
    assert np.isfinite(history.bias).all()
    assert np.isfinite(history.loss).all()


def test_a_learning_rate_that_overflows_at_once_leaves_only_the_start() -> None:
    history = train(celsius(), one_weight(0.5, 0.5), 1e308, 10)
    assert (history.weights.tolist(), history.bias.tolist(), history.diverged_at) == ([[0.5]], [0.5], 1)


@pytest.mark.parametrize("iterations", [0, 1, 100])
def test_a_start_with_an_infinite_loss_has_diverged_at_0_and_is_kept(iterations: int) -> None:
    history = train(celsius(), one_weight(1e300, 0.5), 1e-4, iterations)
    assert history.diverged_at == 0
    assert (history.weights.tolist(), history.bias.tolist()) == ([[1e300]], [0.5])
    assert history.loss.tolist() == [np.inf]


def test_a_diverged_run_soon_stops_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def counted(neuron: Neuron, inputs: Array) -> Array:
        nonlocal calls
        calls += 1
        return forward(neuron, inputs)

    monkeypatch.setattr("core.training.forward", counted)
    train(weighted_sum(), weighted_sum().start, 1.0, 10_000)
    # The loss, a square, overflows at 181; the parameters at about twice that.
    assert calls < 400


def test_a_start_with_an_infinite_loss_has_diverged_even_where_one_step_would_land() -> None:
    dataset = weighted_sum([1.0])
    history = train(dataset, one_weight(1e200), 0.5, 10)
    assert (history.diverged_at, history.iterations) == (0, 0)


# These weights cancel, but whether their sum passes through infinity depends on the order of the additions.
@pytest.mark.parametrize("weights", [[1.2e308, 1.2e308, -1.2e308, -1.2e308], [1.2e308, -1.2e308, -1.2e308, 1.2e308]])
def test_a_run_that_ends_early_always_says_that_it_diverged(weights: list[float]) -> None:
    history = train(weighted_sum(), Neuron(np.array(weights), 0.0), 0.1, 10)
    ended_early = history.iterations < 10
    assert ended_early == (history.diverged_at is not None)


@pytest.mark.parametrize(
    "weights", [1.0, [], [1.0, 2.0], [[1.0]], [np.nan], [np.inf]], ids=["number", "empty", "two", "2d", "NaN", "inf"]
)
def test_start_weights_that_do_not_fit_are_named(weights: Any) -> None:
    with pytest.raises(ValueError, match=r"^start\.weights must"):
        train(celsius(), Neuron(weights, 0.5), 1e-4, 10)


@pytest.mark.parametrize("bias", NOT_FINITE)
def test_a_start_bias_that_is_not_finite_is_named(bias: float) -> None:
    with pytest.raises(ValueError, match=r"^start\.bias must"):
        train(celsius(), one_weight(0.5, bias), 1e-4, 10)


@pytest.mark.parametrize("learning_rate", NOT_FINITE)
def test_a_learning_rate_that_is_not_finite_is_named(learning_rate: float) -> None:
    with pytest.raises(ValueError, match=r"^learning_rate must"):
        train(celsius(), one_weight(0.5), learning_rate, 10)


@pytest.mark.parametrize("iterations", [-1, *NOT_FINITE])
def test_iterations_that_are_negative_or_not_finite_are_named(iterations: Any) -> None:
    with pytest.raises(ValueError, match=r"^iterations must"):
        train(celsius(), one_weight(0.5), 1e-4, iterations)


def test_weights_given_as_whole_numbers_are_trained_as_float64() -> None:
    history = train(celsius(), Neuron(np.array([1]), 0), 1e-4, 1)
    same = train(celsius(), Neuron(np.array([1.0]), 0.0), 1e-4, 1)
    assert np.array_equal(history.weights, same.weights)


def test_a_neuron_kept_is_a_start_like_any_other(article: History) -> None:
    again: Array = train(celsius(), article.neuron(9_900), 1e-4, 100).weights
    assert np.array_equal(again, article.weights[9_900:])
