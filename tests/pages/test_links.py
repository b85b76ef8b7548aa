import re

import pytest

from pages.settings.table import Settings, complete
from tests.pages.visit import Visit

EXPLAINED = re.compile(r"`+[^`]*`+|\\[\W_]|&#?\w+;")
"""What Markdown shows as it stands: code, escaped characters and entities."""


def formatted(markdown: str, text: str) -> bool:
    """Whether `text` stands in the Markdown where its marks would be taken for formatting."""
    return text in EXPLAINED.sub("", markdown)


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        ({"dataset": "tips"}, Settings(dataset="tips")),
        ({"learning_rate": "0.0011"}, Settings(learning_rate=0.0011)),
        ({"iterations": "321"}, Settings(iterations=321)),
        ({"weights": "-2.5"}, Settings(weights=(-2.5,))),
        ({"bias": "7.25"}, Settings(bias=7.25)),
        ({"seed": "9"}, Settings(seed=9)),
        ({"dataset": "noisy-thermometer", "noise": "3.5"}, Settings(dataset="noisy-thermometer", noise=3.5)),
        ({"dataset": "noisy-thermometer", "noise_seed": "6"}, Settings(dataset="noisy-thermometer", noise_seed=6)),
        (
            {"dataset": "weighted-sum", "features": "1.0,2.0,3.0,4.0"},
            Settings(dataset="weighted-sum", features=(1.0, 2.0, 3.0, 4.0)),
        ),
        ({"dataset": "weighted-sum", "target": "12.5"}, Settings(dataset="weighted-sum", target=12.5)),
        (
            {"dataset": "weighted-sum", "weights": "1.0,2.0,3.0,4.0"},
            Settings(dataset="weighted-sum", weights=(1.0, 2.0, 3.0, 4.0)),
        ),
        ({"loss_axis": "log"}, Settings(loss_axis="log")),
        ({"rows": "77,88"}, Settings(rows=(77, 88))),
        ({"lang": "tr"}, Settings(lang="tr")),
    ],
)
def test_a_link_restores_each_setting_and_stays_as_it_is(address: dict[str, str], settings: Settings) -> None:
    visit = Visit("train", **address)
    assert visit.settings == settings
    assert visit.address == address
    assert visit.warnings == []


def test_what_one_person_sees_another_sees_through_the_link() -> None:
    sender = Visit("train").slide("learning_rate", 0.0008).slide("iterations", 200).press("draw").type("bias", "-1.5")
    sender.pick("loss_axis", "log").type("rows", "33")
    receiver = Visit("train", **sender.address)
    assert receiver.player == sender.player
    assert receiver.title == sender.title
    assert [f.value for f in receiver.app.text_input] == [f.value for f in sender.app.text_input]


@pytest.mark.parametrize("locale", ["en-GB", "tr-TR"])
def test_a_link_speaks_the_receiver_s_language_unless_it_names_one(locale: str) -> None:
    assert Visit("train", locale=locale, learning_rate="0.001").address == {"learning_rate": "0.001"}
    assert Visit("train", locale=locale, lang="tr").title.startswith("Bitmedi")


def test_a_link_written_otherwise_is_put_in_order() -> None:
    visit = Visit("train", learning_rate="1,1e-3", iterations="10000", bias="0,50", rows=" 5 ; 6 ")
    assert visit.address == {"learning_rate": "0.0011", "rows": "5,6"}


def test_the_front_door_leads_to_training() -> None:
    visit = Visit()
    assert visit.title.startswith("Not finished: at iteration 10,000 the bias is still 27.74")
    assert len(visit.player["figures"]) == 2


def test_the_front_door_passes_a_link_on() -> None:
    visit = Visit(dataset="weighted-sum", learning_rate="0.2")
    assert visit.settings == Settings(dataset="weighted-sum", learning_rate=0.2)
    assert visit.address == {"dataset": "weighted-sum", "learning_rate": "0.2"}


def test_another_link_in_the_same_session_is_followed() -> None:
    visit = Visit("train", learning_rate="0.001").follow(dataset="tips", bias="2.0")
    assert visit.settings == Settings(dataset="tips", bias=2.0)
    assert visit.address == {"dataset": "tips", "bias": "2.0"}


def test_a_good_link_after_a_bad_one_leaves_no_complaint() -> None:
    visit = Visit("train", learning_rate="fast")
    assert len(visit.warnings) == 1
    assert visit.follow(learning_rate="0.001").warnings == []


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("dataset", "unknown", "Data set"),
        ("learning_rate", "nan", "Learning rate"),
        ("learning_rate", "-0.1", "Learning rate"),
        ("iterations", "-5", "Iterations"),
        ("iterations", "1000000000", "Iterations"),
        ("iterations", "1e999", "Iterations"),
        ("weights", "1,2,3,4", "Start weights"),
        ("weights", "inf", "Start weights"),
        ("bias", "", "Start bias"),
        ("seed", "1.5", "Seed"),
        ("noise", "-1", "Noise"),
        ("noise_seed", "two", "Seed of the noise"),
        ("features", "1,2,3", "Features"),
        ("target", "inf", "Target"),
        ("loss_axis", "cubic", "Loss axis"),
        ("rows", "1,x", "More iterations"),
        ("lang", "xx", "Language"),
    ],
)
def test_a_bad_value_is_named_and_the_default_is_used(name: str, text: str, label: str) -> None:
    visit = Visit("train", **{name: text})
    (warning,) = visit.warnings
    assert warning.startswith(f"{label}: “{text}” is not ")
    assert visit.settings == Settings()
    assert visit.address == {}
    assert visit.title.startswith("Not finished: at iteration 10,000")


