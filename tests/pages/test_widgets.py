from pathlib import Path

import plotly
import pytest

from core.datasets import DATASETS
from core.learning_rate import limits
from pages.player.player import STATIC, Picture, frame_names, plotly_address, words
from pages.settings.table import MAX_ITERATIONS
from pages.widgets.controls import ITERATIONS
from pages.widgets.rates import learning_rates, nearest
from wording import number, speak

EVERY_DATASET = pytest.mark.parametrize("slug", DATASETS)


def rates(slug: str) -> tuple[float, ...]:
    dataset = DATASETS[slug]()
    return learning_rates(limits(dataset).stable, dataset.learning_rate)


@EVERY_DATASET
def test_the_slider_s_learning_rates_go_up_from_far_below_the_limit_to_past_it(slug: str) -> None:
    stable = limits(DATASETS[slug]()).stable
    assert list(rates(slug)) == sorted(set(rates(slug)))
    assert 0 < rates(slug)[0] <= stable / 1000
    assert 5 * stable < rates(slug)[-1] <= 10 * stable


@EVERY_DATASET
def test_the_data_set_s_own_learning_rate_is_on_the_slider(slug: str) -> None:
    assert DATASETS[slug]().learning_rate in rates(slug)


@EVERY_DATASET
def test_two_learning_rates_on_the_slider_are_at_most_a_tenth_apart(slug: str) -> None:
    assert max(b / a for a, b in zip(rates(slug), rates(slug)[1:], strict=False)) <= 1.1 + 1e-9


@EVERY_DATASET
@pytest.mark.parametrize("language", ["en", "tr"])
def test_no_two_learning_rates_on_the_slider_look_the_same(slug: str, language: str) -> None:
    speak(language)
    assert len({number(rate) for rate in rates(slug)}) == len(rates(slug))


@pytest.mark.parametrize("rate", [0.000123, 0.0012, 0.0095])
def test_the_slider_s_learning_rates_are_round_numbers(rate: float) -> None:
    assert all(len(f"{value:.12e}".split("e")[0].rstrip("0").replace(".", "")) <= 2 for value in rates("celsius"))
    assert nearest(rates("celsius"), rate) == pytest.approx(rate, rel=0.05)


def test_flat_data_have_a_slider_around_their_own_rate() -> None:
    options = learning_rates(float("inf"), 0.1)
    assert options[0] <= 1e-4
    assert options[-1] == 1.0


@pytest.mark.parametrize("stable", [1e-300, 1e-20, 1e20, 1e300])
def test_very_steep_and_very_flat_data_have_a_slider_too(stable: float) -> None:
    options = learning_rates(stable, 0.1)
    assert options[0] < stable < options[-1] < float("inf")


@pytest.mark.parametrize(
    ("value", "option"), [(0.0, 1.0), (-5.0, 1.0), (1.0, 1.0), (3.0, 1.0), (3.3, 10.0), (30.0, 10.0), (1e300, 100.0)]
)
def test_a_value_off_the_slider_is_shown_at_the_nearest_place(value: float, option: float) -> None:
    assert nearest((1.0, 10.0, 100.0), value) == option


def test_the_iterations_on_the_slider_are_1_2_5_10_up_to_the_most_allowed() -> None:
    assert ITERATIONS[:4] == (1, 2, 5, 10)
    assert ITERATIONS[-2:] == (50_000, MAX_ITERATIONS)
    assert list(ITERATIONS) == sorted(set(ITERATIONS))


def picture(*names: str) -> Picture:
    return Picture({"data": [], "layout": {}, "frames": [{"name": name, "data": []} for name in names]}, alt="")


def test_figures_with_the_same_frames_play_in_step() -> None:
    assert frame_names([picture("0", "1"), picture("0", "1")], ["start", "end"]) == ["0", "1"]


def test_a_figure_without_frames_may_stand_beside_one_with_frames() -> None:
    assert frame_names([picture(), picture("0", "1")], ["start", "end"]) == ["0", "1"]


def test_without_frames_there_is_nothing_to_play() -> None:
    assert frame_names([picture(), Picture({"data": [], "layout": {}}, alt="")], []) == []


@pytest.mark.parametrize(
    ("pictures", "captions"),
    [
        ([picture("0", "1"), picture("0", "2")], ["a", "b"]),
        ([picture("0", "1"), picture("0")], ["a", "b"]),
        ([picture("0", "1")], ["a"]),
        ([picture("0", "1")], ["a", "b", "c"]),
        ([picture("0", "1")], []),
    ],
)
def test_figures_out_of_step_and_missing_captions_are_refused(pictures: list[Picture], captions: list[str]) -> None:
    with pytest.raises(ValueError, match="same names"):
        frame_names(pictures, captions)


def test_the_player_s_words_are_translated() -> None:
    english = words()
    speak("tr")
    assert words().keys() == english.keys()
    assert set(words().values()).isdisjoint(english.values())


def test_the_player_gets_the_script_of_the_installed_plotly() -> None:
    address = plotly_address()
    assert address.startswith("/app/static/plotly-")
    served = STATIC / address.rsplit("/", 1)[1]
    installed = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert served.read_bytes() == installed.read_bytes()
