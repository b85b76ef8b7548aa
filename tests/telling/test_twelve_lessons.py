"""The twelve lessons: what they state is what a run does, here found without the functions they use."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

from core.data.clouds import xor
from core.data.curves import sine
from core.experiment import Experiment
from core.lesson.suspects import behind_letters
from core.losses import CrossEntropy, accuracy
from core.network import Network
from core.optimisers import Adam
from core.schedule import constant
from core.theory.in_force import is_at_edge
from core.training import train
from telling.lessons import LESSONS, PERIODS, Lesson, told
from telling.lessons.beyond import BAD_START, OTHER_START, RATES, SUSPECT
from telling.lessons.runs import hidden_layer_on_sine
from wording import LANGUAGES, speak

EVERY_LESSON = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
CELSIUS = np.arange(-50.0, 50.0)
FAHRENHEIT = 1.8 * CELSIUS + 32


def texts(lesson: Lesson) -> list[str]:
    """Everything a lesson says, in English and without its numbers."""
    return [lesson.title, lesson.ask, lesson.says, *lesson.show, lesson.conclude]


def written(lesson: Lesson) -> Iterator[str]:
    """Everything a lesson says, in the language spoken."""
    says = told(lesson)
    yield from (says.title, says.ask, says.says, *says.show, says.conclude)


def by_hand(rate: float, iterations: int, listed: bool = False, weight: float = 0.5) -> tuple[float, float, float]:
    """Weight, bias and loss after the article's loop; `listed` multiplies by the outputs, as it was published."""
    bias = 0.5
    with np.errstate(over="ignore", invalid="ignore"):
        for _step in range(iterations):
            output = CELSIUS * weight + bias
            grad_output = 2 * (output - FAHRENHEIT) / 100
            weight, bias = (
                weight - rate * float(np.sum((output if listed else CELSIUS) * grad_output)),
                bias - rate * float(np.sum(grad_output)),
            )
        return weight, bias, float(np.mean((CELSIUS * weight + bias - FAHRENHEIT) ** 2))


def numbers(k: int) -> dict[str, str]:
    return dict(LESSONS[k - 1].numbers())


def test_there_are_twelve_lessons_in_three_periods_of_45_minutes() -> None:
    assert len(LESSONS) == 12
    assert [sum(lesson.minutes for lesson in lessons) for _title, lessons in PERIODS] == [45, 45, 45]


def test_no_two_lessons_say_the_same() -> None:
    assert len({text for lesson in LESSONS for text in texts(lesson)}) == sum(len(texts(lesson)) for lesson in LESSONS)


@EVERY_LESSON
def test_no_number_is_typed_into_a_lesson(lesson: Lesson) -> None:
    # The parts of a step, the two of 2 / curvature, and zero are no results.
    assert [found for text in texts(lesson) for found in re.findall(r"\d+[.,]?\d*", text) if len(found) > 2] == []
    assert set(re.findall(r"\d", " ".join(texts(lesson)))) <= set("0125")


@EVERY_LESSON
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_is_told_in_every_language(lesson: Lesson, language: str) -> None:
    english = list(written(lesson))
    speak(language)
    assert all(text and "{" not in text for text in written(lesson))
    assert language == "en" or not set(written(lesson)) & set(english)


def test_turkish_lessons_write_a_decimal_comma() -> None:
    speak("tr")
    assert numbers(1)["output"] == "21,5"


def test_the_output_for_42_degrees_and_the_mean_of_the_squares() -> None:
    found = numbers(1)
    assert [found[name] for name in ("input", "output", "target", "missing", "others")] == [
        *("42", "21.5", "107.6", "86.1", "99")
    ]
    assert found["loss"] == f"{by_hand(0, 0)[2]:,.0f}" == "2,360"


def test_the_slope_at_the_article_s_question() -> None:
    # 2 * 42 * (42 w + b - 107.6); the loss there is 123.45 as in the article.
    found, missing = numbers(2), 42 * 0.8 + 62.88919449 - 107.6
    assert missing**2 == pytest.approx(123.45)
    assert found["slope"] == f"−{-84 * missing:.1f}"
    assert found["after"] == f"{0.8 - 0.0001 * 84 * missing:.4f}"
    assert found["rising"] == f"{84 * (missing + 42 * 0.5):.1f}"


def test_the_first_step_is_the_article_s() -> None:
    found, (weight, _bias, loss) = numbers(3), by_hand(0.0001, 1)
    assert (found["slope"], found["bias_slope"], found["after"]) == ("−2,135.6", "−61.7", f"{weight:.5f}")
    assert found["wrong"] == f"{0.5 + 2135.6:,.1f}"
    assert (found["before"], found["then"]) == ("2,360", f"{loss:,.0f}")
    assert found["share"] == f"{100 * (weight - 0.5) / 1.3:.1f} %"