def test_one_weight_for_four_features_is_named_and_the_default_is_used() -> None:
    visit = Visit("train", dataset="weighted-sum", weights="1")
    (warning,) = visit.warnings
    assert warning.startswith("Start weights: “1” is not ")
    assert warning.endswith("Used instead: 0.1; 0.25; 0.15; 0.3.")
    assert visit.settings == Settings(dataset="weighted-sum")


@pytest.mark.parametrize(
    ("name", "text", "instead"),
    [("learning_rate", "x", "0.0001"), ("iterations", "x", "10000"), ("weights", "x", "0.5"), ("noise", "x", "10")],
)
def test_a_warning_says_what_is_used_instead(name: str, text: str, instead: str) -> None:
    (warning,) = Visit("train", **{name: text}).warnings
    assert warning.endswith(f"Used instead: {instead}.")


@pytest.mark.parametrize(("locale", "instead"), [("en-GB", "en"), ("tr-TR", "tr")])
def test_the_warning_about_a_language_says_which_one_is_used_instead(locale: str, instead: str) -> None:
    (warning,) = Visit("train", locale=locale, lang="xx").warnings
    assert warning.endswith(f" {instead}.")


def test_an_unknown_name_is_named() -> None:
    visit = Visit("train", colour="red", bias="2.0")
    (warning,) = visit.warnings
    assert "“colour”" in warning
    assert visit.settings == Settings(bias=2.0)
    assert visit.address == {"bias": "2.0"}


def test_every_fault_of_a_link_has_a_warning_of_its_own() -> None:
    visit = Visit("train", learning_rate="a", iterations="b", colour="c", bias="3.0")
    assert len(visit.warnings) == 3
    assert complete(visit.settings) == complete(Settings(bias=3.0))


def test_warnings_stand_on_every_page() -> None:
    assert len(Visit("about", learning_rate="fast").warnings) == 1


def test_warnings_are_turkish_for_a_turkish_reader() -> None:
    (warning,) = Visit("train", lang="tr", learning_rate="hızlı").warnings
    assert warning.startswith("Öğrenme oranı: “hızlı” uygun değil;")


MARKS = ["**x**", "_x_", "[a](b)", "![a](b)", "$x$", ":red[x]", ":material/home:", "~~x~~"]


@pytest.mark.parametrize("text", MARKS)
def test_a_value_is_shown_as_it_is_written_and_not_as_formatting(text: str) -> None:
    visit = Visit("train", bias=text)
    assert not formatted(visit.warnings_as_markdown[0], text)
    assert f"“{text}”" in visit.warnings[0]


@pytest.mark.parametrize("name", MARKS[:3])
def test_an_unknown_name_is_shown_as_it_is_written_and_not_as_formatting(name: str) -> None:
    (warning,) = Visit("train", **{name: "1"}).warnings_as_markdown
    assert not formatted(warning, name)


@pytest.mark.parametrize("address", [{"dataset": "x" * 5000}, {"x" * 5000: "1"}])
def test_a_warning_stays_short_whatever_the_link_holds(address: dict[str, str]) -> None:
    (warning,) = Visit("train", **address).warnings
    assert len(warning) < 300


@pytest.mark.parametrize("text", ["**x**", "<script>alert(1)</script>", "\x00", "\n\n# Title", "💥", "%s {0} {name}"])
def test_no_text_in_any_setting_breaks_a_page(text: str) -> None:
    names = ["dataset", "learning_rate", "iterations", "weights", "bias", "seed", "noise", "noise_seed"]
    names += ["features", "target", "loss_axis", "rows", "lang", "other"]
    visit = Visit("train", **dict.fromkeys(names, text))
    assert len(visit.warnings) == len(names)
    assert visit.settings == Settings()


def test_an_address_without_settings_on_the_way_back_keeps_what_is_set() -> None:
    visit = Visit("train").type("bias", "3")
    assert visit.follow().address == {"bias": "3.0"}


def test_an_old_address_that_the_browser_sends_with_a_move_is_no_link() -> None:
    visit = Visit("train", bias="1.0").type("bias", "2")
    visit.app.query_params = {"bias": "1.0"}
    assert visit.type("weights", "3").address == {"weights": "3.0", "bias": "2.0"}
