import re
from functools import cache
from inspect import getsource, signature

import plotly.graph_objects as go
import pytest

from core.datasets import DATASETS
from core.neuron import backward, forward, update
from core.training import train
from pages.frame.runs import run_of
from pages.frame.shell import PAGES
from pages.settings.table import Settings
from pages.shared.sentence import sentence
from tests.pages.visit import Visit
from wording import LANGUAGES, speak

EVERY_DATASET = pytest.mark.parametrize("dataset", DATASETS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
PAGES_WITH_PICTURES = sorted(set(PAGES) - {"about"})


@cache
def opened(dataset: str, lang: str, page: str = "train") -> Visit:
    """A page with a data set, only to be read."""
    return Visit(page, dataset=dataset, lang=lang)


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_data_set_opens_with_a_sentence_about_its_run(dataset: str, lang: str) -> None:
    speak(lang)
    assert opened(dataset, lang).title == sentence(run_of(Settings(dataset=dataset)))
    assert opened(dataset, lang).warnings == []


@pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_page_opens_with_a_sentence_and_pictures_of_every_data_set(page: str, dataset: str, lang: str) -> None:
    visit = opened(dataset, lang, page)
    assert visit.title.endswith((".", "?"))
    assert visit.warnings == []
    assert len(visit.players) >= 1


@pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
@EVERY_DATASET
def test_every_figure_of_every_page_passes_plotly_s_own_validation(page: str, dataset: str) -> None:
    for player in opened(dataset, "en", page).players:
        for figure in player["figures"]:
            content = {part: figure[part] for part in ("data", "layout", "frames")}
            assert len(go.Figure(content).data) >= 1


@pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
@EVERY_DATASET
def test_the_figures_of_every_player_play_in_step(page: str, dataset: str) -> None:
    for player in opened(dataset, "en", page).players:
        names = [[frame["name"] for frame in figure["frames"]] for figure in player["figures"]]
        assert [moving for moving in names if moving not in ([], player["names"])] == []
        assert len(player["captions"]) == len(player["names"])


@pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_figure_of_every_page_has_a_text_of_its_own(page: str, dataset: str, lang: str) -> None:
    texts = [figure["alt"] for player in opened(dataset, lang, page).players for figure in player["figures"]]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if len(text) < 20 or set("{}") & set(text)] == []


@pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
@EVERY_DATASET
def test_the_title_is_in_the_language_that_is_spoken(page: str, dataset: str) -> None:
    english, turkish = (opened(dataset, lang, page).title for lang in ("en", "tr"))
    assert set(english.split(". ")).isdisjoint(turkish.split(". "))
    assert not re.search("[çğışİ]", english)
    assert re.search("[çğışİ]", turkish)


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_data_set_opens_with_a_picture_and_a_loss_curve_to_play(dataset: str, lang: str) -> None:
    player = opened(dataset, lang).player
    names = [[frame["name"] for frame in figure["frames"]] for figure in player["figures"]]
    assert len(player["figures"]) == 2
    assert names[0] == names[1] == player["names"]
    assert (names[0][0], names[0][-1]) == ("0", str(DATASETS[dataset]().iterations))


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_frame_has_a_caption_of_its_own(dataset: str, lang: str) -> None:
    player = opened(dataset, lang).player
    word = {"en": "iteration", "tr": "yineleme"}[lang]
    assert len(player["captions"]) == len(player["names"])
    assert len(set(player["captions"])) == len(player["names"])
    assert [caption for caption in player["captions"] if not caption.startswith(f"{word} ")] == []


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_figure_has_a_text_for_those_who_cannot_see_it(dataset: str, lang: str) -> None:
    visit = opened(dataset, lang)
    picture, curve = (figure["alt"] for figure in visit.player["figures"])
    assert visit.title in picture
    assert {"en": "loss", "tr": "kayıp"}[lang] in curve
    assert not set("{}") & set(picture + curve)


def test_the_text_of_the_loss_curve_says_from_where_to_where_it_goes() -> None:
    _picture, curve = (figure["alt"] for figure in opened("celsius", "en").player["figures"])
    assert curve == "The loss over the iterations: from 2,360 at the start to 18.18 at iteration 10,000."


@EVERY_DATASET
@EVERY_LANGUAGE
def test_every_control_has_a_label(dataset: str, lang: str) -> None:
    app = opened(dataset, lang).app
    controls = [*app.selectbox, *app.select_slider, *app.text_input, *app.button_group, *app.button]
    assert len(controls) >= 12
    assert [control.key for control in controls if not control.label] == []


@EVERY_DATASET
def test_nothing_but_names_is_the_same_in_both_languages(dataset: str) -> None:
    words = []
    for lang in LANGUAGES:
        app = opened(dataset, lang).app
        controls = [*app.selectbox, *app.select_slider, *app.text_input, *app.button]
        words.append({*(c.label for c in controls), *(t.label for t in app.tabs), *(m.label for m in app.metric)})
    assert words[0] & words[1] == set()


@EVERY_LANGUAGE
def test_the_data_sets_are_offered_by_their_names(lang: str) -> None:
    names = {
        "en": ["Celsius to Fahrenheit", "Weighted sum to 100", "Thermometer with noise", "Restaurant bills and tips"],
        "tr": [
            "Celsius’tan Fahrenheit’a",
            "Toplamı 100’e ulaştırmak",
            "Gürültülü termometre",
            "Lokanta hesapları ve bahşişler",
        ],
    }
    assert opened("celsius", lang).app.selectbox("dataset").options == names[lang]


