"""Hidden and locked controls, and answers that wait."""

import re
from functools import partial

import numpy as np
import pytest

from core.theory.quadratic import theory
from pages.frame.shell import PAGES
from pages.settings.data import experiment_of
from pages.settings.row import Nowhere
from pages.settings.table import TABLE
from tests.pages.visit import Visit
from wording import LANGUAGES, number

LOCKED = {"lock": "learning_rate,start", "learning_rate": "0.0003"}
WAITING = {"wait": "on", "dataset": "tips", "learning_rate": "0.0001", "iterations": "50"}
WITH_RUNS = [page for page in PAGES if page not in ("your_data", "class_board", "teach", "about")]


def everything(visit: Visit) -> str:
    """All that the page sends to the browser."""
    return "\n".join(str(element.proto) for element in visit.app.main)


def keys(visit: Visit) -> set[str]:
    app = visit.app
    widgets = [*app.selectbox, *app.select_slider, *app.text_input, *app.button_group, *app.toggle, *app.button]
    return {str(widget.key) for widget in widgets}


@pytest.mark.parametrize("page", WITH_RUNS)
def test_what_is_hidden_is_on_no_page(page: str) -> None:
    hidden = "learning_rate,start,dataset,iterations,data_options,view_options,more,land,reset,board,lang,tasks,tables"
    visit = Visit(page, hide=hidden)
    gone = {"weights", "bias", "draw", "seed", "schedule", "dataset", "iterations", "reset", "board", "land_it", "more"}
    assert not any("stops" in component for component in visit._components)
    assert gone & keys(visit) == set()
    assert [key for key in keys(visit) if key.startswith(("lang", "iterations_")) or "_task_" in key] == []
    assert visit.address.keys() <= {"hide", "dataset"}


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if not isinstance(row.widget, Nowhere)])
def test_each_setting_with_a_widget_can_be_hidden_and_locked(name: str) -> None:
    visit = Visit("train", hide=name, lock=name)
    assert visit.warnings == []
    assert name not in keys(visit)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_gets_the_link_sees_the_same_with_the_same_controls(lang: str) -> None:
    sent = {"hide": "start,reset", "lock": "learning_rate", "wait": "on", "learning_rate": "0.0003", "lang": lang}
    first, second = Visit("train", **sent), Visit("train", **sent)
    assert (first.player, first.title, keys(first), first.settings) == (
        *(second.player, second.title, keys(second), second.settings),
    )
    assert first.address == sent


def test_what_is_withheld_stays_so_on_other_pages_and_after_moves() -> None:
    visit = Visit("train", hide="start", lock="learning_rate", wait="on")
    visit.pick("dataset", "tips").go("loss_surface").press("reset").go("train")
    assert {"hide", "lock", "wait"} <= visit.address.keys()
    assert "weights" not in keys(visit)


def test_a_locked_dial_is_shown_and_cannot_be_moved() -> None:
    visit = Visit("train", **LOCKED)
    assert visit.dial["locked"]
    for moved in (visit.slide("learning_rate", 0.001), visit.type("learning_rate", "0.001")):
        assert moved.settings.rate == 0.0003


def test_neither_reset_nor_other_data_nor_a_game_move_what_is_locked() -> None:
    visit = Visit("train", **LOCKED)
    for move in (
        partial(visit.press, "reset"),
        partial(visit.pick, "dataset", "tips"),
        partial(visit.press, "land_it"),
        partial(visit.tell, "switch", at=0, on=True),
        partial(visit.turn, 0.001, at=0),
        partial(visit.tell, "nudge", at=0, x=[0.0, 1.0], y=[50.0, 60.0], done=True),
    ):
        move()
        assert (visit.settings.rate, visit.settings.weights, visit.settings.bias) == (0.0003, (0.5,), 0.5)


def test_a_locked_line_has_no_handles_and_a_locked_rate_no_buttons() -> None:
    visit = Visit("train", **LOCKED)
    assert visit.player["figures"][0]["handles"] == []
    assert {"fastest", "stable"} & keys(visit) == set()
    assert all(button.disabled for button in visit.app.button if button.key in ("draw", "step_decay", "cosine"))


