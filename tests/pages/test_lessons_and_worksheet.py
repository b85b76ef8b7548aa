"""The sections of the page for teachers: the twelve lessons and their links, and the worksheet."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from pages.frame.shell import PAGES
from pages.settings.choosing import complete
from pages.settings.link import from_address, to_address
from pages.settings.table import TABLE
from telling.lessons import LESSONS, Link, told
from tests.pages.visit import PATIENCE, Visit
from wording import LANGUAGES, speak

LINKS = {
    f"{k}{'b' if link is lesson.then else ''}": link
    for k, lesson in enumerate(LESSONS, start=1)
    for link in (lesson.link, lesson.then)
    if link
}
EVERY_LINK = pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)

ON_SCREEN = {
    "1": ("output", "target", "loss"),
    "1b": ("loss",),
    "2": ("weight", "loss", "slope"),
    "3": ("slope", "bias_slope", "before", "then"),
    "3b": ("after", "then"),
    "4": ("limit", "slow_at", "good_at", "fast_at", "too_large"),
    "5": ("halved",),
    "5b": ("steady_halved",),
    "6": ("times", "growth", "exploded", "steepest"),
    "7": ("weight", "bias", "loss"),
    "7b": ("least",),
    "8": ("weight", "bias"),
    "9": ("start", "end"),
    "9b": ("other_start", "other_end"),
    "10": ("found", "differences", "weight", "loss"),
    "11": ("right", "loss"),
    "12": ("lowest_start", "low_start", "middle_start", "high_start", "highest_start", "exploded"),
}
"""What a teacher is told to point at, and on which link's page it is to be seen."""


def asked_for(link: Link) -> dict[str, str]:
    """The settings of a link, once the class has given its answer, to the page's own question, too."""
    return {name: text for name, text in link.address.items() if name not in {"wait", "predict"}}


@cache
def opened(name: str) -> Visit:
    return Visit(LINKS[name].page, **asked_for(LINKS[name]))


def strings(data: object) -> Iterator[str]:
    """Every text and number in what the components are given."""
    if isinstance(data, Mapping):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)
    else:
        yield str(data)


def everything(visit: Visit) -> str:
    """All that stands on a page."""
    titles = [str(title.value) for found in (visit.app.title, visit.app.header) for title in found]
    texts = [*visit.texts, *titles, visit.html]
    return "\n".join([*texts, *(text for player in visit.players for text in strings(player))])


def sections(lang: str = "en") -> AppTest:
    """Both sections, without the app around them."""

    def show(lang: str) -> None:
        from urllib.parse import urlencode

        from pages.sections.lessons import show_lessons
        from pages.sections.worksheet import show_worksheet
        from wording import speak

        speak(lang)
        show_lessons(lambda page, address: f"/{page}?{urlencode(address)}")
        show_worksheet()

    app = AppTest.from_function(show, args=(lang,), default_timeout=PATIENCE).run()
    speak(lang)
    return app


def sheets(app: AppTest) -> str:
    (html,) = app.get("html")
    assert isinstance(html, Element)
    return str(html.value)


def urls(app: AppTest) -> list[str]:
    return [found.proto.url for found in app.get("link_button")]


@pytest.mark.parametrize(("name", "predict"), [("3", "line"), ("4", "limit"), ("5", "regime"), ("6", "loss")])
def test_some_lessons_open_with_a_question_that_suits_them(name: str, predict: str) -> None:
    visit = Visit(LINKS[name].page, **LINKS[name].address)
    assert LINKS[name].address["predict"] == predict
    assert "first_check" in visit.buttons
    assert len(visit.players) == 1


@EVERY_LINK
def test_a_lesson_s_link_reaches_the_settings_it_names_and_no_complaint(link: Link) -> None:
    assert link.page in PAGES
    assert asked_for(link).keys() <= TABLE.keys()
    chosen, faults = from_address(asked_for(link))
    assert faults == []
    assert {name: TABLE[name].kind.write(value) for name, value in chosen.items()} == {
        name: TABLE[name].kind.write(TABLE[name].kind.read(text)) for name, text in asked_for(link).items()
    }
    assert all(getattr(complete(chosen), name) == value for name, value in chosen.items())


@EVERY_LINK
def test_a_lesson_s_link_holds_nothing_that_is_the_default_anyway(link: Link) -> None:
    chosen, _faults = from_address(asked_for(link))
    assert to_address(chosen).keys() == asked_for(link).keys()


