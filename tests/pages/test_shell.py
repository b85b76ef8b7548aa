import gc
import logging
import weakref
from typing import Any

import pytest
import streamlit

from pages.frame import garbage, runs, shell
from pages.frame.shell import PAGES
from tests.pages.visit import APP, Visit

SENDER = {"learning_rate": "0.000777", "weights": "3.0", "bias": "-2.0", "loss_axis": "log", "lang": "tr"}


def test_every_file_of_pages_is_a_page_and_every_page_has_a_file() -> None:
    assert {file.stem for file in (APP.parent / "pages").glob("*.py")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opened_directly_as_the_first_thing_is_inside_the_whole_app_once(page: str) -> None:
    # AppTest begins every run like a fresh server, on which a page that is opened directly would run alone.
    visit = Visit(page, lang="tr", dataset="tips")
    assert visit.language_switch().value == "tr"
    names = {info["page_name"] for info in visit.app._registered_pages.values()}
    assert {"Overshoot", "Eğitim", "Hakkında"} <= names
    assert len(names) == len(PAGES) + 1
    assert visit.title
    assert visit.address == {"lang": "tr", "dataset": "tips"}


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


def test_a_page_opens_the_app_where_it_runs_alone_but_not_inside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page: Any = SomePage(monkeypatch)
    shell.run_page(page)
    assert page.apps_opened == 0
    page.run()
    assert page.apps_opened == 1


def test_settings_of_a_link_survive_a_change_of_page_and_the_way_back() -> None:
    visit = Visit("train", **SENDER)
    before = visit.player
    assert visit.go("about").address == SENDER
    assert visit.go("train").player == before
    assert visit.address == SENDER
    assert (visit.field("weights"), visit.field("bias")) == ("3", "-2")


def test_settings_changed_by_hand_survive_a_change_of_page_and_controls_still_work() -> None:
    visit = Visit("train").slide("learning_rate", 0.0008).press("draw").pick("loss_axis", "log")
    before, address = visit.player, visit.address
    visit.go("about").go("train")
    assert (visit.player, visit.address) == (before, address)
    assert visit.dial["rate"] == 0.0008
    visit.slide("learning_rate", 0.0009).type("bias", "3")
    assert visit.address == {**address, "learning_rate": "0.0009", "bias": "3.0"}


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-US", "en"), ("tr", "tr"), ("tr-TR", "tr"), ("TR-tr", "tr"), ("de-DE", "en"), ("", "en"), (None, "en")],
)
def test_the_app_speaks_the_browser_s_language_or_english(locale: str | None, language: str) -> None:
    visit = Visit("about", locale=locale)
    assert visit.language_switch().value == language
    assert ("watch one neuron learn" in visit.title) is (language == "en")
    assert visit.address == {}


def test_a_chosen_language_comes_before_the_browser_s_and_goes_along_to_the_other_pages() -> None:
    visit = Visit("about", locale="tr-TR", learning_rate="0.001").speak("en")
    assert "watch one neuron learn" in visit.title
    assert visit.address == {"learning_rate": "0.001", "lang": "en"}
    assert visit.go("train").title.startswith("Overshoots")
    assert visit.speak("tr").title.startswith("Hedefi aşıyor")


def test_two_people_do_not_share_their_settings() -> None:
    first, second = Visit("train", bias="5.0"), Visit("train")
    first.slide("learning_rate", 0.0008)
    assert second.chosen == {}
    assert second.slide("iterations", 20).address == {"iterations": "20"}
    assert first.address == {"learning_rate": "0.0008", "bias": "5.0"}


def test_the_first_move_counts_although_the_server_has_forgotten_the_session() -> None:
    visit = Visit("train", dataset="tips", bias="1.5")
    visit.app.text_input("weights").set_value("3")
    assert visit.meet_a_new_server().address == {"dataset": "tips", "bias": "1.5", "weights": "3.0"}
    assert visit.type("bias", "2").address == {"dataset": "tips", "bias": "2.0", "weights": "3.0"}


def test_after_every_run_what_lives_is_out_of_the_garbage_collector_s_sight() -> None:
    before = gc.get_freeze_count()
    visit = Visit("about")
    assert gc.get_freeze_count() > before
    between = gc.get_freeze_count()
    visit.kept = [[] for _each in range(1000)]  # type: ignore[attr-defined]
    visit.go("train")
    assert gc.get_freeze_count() > between + 1000


def test_garbage_is_found_nevertheless(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cycle:
        def __init__(self) -> None:
            self.itself = self

    lost = weakref.ref(Cycle())
    gc.freeze()
    gc.collect()
    assert lost() is not None
    monkeypatch.setattr(garbage, "_looked_at", [-2 * garbage.EVERY])
    garbage.spare_the_living()
    assert lost() is None


@pytest.fixture
def broken_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(runs, "train", fail)


class FailingVisit(Visit):
    """A session in which pages may fail."""

    may_fail = True


@pytest.mark.usefixtures("broken_training")
@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "Something went wrong on this page."), ("tr", "Bu sayfada bir şey ters gitti.")]
)
def test_a_page_that_fails_says_so_kindly_logs_why_and_keeps_its_settings(
    caplog: pytest.LogCaptureFixture, lang: str, sentence: str
) -> None:
    address = {"learning_rate": "0.000778", "bias": "4.0", "lang": lang}
    visit = FailingVisit("train", **address)
    (error,) = {error.value for error in visit.app.error}
    assert error.startswith(sentence)
    assert "secret" not in error
    assert list(visit.app.exception) == []
    assert "secret detail" in caplog.text
    assert visit.address == address
    assert list(visit.go("about").app.error) == []


def test_the_log_of_a_page_that_works_is_empty(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "overshoot")
    Visit("train", learning_rate="0.000781")
    assert [record for record in caplog.records if record.name == "overshoot"] == []
