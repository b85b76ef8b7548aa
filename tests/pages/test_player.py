from pathlib import Path

import plotly
import pytest

from pages.player.player import STATIC, Picture, frame_names, plotly_address
from pages.player.words import words
from wording import speak


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
