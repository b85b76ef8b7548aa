from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from charts.look import frame_iterations
from core.closed_form import parameter_vector
from core.datasets import DATASETS, celsius, weighted_sum
from core.training import train
from pages.frame.runs import run_of
from pages.settings.table import Settings
from tests.pages.shown import EXTREMES, players
from tests.pages.visit import Visit
from wording import LANGUAGES, speak

EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
EVERY_VIEW = pytest.mark.parametrize("view", ["contour", "3d"])


@cache
def opened(dataset: str, lang: str, view: str) -> Visit:
    """The page with a data set, only to be read."""
    return Visit("loss_surface", dataset=dataset, lang=lang, view=view)


@pytest.fixture
def visit() -> Visit:
    return Visit("loss_surface")


def titles(figure: dict[str, Any]) -> list[str]:
    return [figure["layout"][name]["title"]["text"] for name in ("xaxis", "yaxis")]


@EVERY_DATASET
@EVERY_LANGUAGE
@EVERY_VIEW
def test_every_data_set_opens_without_a_complaint(dataset: str, lang: str, view: str) -> None:
    assert opened(dataset, lang, view).warnings == []


@EVERY_DATASET
@EVERY_LANGUAGE
@EVERY_VIEW
def test_surface_and_prediction_play_in_step(dataset: str, lang: str, view: str) -> None:
    player = opened(dataset, lang, view).player
    names = [[frame["name"] for frame in figure["frames"]] for figure in player["figures"]]
    assert len(names) == 2
    assert names[0] == names[1] == player["names"]


@EVERY_DATASET
@EVERY_LANGUAGE
@EVERY_VIEW
def test_the_surface_has_a_text_for_those_who_cannot_see_it(dataset: str, lang: str, view: str) -> None:
    visit = opened(dataset, lang, view)
    assert visit.title in visit.player["figures"][0]["alt"]
    assert not set("{}") & set(visit.player["figures"][0]["alt"])


def test_the_valley_of_celsius_is_834_times_as_steep_across_as_along(visit: Visit) -> None:
    assert visit.title.startswith("The valley is narrow: 834 times as steep across as along.")


@pytest.mark.parametrize("dataset", ["celsius", "noisy-thermometer", "tips"])
def test_the_valley_of_standardised_data_is_round(dataset: str) -> None:
    assert Visit("loss_surface", dataset=dataset, standardise="on").title.startswith("The valley is round:")


def test_the_valley_of_the_weighted_sum_has_no_end() -> None:
    assert opened("weighted-sum", "en", "contour").title.startswith("The valley has no end:")


@pytest.mark.parametrize("address", [{}, {"learning_rate": "0.0008"}, {"learning_rate": "0.01"}, {"weights": "7"}])
def test_the_path_is_that_of_the_stepped_run(address: dict[str, str]) -> None:
    visit = Visit("loss_surface", iterations="200", **address)
    start = np.array([float(address.get("weights", 0.5))])
    history = train(celsius(), type(celsius().start)(start, 0.5), float(address.get("learning_rate", "1e-4")), 200)
    for name, frame in zip(visit.player["names"], visit.player["figures"][0]["frames"], strict=True):
        now = frame["data"][1]
        (x, y) = parameter_vector(celsius(), history.neuron(int(name))).tolist()
        (x0, x1), (y0, y1) = (visit.player["figures"][0]["layout"][f"{k}axis"]["range"] for k in "xy")
        if x0 <= x <= x1 and y0 <= y <= y1:
            assert (now["x"], now["y"]) == ([x], [y])


def test_the_surface_shows_the_iterations_asked_for() -> None:
    player = Visit("loss_surface", rows="777").player
    assert player["names"] == [str(i) for i in frame_iterations(10_000, (777,))]


def test_two_parameters_need_no_choice_of_a_plane(visit: Visit) -> None:
    assert [box.key for box in visit.app.selectbox] == ["dataset"]


