import re

import pytest

from pages.frame.shell import PAGES
from pages.settings.choosing import complete
from tests.pages.visit import Visit

EXPLAINED = re.compile(r"`+[^`]*`+|\\[\W_]|&#?\w+;")
"""What Markdown shows as it stands: code, escaped characters and entities."""

NAMES = ["dataset", "learning_rate", "iterations", "weights", "bias", "seed", "noise", "noise_seed", "features"]
NAMES += ["target", "standardise", "summed", "loss_axis", "tolerance", "rows", "rates", "plane", "view", "iteration"]
NAMES += ["sample", "substep", "squares", "digits", "parameter", "samples", "at", "suspect", "shuffle", "check_step"]
NAMES += ["lang", "other"]


def formatted(markdown: str, text: str) -> bool:
    """Whether `text` stands in the Markdown where its marks would be taken for formatting."""
    return text in EXPLAINED.sub("", markdown)


LINKS: dict[str, dict[str, str]] = {
    "of a run": {
        **{"dataset": "tips", "learning_rate": "0.0011", "iterations": "321", "seed": "9", "weights": "-2.5"},
        **{"bias": "7.25", "loss_axis": "log", "rows": "77,88", "lang": "tr"},
    },
    "of noise": {"dataset": "noisy-thermometer", "noise": "3.5", "noise_seed": "6"},
    "of a sum": {
        **{"dataset": "weighted-sum", "features": "1.0,2.0,3.0,4.0", "target": "12.5"},
        **{"weights": "1.0,2.0,3.0,4.0", "plane": "2,4", "view": "3d"},
    },
    "of rates": {"standardise": "on", "summed": "on", "tolerance": "0.25", "rates": "0.001,0.002"},
    "of lessons": {
        **{"iteration": "3", "sample": "90", "substep": "4", "squares": "on", "digits": "on", "parameter": "2"},
        **{"samples": "one", "at": "0.75", "suspect": "C", "shuffle": "5", "check_step": "1e-07"},
    },
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_restores_each_setting_and_every_page_keeps_it_as_it_is(link: str) -> None:
    visit = Visit("about", **LINKS[link])
    before = visit.settings
    assert visit.chosen.keys() == LINKS[link].keys()
    assert visit.warnings == []
    for page in (*PAGES, *PAGES):
        visit.go(page)
        assert (visit.settings, visit.address) == (before, LINKS[link])


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
    assert Visit("train", locale=locale, lang="tr").title.startswith("Düzenli iniyor")


def test_a_link_written_otherwise_is_put_in_order() -> None:
    visit = Visit("train", learning_rate="1,1e-3", iterations="10000", bias="0,50", rows=" 5 ; 6 ")
    assert visit.address == {"learning_rate": "0.0011", "rows": "5,6"}


@pytest.mark.parametrize("address", [{}, {"dataset": "weighted-sum", "learning_rate": "0.2"}])
def test_the_front_door_leads_to_training_and_passes_a_link_on(address: dict[str, str]) -> None:
    visit, linked = Visit(**address), Visit("train", **address)
    assert visit.address == address
    assert (visit.title, visit.player) == (linked.title, linked.player)


def test_another_link_in_the_same_session_is_followed_and_takes_complaints_with_it() -> None:
    visit = Visit("train", learning_rate="fast")
    assert len(visit.warnings) == 1
    visit.follow(dataset="tips", bias="2.0")
    assert visit.chosen == {"dataset": "tips", "bias": 2.0}
    assert (visit.address, visit.warnings) == ({"dataset": "tips", "bias": "2.0"}, [])


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("dataset", "unknown", "Data set: “unknown” is not celsius, weighted-sum, noisy-thermometer, tips, sine, "),
        (
            "learning_rate",
            "-0.1",
            "Learning rate: “-0.1” is not a number, zero or greater, or a list such as 0:0.0001; 980:0.0013. "
            "Used instead: 0.0001.",
        ),
        ("iterations", "1e999", "Iterations: “1e999” is not a whole number from 1 to 100000. Used instead: 10000."),
        ("weights", "1,2,3,4", "Start weights: “1,2,3,4” is not one number for each weight. Used instead: 0.5."),
        ("noise", "-1", "Noise: “-1” is not a number, zero or greater. Used instead: 10."),
        ("rows", "1,x", "More iterations: “1,x” is not a list of at most 100 iterations from 0 to 100000. "),
        ("rates", "1,2,3,4,5,6,7", "Learning rates: “1,2,3,4,5,6,7” is not one to six numbers, zero or greater. "),
        ("sample", "101", "Sample: “101” is not the number of a sample, from 1. Used instead: 93."),
        ("parameter", "3", "Parameter: “3” is not the number of a parameter, from 1. Used instead: 1."),
        ("check_step", "101", "Step of the differences: “101” is not a number from 1e-15 to 100. Used instead: 0.001."),
        ("lang", "xx", "Language: “xx” is not en, tr. Used instead: en."),
        ("colour", "red", "The link sets “colour”, which does not exist here; it was left out."),
    ],
)
def test_a_bad_value_is_named_with_what_is_used_instead_until_the_next_choice(
    name: str, text: str, complaint: str
) -> None:
    visit = Visit("train", **{name: text}, bias="2.0")
    (warning,) = visit.warnings
    assert warning.startswith(complaint)
    assert (visit.chosen, visit.address) == ({"bias": 2.0}, {"bias": "2.0"})
    assert visit.go("about").warnings == [warning]
    assert visit.go("train").type("bias", "3").warnings == []


