from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from charts.iterations import frame_iterations
from core.data.builtin import weighted_sum
from core.experiment import Experiment
from core.training import train
from pages.frame.runs import history_of
from pages.settings.data import experiment_of
from tests.pages.visit import Visit


@cache
def opened(dataset: str, lang: str = "en") -> Visit:
    """The page with a data set, only to be read."""
    return Visit("loss_surface", dataset=dataset, lang=lang)


def titles(figure: dict[str, Any]) -> list[str]:
    return [figure["layout"][name]["title"]["text"] for name in ("xaxis", "yaxis")]


@pytest.mark.parametrize("dataset", ["celsius", "weighted-sum"])
def test_surface_and_prediction_play_in_step_in_either_view(dataset: str) -> None:
    for visit in (opened(dataset), Visit("loss_surface", dataset=dataset, view="3d")):
        names = [[frame["name"] for frame in figure["frames"]] for figure in visit.player["figures"]]
        assert names == [visit.player["names"]] * 2
        assert visit.title in visit.player["figures"][0]["alt"]


def test_the_title_says_how_narrow_the_valley_is() -> None:
    beginning = "The valley is narrow: 834 times as steep across as along."
    assert opened("celsius").title.startswith(beginning)
    assert opened("weighted-sum").title.startswith("The valley has no end:")
    for dataset in ("celsius", "noisy-thermometer", "tips"):
        standardised = Visit("loss_surface", dataset=dataset, standardise="on")
        assert standardised.title.startswith("The valley is round:")


@pytest.mark.parametrize("address", [{}, {"learning_rate": "0.0008"}, {"learning_rate": "0.01"}, {"weights": "7"}])
def test_the_path_is_that_of_the_stepped_run(address: dict[str, str]) -> None:
    visit = Visit("loss_surface", iterations="200", **address)
    history = history_of(experiment_of(visit.settings))
    figure = visit.player["figures"][0]
    (x0, x1), (y0, y1) = (figure["layout"][f"{k}axis"]["range"] for k in "xy")
    for name, frame in zip(visit.player["names"], figure["frames"], strict=True):
        x, y = history.parameters[int(name)].tolist()
        if x0 <= x <= x1 and y0 <= y <= y1:
            assert (frame["data"][1]["x"], frame["data"][1]["y"]) == ([x], [y])


def test_the_surface_shows_the_iterations_asked_for() -> None:
    player = Visit("loss_surface", rows="777").player
    assert player["names"] == [str(i) for i in frame_iterations(10_000, (777,))]


def test_the_plane_control_chooses_axes_address_and_path_where_there_are_more_than_two_parameters() -> None:
    assert [box.key for box in opened("celsius").app.selectbox] == ["dataset"]
    visit = Visit("loss_surface", dataset="weighted-sum")
    assert "The other parameters are held where this run ends." in visit.texts
    weights = train(Experiment.on(weighted_sum())).weights
    for first, second in list(combinations(range(1, 5), 2))[::-1]:
        visit.pick("plane", first).pick("plane_with", second)
        assert titles(visit.player["figures"][0]) == [f"w{first}", f"w{second}"]
        path = visit.player["figures"][0]["frames"][-1]["data"][0]
        assert (path["x"], path["y"]) == (weights[:, first - 1].tolist(), weights[:, second - 1].tolist())
        assert visit.address.get("plane", "1,2") == f"{first},{second}"


def test_the_view_control_turns_the_map_into_a_surface_and_back_and_survives_a_change_of_page() -> None:
    visit = Visit("loss_surface").pick("view", "3d").go("train").go("loss_surface")
    assert visit.address == {"view": "3d"}
    assert visit.player["figures"][0]["data"][0]["type"] == "surface"
    visit.pick("view", "contour")
    assert visit.address == {}
    assert visit.player["figures"][0]["data"][0]["type"] == "contour"


@pytest.mark.parametrize(("lang", "names"), [("en", ["weight", "bias"]), ("tr", ["ağırlık", "sapma"])])
def test_the_axes_are_named_in_the_page_s_language(lang: str, names: list[str]) -> None:
    assert titles(opened("celsius", lang).player["figures"][0]) == names


def test_standardising_makes_the_map_s_contours_circles() -> None:
    figure = Visit("loss_surface", standardise="on").player["figures"][0]
    goal = next(trace for trace in figure["data"] if trace.get("name") == "best possible")
    x, y, z = (np.array(figure["data"][0][letter]) for letter in "xyz")
    distance = np.hypot(*np.meshgrid(x - goal["x"][0], y - goal["y"][0]))
    assert 10**z == pytest.approx(np.maximum(distance**2, 10 ** z.min()), rel=1e-6)