def test_a_click_on_the_u_curve_takes_no_locked_rate() -> None:
    visit = Visit("learning_rate", **LOCKED)
    assert not visit.players[0]["clickable"]
    visit.click_figure(0, figure=0, curve=0, x=0.001, y=1.0)
    assert visit.settings.rate == 0.0003


def test_a_task_that_would_set_what_is_locked_cannot_be_set_up() -> None:
    visit = Visit("one_step", lock="learning_rate")
    disabled = {str(button.key): button.disabled for button in visit.app.button if "_task_" in str(button.key)}
    assert disabled["one_step_task_2"]
    assert not disabled["one_step_task_1"]


def test_a_change_under_which_a_locked_start_could_not_stay_is_refused_with_a_sentence() -> None:
    visit = Visit("train", lock="start", weights="0.25")
    visit.pick("dataset", "weighted-sum")
    assert visit.settings.dataset == "celsius"
    assert visit.warnings == ["Start weights: locked by the link, and this would change it. Nothing was changed."]


def test_the_language_can_be_locked() -> None:
    visit = Visit("train", lock="lang", lang="tr")
    assert visit.language_switch().disabled


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "$x$", '"""', "=1+1", "'; drop table", "a" * 3000])
@pytest.mark.parametrize("name", ["hide", "lock"])
def test_foreign_names_are_told_as_they_stand_and_the_rest_works(name: str, text: str) -> None:
    visit = Visit("train", **{name: f"reset,{text}"})
    (warning,) = visit.warnings
    assert all(part[:40] in warning for part in text.split(";"))  # which sets names apart, too
    assert getattr(visit.settings, name) == ("reset",)


@pytest.mark.parametrize("page", WITH_RUNS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_while_answers_wait_no_limit_and_no_best_value_reaches_the_browser(page: str, lang: str) -> None:
    visit = Visit(page, **WAITING, lang=lang)
    visit._speak()
    experiment = experiment_of(visit.settings)
    known = theory(experiment)
    assert known is not None
    limits = [number(limit, 3) for limit in (known.limits.stable, known.limits.monotone, known.limits.fastest)]
    best = known.best(np.array(experiment.start)).tolist()
    sent = everything(visit)
    for told in (*limits, *(f"{value:.4g}" for value in best)):
        assert re.search(rf"(?<![\d.,]){re.escape(told)}", sent) is None


@pytest.mark.parametrize("page", WITH_RUNS)
def test_the_answer_comes_when_it_is_asked_for(page: str) -> None:
    visit = Visit(page, wait="on", learning_rate="0.0008")
    waiting = visit.title, everything(visit)
    assert "show_answer" in visit.buttons
    visit.press("show_answer")
    assert "show_answer" not in visit.buttons
    assert everything(visit) != waiting[1]
    shown = Visit(page, learning_rate="0.0008")
    assert visit.title == shown.title
    assert visit.address["wait"] == "on"


@pytest.mark.parametrize(
    "learner",
    [
        {"dataset": "weighted-sum"},
        {"dataset": "hours"},
        {"dataset": "sine", "watch": "sharpness"},
        {"watch": "error"},
        {"learning_rate": "0.0013"},
        {"live": "on", "iterations": "20"},
        {"land": "1"},
        {"learning_rate": "0:0.0001;20:0.001"},
        {"dataset": "two-clouds", "loss": "squared"},
        {"board": "on"},
    ],
    ids=str,
)
def test_every_kind_of_run_can_wait_on_every_page(learner: dict[str, str]) -> None:
    for page in WITH_RUNS:
        visit = Visit(page, **{"wait": "on", "iterations": "20", **learner})
        assert "show_answer" in visit.buttons
        assert "best possible" not in {t.get("name") for figure in visit.figures for t in figure["data"]}


def test_another_link_lets_its_own_answers_wait() -> None:
    visit = Visit("train", wait="on").press("show_answer")
    assert "show_answer" in visit.follow(wait="on", learning_rate="0.0008").buttons