@pytest.mark.parametrize(
    ("dataset", "fields"),
    [
        ("celsius", {"learning_rate", "iterations", "weights", "bias", "rows"}),
        ("tips", {"learning_rate", "iterations", "weights", "bias", "rows"}),
        ("noisy-thermometer", {"learning_rate", "iterations", "weights", "bias", "noise", "noise_seed", "rows"}),
        ("weighted-sum", {"learning_rate", "iterations", "weights", "features", "target", "rows"}),
    ],
)
def test_a_data_set_shows_the_fields_that_matter_to_it(dataset: str, fields: set[str]) -> None:
    assert {field.key for field in opened(dataset, "en").app.text_input} == fields


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", {"learning_rate": "0.0001", "iterations": "10000", "weights": "0.5", "bias": "0.5", "rows": ""}),
        ("tr", {"learning_rate": "0,0001", "iterations": "10000", "weights": "0,5", "bias": "0,5", "rows": ""}),
    ],
)
def test_the_fields_show_exactly_what_is_set(lang: str, shown: dict[str, str]) -> None:
    assert {name: opened("celsius", lang).field(name) for name in shown} == shown


def test_the_sliders_stand_where_the_data_set_s_own_values_are() -> None:
    visit = opened("celsius", "en")
    assert (visit.slider("learning_rate").value, visit.slider("iterations").value) == (1e-4, 10_000)


def test_the_figures_are_those_of_the_article_s_run() -> None:
    visit = opened("celsius", "en")
    assert visit.trace(0, "before training")["y"] == [-24.5, 25.0]
    assert visit.trace(0, "now")["y"] == pytest.approx([-62.13680, 115.80961], rel=1e-6)
    assert visit.trace(1, "now")["x"] == [10_000]
    assert visit.trace(1, "now")["y"] == pytest.approx([18.183695593848714], rel=1e-9)


def test_the_caption_holds_iteration_loss_and_parameters() -> None:
    captions = opened("celsius", "en").player["captions"]
    assert captions[1] == "iteration 1 · loss 1,941 · weight 0.7136 · bias 0.5062"


def test_the_caption_of_one_sample_holds_its_output_too() -> None:
    captions = opened("weighted-sum", "en").player["captions"]
    assert captions[1] == "iteration 1 · loss 393.6 · output 80.16 · w1 19.94 · w2 20.09 · w3 19.99 · w4 20.14"


@pytest.mark.parametrize(
    ("dataset", "metrics"),
    [
        (
            "celsius",
            {
                "loss at the end": ("18.18", "best possible: 0"),
                "weight at the end": ("1.797", "best possible: 1.8"),
                "bias at the end": ("27.74", "best possible: 32"),
            },
        ),
        (
            "weighted-sum",
            {
                "loss at the end": ("1.032 × 10⁻¹⁰", "best possible: 0"),
                "output at the end": ("100", "best possible: 100"),
                "w1 at the end": ("24.9", "best possible: 24.9"),
                "w2 at the end": ("25.05", "best possible: 25.05"),
                "w3 at the end": ("24.95", "best possible: 24.95"),
                "w4 at the end": ("25.1", "best possible: 25.1"),
            },
        ),
    ],
)
def test_the_end_of_the_run_stands_beside_the_best_possible(dataset: str, metrics: dict[str, tuple[str, str]]) -> None:
    shown = {metric.label: (metric.value, metric.delta) for metric in opened(dataset, "en").app.metric}
    assert shown == metrics


def test_the_code_shown_is_the_code_that_runs() -> None:
    shown = [block.value for block in Visit("train").open_tab("The code that runs").app.code]
    assert [code.strip() for code in shown] == [getsource(f).strip() for f in (forward, backward, update)]


def test_the_code_shown_is_what_training_calls() -> None:
    assert {"forward", "backward", "update"} <= {*train.__code__.co_names, *signature(train).parameters}
    assert signature(train).parameters["backward"].default is backward


def test_only_the_weighted_sum_shows_the_article_s_listing() -> None:
    tabs = {dataset: [tab.label for tab in opened(dataset, "en").app.tabs] for dataset in DATASETS}
    assert [dataset for dataset, labels in tabs.items() if "The article's listing" in labels] == ["weighted-sum"]


def test_the_listing_on_the_page_is_the_article_s() -> None:
    (block,) = Visit("train", dataset="weighted-sum").open_tab("The article's listing").app.code
    listing = str(block.value)
    lines = listing.splitlines()
    assert lines[1:4] == ["iteration:  0", "Modified Weights:  [19.94 20.09 19.99 20.14]", "Output:  0.8"]
    assert lines[-2] == "Modified Weights:  [24.89999746 25.04999746 24.94999746 25.09999746]"


def test_the_table_on_the_page_holds_the_first_and_last_iterations() -> None:
    html = opened("celsius", "en").html
    for iteration in ("0", "1", "2", "3", "9,998", "9,999", "10,000"):
        assert f"<tr><td>{iteration}</td>" in html


@EVERY_LANGUAGE
def test_the_about_page_opens_in_every_language(lang: str) -> None:
    visit = Visit("about", lang=lang)
    assert {"en": "watch one neuron learn", "tr": "bir nöronun öğrenişini izleyin"}[lang] in visit.title
    assert len(visit.app.subheader) >= 4
    assert visit.warnings == []


def test_the_about_page_lists_the_keys() -> None:
    html = Visit("about").html
    for key in ("P", ", .", "L", "0"):
        assert f"<td>{key}</td>" in html
