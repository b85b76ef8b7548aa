"""The page about the learning rate, for every model and optimiser, in batches and without."""

import re
from functools import cache
from itertools import cycle, product
from typing import Any

import numpy as np
import pytest

from core.data.builtin import DATASETS, celsius
from core.data.more import MORE_DATASETS
from core.optimisers import OPTIMISERS
from core.schedule import constant
from core.sweep import swept_losses
from core.theory.factors import fastest_pair
from core.theory.quadratic import quadratic
from pages.frame.runs import history_of
from pages.sections.optimisers import with_optimiser
from pages.settings.data import at_one_rate, experiment_of, own_rate
from tests.pages.visit import Visit
from wording import number

OPTIMISERS_COMPARED = "The optimisers compared"
LEARNERS = [
    (dataset, model, optimiser)
    for dataset in (*DATASETS, *MORE_DATASETS)
    for model in (("neuron", "network") if dataset in MORE_DATASETS else ("neuron",))
    for optimiser in OPTIMISERS
]
WAYS = cycle(product(("rates", "optimisers"), ("en", "tr"), (0, 7)))
"""Eight ways to look at five optimisers, of which every second one is looked at: each of them comes in every way."""
SHORT = "40"


@cache
def opened(**address: str) -> Visit:
    """The page at an address, only to be read."""
    return Visit("learning_rate", **{"more": "on", **address})