def test_one_weight_for_four_features_is_named_and_the_default_is_used() -> None:
    visit = Visit("train", dataset="weighted-sum", weights="1")
    (warning,) = visit.warnings
    assert warning.startswith("Start weights: “1” is not ")
    assert warning.endswith("Used instead: 0.1; 0.25; 0.15; 0.3.")
    assert visit.chosen == {"dataset": "weighted-sum"}


def test_the_weighted_sum_s_plane_may_span_its_last_weights_in_any_order_but_no_fifth_one() -> None:
    assert Visit("loss_surface", dataset="weighted-sum", plane="4,3").settings.plane == (3, 4)
    visit = Visit("loss_surface", dataset="weighted-sum", plane="4,5")
    assert visit.settings.plane == (1, 2)
    assert len(visit.warnings) == 1


def test_every_fault_of_a_link_has_a_warning_of_its_own_in_the_language_spoken() -> None:
    visit = Visit("train", locale="tr-TR", learning_rate="hızlı", iterations="b", lang="xx", bias="3.0")
    rate, iterations, language = visit.warnings
    assert rate.startswith("Öğrenme oranı: “hızlı” uygun değil; beklenen: sıfır ya da daha büyük bir sayı")
    assert "“b”" in iterations
    assert language.endswith(" tr.")
    assert visit.settings == complete({"bias": 3.0})


@pytest.mark.parametrize(
    "text", ["**x**", "_x_", "[a](b)", "![a](b)", "$x$", ":red[x]", ":material/home:", "~~x~~", "<b>x</b>"]
)
def test_a_value_and_a_name_are_shown_as_they_are_written_and_not_as_formatting(text: str) -> None:
    visit = Visit("about", **{"bias": text, text: "1"})
    assert [formatted(warning, text) for warning in visit.warnings_as_markdown] == [False, False]
    assert [f"“{text}”" in warning for warning in visit.warnings] == [True, True]


@pytest.mark.parametrize("text", ["\x00", "\n", "\u200b", "\u202e", "\x1b"])
def test_a_sign_that_nobody_sees_is_named_with_one_that_stands_for_it(text: str) -> None:
    (warning,) = Visit("about", bias=f"a{text}b").warnings
    assert warning.startswith("Start bias: “a�b” is not ")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x00", "\n\n# Title", "💥", "%s {0} {name}", "x" * 5000]
)
def test_no_text_in_any_setting_breaks_a_page_or_makes_a_long_complaint(text: str) -> None:
    visit = Visit("train", **dict.fromkeys(NAMES, text))
    assert len(visit.warnings) == len(NAMES)
    assert max(map(len, visit.warnings)) < 300
    assert visit.chosen == {}


def test_an_address_without_settings_on_the_way_back_keeps_what_is_set() -> None:
    visit = Visit("train").type("bias", "3")
    assert visit.follow().address == {"bias": "3.0"}


def test_an_old_address_that_the_browser_sends_with_a_move_is_no_link() -> None:
    visit = Visit("train", bias="1.0").type("bias", "2")
    visit.app.query_params = {"bias": "1.0"}
    assert visit.type("weights", "3").address == {"weights": "3.0", "bias": "2.0"}
