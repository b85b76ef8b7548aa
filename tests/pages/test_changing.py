import re

import pytest

from core.datasets import DATASETS
from pages.frame.runs import run_of
from pages.frame.shell import PAGES
from pages.settings.table import Settings, complete
from pages.shared.sentence import sentence
from tests.pages.visit import Visit
from wording import LANGUAGES, speak

PAGES_WITH_PICTURES = sorted(set(PAGES) - {"about"})


def is_shown(visit: Visit) -> bool:
    """Whether sentence, fields and figures are those of the run that the settings describe."""
    speak(visit.settings.lang or "en")
    run, used = run_of(visit.settings), complete(visit.settings)
    loss = visit.player["figures"][1]["frames"]
    return (
        visit.title == sentence(run)
        and float(visit.field("learning_rate").replace(",", ".")) == used.learning_rate
        and loss[-1]["data"][0]["x"] == [run.history.iterations]
        and loss[0]["data"][0]["y"] == [run.history.loss[0]]
    )


@pytest.fixture
def visit() -> Visit:
    return Visit("train")


@pytest.mark.parametrize(
    ("dataset", "trace"), [("weighted-sum", "target"), ("noisy-thermometer", "data"), ("tips", "data")]
)
def test_another_data_set_changes_the_picture_and_the_address(visit: Visit, dataset: str, trace: str) -> None:
    visit.pick("dataset", dataset)
    assert visit.settings == Settings(dataset=dataset)
    assert visit.address == {"dataset": dataset}
    assert is_shown(visit)
    targets = DATASETS[dataset]().targets.tolist()
    assert visit.trace(0, trace)["y"][: len(targets)] == targets


def test_another_data_set_brings_its_own_learning_rate_iterations_and_start() -> None:
    visit = Visit("train", learning_rate="0.001", iterations="50", weights="3", bias="4", seed="2", rows="7")
    visit.pick("dataset", "weighted-sum")
    assert visit.settings == Settings(dataset="weighted-sum")
    assert [visit.field(name) for name in ("learning_rate", "iterations", "weights")] == [
        *("0.1", "10", "0.1; 0.25; 0.15; 0.3")
    ]


def test_another_data_set_keeps_the_loss_axis_and_the_language() -> None:
    visit = Visit("train", loss_axis="log", lang="tr").pick("dataset", "tips")
    assert visit.settings == Settings(dataset="tips", loss_axis="log", lang="tr")


def test_the_first_data_set_again_is_the_first_picture_again(visit: Visit) -> None:
    before = visit.player
    visit.pick("dataset", "tips").pick("dataset", "celsius")
    assert visit.player == before
    assert visit.address == {}


@pytest.mark.parametrize(("rate", "field"), [(0.0008, "0.0008"), (0.0022, "0.0022"), (1e-6, "1e-06"), (0.01, "0.01")])
def test_the_learning_rate_slider_changes_run_field_and_address(visit: Visit, rate: float, field: str) -> None:
    visit.slide("learning_rate", rate)
    assert visit.settings == Settings(learning_rate=rate)
    assert visit.address == {"learning_rate": field}
    assert visit.field("learning_rate") == field
    assert is_shown(visit)


@pytest.mark.parametrize(
    ("text", "rate", "place"),
    [("0.000801", 0.000801, 0.0008), ("0,0012", 0.0012, 0.0012), ("5", 5.0, 0.0095), ("0", 0.0, 1e-6)],
)
def test_an_exact_learning_rate_changes_run_and_address_and_moves_the_slider(
    visit: Visit, text: str, rate: float, place: float
) -> None:
    visit.type("learning_rate", text)
    assert visit.settings == Settings(learning_rate=rate)
    assert visit.address == {"learning_rate": repr(rate)}
    assert visit.slider("learning_rate").value == pytest.approx(place, rel=0.3)
    assert is_shown(visit)


def test_an_exact_learning_rate_is_not_rounded_to_the_slider_s(visit: Visit) -> None:
    visit.type("learning_rate", "0.000801").type("bias", "1")
    assert visit.settings.learning_rate == 0.000801
    assert visit.field("learning_rate") == "0.000801"