def traces(visit: Visit, player: int = 0, figure: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visit.players[player]["figures"][figure]["data"]
    return found


def title(visit: Visit, player: int, figure: int) -> str:
    return str(visit.players[player]["figures"][figure]["layout"]["yaxis"]["title"]["text"])


@pytest.mark.parametrize("learner", [*zip(LEARNERS[::2], WAYS, strict=False)], ids=str)
def test_the_page_opens_for_every_learner(learner: tuple[tuple[str, str, str], tuple[str, str, int]]) -> None:
    (dataset, model, optimiser), (compare, lang, batch) = learner
    chosen = {"dataset": dataset, "model": model, "optimiser": optimiser, "compare": compare, "lang": lang}
    batches = {"batch": str(batch)} if batch and dataset != "weighted-sum" else {}
    visit = Visit("learning_rate", more="on", iterations=SHORT, **chosen, **batches)
    assert visit.warnings == []
    assert len(visit.players) == 2 + bool(batches) + _has_bounces(visit)


def _has_bounces(visit: Visit) -> int:
    experiment = experiment_of(visit.settings)
    is_parabola = visit.settings.model == "neuron" and visit.settings.loss == "squared"
    return int(is_parabola and experiment.batches is None and visit.settings.optimiser not in ("rmsprop", "adam"))


# The U-curve, tried


@pytest.mark.parametrize("address", [{"optimiser": "adam"}, {"dataset": "sine"}, {"dataset": "tips", "batch": "10"}])
def test_the_points_of_the_u_curve_are_the_sweep_s_numbers(address: dict[str, str]) -> None:
    visit = opened(iterations=SHORT, **address)
    curve, rates = traces(visit)[0], np.array(traces(visit)[0]["x"])
    losses = swept_losses(experiment_of(at_one_rate(visit.settings)), rates)
    seen = np.isfinite(losses) & (losses < 1e3 * losses[0])
    assert (curve["mode"], len(rates)) == ("lines+markers", 30)
    assert np.array(curve["y"])[seen].tolist() == losses[seen].tolist()
    best = number(float(rates[losses.argmin()]), 3)
    assert f"Of 30 rates tried {best} is best: loss {number(float(losses.min()), 3)}." in visit.title


def test_the_diamond_stands_at_the_loss_of_the_run() -> None:
    visit = opened(dataset="sine", iterations=SHORT)
    history = history_of(experiment_of(visit.settings))
    (now,) = (trace for trace in traces(visit) if trace["name"] == "now")
    assert (now["x"], now["y"]) == ([0.1], [float(history.loss[-1])])


def test_a_click_takes_the_very_rate_that_was_tried() -> None:
    visit = Visit("learning_rate", dataset="sine", iterations=SHORT)
    rate = traces(visit)[0]["x"][7]
    visit.click_figure(0, figure=0, curve=0, x=rate, y=1.0)
    assert visit.settings.rate == rate


def test_a_moving_limit_has_a_line_at_the_start_and_at_the_end_and_a_sentence() -> None:
    visit = opened(dataset="sine", iterations=SHORT)
    layout = visit.players[0]["figures"][0]["layout"]
    assert {note["text"] for note in layout["annotations"]} == {"limit at the start", "limit at the end"}
    assert "of the limit as it is here" in visit.title
    assert any("the limit 2 / sharpness moves while a run trains" in text for text in visit.texts)


def test_adam_is_said_to_have_no_known_limit_and_what_trying_shows() -> None:
    visit = opened(optimiser="adam", iterations="400")
    assert "which rates are stable is not known here" in visit.title
    (text,) = (text for text in visit.texts if "no other is known beforehand" in text)
    assert text.startswith("None explodes up to 0.")
    assert (
        "shapes" not in visit.players[0]["figures"][0]["layout"]
        or not visit.players[0]["figures"][0]["layout"]["shapes"]
    )


def test_the_u_curve_of_momentum_is_computed_in_closed_form() -> None:
    visit = opened(optimiser="momentum", iterations=SHORT)
    curve = traces(visit)[0]
    known = quadratic(celsius(), optimiser=OPTIMISERS["momentum"]())
    losses = known.final_losses(celsius().start, np.array(curve["x"]), int(SHORT))
    assert len(curve["x"]) == 300
    assert curve["y"][:200] == pytest.approx(losses[:200].tolist(), rel=1e-9)


# Optimisers side by side


def compared(**address: str) -> Visit:
    return opened(compare="optimisers", **address)


def test_only_where_more_neurons_are_open_optimisers_are_offered() -> None:
    assert not [group for group in Visit("learning_rate").app.button_group if group.key == "compare"]
    assert opened().settings.compare == "rates"
    assert Visit("learning_rate", more="on").pick("compare", "optimisers").address == {
        "more": "on",
        "compare": "optimisers",
    }


def test_the_comparison_stays_with_another_data_set() -> None:
    visit = Visit("learning_rate", more="on", compare="optimisers").pick("dataset", "tips")
    assert visit.settings.compare == "optimisers"


@pytest.mark.parametrize("address", [{}, {"dataset": "sine", "iterations": SHORT}, {"optimiser": "adam"}])
def test_the_table_holds_the_rates_and_losses_of_the_runs(address: dict[str, str]) -> None:
    visit = compared(**address)
    rows = visit.table(OPTIMISERS_COMPARED)
    for row, name in zip(rows, OPTIMISERS, strict=True):
        settings = with_optimiser(visit.settings, name)
        history = history_of(experiment_of(settings))
        assert row[1] == number(settings.rate)
        assert row[5] == number(float(history.loss[-1]))


def test_within_its_family_an_optimiser_takes_the_rate_in_the_hand_else_its_own() -> None:
    visit = compared(learning_rate="0.0003", iterations=SHORT)
    assert [row[1] for row in visit.table(OPTIMISERS_COMPARED)] == ["0.0003"] * 3 + ["0.009"] * 2
    visit = compared(optimiser="adam", learning_rate="0.02", iterations=SHORT)
    assert [row[1] for row in visit.table(OPTIMISERS_COMPARED)] == ["0.0001"] * 3 + ["0.02"] * 2


def test_all_start_from_the_same_place_on_the_same_batches() -> None:
    settings = compared(batch="10", iterations=SHORT).settings
    experiments = [experiment_of(with_optimiser(settings, name)) for name in OPTIMISERS]
    assert len({(one.start, one.batches, one.data, one.model) for one in experiments}) == 1
    assert len({one.optimiser for one in experiments}) == 5
    assert experiments[-1].learning_rate == own_rate(with_optimiser(settings, "adam"))


@pytest.mark.parametrize(
    ("address", "last"),
    [({}, "bias"), ({"dataset": "sine"}, "second direction"), ({"dataset": "iris"}, "second direction")],
)
def test_predictions_losses_and_paths_play_in_step(address: dict[str, str], last: str) -> None:
    visit = compared(iterations=SHORT, **address)
    player = next(player for player in visit.players if len(player["figures"]) == 3)
    frames = [[frame["name"] for frame in figure["frames"]] for figure in player["figures"]]
    assert frames[1] == frames[2] == player["names"]
    assert frames[0] in (player["names"], [])
    assert player["figures"][1]["layout"]["yaxis"]["title"]["text"] == "loss"
    assert player["figures"][2]["layout"]["yaxis"]["title"]["text"] == last


def test_the_button_brings_the_fastest_momentum() -> None:
    visit = Visit("learning_rate", more="on", compare="optimisers")
    assert visit.buttons["fastest_momentum"] == "Fastest momentum: rate 0.002242, momentum 0.8706"
    visit.press("fastest_momentum")
    rate, momentum = fastest_pair(quadratic(celsius()).eigenvalues)
    assert (visit.settings.optimiser, visit.settings.learning_rate) == ("momentum", constant(float(f"{rate:.4g}")))
    assert visit.settings.momentum == pytest.approx(momentum, rel=1e-3)
    momentums = visit.table(OPTIMISERS_COMPARED)[1]
    assert int(momentums[4]) < 150
    assert "momentum arrives first" in " ".join(str(header.value) for header in visit.app.subheader)


@pytest.mark.parametrize("address", [{"dataset": "sine"}, {"batch": "10"}, {"dataset": "weighted-sum"}])
def test_where_no_pair_is_the_fastest_there_is_no_button(address: dict[str, str]) -> None:
    assert "fastest_momentum" not in compared(iterations=SHORT, **address).buttons


# The noise floor


def test_without_batches_there_is_no_noise_floor() -> None:
    assert not [header for header in opened(iterations=SHORT).app.header if "noise floor" in header.value]


def test_the_floors_of_the_noisy_thermometer_are_ordered_like_the_rates() -> None:
    visit = opened(dataset="noisy-thermometer", batch="10")
    floors = {trace["name"]: trace["y"] for trace in traces(visit, 1) if len(trace["y"]) == 2}
    assert list(floors) == ["0.0001", "0.0000333", "0.00001", "falling"]
    heights = [y[0] for y in floors.values()]
    assert heights == sorted(heights, reverse=True)
    (text,) = (text for text in visit.texts if text.startswith("In the last quarter"))
    assert re.findall(r"[\d.]+ at", text) == [f"{number(height, 3)} at" for height in heights[:3]]


def test_its_second_picture_shows_how_wide_each_run_ends() -> None:
    visit = opened(dataset="noisy-thermometer", batch="10")
    widths = [np.std(trace["y"]) for trace in traces(visit, 1, 1)[1:]]
    assert title(visit, 1, 1) == "error along the steep direction"
    assert widths == sorted(widths, reverse=True)


def test_celsius_has_no_noise_and_so_no_floor() -> None:
    visit = opened(batch="10")
    assert "no noise, so every batch agrees at the best: no floor" in " ".join(s.value for s in visit.app.subheader)
    assert [len(trace["y"]) > 2 for trace in traces(visit, 1)] == [True] * 4
    assert len(visit.players[1]["figures"]) == 1


# Bounces


def test_momentum_has_its_factors_and_its_swings() -> None:
    visit = opened(optimiser="momentum")
    (text,) = [text for text in visit.texts if text.startswith("Factors")]
    assert "steep direction: a swing of 15 steps, each leaving 0.9487 of the error" in text
    steep = traces(visit, 2)[0]["y"]
    assert steep[0] == 1.0
    assert min(steep) < -0.5


@pytest.mark.parametrize("address", [{"optimiser": "adam"}, {"batch": "10"}, {"dataset": "sine"}])
def test_where_a_step_has_no_factors_there_are_no_bounces(address: dict[str, str]) -> None:
    assert not [text for text in opened(iterations=SHORT, **address).texts if text.startswith("Factors")]
