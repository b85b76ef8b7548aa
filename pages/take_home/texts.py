"""The texts that keep a run: its history for spreadsheets of either notation, and programs that make it again."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from core.experiment import Experiment
from core.training import History
from pages.frame.runs import histories_of, history_of, live_history_of
from pages.frame.session import settings
from pages.settings.data import experiment_of, held_out
from pages.settings.table import Settings
from pages.take_home.take_home import Takeaway
from programs import LIBRARIES, program
from telling.spreadsheet import SEPARATORS as DECIMAL_MARKS
from telling.spreadsheet import spreadsheet, steps_apart
from wording import SEPARATORS, _, language, number

Runs = Callable[[], Sequence[tuple[str, History]]]
"""What returns the runs that are shown, each with its name, whenever they are asked for: none is kept until then."""


def file_name(now: Settings, shown: str = "") -> str:
    """Return what the files are called, after the rate where nothing else is said: plain letters in any case."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", f"overshoot-{now.dataset}-{shown or repr(now.rate)}")


def the_run() -> list[tuple[str, History]]:
    """Return the run that the settings describe now."""
    experiment = experiment_of(settings())
    return [("", live_history_of(experiment) if settings().live else history_of(experiment))]


def these_runs(names: Sequence[str], experiments: Sequence[Experiment]) -> Runs:
    """Return what finds the runs of these experiments again, under these names."""
    return lambda: list(zip(names, histories_of(experiments), strict=True))


def of_the_run(name: str) -> list[Takeaway]:
    """Return all that keeps the run that the settings describe: its history, and a program in each library."""
    return [*spreadsheets(name), *(_program(name, library) for library in LIBRARIES)]


def _program(name: str, library: str) -> Takeaway:
    label = _("Program in {library}").format(library=LIBRARIES[library])
    return Takeaway(label, "Python", f"{name}-{library}.py", lambda: program(the_run()[0][1], library))


def spreadsheets(name: str, runs: Runs = the_run) -> list[Takeaway]:
    """Return the history of the runs in both notations, first the one in which the language writes numbers."""
    own = SEPARATORS[language()][0]
    return [_spreadsheet(name, runs, mark) for mark in sorted(DECIMAL_MARKS, key=lambda mark: mark != own)]


def _spreadsheet(name: str, runs: Runs, mark: str) -> Takeaway:
    kind = "point" if mark == "." else "comma"
    label = _("Numbers, written as {example}").format(example=f"1{mark}8")
    make, note = partial(_made, runs, mark), partial(_noted, runs)
    return Takeaway(label, "CSV", f"{name}-{kind}.csv", make, note)


def _made(runs: Runs, mark: str) -> str:
    return spreadsheet(runs(), mark, held_out(settings()))


def _noted(runs: Runs) -> str:
    apart = steps_apart(history for _name, history in runs())
    text = _("The run is long: it holds one in {apart} iterations.")
    return text.format(apart=number(apart)) if apart > 1 else ""
