import re
from functools import cache
from inspect import getsource
from itertools import pairwise
from textwrap import dedent
from typing import Any

import plotly.graph_objects as go
import pytest

from core.data.builtin import DATASETS
from core.neuron import Neuron
from core.optimisers import update
from pages.frame.shell import PAGES
from tests.pages.shown import EXTREMES, have_ranges
from tests.pages.visit import Visit
from wording import LANGUAGES

PAGES_WITH_PICTURES = sorted(set(PAGES) - {"about", "class_board", "teach", "your_data"})
EVERY_PAGE = pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def opened(dataset: str, lang: str, page: str = "train") -> Visit:
    """A page with a data set, only to be read."""
    return Visit(page, dataset=dataset, lang=lang)


def every_language(page: str, dataset: str) -> list[Visit]:
    return [opened(dataset, lang, page) for lang in LANGUAGES]


def controls(visit: Visit) -> list[Any]:
    app = visit.app
    return [*app.selectbox, *app.select_slider, *app.text_input, *app.button_group, *app.toggle, *app.button]


@EVERY_PAGE
@EVERY_DATASET
def test_every_page_opens_with_a_sentence_and_labelled_controls_and_without_a_complaint(
    page: str, dataset: str
) -> None:
    for visit in every_language(page, dataset):
        assert visit.title.endswith((".", "?"))
        assert visit.warnings == []
        assert len(visit.players) >= 1
        assert len(controls(visit)) >= 10
        assert [control.key for control in controls(visit) if not control.label] == []


@EVERY_PAGE
def test_every_figure_has_a_text_of_its_own_and_no_text_has_a_placeholder_left(page: str) -> None:
    for visit in (visit for dataset in DATASETS for visit in every_language(page, dataset)):
        texts = [figure["alt"] for figure in visit.figures]
        said = [*texts, visit.title, *(text for text in visit.texts if not text.startswith("$"))]
        assert len(set(texts)) == len(texts)
        assert [text for text in texts if len(text) < 20] == []
        assert [text for text in said if re.search(r"\{\w*\}", text)] == []


@EVERY_PAGE
def test_the_figures_of_every_player_are_valid_and_play_in_step_each_frame_with_its_caption(page: str) -> None:
    for player in (player for dataset in DATASETS for player in opened(dataset, "en", page).players):
        names = [[frame["name"] for frame in figure["frames"]] for figure in player["figures"]]
        assert [moving for moving in names if moving not in ([], player["names"])] == []
        assert len(set(player["captions"])) == len(player["captions"]) == len(player["names"])
        for figure in player["figures"]:
            assert len(go.Figure({part: figure[part] for part in ("data", "layout", "frames")}).data) >= 1


@EVERY_PAGE
def test_the_title_is_in_the_language_that_is_spoken(page: str) -> None:
    for dataset in DATASETS:
        english, turkish = (visit.title for visit in every_language(page, dataset))
        assert set(english.split(". ")).isdisjoint(turkish.split(". "))
        assert not re.search("[çğıöşüİ]", english)
        assert re.search("[çğıöşüİ]", turkish)


@EVERY_DATASET
def test_nothing_but_names_is_the_same_in_both_languages(dataset: str) -> None:
    words = []
    for lang in LANGUAGES:
        app = opened(dataset, lang).app
        labelled = [*app.selectbox, *app.select_slider, *app.text_input, *app.toggle, *app.button]
        words.append({*(c.label for c in labelled), *(t.label for t in app.tabs), *(m.label for m in app.metric)})
    assert words[0] & words[1] == set()


@pytest.mark.parametrize("extreme", EXTREMES)
def test_an_extreme_run_is_shown_on_every_page_and_no_title_holds_a_missing_number(extreme: str) -> None:
    for page in PAGES_WITH_PICTURES:
        visit = Visit(page, **EXTREMES[extreme])
        assert visit.warnings == []
        assert visit.title
        assert not re.search(r"\bnan\b|\binf\b|no number", visit.title)
        assert len(visit.players) >= 1
        if page in ("one_step", "which_way"):
            assert have_ranges(visit.figures)


@EVERY_LANGUAGE
def test_the_data_sets_are_offered_by_their_names(lang: str) -> None:
    names = {
        "en": [
            "Celsius to Fahrenheit",
            "Theano's weighted sum to 100",
            "Thermometer with noise",
            "Restaurant bills and tips",
            "Your data",
        ],
        "tr": [
            "Celsius’tan Fahrenheit’a",
            "Theano: ağırlıklı toplamı 100’e ulaştırma",
            "Gürültülü termometre",
            "Lokanta hesapları ve bahşişler",
            "Verileriniz",
        ],
    }
    assert opened("celsius", lang).app.selectbox("dataset").options == names[lang]


@pytest.mark.parametrize(
    ("dataset", "fields"),
    [
        ("celsius", {"bias"}),
        ("tips", {"bias"}),
        ("noisy-thermometer", {"bias", "noise", "noise_seed"}),
        ("weighted-sum", {"features", "target"}),
    ],
)
def test_a_data_set_shows_the_fields_and_switches_that_matter_to_it(dataset: str, fields: set[str]) -> None:
    app = opened(dataset, "en").app
    assert {field.key for field in app.text_input} == fields | {"iterations", "weights", "rows", "schedule"}
    of_the_data = ["standardise", "summed"] if "bias" in fields else []
    assert [switch.key for switch in app.toggle] == [*of_the_data, "trail", "valley"]