@EVERY_LANGUAGE
@EVERY_LINK
def test_a_lesson_s_link_opens_in_every_language(link: Link, lang: str) -> None:
    visit = Visit(link.page, lang=lang, **asked_for(link))
    assert visit.title
    assert visit.warnings == []


@pytest.mark.parametrize("name", ON_SCREEN)
def test_what_the_teacher_shall_point_at_is_on_the_page(name: str) -> None:
    numbers, seen = LESSONS[int(name.rstrip("b")) - 1].numbers(), everything(opened(name))
    said = [number for key in ON_SCREEN[name] for number in numbers[key].split("; ")]
    assert [number for number in said if not re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", seen)] == []


def test_the_step_of_the_second_lesson_is_the_one_that_is_taken_after_the_answer() -> None:
    visit, numbers = Visit("which_way", **asked_for(LINKS["2"])), LESSONS[1].numbers()
    visit.press("larger")
    assert numbers["after"] in everything(visit)
    assert numbers["rising"] in everything(visit.type("at", numbers["beyond"]))


def test_what_the_class_says_of_the_step_by_hand_is_recognised() -> None:
    visit, numbers = Visit("one_step", **asked_for(LINKS["3"])), LESSONS[2].numbers()
    visit.app.text_input("guess_weight").set_value(numbers["wrong"])
    (check,) = [name for name, label in visit.buttons.items() if label == "Check"]
    assert "the learning rate was forgotten" in everything(visit.press(check))


def test_the_iteration_at_which_the_bias_is_near_enough_is_in_the_tab_that_is_named() -> None:
    visit, numbers = Visit("train", **asked_for(LINKS["7"])), LESSONS[6].numbers()
    assert numbers["settled"] in everything(visit.open_tab(numbers["tab"]))


def test_the_suspect_explodes_from_the_start_weight_that_is_named() -> None:
    visit = Visit("find_the_bug", **asked_for(LINKS["10"])).type("weights", "-0.1")
    assert visit.player["figures"][1]["frames"][-1]["data"][0]["y"][0] > 1e100


def test_a_hidden_layer_has_all_corners_right() -> None:
    assert "100 %" in everything(opened("11b"))


@EVERY_LANGUAGE
def test_every_lesson_is_shown_with_its_minutes_and_both_its_links(lang: str) -> None:
    app = sections(lang)
    labels = [expander.label for expander in app.expander]
    assert len(labels) == 12
    for k, (label, lesson) in enumerate(zip(labels, LESSONS, strict=True), start=1):
        assert label.startswith(f"{k}\\. {told(lesson).title} · {lesson.minutes} ")
    asked = [Link("class_board", link.address) for link in LINKS.values() if "predict" in link.address]
    expected = [f"/{link.page}?{urlencode(link.address)}" for link in (*LINKS.values(), *asked)]
    assert sorted(urls(app)) == sorted(expected)
    assert len(asked) == 4


def test_the_minutes_of_all_lessons_are_told() -> None:
    assert "135 minutes" in sections().markdown[0].value


@EVERY_LANGUAGE
def test_the_details_say_what_to_ask_what_is_said_what_to_show_and_what_to_conclude(lang: str) -> None:
    texts = "\n".join(str(text.value) for text in sections(lang).markdown)
    for says in map(told, LESSONS):
        assert all(text in texts for text in (says.ask, f"“{says.says}”", *says.show, says.conclude))


def test_the_worksheet_is_two_variants_and_their_keys_at_first() -> None:
    html = sheets(sections())
    assert re.findall(r"Variant (\d+)", html) == [*"112212"]
    assert html.index("key of the worksheet") > html.rindex("Overshoot: worksheet")


def test_a_teacher_chooses_which_and_how_many_variants_and_whether_there_is_a_key() -> None:
    app = sections()
    app.number_input("worksheet_first").set_value(41)
    app.number_input("worksheet_count").set_value(3)
    app.toggle("worksheet_with_key").set_value(False)
    assert re.findall(r"Variant (\d+)", sheets(app.run())) == ["41", "41", "42", "42", "43", "43"]


def test_the_print_button_is_named_in_the_language_spoken() -> None:
    (button,) = sections("tr").get("bidi_component")
    assert json.loads(button.proto.json) == {"print": "Yazdır"}
