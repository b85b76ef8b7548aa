import csv
import re
from io import StringIO
from typing import Any

import pytest

from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import train
from pages.settings.data import experiment_of
from pages.settings.table import Settings
from pages.take_home.offline import offline_page
from pages.take_home.take_home import HERE as FOLDER
from pages.take_home.take_home import MAKERS, SCRIPTS
from pages.take_home.texts import file_name
from pages.take_home.words import words
from programs import LIBRARIES, program
from tests.pages.visit import Visit
from wording import speak

POINT, COMMA = "overshoot-celsius-0.0001-point.csv", "overshoot-celsius-0.0001-comma.csv"
PAGES = {
    "train": {"train"},
    "loss_surface": {"surface_contour"},
    "one_step": {"one_step"},
    "which_way": {"which_way"},
    "learning_rate": {"side_by_side"},
    "find_the_bug": {"suspect_training"},
    "moving_limit": {"moving_limit"},
}


def rows(answer: dict[str, Any], separator: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(answer["text"].lstrip("\ufeff"), newline=""), delimiter=separator))


def answer(visit: Visit) -> dict[str, Any]:
    found: dict[str, Any] = visit.to_take_home[0]["answer"]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_page_that_shows_a_run_lets_one_take_it_home(page: str) -> None:
    menus = Visit(page, iterations="20").to_take_home
    assert {menu["player"] for menu in menus} == PAGES[page]
    assert all(menu["answer"] is None for menu in menus)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "which_way"])
def test_each_of_them_makes_its_texts(page: str) -> None:
    visit = Visit(page, iterations="20")
    for file in [text["file"] for text in visit.to_take_home[0]["files"]]:
        separator = ";" if "comma" in file else ","
        made = answer(visit.ask_for(file))
        assert len(rows(made, separator)) > 20 if file.endswith("csv") else compile(made["text"], file, "exec")


def test_optimisers_side_by_side_can_be_taken_home_with_their_names() -> None:
    visit = Visit("learning_rate", iterations="5", more="on", compare="optimisers")
    table = rows(answer(visit.ask_for(visit.to_take_home[0]["files"][0]["file"])))
    assert {"Adam", "momentum"} <= {row[0] for row in table[1:]}


def test_a_text_is_made_for_who_asks_and_is_gone_with_the_next_run() -> None:
    visit = Visit("train", iterations="10").ask_for(POINT, 7)
    history = train(Experiment.on(celsius(), iterations=10))
    assert answer(visit)["n"] == 7
    assert [float(row[-1]) for row in rows(answer(visit))[1:]] == history.loss.tolist()
    assert answer(visit.flip("trail")) is None


def test_the_notation_of_the_language_comes_first() -> None:
    assert [text["file"] for text in Visit("train").to_take_home[0]["files"]][:2] == [POINT, COMMA]
    assert [text["file"] for text in Visit("train", locale="tr-TR").to_take_home[0]["files"]][:2] == [COMMA, POINT]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_program_of_each_library_is_that_of_the_run(library: str) -> None:
    visit = Visit("train", iterations="30").ask_for(f"overshoot-celsius-0.0001-{library}.py")
    assert answer(visit)["text"] == program(train(experiment_of(visit.settings)), library)


def test_a_link_can_leave_it_out() -> None:
    assert Visit("train", hide="take_home").to_take_home == []


@pytest.mark.parametrize("file", ["", "../app.py", "overshoot-celsius-0.5-point.csv", None, 3, ["page"], {"a": 1}])
def test_what_does_not_exist_is_answered_without_a_text(file: Any) -> None:
    assert answer(Visit("train", iterations="1").ask_for(file)) == {"n": 1, "text": None, "note": ""}


@pytest.mark.parametrize("number", [None, "1", 1.5, True, [1]])
def test_what_is_no_question_has_no_answer(number: Any) -> None:
    assert Visit("train", iterations="1").ask_for(POINT, number).to_take_home[0]["answer"] is None


def test_of_a_live_run_all_is_there_that_has_been_trained_when_one_asks() -> None:
    visit = Visit("train", live="on", iterations="30").tell("rest", at=30)
    assert rows(answer(visit.ask_for(POINT)))[-1][0] == "30"


def test_a_long_run_says_what_its_table_leaves_out() -> None:
    visit = Visit("train", dataset="sine", iterations="50000")
    said = answer(visit.ask_for(visit.to_take_home[0]["files"][0]["file"]))
    assert said["note"] == "The run is long: it holds one in 3 iterations."
    assert [row[0] for row in rows(said)[1:4]] == ["0", "3", "6"]


def test_what_makes_files_in_the_browser_comes_only_when_it_is_wanted() -> None:
    script = answer(Visit("train", iterations="1").ask_for("makers"))["text"]
    assert script.endswith("export { Camera, filmOf, offlinePage };\n")
    assert [line for line in script.splitlines() if line.startswith(("import ", "export "))] == script.splitlines()[-1:]


def test_a_short_run_says_nothing() -> None:
    assert answer(Visit("train", iterations="1").ask_for(POINT))["note"] == ""


@pytest.mark.parametrize("dataset", ["../../etc", "a b", "<script>", "=1+1", "Ağırlık"])
def test_file_names_are_plain_whatever_the_data_are_called(dataset: str) -> None:
    class Now(Settings):
        rate = 1e-05

    now = object.__new__(Now)
    object.__setattr__(now, "dataset", dataset)
    assert re.fullmatch(r"[A-Za-z0-9.-]+", file_name(now))


def test_the_page_that_works_offline_asks_nobody_for_anything() -> None:
    page = offline_page()
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=", page) == []


def test_the_page_that_works_offline_leaves_marks_for_what_only_the_browser_knows() -> None:
    assert set(re.findall(r"<!--(\w+)-->", offline_page())) == {"title", "theme", "plotly", "address", "shown"}


def test_the_page_that_works_offline_speaks_the_language_spoken() -> None:
    assert '<html lang="en">' in offline_page()
    speak("tr")
    assert '<html lang="tr">' in offline_page()


@pytest.mark.parametrize("scripts", [SCRIPTS, MAKERS])
def test_no_two_names_at_the_top_of_the_scripts_are_the_same(scripts: tuple[str, ...]) -> None:
    sources = [(FOLDER / name).read_text(encoding="utf-8") for name in scripts]
    declared = re.compile(r"^(?:export )?(?:async )?(?:const|let|function|class) ([^=;({]+)", re.MULTILINE)
    names = [name.strip() for source in sources for found in declared.findall(source) for name in found.split(",")]
    assert sorted(set(names)) == sorted(names)


def test_the_words_are_translated() -> None:
    english = words()
    speak("tr")
    assert words().keys() == english.keys()
    assert set(words().values()).isdisjoint(english.values())
