"""What a class can do together, each made of the run as it stands: the address that all students get."""

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from core.schedule import constant
from pages.settings.asking import NOTHING
from pages.settings.building import OF_THE_TEACHER
from pages.settings.choosing import Chosen, changed, complete
from pages.settings.data import experiment_of
from pages.settings.link import from_address, to_address
from pages.settings.table import Settings
from wording import N_

PAGE, BOARD = "train", "class_board"
"""Where the class works, and where the teacher sees it."""
CURVE, LAND = "curve", "land"
QUESTIONS = ("line", "loss", "regime", "limit")
TASKS = {
    CURVE: N_("Find the best learning rate"),
    "line": N_("Predict: the next line"),
    "loss": N_("Predict: the loss"),
    "regime": N_("Predict: what the rate does"),
    "limit": N_("Predict: the limit"),
    LAND: N_("Land it"),
}
"""What there is to do, and what it is called."""
IN_THE_WAY = ("start", "data_options", "view_options", "more", "board", "navigation", "copy_link", "why", "tour")
ASIDE = (*IN_THE_WAY, "tables", "tasks", "take_home", "dataset", "iterations", "schedule", "reset", "nudges")
HELD = ("start", "data_options", "more", "dataset", "iterations", "live")
"""What a link leaves out, and what it locks, so that everybody's tries are of the same run."""
WANTED: dict[str, Chosen] = {
    CURVE: {"learning_rate": None, "live": None, "hide": (*ASIDE, "live", "land"), "lock": HELD, "wait": True},
    LAND: {"land": 1, "hide": ASIDE, "lock": ("dataset", "more")},
    **{name: {"predict": name, "live": None, "hide": (*ASIDE, "live", "land"), "lock": HELD} for name in QUESTIONS},
}
"""What a task changes in the run that was chosen."""
OF_THE_TASK = {name for wanted in WANTED.values() for name in wanted} - {"learning_rate"}
OF_THE_DATA = {"dataset", "own"}
FIRST: Chosen = MappingProxyType({"iterations": 1000})
"""The run that a room begins with where no run has been set up."""


def task_address(chosen: Chosen, kind: str) -> str:
    """Return the address that lets a class do something with the run that was chosen."""
    run = {name: value for name, value in chosen.items() if name not in OF_THE_TEACHER}
    if kind == LAND:
        run = {name: value for name, value in run.items() if name in OF_THE_DATA}
    return urlencode(to_address(changed(run, **WANTED[kind])))


def board_address(word: str, task: str) -> str:
    """Return the address of a room's board: with the run of its task, but without what the task makes of it."""
    run = {name: text for name, text in parse_qsl(task) if name not in OF_THE_TASK}
    return f"{BOARD}?{urlencode({'room': word, **run})}"


def read_task(text: str) -> Chosen:
    """Return what the address of a task chooses; what it holds besides is left out."""
    return from_address(dict(parse_qsl(text)))[0]


def cleaned(text: str) -> str:
    """Return the address of a task as the app would write it, whatever it was given."""
    return urlencode(to_address(read_task(text)))


def kind_of(now: Settings) -> str:
    """Return what the class does, as its settings say."""
    if now.land:
        return LAND
    return CURVE if now.predict == NOTHING else now.predict


@lru_cache(maxsize=64)
def settings_of(task: str) -> Settings:
    """Return what is in force where a task begins."""
    return complete(read_task(task))


def is_of_task(now: Settings, task: str) -> bool:
    """Return whether a run is that of the task; where the class looks for a learning rate, whatever its own is."""
    wanted, kind = settings_of(task), kind_of(now)
    if kind != kind_of(wanted) or now.variant != wanted.variant:
        return False
    if kind == LAND:
        return (now.land, now.dataset, now.own) == (wanted.land, wanted.dataset, wanted.own)
    if kind in QUESTIONS:
        return experiment_of(now) == experiment_of(wanted)
    return _at_no_rate(now) == _at_no_rate(wanted)


def _at_no_rate(now: Settings) -> object:
    return replace(experiment_of(now), schedule=constant(0.0))
