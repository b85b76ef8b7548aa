"""What is said of a run that is steered: what lies ahead, why it has paused, and the way back."""

from dataclasses import replace

import pytest

from core.data.builtin import DATASETS, celsius
from core.data.curves import sine
from core.experiment import Experiment
from core.network import Network
from core.optimisers import Momentum, Nesterov, Optimiser
from core.schedule import constant
from core.theory.quadratic import theory
from core.training import History, train
from telling.headline import headline
from telling.live import ahead, elsewhere, pause, way_back
from tests.telling.runs import run
from wording import speak

TURNED_UP = ((0, 0.0008), (40, 0.0013))
TURNED_DOWN = (*TURNED_UP, (60, 0.0005))
LONGEST = 100_000


def announced(text: str) -> int:
    """The iteration that a sentence names."""
    return int("".join(filter(str.isdigit, text.split("iteration")[1].split("every")[0])))


def left_alone(history: History, iterations: int) -> History:
    return train(replace(history.experiment, iterations=iterations))


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("share", [1.01, 1.5, 4.0])
def test_the_explosion_that_is_announced_comes_if_nothing_is_touched(dataset: str, share: float) -> None:
    known = theory(run(dataset, iterations=3).experiment)
    assert known
    history = run(dataset, learning_rate=share * known.limits.stable, iterations=3)
    told = announced(ahead(history, 0.5))
    exploded = left_alone(history, told + 1).diverged_at
    assert exploded is not None
    assert abs(exploded - told) <= 1


def test_the_arrival_that_is_announced_is_where_the_run_pauses() -> None:
    history = run(learning_rate=0.0009, iterations=100)
    told = announced(ahead(history, 0.5))
    assert pause(left_alone(history, told), 0.5, LONGEST).startswith("Arrived: at iteration")
    assert pause(left_alone(history, told - 1), 0.5, LONGEST) == ""


def test_a_rate_of_zero_never_arrives_and_what_has_arrived_or_exploded_has_nothing_ahead() -> None:
    assert ahead(run(learning_rate=0.0, iterations=5), 0.5) == "If nothing is touched, it never arrives."
    assert ahead(run(learning_rate=0.0009, iterations=10_000), 0.5) == ""
    assert ahead(run(learning_rate=0.01), 0.5) == ""


def test_a_run_that_is_paused_by_a_hand_says_nothing_of_it() -> None:
    assert pause(run(iterations=0), 1e6, LONGEST) == ""
    assert pause(run(iterations=50), 0.5, LONGEST) == ""
    assert pause(run(iterations=50), 0.5, 50) == "A run has no more than 50 iterations."


def test_an_explosion_says_what_would_have_saved_it_and_that_is_true() -> None:
    history = run(schedule=TURNED_UP, iterations=LONGEST)
    assert history.diverged_at
    text = pause(history, 0.5, LONGEST)
    assert text.startswith(f"Exploded at iteration {history.diverged_at:,}. Any rate below 0.0012 would have brought")
    last, saved = history.iterations, 0.0011
    rescued = replace(history.experiment, schedule=(*TURNED_UP, (last, saved)), iterations=last + 20_000)
    assert train(rescued).diverged_at is None


def test_the_way_back_names_the_iteration_and_the_rate_before_the_explosion() -> None:
    text = way_back(run(schedule=TURNED_UP, iterations=LONGEST))
    assert text == "Back to before the explosion: iteration 40, rate 0.0008"


def test_the_headline_names_the_turn_since_which_a_run_does_what_it_does() -> None:
    assert str(headline(run(schedule=TURNED_UP, iterations=50))) == "Explodes since the rate was raised at 40."
    assert str(headline(run(schedule=TURNED_DOWN, iterations=70))) == "Steady since the rate was lowered at 60."


def test_a_turn_within_a_regime_is_no_news() -> None:
    within = run(schedule=((0, 0.0008), (40, 0.0009)), iterations=50)
    assert str(headline(within)) == "Overshoots at every step, and is not there yet."


def test_the_headline_of_a_steered_run_that_arrived_or_exploded_says_so() -> None:
    assert str(headline(run(schedule=TURNED_DOWN, iterations=LONGEST))).endswith("and it arrives.")
    exploded = run(schedule=TURNED_UP, iterations=LONGEST)
    assert str(headline(exploded)) == f"Exploded at iteration {exploded.diverged_at:,}."


def test_a_run_within_the_tolerance_has_arrived_however_long_its_way_was() -> None:
    history = run(learning_rate=0.0009, iterations=2500)
    assert "not there yet" in str(headline(history))
    assert str(headline(history, 0.5)) == "Overshoots at every step, and still arrives."


def test_in_turkish_every_sentence_is_turkish() -> None:
    speak("tr")
    exploded = run(schedule=TURNED_UP, iterations=LONGEST)
    assert "patladı" in pause(exploded, 0.5, LONGEST)
    assert way_back(exploded) == "Patlamadan öncesine dön: 40. yineleme, oran 0,0008"
    assert ahead(run(iterations=50), 0.5).startswith("Hiçbir şeye dokunulmazsa")
    assert str(headline(run(schedule=TURNED_UP, iterations=50))) == (
        "Patlıyor: 40. yinelemede oran artırıldığından beri."
    )


def test_where_a_hand_put_the_run_is_named_parameter_by_parameter() -> None:
    text = elsewhere(run(iterations=5), (1.5, -3.0))
    assert text == "After this step a hand put the run elsewhere: weight 1.5, bias −3."


def test_a_single_rate_is_no_schedule() -> None:
    assert headline(run(schedule=constant(0.0008), iterations=50)) == headline(run(learning_rate=0.0008, iterations=50))


# Where no factor of a step is known the next steps are tried


@pytest.mark.parametrize("optimiser", [Momentum(0.9), Nesterov(0.5)], ids=str)
def test_with_momentum_an_explosion_is_announced_to_the_iteration_once_it_is_near(optimiser: Optimiser) -> None:
    experiment = Experiment.on(celsius(), optimiser=optimiser, learning_rate=0.01, iterations=10)
    exploded = train(replace(experiment, iterations=1000))
    assert exploded.diverged_at
    before = train(replace(experiment, iterations=exploded.diverged_at - 50))
    assert ahead(before, 0.5) == f"If nothing is touched, it explodes at iteration {exploded.diverged_at}."


def test_of_a_network_that_goes_on_nothing_is_announced() -> None:
    model = Network(4)
    going = train(Experiment.on(sine(), model=model, start=model.start(1, seed=1), learning_rate=0.05, iterations=50))
    assert ahead(going, 0.5) == ""


def test_of_a_network_a_near_explosion_is_announced() -> None:
    model = Network(4)
    experiment = Experiment.on(sine(), model=model, start=model.start(1, seed=1), learning_rate=3.0, iterations=1000)
    exploded = train(experiment)
    assert exploded.diverged_at
    before = train(replace(experiment, iterations=exploded.diverged_at - 5))
    assert ahead(before, 0.5).endswith(f"explodes at iteration {exploded.diverged_at}.")
