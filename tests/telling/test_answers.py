from typing import Any

import pytest

from core.data.builtin import DATASETS
from core.lesson.slips import CLOSE, RESULTS, Slip, is_right
from core.lesson.step import Step, step_after
from core.lesson.suspects import SUSPECTS, Verdict
from telling.answers import answer, told
from telling.code import code_of
from telling.names import parameter_names, slip_names
from tests.telling.runs import run
from wording import LANGUAGES, exact, speak

EVERY_DATASET = pytest.mark.parametrize("slug", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def step(slug: str = "celsius", iteration: int = 0, **chosen: Any) -> Step:
    return step_after(run(slug, iterations=10, **chosen), iteration)


# The article's weight 0.5 with the gradient -2135.60 and the learning rate 0.0001 becomes 0.71356.


@pytest.mark.parametrize("guess", ["0.71356", "0.7135", "0.71", "0.717"])
def test_a_guess_within_a_fiftieth_of_the_step_is_right(guess: str) -> None:
    assert answer(step(), 0, guess) == "weight: right. It becomes 0.71356."


@pytest.mark.parametrize("guess", ["0.7", "0.72", "0.5", "-0.71356", "0.28644"])
def test_a_guess_farther_away_is_not_right(guess: str) -> None:
    assert answer(step(), 0, guess).startswith("weight: off by ")


def test_where_nothing_moves_only_the_value_itself_is_right() -> None:
    resting = step(learning_rate=0.0)
    assert answer(resting, 0, "0.5") == "weight: right. It becomes 0.5."
    assert answer(resting, 0, "0.501").startswith("weight: off by 0.001.")


@EVERY_LANGUAGE
@pytest.mark.parametrize("text", ["0.71356", "0,71356", " 0.71356 ", "+0.71356", "7.1356e-1", "7,1356E−1", ".71356"])
def test_the_right_weight_may_be_typed_in_every_notation(text: str, language: str) -> None:
    speak(language)
    expected = {"en": "weight: right. It becomes 0.71356.", "tr": "ağırlık: doğru. Yeni değeri 0,71356."}
    assert answer(step(), 0, text) == expected[language]


@pytest.mark.parametrize("text", ["0.50617", "0,50617", "5.0617e-1"])
def test_the_bias_is_asked_for_as_well(text: str) -> None:
    assert answer(step(), 1, text) == "bias: right. It becomes 0.50617."


@pytest.mark.parametrize("sign", ["-", "−"])
def test_a_minus_may_be_of_either_kind(sign: str) -> None:
    taken = step(start=(-3.0, 0.5))
    after = float(taken.after[0])
    assert after < 0
    assert "right" in answer(taken, 0, f"{sign}{abs(after)}")
    assert "right" not in answer(taken, 0, str(abs(after)))


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_next_parameter_is_right_as_the_language_writes_it(slug: str, language: str) -> None:
    speak(language)
    for taken in (step(slug), step(slug, 7)):
        for k, name in enumerate(parameter_names(taken.history.experiment.data)):
            right = {"en": f"{name}: right. ", "tr": f"{name}: doğru. "}[language]
            assert answer(taken, k, exact(float(taken.after[k]))).startswith(right)


@pytest.mark.parametrize("text", ["abc", "1.2.3", "0.7 or 0.9", "--1", "nan", "inf", "1e999", "½", "<b>", "0x10"])
def test_nonsense_gets_a_friendly_message(text: str) -> None:
    assert answer(step(), 0, text) == ("weight: that is not a number yet. Type one such as 0.5; nothing is lost.")


def test_a_guess_with_two_readings_is_asked_about() -> None:
    assert answer(step(), 0, "1,500e3") == (
        "weight: that can be read in more than one way. Type it as one of these: 1500000; 1500."
    )


def test_in_turkish_nonsense_gets_a_turkish_message_with_a_comma_in_its_example() -> None:
    speak("tr")
    assert answer(step(), 0, "abc") == (
        "ağırlık: bu henüz bir sayı değil. 0,5 gibi bir sayı yazın; hiçbir şey yitmedi."
    )


@pytest.mark.parametrize("guess", ["0.9", "3.0", "-7.0", "1e300"])
def test_a_guess_like_no_slip_is_only_told_how_far_off_it_is(guess: str) -> None:
    assert "It looks as if" not in answer(step(), 0, guess)
    assert answer(step(), 0, "0.9") == "weight: off by 0.1864."


@pytest.mark.parametrize(
    ("guess", "slip"),
    [
        ("0.28644", "the gradient was added instead of subtracted"),
        ("2136.1", "the learning rate was forgotten"),
        ("-2135.1", "sign and learning rate were forgotten"),
        ("0.60678", "the factor 2 was forgotten"),
        ("21.856", "the division by the number of samples was forgotten"),
        ("0.21356", "only the change was given, not the new value"),
        ("0.5", "nothing was changed"),
    ],
)
def test_each_slip_with_the_article_s_weight_is_told_in_both_languages(guess: str, slip: str) -> None:
    assert answer(step(), 0, guess).endswith(f". It looks as if {slip}.")
    speak("tr")
    assert answer(step(), 0, exact(float(guess))).endswith(f". Görünüşe göre {slip_names()[Slip(slip)]}.")


@EVERY_DATASET
@pytest.mark.parametrize("iteration", [0, 7])
@pytest.mark.parametrize("slip", RESULTS)
def test_every_slip_is_recognised_for_every_parameter(slug: str, iteration: int, slip: Slip) -> None:
    taken = step(slug, iteration)
    rate, n = taken.learning_rate, len(taken.targets)
    for k, (before, slope) in enumerate(zip(taken.parameters.tolist(), taken.gradient.tolist(), strict=True)):
        wrong = RESULTS[slip](before, slope, rate, n)
        if is_right(wrong, before, before - rate * slope):
            continue  # with one sample nothing is divided: this is no slip
        said = answer(taken, k, exact(wrong))
        found = next(other for other, name in slip_names().items() if said.endswith(f"It looks as if {name}."))
        same = RESULTS[found](before, slope, rate, n)
        assert abs(same - wrong) <= CLOSE * max(abs(rate * slope), abs(same - before))


# Verdicts


@pytest.mark.parametrize("suspect", SUSPECTS)
@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_told_right_or_wrong(suspect: str, verdict: Verdict) -> None:
    right = SUSPECTS[suspect].verdict is verdict
    assert told(suspect, verdict).startswith("**Right.** " if right else "**Not so.** ")


@EVERY_LANGUAGE
def test_each_suspect_has_a_story_of_its_own(language: str) -> None:
    speak(language)
    assert len({told(suspect, Verdict.WRONG).split("** ")[1] for suspect in SUSPECTS}) == len(SUSPECTS)


@pytest.mark.parametrize("suspect", SUSPECTS)
def test_no_code_betrays_itself_by_a_name_or_a_docstring(suspect: str) -> None:
    code = code_of(suspect)
    assert code.startswith("def backward(inputs, outputs, targets):\n    grad_output = ")
    assert not any(mark in code for mark in ('"""', "#", SUSPECTS[suspect].backward.__name__))


@pytest.mark.parametrize("suspect", SUSPECTS)
def test_the_code_that_is_shown_can_be_run_and_is_the_suspect_s(suspect: str) -> None:
    namespace: dict[str, Any] = {}
    exec("import numpy as np\n" + code_of(suspect), namespace)
    taken = step()
    arguments = taken.history.experiment.data.inputs, taken.outputs, taken.targets
    ours, shown = (backward(*arguments) for backward in (SUSPECTS[suspect].backward, namespace["backward"]))
    assert (shown[0].tolist(), shown[1]) == (ours[0].tolist(), ours[1])
