import pytest

from core.data.builtin import celsius
from core.data.curves import sine
from core.experiment import Experiment
from core.network import Network
from core.theory.limits import Regime
from core.theory.quadratic import quadratic
from core.training import train
from telling.captions import TRAILS, caption, captions, curves_alt, prediction_alt, short_captions
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


@pytest.mark.parametrize(("language", "text"), [("en", "iteration 1 · loss 1,941"), ("tr", "yineleme 1 · kayıp 1.941")])
def test_a_short_caption_says_iteration_and_loss_alone(language: str, text: str) -> None:
    speak(language)
    assert short_captions(run(), [1], None) == [text]


def test_after_the_prediction_has_left_the_picture_the_captions_say_that_time_goes_faster() -> None:
    assert [text.startswith("fast forward: iteration ") for text in short_captions(run(), [0, 3, 4, 9], 3)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_run_that_stays_in_the_picture_is_nowhere_said_to_go_faster() -> None:
    assert not any("fast" in text for text in short_captions(run(), [0, 1, 10_000], None))


def test_those_who_cannot_see_the_curves_hear_what_they_show_and_where_the_loss_begins_and_ends() -> None:
    assert curves_alt(run(), "weight") == (
        "Above, weight over the iterations. Below, the loss: 2,360 at the start, 18.18 at iteration 10,000."
    )


@pytest.mark.parametrize(
    ("learning_rate", "regime"),
    [
        (1e-5, Regime.CREEPING),
        (1e-4, Regime.MONOTONE),
        (0.00119, Regime.OVERSHOOTING),
        (quadratic(celsius()).limits.stable, Regime.BOUNCING),
        (0.005, Regime.DIVERGING),
    ],
)
def test_those_who_cannot_see_the_trail_hear_what_it_shows(learning_rate: float, regime: Regime) -> None:
    assert TRAILS[regime] in prediction_alt(run(learning_rate=learning_rate, iterations=50))


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_cannot_see_the_predictions_hear_the_sentence(language: str) -> None:
    speak(language)
    assert prediction_alt(run()).endswith(sentence(run()))


def test_without_a_theory_no_best_possible_prediction_is_spoken_of() -> None:
    assert "as good as possible" in prediction_alt(run())
    assert prediction_alt(run(suspect="listing", iterations=10)).startswith(
        "The neuron's predictions and the data, before training and now. By iteration 10 the loss has gone from "
    )


def test_of_a_network_the_picture_s_text_says_so() -> None:
    model = Network(2)
    network = train(Experiment.on(sine(), model=model, start=model.start(1, seed=1), iterations=5))
    assert prediction_alt(network).startswith("The network's predictions, and the data. By iteration 5 the loss")