@pytest.mark.parametrize("iterations", [1, 20, 100_000])
def test_the_iterations_slider_changes_run_field_and_address(visit: Visit, iterations: int) -> None:
    visit.slide("iterations", iterations)
    assert visit.settings == Settings(iterations=iterations)
    assert visit.address == {"iterations": str(iterations)}
    assert visit.field("iterations") == str(iterations)
    assert visit.player["names"][-1] == str(iterations)
    assert is_shown(visit)


@pytest.mark.parametrize(("text", "place"), [("1234", 1000), ("1", 1), ("99999", 100_000)])
def test_exact_iterations_change_run_and_address_and_move_the_slider(visit: Visit, text: str, place: int) -> None:
    visit.type("iterations", text)
    assert visit.address == {"iterations": text}
    assert visit.slider("iterations").value == place
    assert visit.player["names"][-1] == text


@pytest.mark.parametrize(("lang", "text"), [("en", "10,000"), ("tr", "10.000")])
def test_iterations_typed_as_the_slider_writes_them_are_not_misread(lang: str, text: str) -> None:
    visit = Visit("train", lang=lang, iterations="500")
    assert text in visit.slider("iterations").options
    visit.type("iterations", text)
    assert complete(visit.settings).iterations == 10_000


def test_the_start_weight_changes_the_line_before_training(visit: Visit) -> None:
    visit.type("weights", "2")
    assert visit.settings == Settings(weights=(2.0,))
    assert visit.address == {"weights": "2.0"}
    assert visit.trace(0, "before training")["y"] == [-99.5, 98.5]


def test_the_start_bias_changes_the_line_before_training(visit: Visit) -> None:
    visit.type("bias", "-4.5")
    assert visit.settings == Settings(bias=-4.5)
    assert visit.address == {"bias": "-4.5"}
    assert visit.trace(0, "before training")["y"] == [-29.5, 20.0]


@pytest.mark.parametrize("text", ["1; 2; 3; 4", "1 2 3 4", "1,2,3,4", "1.0, 2.0, 3.0, 4.0"])
def test_the_start_weights_change_the_bars_before_training(text: str) -> None:
    visit = Visit("train", dataset="weighted-sum").type("weights", text)
    assert visit.address == {"dataset": "weighted-sum", "weights": "1.0,2.0,3.0,4.0"}
    assert visit.trace(0, "before training")["y"] == [1.0, 2.0, 3.0, 4.0]


def test_a_start_weight_may_be_typed_with_a_decimal_comma() -> None:
    visit = Visit("train", lang="tr").type("weights", "0,7")
    assert visit.warnings == []
    assert visit.settings.weights == (0.7,)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_field_takes_what_it_shows_without_complaint_or_change(dataset: str, lang: str) -> None:
    visit = Visit("train", dataset=dataset, lang=lang)
    before = complete(visit.settings)
    for name in [str(field.key) for field in visit.app.text_input]:
        shown = visit.field(name)
        visit.type(name, f" {shown} ")
        assert (name, visit.warnings) == (name, [])
    assert complete(visit.settings) == before


def test_draw_draws_the_start_from_the_first_seed(visit: Visit) -> None:
    visit.press("draw")
    assert visit.settings == Settings(seed=0)
    assert visit.address == {"seed": "0"}
    assert (visit.field("weights"), visit.field("bias")) == ("0.6369616873214543", "0.2697867137638703")
    assert visit.trace(0, "before training")["y"] == pytest.approx([-31.578297652, 31.480909392])


def test_draw_again_draws_from_the_next_seed(visit: Visit) -> None:
    visit.press("draw").press("draw")
    assert visit.address == {"seed": "1"}
    assert (visit.field("seed"), visit.field("weights")) == ("1", "0.5118216247002567")


def test_a_seed_can_be_typed_once_something_was_drawn(visit: Visit) -> None:
    visit.press("draw").type("seed", "1")
    assert visit.settings == Settings(seed=1)
    assert visit.field("bias") == "0.9504636963259353"


def test_draw_forgets_the_start_that_was_typed() -> None:
    visit = Visit("train", weights="3", bias="4").press("draw")
    assert visit.settings == Settings(seed=0)


def test_a_drawn_start_may_be_corrected_by_hand(visit: Visit) -> None:
    visit.press("draw").type("bias", "2")
    assert visit.address == {"seed": "0", "bias": "2.0"}
    assert (visit.field("weights"), visit.field("bias")) == ("0.6369616873214543", "2")


