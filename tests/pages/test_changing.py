import re
from dataclasses import replace

import pytest

from core.data.builtin import DATASETS
from core.data.dataset import Dataset
from core.schedule import constant
from pages.frame.runs import history_of
from pages.settings.data import experiment_of
from telling.headline import headline, two_numbers
from tests.pages.visit import Visit
from wording import LANGUAGES, _, numbers, speak


def is_shown(visit: Visit) -> bool:
    """Whether headline, fields and figures are those of the run that the settings describe."""
    speak(visit.settings.lang or "en")
    history = history_of(experiment_of(visit.settings))
    return (
        visit.title == str(headline(history))
        and two_numbers(history) in visit.texts
        and float(visit.field("learning_rate").replace(",", ".")) == visit.settings.rate
        and visit.player["names"][-1] == str(history.iterations)
        and visit.moved(1, _("now"))[0]["y"] == pytest.approx([history.loss[0]], rel=1e-5)
    )


@pytest.fixture
def visit() -> Visit:
    return Visit("train")


@pytest.mark.parametrize(
    ("dataset", "trace"), [("weighted-sum", "target"), ("noisy-thermometer", "data"), ("tips", "data")]
)
def test_another_data_set_changes_the_picture_and_the_address_and_back(visit: Visit, dataset: str, trace: str) -> None:
    before = visit.player
    visit.pick("dataset", dataset)
    assert visit.address == {"dataset": dataset}
    assert is_shown(visit)
    targets = DATASETS[dataset]().targets.tolist()
    assert visit.trace(0, trace)["y"][: len(targets)] == targets
    visit.pick("dataset", "celsius")
    assert (visit.player, visit.address) == (before, {})


def test_another_data_set_brings_everything_of_its_own_but_keeps_loss_axis_and_language() -> None:
    chosen = {"learning_rate": "0.001", "iterations": "50", "weights": "3", "bias": "4", "seed": "2", "rows": "7"}
    more = {"rates": "0.001", "tolerance": "2", "standardise": "on", "summed": "on"}
    visit = Visit("train", loss_axis="log", lang="tr", **chosen, **more).pick("dataset", "weighted-sum")
    assert visit.address == {"dataset": "weighted-sum", "loss_axis": "log", "lang": "tr"}
    fields = [visit.field(name) for name in ("learning_rate", "iterations", "weights")]
    assert fields == ["0,1", "10", "0,1; 0,25; 0,15; 0,3"]


@pytest.mark.parametrize(("rate", "field"), [(0.0008, "0.0008"), (0.0022, "0.0022"), (1e-6, "1e-06")])
def test_the_dial_changes_run_number_and_address(visit: Visit, rate: float, field: str) -> None:
    visit.slide("learning_rate", rate)
    assert visit.chosen == {"learning_rate": constant(rate)}
    assert visit.address == {"learning_rate": field}
    assert visit.field("learning_rate") == field
    assert is_shown(visit)
    assert visit.slide("learning_rate", 0.0001).address == {}


@pytest.mark.parametrize(("text", "rate"), [("0.000801", 0.000801), ("0,0012", 0.0012), ("5", 5.0), ("0", 0.0)])
def test_a_typed_learning_rate_changes_run_and_address_and_stands_on_the_dial_as_itself(
    visit: Visit, text: str, rate: float
) -> None:
    visit.type("learning_rate", text)
    assert visit.address == {"learning_rate": repr(rate)}
    assert visit.dial["rate"] == rate
    assert is_shown(visit)
    visit.type("bias", "1")
    assert visit.settings.rate == rate


@pytest.mark.parametrize("iterations", [1, 20, 100_000])
def test_the_iterations_slider_changes_run_field_and_address(visit: Visit, iterations: int) -> None:
    visit.slide("iterations", iterations)
    assert visit.address == {"iterations": str(iterations)}
    assert visit.field("iterations") == str(iterations)
    assert visit.player["names"][-1] == str(iterations)
    assert is_shown(visit)


@pytest.mark.parametrize(("text", "place"), [("1234", 1000), ("99999", 100_000)])
def test_exact_iterations_change_run_and_address_and_move_the_slider(visit: Visit, text: str, place: int) -> None:
    visit.type("iterations", text)
    assert visit.address == {"iterations": text}
    assert visit.slider("iterations").value == place
    assert visit.player["names"][-1] == text


@pytest.mark.parametrize(("lang", "text"), [("en", "10,000"), ("tr", "10.000")])
def test_iterations_typed_as_the_slider_writes_them_are_not_misread(lang: str, text: str) -> None:
    visit = Visit("train", lang=lang, iterations="500")
    assert text in visit.slider("iterations").options
    assert visit.type("iterations", text).settings.iterations == 10_000


