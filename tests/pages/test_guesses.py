from functools import cache

import pytest

from core.datasets import DATASETS
from pages.frame.runs import parameters, run_of
from pages.settings.table import Settings
from pages.shared.formulas import Step, step_of
from pages.shared.prediction import CLOSE, SLIPS, is_right, recognised_slip
from pages.widgets.guess import answer
from wording import exact, speak

CASES = [(slug, iteration, slip) for slug in DATASETS for iteration in (0, 1, 7) for slip in SLIPS]


@cache
def step(slug: str = "celsius", iteration: int = 0, weight: float | None = None) -> Step:
    weights = None if weight is None else (weight,)
    return step_of(run_of(Settings(dataset=slug, weights=weights)), iteration, 0)


# Right or not


@pytest.mark.parametrize("guess", [0.71356, 0.7135, 0.71, 0.717])
def test_a_guess_within_a_fiftieth_of_the_step_is_right(guess: float) -> None:
    assert is_right(guess, 0.5, 0.71356)


@pytest.mark.parametrize("guess", [0.7, 0.72, 0.5, -0.71356, 0.28644])
def test_a_guess_farther_away_is_not_right(guess: float) -> None:
    assert not is_right(guess, 0.5, 0.71356)


def test_where_nothing_moves_only_the_value_itself_is_right() -> None:
    assert is_right(0.5, 0.5, 0.5)
    assert not is_right(0.501, 0.5, 0.5)


@pytest.mark.parametrize("slug", DATASETS)
@pytest.mark.parametrize("iteration", [0, 1, 7])
def test_the_next_parameters_are_right(slug: str, iteration: int) -> None:
    taken = step(slug, iteration)
    pairs = zip(*(parameters(taken.run.dataset, neuron) for neuron in (taken.neuron, taken.after)), strict=True)
    assert all(is_right(after, before, after) for before, after in pairs)


# Slips


@pytest.mark.parametrize(("slug", "iteration", "slip"), CASES)
def test_every_slip_is_recognised_for_every_parameter(slug: str, iteration: int, slip: str) -> None:
    taken = step(slug, iteration)
    rate, n = taken.run.learning_rate, taken.run.dataset.n_samples
    slopes = [*taken.gradient.weights.tolist(), taken.gradient.bias]
    for before, slope in zip(parameters(taken.run.dataset, taken.neuron), slopes, strict=False):
        wrong = SLIPS[slip](before, slope, rate, n)
        if is_right(wrong, before, before - rate * slope):
            continue  # with one sample nothing is divided: this is no slip
        found = recognised_slip(wrong, before, slope, rate, n)
        assert found is not None
        same = SLIPS[found](before, slope, rate, n)
        assert abs(same - wrong) <= CLOSE * max(abs(rate * slope), abs(same - before))


@pytest.mark.parametrize(
    ("guess", "slip"),
    [
        (0.28644, "the gradient was added instead of subtracted"),
        (2136.1, "the learning rate was forgotten"),
        (-2135.1, "sign and learning rate were forgotten"),
        (0.60678, "the factor 2 was forgotten"),
        (21.856, "the division by the number of samples was forgotten"),
        (0.21356, "only the change was given, not the new value"),
        (0.5, "nothing was changed"),
    ],
)
def test_each_slip_with_the_article_s_weight_has_its_name(guess: float, slip: str) -> None:
    # The weight 0.5 with the gradient -2135.60 and the learning rate 0.0001 becomes 0.71356.
    assert recognised_slip(guess, 0.5, -2135.60, 1e-4, 100) == slip


@pytest.mark.parametrize("guess", [0.9, 3.0, -7.0, 1e300])
def test_a_guess_like_no_slip_is_none(guess: float) -> None:
    assert recognised_slip(guess, 0.5, -2135.60, 1e-4, 100) is None


@pytest.mark.parametrize("slug", DATASETS)
def test_the_right_answer_is_no_slip(slug: str) -> None:
    taken = step(slug)
    slopes = [*taken.gradient.weights.tolist(), taken.gradient.bias]
    rate, n = taken.run.learning_rate, taken.run.dataset.n_samples
    for before, slope in zip(parameters(taken.run.dataset, taken.neuron), slopes, strict=False):
        assert recognised_slip(before - rate * slope, before, slope, rate, n) is None


# What is answered


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("text", ["0.71356", "0,71356", " 0.71356 ", "+0.71356", "7.1356e-1", "7,1356E−1", ".71356"])
def test_the_right_weight_may_be_typed_in_every_notation(text: str, language: str) -> None:
    speak(language)
    expected = {"en": "weight: right. It becomes 0.71356.", "tr": "0,71356"}
    assert expected[language] in answer(step(), 0, text)


@pytest.mark.parametrize("text", ["0.50617", "0,50617", "5.0617e-1"])
def test_the_bias_is_asked_for_as_well(text: str) -> None:
    assert answer(step(), 1, text) == "bias: right. It becomes 0.50617."


@pytest.mark.parametrize("sign", ["-", "−"])
def test_a_minus_may_be_of_either_kind(sign: str) -> None:
    taken = step(weight=-3.0)
    after = float(taken.after.weights[0])
    assert after < 0
    assert "right" in answer(taken, 0, f"{sign}{abs(after)}")
    assert "right" not in answer(taken, 0, str(abs(after)))


@pytest.mark.parametrize("slug", DATASETS)
@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_number_typed_as_the_language_writes_it_is_understood(slug: str, language: str) -> None:
    speak(language)
    taken = step(slug)
    for k, after in enumerate(parameters(taken.run.dataset, taken.after)):
        assert {"en": "right", "tr": "doğru"}[language] in answer(taken, k, exact(after)).lower()


@pytest.mark.parametrize("text", ["abc", "1.2.3", "0.7 or 0.9", "--1", "nan", "inf", "1e999", "½", "<b>", "0x10"])
def test_nonsense_gets_a_friendly_message(text: str) -> None:
    assert answer(step(), 0, text) == ("weight: that is not a number yet. Type one such as 0.5; nothing is lost.")


def test_in_turkish_nonsense_gets_a_turkish_message_with_a_comma_in_its_example() -> None:
    english = answer(step(), 0, "abc")
    speak("tr")
    assert "0,5" in answer(step(), 0, "abc")
    assert answer(step(), 0, "abc") != english


def test_a_wrong_guess_is_told_how_far_off_it_is() -> None:
    assert answer(step(), 0, "0.9") == "weight: off by 0.1864."


def test_a_recognised_slip_is_told() -> None:
    assert answer(step(), 0, "0.28644") == (
        "weight: off by −0.4271. It looks as if the gradient was added instead of subtracted."
    )


@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_is_told_in_turkish_too(slip: str) -> None:
    guess = SLIPS[slip](0.5, -2135.60, 1e-4, 100)
    assert slip in answer(step(), 0, exact(guess))
    speak("tr")
    assert slip not in answer(step(), 0, exact(guess))
    assert "Görünüşe göre" in answer(step(), 0, exact(guess))


def test_a_guess_with_two_readings_is_asked_about() -> None:
    assert answer(step(), 0, "1,500e3") == (
        "weight: that can be read in more than one way. Type it as one of these: 1500000; 1500."
    )