@pytest.mark.parametrize(("lang", "rate", "start"), [("en", "0.0001", "0.5"), ("tr", "0,0001", "0,5")])
def test_the_fields_show_exactly_what_is_set_and_the_sliders_stand_there(lang: str, rate: str, start: str) -> None:
    visit = opened("celsius", lang)
    fields = [visit.field(name) for name in ("learning_rate", "iterations", "weights", "bias", "rows")]
    assert fields == [rate, "10000", start, start, ""]
    assert (visit.dial["rate"], visit.slider("iterations").value) == (1e-4, 10_000)


def test_train_shows_the_article_s_run() -> None:
    visit = opened("celsius", "en")
    assert visit.title == "Steady: every step comes nearer, but it is not there yet."
    assert "0.0001 is 8 % of the limit; half the error is gone every 3,467 steps." in visit.pick("watch", "error").texts
    assert visit.trace(0, "before training")["y"] == [-24.5, 25.0]
    assert visit.trace(0, "now")["y"] == pytest.approx([-62.13680, 115.80961], rel=1e-6)
    assert visit.moved(1, "now")[-1]["y"] == pytest.approx([18.183695593848714], rel=1e-5)
    assert visit.player["captions"][1] == "iteration 1 · loss 1,941"
    assert (visit.player["names"][0], visit.player["names"][-1]) == ("0", "10000")
    assert re.findall(r"<tr><td>([\d,]+)</td>", visit.html)[:3] == ["0", "1", "2"]


def is_welcomed(visit: Visit) -> bool:
    signs = {
        "How fast should it learn?" in " ".join(visit.texts),
        bool(visit.players[0]["autoplay"]),
        bool(visit.dial["hint"]),
    }
    assert len(signs) == 1
    return signs.pop()


def test_who_has_just_come_is_told_what_this_is_sees_it_play_and_has_a_hint_at_the_dial() -> None:
    assert is_welcomed(Visit("train"))
    assert Visit("train", lang="tr").players[0]["autoplay"]


@pytest.mark.parametrize("name", ["learning_rate", "iterations"])
def test_the_first_move_ends_the_welcome(name: str) -> None:
    assert not is_welcomed(Visit("train").slide(name, 20 if name == "iterations" else 0.0008))


def test_a_link_with_settings_has_no_welcome() -> None:
    assert not is_welcomed(Visit("train", iterations="500"))


@pytest.mark.parametrize(
    ("dataset", "ways"),
    [
        ("celsius", [("weight", "1.797", "100 %"), ("bias", "27.74", "86 %")]),
        ("weighted-sum", [("output", "100", "100 %")]),
    ],
)
def test_at_the_end_each_value_says_how_far_it_has_come(dataset: str, ways: list[tuple[str, str, str]]) -> None:
    shown = opened(dataset, "en").player["ways"]
    assert [(way["name"], way["values"][-1], way["said"][-1]) for way in shown] == ways


def test_the_code_shown_is_the_code_that_runs() -> None:
    shown = [str(block.value) for block in Visit("train").open_tab("The code that runs").app.code]
    functions = (Neuron.forward, Neuron.backward, update)
    assert [code.strip() for code in shown] == [dedent(getsource(function)).strip() for function in functions]


def test_the_weighted_sum_alone_shows_the_article_s_listing() -> None:
    tabs = {dataset: [tab.label for tab in opened(dataset, "en").app.tabs] for dataset in DATASETS}
    assert [dataset for dataset, labels in tabs.items() if "The article's listing" in labels] == ["weighted-sum"]
    (block,) = Visit("train", dataset="weighted-sum").open_tab("The article's listing").app.code
    lines = str(block.value).splitlines()
    assert lines[1:4] == ["iteration:  0", "Modified Weights:  [19.94 20.09 19.99 20.14]", "Output:  0.8"]
    assert lines[-2] == "Modified Weights:  [24.89999746 25.04999746 24.94999746 25.09999746]"


def level_of(element: Any) -> int:
    """The level of a heading, also of one that is set as HTML; 0 of all that is none."""
    if element.type in ("title", "header", "subheader"):
        return int(element.tag[1])
    return int("<h1>" in element.proto.body) if element.type == "html" else 0


@pytest.mark.parametrize("page", PAGES)
def test_headings_begin_with_one_title_and_leave_no_level_out(page: str) -> None:
    levels = [level for element in Visit(page).app.main if (level := level_of(element))]
    assert levels[0] == 1
    assert all(later in (2, earlier, earlier + 1) for earlier, later in pairwise(levels))


@EVERY_LANGUAGE
def test_the_about_page_opens_in_every_language_and_lists_the_keys(lang: str) -> None:
    visit = Visit("about", lang=lang)
    assert {"en": "watch one neuron learn", "tr": "bir nöronun öğrenişini izleyin"}[lang] in visit.title
    assert len(visit.app.header) >= 4
    assert visit.warnings == []
    assert [key for key in ("P", ", .", "L", "A", "0") if f"<td>{key}</td>" not in visit.html] == []