@pytest.mark.parametrize(
    ("dataset", "name", "text", "written", "trace", "shown"),
    [
        ("celsius", "weights", "2", "2.0", "before training", [-99.5, 98.5]),
        ("celsius", "bias", "-4,5", "-4.5", "before training", [-29.5, 20.0]),
        ("weighted-sum", "weights", "1; 2; 3; 4", "1.0,2.0,3.0,4.0", "before training", [1.0, 2.0, 3.0, 4.0]),
        ("weighted-sum", "weights", "1 2 3 4", "1.0,2.0,3.0,4.0", "before training", [1.0, 2.0, 3.0, 4.0]),
        ("weighted-sum", "target", "-20", "-20.0", "target", [-20.0, -20.0]),
    ],
)
def test_a_typed_number_changes_address_and_picture(
    dataset: str, name: str, text: str, written: str, trace: str, shown: list[float]
) -> None:
    visit = Visit("train", dataset=dataset).type(name, text)
    assert visit.address[name] == written
    assert visit.trace(0, trace)["y"] == shown
    assert is_shown(visit)


def test_noise_and_its_seed_change_the_data(visit: Visit) -> None:
    noisy = Visit("train", dataset="noisy-thermometer")
    before = noisy.trace(0, "data")["y"]
    noisy.type("noise_seed", "3")
    assert noisy.address == {"dataset": "noisy-thermometer", "noise_seed": "3"}
    assert noisy.trace(0, "data")["y"] != before
    assert noisy.type("noise_seed", "0").trace(0, "data")["y"] == before
    noisy.type("noise", "0")
    assert noisy.address == {"dataset": "noisy-thermometer", "noise": "0.0"}
    assert noisy.trace(0, "data")["y"] == visit.trace(0, "data")["y"]


def test_features_change_the_output_and_move_the_dial_s_scale_with_their_limit() -> None:
    visit = Visit("train", dataset="weighted-sum")
    before = visit.dial["scale"]
    visit.type("features", "1; 2; 3; 4")
    assert visit.address == {"dataset": "weighted-sum", "features": "1.0,2.0,3.0,4.0"}
    assert visit.player["ways"][0]["values"][0] == "2.25"  # 0.1 + 0.5 + 0.45 + 1.2
    assert visit.dial["scale"] != before
    assert is_shown(visit)


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_field_takes_what_it_shows_without_complaint_or_change(dataset: str) -> None:
    for lang in LANGUAGES:
        visit = Visit("train", dataset=dataset, lang=lang)
        before = visit.settings
        for name in [str(field.key) for field in visit.app.text_input]:
            visit.type(name, f" {visit.field(name)} ")
            assert (name, visit.warnings) == (name, [])
        assert visit.settings == before


def test_draw_draws_the_start_anew_and_its_seed_and_numbers_can_be_corrected(visit: Visit) -> None:
    visit.type("weights", "3").type("bias", "4").press("draw")
    assert visit.address == {"seed": "0"}
    assert (visit.field("weights"), visit.field("bias")) == ("0.6369616873214543", "0.2697867137638703")
    assert visit.trace(0, "before training")["y"] == pytest.approx([-31.578297652, 31.480909392])
    visit.press("draw")
    assert (visit.field("seed"), visit.field("weights")) == ("1", "0.5118216247002567")
    visit.type("seed", "0").type("bias", "2")
    assert visit.address == {"seed": "0", "bias": "2.0"}
    assert (visit.field("weights"), visit.field("bias")) == ("0.6369616873214543", "2")


def test_the_loss_axis_becomes_logarithmic_and_linear_again(visit: Visit) -> None:
    visit.pick("loss_axis", "log")
    assert visit.address == {"loss_axis": "log"}
    assert visit.player["figures"][1]["layout"]["yaxis"]["type"] == "log"
    visit.pick("loss_axis", "linear")
    assert visit.address == {"loss_axis": "linear"}
    assert visit.player["figures"][1]["layout"]["yaxis"].get("type") != "log"
    assert visit.pick("loss_axis", "auto").address == {}


def test_more_iterations_get_a_row_and_a_frame_until_they_are_taken_away(visit: Visit) -> None:
    before = visit.player
    visit.type("rows", "333; 4444; 99999")
    assert visit.address == {"rows": "333,4444,99999"}
    assert set(visit.player["names"]) - set(before["names"]) == {"333", "4444"}
    assert {"333", "4,444"} <= set(re.findall(r"<tr><td>([\d,]+)</td>", visit.html))
    visit.type("rows", "")
    assert (visit.player, visit.address) == (before, {})


@pytest.mark.parametrize("dataset", DATASETS)
def test_reset_forgets_everything_but_the_data_set_and_the_language(dataset: str) -> None:
    visit = Visit("train", dataset=dataset, lang="tr")
    before, link = visit.player, visit.address
    chosen = {"learning_rate": "0.5", "iterations": "7", "seed": "3", "loss_axis": "log", "rows": "5", "at": "1"}
    chosen["weights"] = "1,2,3,4" if dataset == "weighted-sum" else "9"
    more = {"bias": "1", "noise": "3", "noise_seed": "4", "features": "4,3,2,1", "target": "5", "summed": "on"}
    visit.follow(**link, **chosen, **more, standardise="on")
    assert visit.player != before
    visit.press("reset")
    assert visit.address == link
    assert visit.player == before