@pytest.mark.parametrize("pair", list(combinations(range(1, 5), 2)))
def test_the_plane_control_chooses_the_axes(pair: tuple[int, int]) -> None:
    visit = Visit("loss_surface", dataset="weighted-sum").pick("plane", pair)  # type: ignore[arg-type]
    assert titles(visit.player["figures"][0]) == [f"w{index}" for index in pair]
    assert visit.settings.plane == pair


def test_the_plane_control_changes_the_address() -> None:
    visit = Visit("loss_surface", dataset="weighted-sum").pick("plane", (2, 4))  # type: ignore[arg-type]
    assert visit.address == {"dataset": "weighted-sum", "plane": "2,4"}


def test_the_plane_of_a_link_may_name_its_parameters_in_any_order() -> None:
    visit = Visit("loss_surface", dataset="weighted-sum", plane="4,2")
    assert titles(visit.player["figures"][0]) == ["w4", "w2"]


def test_the_path_in_another_plane_is_that_of_its_weights() -> None:
    visit = Visit("loss_surface", dataset="weighted-sum", plane="2,4")
    history = train(weighted_sum(), weighted_sum().start, 0.1, 10)
    path = visit.player["figures"][0]["frames"][-1]["data"][0]
    assert (path["x"], path["y"]) == (history.weights[:, 1].tolist(), history.weights[:, 3].tolist())


def test_more_than_two_parameters_need_a_word_about_the_others() -> None:
    captions = [markdown.value for markdown in opened("weighted-sum", "en", "contour").app.markdown]
    assert "The other parameters are held where this run ends." in captions


def test_the_view_control_turns_the_map_into_a_surface(visit: Visit) -> None:
    visit.pick("view", "3d")
    assert visit.address == {"view": "3d"}
    assert visit.player["figures"][0]["data"][0]["type"] == "surface"


def test_the_view_control_turns_the_surface_into_a_map_again(visit: Visit) -> None:
    visit.pick("view", "3d").pick("view", "contour")
    assert visit.address == {}
    assert visit.player["figures"][0]["data"][0]["type"] == "contour"


def test_the_view_survives_a_change_of_page(visit: Visit) -> None:
    assert visit.pick("view", "3d").go("train").go("loss_surface").address == {"view": "3d"}


@EVERY_LANGUAGE
def test_the_axes_are_named_in_the_page_s_language(lang: str) -> None:
    figure = opened("celsius", lang, "contour").player["figures"][0]
    assert titles(figure) == {"en": ["weight", "bias"], "tr": ["ağırlık", "sapma"]}[lang]


def test_standardising_makes_the_map_s_contours_circles() -> None:
    figure = Visit("loss_surface", standardise="on").player["figures"][0]
    field = figure["data"][0]
    goal = next(trace for trace in figure["data"] if trace.get("name") == "best possible")
    x, y, z = (np.array(field[letter]) for letter in "xyz")
    distance = np.hypot(*np.meshgrid(x - goal["x"][0], y - goal["y"][0]))
    assert z.argsort(axis=None)[-1] == distance.argsort(axis=None)[-1]
    assert 10**z == pytest.approx(distance**2, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("extreme", EXTREMES)
@EVERY_VIEW
def test_an_extreme_run_is_shown_all_the_same(extreme: str, view: str) -> None:
    visit = Visit("loss_surface", view=view, **EXTREMES[extreme])
    assert visit.title
    assert len(players(visit)) == 1


@pytest.mark.parametrize("extreme", EXTREMES)
def test_the_title_of_an_extreme_run_holds_no_missing_number(extreme: str) -> None:
    title = Visit("loss_surface", **EXTREMES[extreme]).title
    assert " nan" not in title
    assert "no number" not in title


def test_the_page_s_run_is_the_same_as_train_s() -> None:
    speak("en")
    loss = run_of(Settings()).history.loss[-1]
    assert loss == pytest.approx(18.183695593848714, rel=1e-12)
