import logging
from typing import Any

import pytest
import streamlit

from pages.frame import runs as run_module
from pages.frame import shell
from pages.frame.shell import PAGES
from pages.settings.table import Settings
from tests.pages.visit import APP, Visit

SENDER = {"learning_rate": "0.000777", "weights": "3.0", "bias": "-2.0", "loss_axis": "log", "lang": "tr"}


def test_every_file_of_pages_is_a_page_and_every_page_has_a_file() -> None:
    assert {file.stem for file in (APP.parent / "pages").glob("*.py")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opened_directly_as_the_first_thing_is_inside_the_whole_app(page: str) -> None:
    # AppTest begins every run like a fresh server, on which a page that is opened directly would run alone.
    visit = Visit(page, lang="tr")
    assert visit.language_switch().value == "tr"
    names = {info["page_name"] for info in visit.app._registered_pages.values()}
    assert {"Overshoot", "Eğitim", "Hakkında"} <= names
    assert len(names) == len(PAGES) + 1
    assert visit.title
    assert visit.address == {"lang": "tr"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opened_directly_shows_its_contents_once(page: str) -> None:
    visit = Visit(page)
    assert len(visit.app.title) == 1
    assert len([group for group in visit.app.button_group if str(group.key).startswith("lang")]) == 1


class SomePage:
    """Something that the shell can run like a page, and that notes whether the whole app was opened for it."""

    title = "Page"

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.apps_opened = 0
        monkeypatch.setattr(shell, "run_app", self.open_app)
        monkeypatch.setattr(streamlit, "stop", lambda: None)

    def open_app(self) -> None:
        self.apps_opened += 1

    def run(self) -> None:
        shell.open_app_around_page()


def test_a_page_inside_the_app_does_not_open_the_app_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page: Any = SomePage(monkeypatch)
    shell.run_page(page)
    assert page.apps_opened == 0


def test_a_page_that_runs_alone_opens_the_app_even_after_another_ran_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    page: Any = SomePage(monkeypatch)
    shell.run_page(page)
    page.run()
    assert page.apps_opened == 1


def test_a_page_opened_directly_restores_its_link() -> None:
    visit = Visit("train", dataset="tips", bias="1.5")
    assert visit.settings == Settings(dataset="tips", bias=1.5)
    assert visit.trace(0, "before training")["y"][0] == 1.5


def test_settings_survive_a_change_of_page_and_the_way_back() -> None:
    visit = Visit("train", **SENDER)
    before = visit.player
    visit.go("about")
    assert visit.address == SENDER
    assert visit.go("train").player == before
    assert visit.address == SENDER
    assert (visit.field("weights"), visit.field("bias")) == ("3", "-2")


def test_settings_changed_by_hand_survive_a_change_of_page() -> None:
    visit = Visit("train").slide("learning_rate", 0.0008).press("draw").pick("loss_axis", "log")
    before, address = visit.player, visit.address
    visit.go("about").go("train")
    assert (visit.player, visit.address) == (before, address)
    assert visit.slider("learning_rate").value == 0.0008


def test_controls_still_work_after_a_change_of_page() -> None:
    visit = Visit("train", bias="2.0").go("about").go("train").slide("learning_rate", 0.0008).type("bias", "3")
    assert visit.address == {"learning_rate": "0.0008", "bias": "3.0"}


def test_the_language_changes_on_the_about_page_too() -> None:
    visit = Visit("about", learning_rate="0.001").speak("tr")
    assert "bir nöronun" in visit.title
    assert visit.address == {"learning_rate": "0.001", "lang": "tr"}
    assert visit.go("train").title.startswith("Öğrendi")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *[("en", "en"), ("en-US", "en"), ("tr", "tr"), ("tr-TR", "tr"), ("TR-tr", "tr")],
        *[("de-DE", "en"), ("", "en"), (None, "en")],
    ],
)
def test_the_app_speaks_the_browser_s_language_or_english(locale: str | None, language: str) -> None:
    visit = Visit("about", locale=locale)
    assert visit.language_switch().value == language
    assert ("watch one neuron learn" in visit.title) is (language == "en")
    assert visit.address == {}


def test_a_chosen_language_comes_before_the_browser_s() -> None:
    visit = Visit("about", locale="tr-TR").speak("en")
    assert "watch one neuron learn" in visit.title
    assert visit.address == {"lang": "en"}


def test_two_people_do_not_share_their_settings() -> None:
    first, second = Visit("train", bias="5.0"), Visit("train")
    first.slide("learning_rate", 0.0008)
    assert second.settings == Settings()
    assert second.slide("iterations", 20).address == {"iterations": "20"}
    assert first.address == {"learning_rate": "0.0008", "bias": "5.0"}


@pytest.fixture
def broken_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(run_module, "train", fail)


class FailingVisit(Visit):
    """A session in which pages may fail."""

    may_fail = True


@pytest.mark.usefixtures("broken_training")
def test_a_page_that_fails_says_so_kindly_and_shows_no_stack_trace(caplog: pytest.LogCaptureFixture) -> None:
    visit = FailingVisit("train", learning_rate="0.000778")
    (error,) = visit.app.error
    assert error.value.startswith("Something went wrong on this page.")
    assert "secret" not in error.value
    assert list(visit.app.exception) == []
    assert "secret detail" in caplog.text


@pytest.mark.usefixtures("broken_training")
def test_a_page_that_fails_says_so_in_turkish(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    (error,) = FailingVisit("train", learning_rate="0.000779", lang="tr").app.error
    assert error.value.startswith("Bu sayfada bir şey ters gitti.")


@pytest.mark.usefixtures("broken_training")
def test_a_page_that_fails_keeps_the_settings_in_the_address() -> None:
    address = {"learning_rate": "0.00078", "bias": "4.0"}
    visit = FailingVisit("train", **address)
    assert visit.address == address
    assert "watch one neuron learn" in visit.go("about").title


def test_the_log_of_a_page_that_works_is_empty(caplog: pytest.LogCaptureFixture) -> None:
    Visit("train", learning_rate="0.000781")
    assert [record for record in caplog.records if record.name == "overshoot"] == []
