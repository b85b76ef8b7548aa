"""The page for teachers."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.data.own import OwnData
from pages.frame.shell import PAGES
from pages.settings.controls import CONTROLS
from pages.settings.table import TABLE
from telling.lessons import LESSONS
from tests.pages.visit import Visit
from wording import LANGUAGES

MADE = {"dataset": "tips", "learning_rate": "0.0008", "weights": "0.25"}


PARTS = {
    "en": ("Lessons", "A link for the class", "Worksheet"),
    "tr": ("Dersler", "Sınıf için bağlantı", "Çalışma kâğıdı"),
}


def at_builder(**address: str) -> Visit:
    """Somebody who has opened the part of the page that builds links."""
    return Visit("teach", **address).open_tab(PARTS[address.get("lang", "en")][1], "for_teachers")


def built_link(visit: Visit) -> str:
    return str(visit.app.code[0].value)


def wish(visit: Visit, name: str, value: Any) -> None:
    """Pick, type or turn one of the wishes."""
    key = f"teach_{name}_{visit.settings.lang or 'en'}"
    app = visit.app
    everything: list[Any] = [*app.selectbox, *app.text_input, *app.button_group, *app.toggle, *app.multiselect]
    (widget,) = [widget for widget in everything if widget.key == key]
    widget.set_value(value)
    visit._run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_link_of_the_page_opens_what_was_wished(lang: str) -> None:
    visit = at_builder(**MADE, lang=lang)
    wish(visit, "page", "one_step")
    wish(visit, "hide", ["start", "dataset"])
    wish(visit, "lock", ["learning_rate"])
    wish(visit, "wait", True)
    wish(visit, "iterations", "321")
    split = urlsplit(built_link(visit))
    address = dict(parse_qsl(split.query))
    assert split.path == "/one_step"
    assert address == {**MADE, "iterations": "321", "hide": "start,dataset", "lock": "learning_rate", "wait": "on"}
    opened = Visit("one_step", **address)
    assert opened.warnings == []
    assert opened.settings.hide == ("start", "dataset")
    assert opened.settings.learning_rate == visit.settings.learning_rate


def test_building_changes_nothing_of_the_teacher_s_session() -> None:
    visit = at_builder(**MADE)
    before = visit.settings, visit.address
    for name, value in (("hide", ["start"]), ("dataset", "celsius"), ("board", True), ("learning_rate", "0.001")):
        wish(visit, name, value)
    assert (visit.settings, visit.address) == before


def test_the_wishes_outlive_another_page_and_another_language() -> None:
    visit = at_builder(**MADE)
    wish(visit, "hide", ["start", "reset"])
    wish(visit, "as_it_stands", False)
    visit.go("train").go("teach").open_tab(PARTS["en"][1], "for_teachers_en")
    assert built_link(visit) == "/train?hide=start,reset"
    assert built_link(visit.speak("tr").open_tab(PARTS["tr"][1], "for_teachers_tr")) == "/train?hide=start,reset"


def test_a_rate_that_is_none_is_complained_about() -> None:
    visit = at_builder()
    wish(visit, "learning_rate", "fast<b>")
    assert visit.warnings == [
        "Learning rate: “fast<b>” is not a number, zero or greater, or a list such as 0:0.0001; 980:0.0013. "
        "It was left out of the link."
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_lists_every_setting_and_every_control(lang: str) -> None:
    visit = at_builder(lang=lang)
    settings, controls = ("Settings", "Controls") if lang == "en" else ("Ayarlar", "Denetimler")
    visit.unfold("all_settings")
    assert [row[0] for row in visit.table(settings)] == list(TABLE)
    assert [row[0] for row in visit.table(controls)] == list(CONTROLS)


def test_each_page_with_a_run_can_be_the_link_s() -> None:
    visit = at_builder()
    (pages,) = [box for box in visit.app.selectbox if str(box.key).startswith("teach_page")]
    assert len(pages.options) == len(PAGES) - 2


def test_data_that_no_link_carries_are_told_of() -> None:
    rows = tuple((float(k), float(k)) for k in range(60))
    visit = at_builder()
    visit.app.session_state.known_own = {"own": OwnData(("x", "y"), rows)}
    assert visit.warnings == []
    wish(visit, "dataset", "own")
    assert built_link(visit) == "/train?dataset=own&own=too-many"
    assert len([said for said in visit.warnings if "too many for a link" in said]) == 1


def test_the_code_says_what_it_is() -> None:
    assert 'alt="QR code of the link" src="data:image/svg+xml' in at_builder().html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_lessons_a_link_and_a_worksheet(lang: str) -> None:
    visit = Visit("teach", lang=lang)
    assert tuple(tab.label for tab in visit.app.tabs) == PARTS[lang]
    opened = [urlsplit(link.proto.url) for link in visit.app.get("link_button")]
    assert len(opened) >= len(LESSONS)
    assert {link.path.lstrip("/") for link in opened} <= set(PAGES)
    assert 'class="sheets"' in visit.open_tab(PARTS[lang][2], "for_teachers").html
