import pytest

from core.batches import Batches
from core.data.builtin import celsius, noisy_thermometer
from core.data.curves import sine
from core.data.standardising import standardise
from core.experiment import Experiment
from core.network import Network
from core.theory.noise_floor import Floor, floor_of, height
from core.training import History, train
from telling.noise_floor import explained, headline, run_names
from wording import number


def floor(*, noisy: bool = True) -> tuple[Floor, list[History]]:
    data = standardise(noisy_thermometer() if noisy else celsius())
    found = floor_of(Experiment.on(data, batches=Batches(10), learning_rate=0.1, iterations=400))
    return found, [train(experiment) for experiment in found.from_start()]


def network() -> tuple[Floor, list[History]]:
    start = Network(4).start(1, seed=0)
    found = floor_of(Experiment.on(sine(), model=Network(4), start=start, batches=Batches(10), iterations=50))
    return found, [train(experiment) for experiment in found.from_start()]


def test_the_runs_are_called_by_their_rates_and_the_last_by_its_falling() -> None:
    assert run_names(floor()[1]) == ["0.1", "0.0333", "0.01", "falling"]


def test_the_heights_are_those_measured() -> None:
    found, histories = floor()
    heights = [height(history, found.least) for history in histories]
    text = explained(histories, heights, found, at_best=False)
    once, third, tenth, falling = (number(one, 3) for one in heights)
    assert f"above the least by {once} at 0.1, {third} at 0.0333, {tenth} at 0.01 (medians)" in text
    assert f"ends at {falling}. These runs begin at the start" in text


def test_it_is_said_that_the_runs_begin_at_the_best() -> None:
    found, histories = floor()
    assert "begin at the best parameters themselves" in explained(histories, [4, 3, 2, 1], found, at_best=True)


def test_without_noise_there_is_said_to_be_no_floor() -> None:
    found, histories = floor(noisy=False)
    assert headline([4, 3, 2, 1], has_noise=found.has_noise, knows_least=True) == (
        "These data have no noise, so every batch agrees at the best: no floor."
    )
    assert explained(histories, [4, 3, 2, 1], found, at_best=False).startswith("All go on down")


def test_of_a_network_it_is_said_that_the_least_is_not_known() -> None:
    found, histories = network()
    text = explained(histories, [4, 3, 2, 1], found, at_best=False)
    assert text.startswith("In the last quarter the loss is 4 at ")
    assert text.endswith("The least loss is not known here: so this is the loss itself.")


@pytest.mark.parametrize(
    ("floors", "knows_least", "text"),
    [
        ((3.0, 2.0, 1.0, 0.1), True, "A constant rate stays up at its noise floor; a falling one gets below."),
        ((3.0, 2.0, 1.0, 0.1), False, "The falling learning rate ends lowest."),
        ((3.0, 2.0, 1.0, 1.5), True, "The smaller the learning rate, the lower the noise floor."),
        ((float("inf"), 2.0, 1.0, 1.5), True, "At this learning rate small batches make the run explode."),
        ((1.0, 2.0, 3.0, 1.5), False, "In so few steps the greatest learning rate is still the lowest."),
    ],
)
def test_the_headline_is_made_from_the_floors(floors: tuple[float, ...], knows_least: bool, text: str) -> None:
    assert headline(floors, has_noise=True, knows_least=knows_least) == text
