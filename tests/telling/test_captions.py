import pytest

from telling.captions import caption, captions, loss_alt, prediction_alt
from telling.sentence import sentence
from tests.telling.runs import run
from wording import LANGUAGES, speak


def test_a_caption_says_iteration_loss_and_parameters() -> None:
    assert caption(run(), 10_000) == "iteration 10,000 · loss 18.18 · weight 1.797 · bias 27.74"


def test_the_caption_of_one_sample_says_its_output_too() -> None:
    assert caption(run("weighted-sum"), 1) == (
        "iteration 1 · loss 393.6 · output 80.16 · w1 19.94 · w2 20.09 · w3 19.99 · w4 20.14"
    )


def test_a_caption_is_said_in_turkish() -> None:
    speak("tr")
    assert caption(run(), 1) == "yineleme 1 · kayıp 1.941 · ağırlık 0,7136 · sapma 0,5062"


@pytest.mark.parametrize("dataset", ["celsius", "weighted-sum"])
def test_each_frame_has_its_own_caption(dataset: str) -> None:
    iterations = [0, 3, 10]
    assert captions(run(dataset), iterations) == [caption(run(dataset), iteration) for iteration in iterations]


def test_what_is_no_number_is_captioned_all_the_same() -> None:
    assert caption(run(start=(1e300, 0.5)), 0) == "iteration 0 · loss ∞ · weight 1 × 10³⁰⁰ · bias 0.5"


def test_those_who_cannot_see_the_loss_hear_where_it_begins_and_ends() -> None:
    assert loss_alt(run()) == ("The loss over the iterations: from 2,360 at the start to 18.18 at iteration 10,000.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_cannot_see_the_predictions_hear_the_sentence(language: str) -> None:
    speak(language)
    assert prediction_alt(run()).endswith(sentence(run()))


def test_without_a_theory_no_best_possible_prediction_is_spoken_of() -> None:
    assert "as good as possible" in prediction_alt(run())
    assert prediction_alt(run(suspect="listing", iterations=10)).startswith(
        "The neuron's predictions and the data, before training and now. By iteration 10 the loss has gone from "
    )