@pytest.mark.parametrize(("name", "rate"), [("slow", 0.0001), ("good", 0.00054), ("fast", 0.00096)])
def test_a_larger_rate_is_near_enough_earlier(name: str, rate: float) -> None:
    at = int(numbers(4)[f"{name}_at"].replace(",", ""))
    assert abs(by_hand(rate, at)[1] - 32) <= 0.5 < abs(by_hand(rate, at - 1)[1] - 32)


def test_the_limit_is_two_over_the_largest_eigenvalue() -> None:
    design = np.column_stack([CELSIUS, np.ones(100)])
    largest = np.linalg.eigvalsh(design.T @ design / 50)[-1]
    assert numbers(4)["limit"] == numbers(6)["limit"] == f"{2 / largest:.4f}"
    assert numbers(6)["steepest"] == f"{largest:,.0f}"
    assert numbers(6)["growth"] == f"{0.0013 * largest - 1:.2f}"


def test_an_overshooting_weight_swings_from_side_to_side_and_half_the_error_goes_every_291_steps() -> None:
    found = numbers(5)
    assert [found[name] for name in ("first", "second", "third")] == [
        f"{by_hand(0.00119, step)[0]:.4g}" for step in (1, 2, 3)
    ]
    away = [abs(by_hand(0.00119, step)[1] - 32) for step in (3000, 3290, 3291)]
    assert away[2] <= away[0] / 2 < away[1]
    assert (found["halved"], found["steady_halved"]) == ("291", "694")


def test_the_explosion_is_at_the_iteration_at_which_the_loop_has_no_numbers_left() -> None:
    at = int(numbers(6)["exploded"].replace(",", ""))
    assert np.isfinite(by_hand(0.0013, at - 1)).all()
    assert not np.isfinite(by_hand(0.0013, at)).all()


def test_the_loss_of_the_explosion_is_that_of_the_loop_after_100_iterations() -> None:
    found, mantissa = numbers(6), by_hand(0.0013, 100)[2] / 1e16
    assert (found["early"], found["start"], found["then"]) == ("100", "2,360", f"{mantissa:.3f} × 10¹⁶")


def test_after_10_000_iterations_the_bias_has_far_to_go() -> None:
    found, (weight, bias, loss) = numbers(7), by_hand(0.0001, 10_000)
    assert [found[name] for name in ("weight", "bias", "loss")] == [f"{weight:.3f}", f"{bias:.2f}", f"{loss:.2f}"]
    assert abs(by_hand(0.0001, int(found["settled"].replace(",", "")))[1] - 32) <= 0.5
    assert found["least"] == "1.036"


def test_rescaled_inputs_curve_alike_and_one_step_does_it_all() -> None:
    found, (weight, bias, _loss) = numbers(8), by_hand(0.0001, 100)
    assert [found[name] for name in ("weight", "bias")] == [f"{weight:.3f}", f"{bias:.3f}"]
    assert found["fast_bias"] == f"{by_hand(0.00119, 100)[1]:.3f}"
    assert (found["steep"], found["flat"], found["both"], found["share"]) == ("1,667", "2", "2", "100 %")


def test_four_weights_all_move_by_the_same() -> None:
    found = numbers(9)
    assert found["start"] == "0.1; 0.25; 0.15; 0.3"
    assert (found["moved"], found["end"]) == ("24.8", "24.9; 25.05; 24.95; 25.1")
    assert sum(OTHER_START) + 4 * 10 == 100
    assert found["other_end"] == "20; 30; 40; 10"


def test_the_suspect_is_the_article_s_listing() -> None:
    found, (weight, _bias, loss) = numbers(10), by_hand(0.0001, 10_000, listed=True)
    assert behind_letters("ABCDEF", 0)[SUSPECT] == "listing"
    assert (found["weight"], found["loss"]) == (f"{weight:.3f}", f"{loss:.2f}")
    assert (found["found"], found["differences"]) == ("−1,098.65", "−2,135.6")
    assert not np.isfinite(by_hand(0.0001, 10_000, listed=True, weight=BAD_START)).all()


def test_one_neuron_is_like_a_coin_on_opposite_corners_and_a_hidden_layer_is_right() -> None:
    found, data, network = numbers(11), xor(), Network(8)
    assert found["right"] == "49.5 %"
    start = tuple(network.start(2, 1).tolist())
    run = train(Experiment(data, network, start, constant(0.05), 500, CrossEntropy(), Adam()))
    assert accuracy(run.experiment.loss.predicted(run.outputs(500)), data.targets) == 1


@pytest.mark.parametrize(("rate", "ends_there"), [(0.05, False), (0.1, True), (0.2, True), (0.3, True)])
def test_three_of_the_five_rates_end_at_the_edge(rate: float, ends_there: bool) -> None:
    assert rate in RATES
    assert is_at_edge(hidden_layer_on_sine(rate, 2000)) is ends_there


def test_the_largest_of_the_five_rates_explodes() -> None:
    network = Network(8)
    start = tuple(network.start(1, 1).tolist())
    run = train(Experiment(sine(), network, start, constant(RATES[-1]), 2000))
    assert numbers(12)["exploded"] == str(run.diverged_at)