def test_noise_changes_the_data() -> None:
    visit = Visit("train", dataset="noisy-thermometer").type("noise", "0")
    assert visit.address == {"dataset": "noisy-thermometer", "noise": "0.0"}
    assert visit.trace(0, "data")["y"] == Visit("train").trace(0, "data")["y"]


def test_the_seed_of_the_noise_changes_the_errors() -> None:
    visit = Visit("train", dataset="noisy-thermometer")
    before = visit.trace(0, "data")["y"]
    visit.type("noise_seed", "3")
    assert visit.address == {"dataset": "noisy-thermometer", "noise_seed": "3"}
    assert visit.trace(0, "data")["y"] != before
    assert visit.type("noise_seed", "0").trace(0, "data")["y"] == before


def test_features_change_the_output() -> None:
    visit = Visit("train", dataset="weighted-sum").type("features", "1; 2; 3; 4")
    assert visit.address == {"dataset": "weighted-sum", "features": "1.0,2.0,3.0,4.0"}
    # 0.1 + 0.5 + 0.45 + 1.2 = 2.25
    assert "output 2.25 " in visit.player["captions"][0]
    assert is_shown(visit)


def test_features_move_the_slider_s_range_with_their_limit() -> None:
    visit = Visit("train", dataset="weighted-sum")
    before = visit.slider("learning_rate").options
    visit.type("features", "10; 10; 10; 10")
    assert visit.slider("learning_rate").options != before
    assert visit.settings.learning_rate is None
    assert visit.title.startswith("Flying apart")


def test_the_target_changes_where_the_output_goes() -> None:
    visit = Visit("train", dataset="weighted-sum").type("target", "-20")
    assert visit.address == {"dataset": "weighted-sum", "target": "-20.0"}
    assert visit.trace(0, "target")["y"] == [-20.0, -20.0]
    assert is_shown(visit)


def test_the_loss_axis_becomes_logarithmic_and_linear_again(visit: Visit) -> None:
    visit.pick("loss_axis", "log")
    assert visit.address == {"loss_axis": "log"}
    assert visit.player["figures"][1]["layout"]["yaxis"]["type"] == "log"
    visit.pick("loss_axis", "linear")
    assert visit.address == {}
    assert visit.player["figures"][1]["layout"]["yaxis"].get("type") != "log"


def test_more_iterations_get_a_row_and_a_frame(visit: Visit) -> None:
    visit.type("rows", "333; 4444")
    assert visit.settings == Settings(rows=(333, 4444))
    assert visit.address == {"rows": "333,4444"}
    assert {"333", "4444"} <= set(visit.player["names"])
    assert {"333", "4,444"} <= set(re.findall(r"<tr><td>([\d,]+)</td>", visit.html))


def test_more_iterations_beyond_the_run_change_nothing_but_the_address(visit: Visit) -> None:
    before = visit.player
    visit.type("rows", "99999")
    assert visit.address == {"rows": "99999"}
    assert visit.player == before


def test_more_iterations_can_be_taken_away(visit: Visit) -> None:
    before = visit.player
    visit.type("rows", "333").type("rows", "")
    assert (visit.player, visit.address) == (before, {})


@pytest.mark.parametrize("dataset", DATASETS)
def test_reset_forgets_everything_but_the_data_set_and_the_language(dataset: str) -> None:
    visit = Visit("train", dataset=dataset, lang="tr")
    before, link = visit.player, visit.address
    weights = "1,2,3,4" if dataset == "weighted-sum" else "9"
    chosen = {
        "learning_rate": "0.5",
        "iterations": "7",
        "weights": weights,
        "seed": "3",
        "loss_axis": "log",
        "rows": "5",
    }
    visit.follow(**link, **chosen, bias="1", noise="3", noise_seed="4", features="4,3,2,1", target="5")
    assert visit.player != before
    visit.press("reset")
    assert visit.settings == Settings(dataset=dataset, lang="tr")
    assert visit.address == link
    assert visit.player == before


