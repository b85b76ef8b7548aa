from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Lock, Thread
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from core.data.builtin import celsius
from core.experiment import Experiment
from core.schedule import constant
from core.training import History, train
from pages.frame import runs
from pages.frame.runs import KEPT_BYTES, SLOW_STEPS, STRETCH, histories_of, history_of
from wording import speak

PATIENCE = 60
"""Seconds after which a thread that should be there is given up for lost."""


def experiment(iterations: int = 1, bias: float = 0.0) -> Experiment:
    return Experiment.on(celsius(), start=(0.0, bias), iterations=iterations)


class Trainer:
    """Stands in for the training: notes what it trains, and can be held in the middle of it."""

    def __init__(self) -> None:
        self.trained: list[Experiment] = []
        self.at_once, self.most_at_once = 0, 0
        self.counting = Lock()
        self.begun, self.may_go_on = Event(), Event()
        self.may_go_on.set()
        self.bytes = 24

    def __call__(self, experiment: Experiment, before: History | None = None) -> History:
        if before is not None:
            assert experiment == replace(before.experiment, iterations=experiment.iterations)
        with self.counting:
            self.trained.append(experiment)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.set()
        assert self.may_go_on.wait(PATIENCE)
        with self.counting:
            self.at_once -= 1
        return History(experiment, np.empty((1, self.bytes // 8 - 1)), np.empty(1))


class Asker(Thread):
    """Somebody who asks for a run."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(daemon=True)
        self.experiment = experiment
        self.histories: list[History] = []
        self.start()

    def run(self) -> None:
        self.histories.append(history_of(self.experiment))

    def answer(self) -> History:
        self.join(PATIENCE)
        (history,) = self.histories
        return history


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainer]:
    fake = Trainer()
    monkeypatch.setattr(runs, "train", fake)
    runs._trained.cache_clear()
    yield fake
    runs._trained.cache_clear()


class Gate:
    """The lock again, which says beforehand that somebody has come to it."""

    def __init__(self, lock: Any, arrived: Event) -> None:
        self.lock, self.arrived = lock, arrived

    def __enter__(self) -> None:
        self.arrived.set()
        self.lock.acquire()

    def __exit__(self, *_raised: object) -> None:
        self.lock.release()


def announced(call: Callable[..., Any], arrived: Event) -> Callable[..., Any]:
    """The same call, which says beforehand that somebody has come to it."""

    def call_and_tell(*arguments: Any) -> Any:
        arrived.set()
        return call(*arguments)

    return call_and_tell


def test_a_run_is_that_of_its_experiment() -> None:
    history = history_of(experiment(iterations=3, bias=2.0))
    assert (history.experiment, history.iterations) == (experiment(iterations=3, bias=2.0), 3)


def test_an_experiment_is_trained_once(trainer: Trainer) -> None:
    assert history_of(experiment()) is history_of(experiment())
    assert trainer.trained == [experiment()]


def test_another_experiment_is_trained_for_itself(trainer: Trainer) -> None:
    assert history_of(experiment(bias=1.0)) is not history_of(experiment(bias=2.0))
    assert len(trainer.trained) == 2


def test_several_runs_come_in_the_order_they_were_asked_for(trainer: Trainer) -> None:
    asked = [experiment(bias=bias) for bias in (3.0, 1.0, 3.0, 2.0)]
    assert [history.experiment for history in histories_of(asked)] == asked
    assert len(trainer.trained) == 3


def test_two_experiments_are_never_trained_at_the_same_time(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer.may_go_on.clear()
    first = Asker(experiment(bias=1.0))
    assert trainer.begun.wait(PATIENCE)
    arrived = Event()
    monkeypatch.setattr(runs, "one_at_a_time", Gate(runs.one_at_a_time, arrived))
    second = Asker(experiment(bias=2.0))
    assert arrived.wait(PATIENCE)
    assert trainer.trained == [experiment(bias=1.0)]
    trainer.may_go_on.set()
    assert [first.answer().experiment, second.answer().experiment] == trainer.trained
    assert trainer.most_at_once == 1


def test_who_asks_for_a_run_in_training_waits_for_it_and_gets_the_very_same(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer.may_go_on.clear()
    first = Asker(experiment())
    assert trainer.begun.wait(PATIENCE)
    arrived, condition = Event(), runs._trained.cache_condition
    assert condition is not None
    monkeypatch.setattr(condition, "wait", announced(condition.wait, arrived))
    second = Asker(experiment())
    assert arrived.wait(PATIENCE)
    trainer.may_go_on.set()
    assert second.answer() is first.answer()
    assert trainer.trained == [experiment()]


def test_who_asks_for_a_run_that_is_kept_need_not_wait_for_one_in_training(trainer: Trainer) -> None:
    kept = history_of(experiment(bias=1.0))
    trainer.begun.clear()
    trainer.may_go_on.clear()
    slow = Asker(experiment(bias=2.0))
    assert trainer.begun.wait(PATIENCE)
    assert Asker(experiment(bias=1.0)).answer() is kept
    trainer.may_go_on.set()
    assert slow.answer().experiment == experiment(bias=2.0)


def test_a_training_that_fails_keeps_nobody_waiting(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(experiment: Experiment) -> History:
        raise MemoryError

    monkeypatch.setattr(runs, "train", fail)
    with pytest.raises(MemoryError):
        history_of(experiment())
    monkeypatch.setattr(runs, "train", trainer)
    assert Asker(experiment()).answer().experiment == experiment()


def test_the_runs_that_are_kept_are_bounded_in_bytes_and_the_oldest_goes_first(trainer: Trainer) -> None:
    trainer.bytes = KEPT_BYTES // 3
    histories = [history_of(experiment(bias=bias)) for bias in (1.0, 2.0, 3.0, 4.0)]
    assert sum(kept.parameters.nbytes + kept.loss.nbytes for kept in runs._runs.values()) <= KEPT_BYTES
    assert history_of(experiment(bias=2.0)) is histories[1]
    assert history_of(experiment(bias=4.0)) is histories[3]
    assert history_of(experiment(bias=1.0)) is not histories[0]


def test_a_run_too_large_to_keep_is_shown_all_the_same(trainer: Trainer) -> None:
    trainer.bytes = 2 * KEPT_BYTES
    assert history_of(experiment()).experiment == experiment()
    assert len(runs._runs) == 0


def test_the_longest_run_there_is_can_be_kept() -> None:
    longest = History(experiment(), np.empty((100_001, 5)), np.empty(100_001))
    assert runs._size(longest) == 100_001 * 6 * 8 < KEPT_BYTES


class Bar:
    """Stands in for Streamlit's place on the page, and notes what was shown there."""

    def __init__(self) -> None:
        self.shown: list[tuple[float, str] | None] = []

    def progress(self, share: float, text: str) -> None:
        self.shown.append((share, text))

    def empty(self) -> None:
        self.shown.append(None)


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[Bar]:
    made: list[Bar] = []

    def empty() -> Bar:
        made.append(Bar())
        return made[-1]

    monkeypatch.setattr(runs, "st", SimpleNamespace(empty=empty))
    return made


@pytest.mark.usefixtures("trainer")
def test_a_bar_fills_up_while_runs_are_trained_that_take_long_and_goes_away(bars: list[Bar]) -> None:
    histories_of([experiment(SLOW_STEPS // 2, bias) for bias in (1.0, 2.0)])
    (bar,) = bars
    shown = [part[0] for part in bar.shown if part]
    assert shown[0] == 0.0
    assert shown == sorted(shown)
    assert {part[1] for part in bar.shown if part} == {"Training …"}
    assert bar.shown[-1] is None


@pytest.mark.usefixtures("trainer")
def test_a_long_run_is_trained_in_stretches_so_that_whoever_moves_a_control_need_not_wait(
    trainer: Trainer, bars: list[Bar]
) -> None:
    history = history_of(experiment(SLOW_STEPS))
    assert [stretch.iterations for stretch in trainer.trained] == list(range(STRETCH, SLOW_STEPS + 1, STRETCH))
    assert len(bars[0].shown) == SLOW_STEPS // STRETCH + 2  # from the beginning, and until it goes away
    assert history_of(experiment(SLOW_STEPS)) is history


def test_a_long_run_is_the_same_as_one_that_is_trained_at_once() -> None:
    long = experiment(SLOW_STEPS)
    whole, at_once = history_of(long), train(long)
    assert np.array_equal(whole.parameters, at_once.parameters)
    assert np.array_equal(whole.loss, at_once.loss)
    assert whole.experiment == long


def test_a_long_run_that_explodes_ends_there() -> None:
    long = replace(experiment(SLOW_STEPS), schedule=constant(1.0))
    assert (history_of(long).experiment, history_of(long).diverged_at) == (long, train(long).diverged_at)


@pytest.mark.usefixtures("trainer")
def test_the_bar_speaks_the_language(bars: list[Bar]) -> None:
    speak("tr")
    history_of(experiment(SLOW_STEPS))
    assert bars[0].shown[0] == (0.0, "Eğitiliyor …")


@pytest.mark.usefixtures("trainer")
def test_runs_that_are_soon_trained_have_no_bar(bars: list[Bar]) -> None:
    history_of(experiment(SLOW_STEPS - 1))
    assert bars == []


@pytest.mark.usefixtures("trainer")
def test_runs_that_are_kept_have_no_bar(bars: list[Bar]) -> None:
    first = history_of(experiment(SLOW_STEPS))
    bars.clear()
    assert histories_of([experiment(SLOW_STEPS), experiment(1)]) == [first, history_of(experiment(1))]
    assert bars == []