def test_the_language_changes_words_and_numbers_and_moves_no_setting() -> None:
    address = {"learning_rate": "0.002", "iterations": "123", "bias": "1.5", "rows": "7,8", "loss_axis": "log"}
    visit = Visit("train", dataset="tips", **address)
    before, english = visit.settings, visit.title
    visit.speak("tr")
    assert visit.settings == replace(before, lang="tr")
    assert visit.address == {"dataset": "tips", **address, "lang": "tr"}
    assert visit.trace(0, "şimdi")
    assert visit.player["words"]["play"] == "Oynat"
    assert (visit.field("learning_rate"), visit.field("rows")) == ("0,002", "7; 8")
    assert visit.dial["rate"] == 0.002
    assert visit.speak("en").title == english
    assert visit.address == {"dataset": "tips", **address, "lang": "en"}


def test_changes_add_up(visit: Visit) -> None:
    visit.slide("learning_rate", 0.0008).slide("iterations", 200).type("weights", "3").type("bias", "-1")
    visit.pick("loss_axis", "log")
    run = {"learning_rate": "0.0008", "iterations": "200", "weights": "3.0", "bias": "-1.0"}
    assert visit.address == {**run, "loss_axis": "log"}
    assert is_shown(visit)


@pytest.mark.parametrize(
    ("dataset", "name", "text", "label"),
    [
        ("celsius", "learning_rate", "fast", "Learning rate"),
        ("celsius", "iterations", "1000000000", "Iterations"),
        ("celsius", "weights", "1; 2", "Start weights"),
        ("celsius", "bias", "nan", "Start bias"),
        ("celsius", "rows", "many", "More iterations"),
        ("weighted-sum", "features", "1; 2; 3", "Features"),
        ("weighted-sum", "target", "1e999", "Target"),
        ("noisy-thermometer", "noise", "1e308", "Noise"),
        ("noisy-thermometer", "noise_seed", "-1", "Seed of the data"),
    ],
)
def test_typed_nonsense_changes_nothing_but_leaves_a_complaint_until_the_next_choice(
    dataset: str, name: str, text: str, label: str
) -> None:
    visit = Visit("train", dataset=dataset)
    before, settings, address, shown = visit.player, visit.settings, visit.address, visit.field(name)
    visit.type(name, text)
    (complaint,) = visit.warnings
    assert complaint.startswith(f"{label}: “{text}” is not ")
    assert (visit.settings, visit.address, visit.player) == (settings, address, before)
    assert visit.field(name) == shown
    assert visit.slide("iterations", 20).warnings == []


def test_a_complaint_outlives_a_change_of_page_but_not_the_next_one() -> None:
    visit = Visit("train", lang="tr").type("learning_rate", "hızlı")
    (complaint,) = visit.warnings
    assert complaint.startswith("Öğrenme oranı: “hızlı” uygun değil; beklenen: sıfır ya da daha büyük bir sayı")
    assert visit.go("about").go("train").warnings == [complaint]
    (other,) = visit.type("weights", "xyz").warnings
    assert "xyz" in other


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


@pytest.mark.parametrize(
    ("address", "beginning"),
    [
        ({"learning_rate": "0.01"}, "Explodes: "),
        ({"dataset": "weighted-sum", "learning_rate": "0.25"}, "Bounces for ever: "),
        ({"learning_rate": "0"}, "Nothing moves: "),
        ({"weights": "1e300"}, "This start is too far away."),
        ({"dataset": "weighted-sum", "features": "0,0,0,0"}, "These data are flat: "),
    ],
)
def test_an_extreme_run_is_named_at_the_top(address: dict[str, str], beginning: str) -> None:
    assert Visit("train", **address).title.startswith(beginning)


def test_moving_the_learning_rate_makes_no_data_anew_and_writes_no_slider_s_labels_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = Visit("train", dataset="noisy-thermometer").slide("learning_rate", 0.0008)
    made: list[str] = []
    written: list[str] = []
    check, write = Dataset.__post_init__, numbers._decimals

    def counted_check(data: Dataset) -> None:
        made.append(data.name)
        check(data)

    def counted_write(text: str) -> str:
        written.append(text)
        return write(text)

    monkeypatch.setattr(Dataset, "__post_init__", counted_check)
    monkeypatch.setattr(numbers, "_decimals", counted_write)
    visit.slide("learning_rate", 0.0009)
    assert visit.address["learning_rate"] == "0.0009"
    assert made == []
    frames = len(visit.player["captions"])  # each tells its iteration, its loss, two values and how far they have come
    assert 0 < len(written) < 6 * frames + 150