def test_the_language_changes_sentence_figures_numbers_and_address(visit: Visit) -> None:
    visit.speak("tr")
    assert visit.settings == Settings(lang="tr")
    assert visit.address == {"lang": "tr"}
    assert visit.title.startswith("Bitmedi: 10.000. yinelemede sapma hâlâ 27,74;")
    assert visit.trace(0, "şimdi")["x"] == [-50.0, 49.0]
    assert visit.player["words"]["play"] == "Oynat"
    assert visit.field("learning_rate") == "0,0001"


def test_the_language_changes_back(visit: Visit) -> None:
    visit.speak("tr").speak("en")
    assert visit.address == {"lang": "en"}
    assert visit.title.startswith("Not finished")


def test_the_language_keeps_all_other_settings() -> None:
    visit = Visit("train", dataset="tips", learning_rate="0.002", bias="1.5").speak("tr")
    assert visit.settings == Settings(dataset="tips", learning_rate=0.002, bias=1.5, lang="tr")
    assert visit.slider("learning_rate").value == 0.002


def test_changes_add_up(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008).slide("iterations", 200).type("weights", "3").type("bias", "-1")
    visit.pick("loss_axis", "log")
    assert visit.address == {
        **{"learning_rate": "0.0008", "iterations": "200", "weights": "3.0", "bias": "-1.0"},
        "loss_axis": "log",
    }
    assert is_shown(visit)


def test_a_setting_changed_back_leaves_the_address(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008).slide("learning_rate", 0.0001)
    assert visit.address == {}


@pytest.mark.parametrize(
    ("dataset", "name", "text", "label"),
    [
        ("celsius", "learning_rate", "fast", "Learning rate"),
        ("celsius", "learning_rate", "-1", "Learning rate"),
        ("celsius", "iterations", "1.5", "Iterations"),
        ("celsius", "iterations", "1000000000", "Iterations"),
        ("celsius", "weights", "1; 2", "Start weights"),
        ("celsius", "bias", "nan", "Start bias"),
        ("celsius", "rows", "many", "More iterations"),
        ("weighted-sum", "weights", "1", "Start weights"),
        ("weighted-sum", "features", "1; 2; 3", "Features"),
        ("weighted-sum", "target", "1e999", "Target"),
        ("noisy-thermometer", "noise", "-1", "Noise"),
        ("noisy-thermometer", "noise", "1e308", "Noise"),
        ("noisy-thermometer", "noise_seed", "-1", "Seed of the noise"),
    ],
)
def test_typed_nonsense_leaves_a_complaint_and_the_old_value(dataset: str, name: str, text: str, label: str) -> None:
    visit = Visit("train", dataset=dataset)
    before, settings, address, shown = visit.player, visit.settings, visit.address, visit.field(name)
    visit.type(name, text)
    (complaint,) = visit.warnings
    assert complaint.startswith(f"{label}: “{text}” is not ")
    assert (visit.settings, visit.address, visit.player) == (settings, address, before)
    assert visit.field(name) == shown


def test_a_complaint_goes_away_with_the_next_change(visit: Visit) -> None:
    assert len(visit.type("bias", "abc").warnings) == 1
    assert visit.slide("learning_rate", 0.0008).warnings == []


def test_a_complaint_stays_until_something_changes(visit: Visit) -> None:
    visit.type("bias", "abc")
    assert len(visit.go("about").go("train").warnings) == 1


def test_the_next_nonsense_takes_the_place_of_the_last(visit: Visit) -> None:
    visit.type("bias", "abc").type("weights", "xyz")
    (complaint,) = visit.warnings
    assert "xyz" in complaint


@pytest.mark.parametrize(
    ("lang", "text", "asked"),
    [
        ("en", "1,000", "More iterations: “1,000” can be read in more than one way: “1000”, “1; 0”. "),
        ("tr", "0,1,0,2", "Başka yinelemeler: “0,1,0,2” birden çok biçimde okunabilir: “0,1; 0,2”, “0; 1; 0; 2”. "),
    ],
)
def test_what_has_two_readings_is_asked_about_and_changes_nothing(lang: str, text: str, asked: str) -> None:
    visit = Visit("train", lang=lang, rows="7").type("rows", text)
    (complaint,) = visit.warnings
    assert complaint.startswith(asked)
    assert complaint.endswith(": 7.")
    assert visit.settings.rows == (7,)


def test_a_complaint_is_made_in_turkish_too() -> None:
    (complaint,) = Visit("train", lang="tr").type("learning_rate", "hızlı").warnings
    assert complaint.startswith("Öğrenme oranı: “hızlı” uygun değil; beklenen: sıfır ya da daha büyük bir sayı.")


@pytest.mark.parametrize(
    ("address", "beginning"),
    [
        ({"learning_rate": "0.01"}, "Exploded: at iteration 127 "),
        ({"dataset": "weighted-sum", "learning_rate": "0.26"}, "Flying apart: by iteration 10 "),
        ({"dataset": "weighted-sum", "learning_rate": "0.25"}, "Bounces for ever: "),
        ({"learning_rate": "0"}, "Nothing moves: "),
        ({"weights": "1.8", "bias": "32"}, "This start is already the best possible: "),
        ({"weights": "1e300"}, "This start is too far away: "),
        ({"dataset": "weighted-sum", "features": "0,0,0,0"}, "These data are flat: "),
        ({"iterations": "1"}, "Not finished: at iteration 1 "),
        ({"iterations": "100000"}, "Learned: at iteration 100,000 "),
    ],
)
@pytest.mark.parametrize("loss_axis", ["linear", "log"])
def test_an_extreme_run_is_shown_and_named_on_either_axis(
    address: dict[str, str], beginning: str, loss_axis: str
) -> None:
    visit = Visit("train", loss_axis=loss_axis, **address)
    assert visit.title.startswith(beginning)
    assert len(visit.player["figures"]) == 2
    assert len(visit.player["captions"]) == len(visit.player["names"]) >= 1


@pytest.mark.parametrize("page", PAGES_WITH_PICTURES)
@pytest.mark.parametrize(
    "address",
    [
        {"weights": "1e20"},
        {"weights": "1e300", "bias": "-1e300", "loss_axis": "log"},
        {"weights": "1e300", "view": "3d"},
        {"weights": "1e300", "standardise": "on"},
        {"weights": "1.8", "bias": "32", "loss_axis": "log", "view": "3d"},
        {"bias": "-1e155"},
        {"learning_rate": "1e300"},
        {"learning_rate": "1e-320"},
        {"learning_rate": "0", "iterations": "1"},
        {"rates": "0,1e-320,1e300", "tolerance": "1e-300"},
        {"dataset": "tips", "weights": "5e150", "tolerance": "1e300"},
        {"dataset": "weighted-sum", "weights": "1e300,1e300,1e300,1e300"},
        {"dataset": "weighted-sum", "features": "1e100,1,1,1"},
        {"dataset": "weighted-sum", "features": "1e-200,0,0,0"},
        {"dataset": "weighted-sum", "features": "0,0,0,0"},
        {"dataset": "weighted-sum", "features": "0,0,0,0", "loss_axis": "log", "view": "3d"},
        {"dataset": "weighted-sum", "target": "1e100"},
        {"dataset": "weighted-sum", "target": "0", "weights": "0,0,0,0"},
        {"dataset": "noisy-thermometer", "noise": "1e100"},
    ],
    ids=lambda address: " ".join(f"{name}={text}" for name, text in address.items()),
)
def test_no_number_however_large_or_small_breaks_a_page(address: dict[str, str], page: str) -> None:
    visit = Visit(page, **address)
    assert visit.warnings == []
    assert visit.title
    assert len(visit.players) >= 1


def test_the_best_learning_rate_after_many_iterations_is_not_written_like_one_that_diverges() -> None:
    found = re.search(r"The least is .*, at (\d\.\d+)\.", Visit("learning_rate").title)
    assert found
    assert float(found[1]) < 0.001199759615731202


def test_one_iteration_is_not_written_in_the_plural() -> None:
    assert "1 iterations" not in Visit("learning_rate", iterations="1").title


@pytest.mark.parametrize(
    ("text", "rates"), [("0,0005", (0.0005,)), ("0,0005; 0,001", (0.0005, 0.001)), ("0,0005 0,001", (0.0005, 0.001))]
)
def test_learning_rates_to_compare_may_be_typed_with_decimal_commas(text: str, rates: tuple[float, ...]) -> None:
    visit = Visit("learning_rate", lang="tr").type("rates", text)
    assert visit.warnings == []
    assert visit.settings.rates == rates
