"""The runs: each experiment is trained once, one at a time, and kept for everybody who asks for the same."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Condition, Lock

import streamlit as st
from cachetools import LRUCache, cached
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.experiment import Experiment
from core.training import History, train
from wording import _

KEPT_BYTES = 64 * 2**20
SLOW_STEPS, STRETCH = 20_000, 5_000
"""From so many iterations on training may take so long that progress is shown, each time that so many are done."""

one_at_a_time = Lock()
"""A training loop of small array operations, in two dozen threads at once, starves them all."""


def _size(history: History) -> int:
    return history.parameters.nbytes + history.loss.nbytes


# Who asks for a run that somebody else is training waits for it: that is what the condition is for.
_runs: LRUCache[Experiment, History] = LRUCache(KEPT_BYTES, getsizeof=_size)
_waiting = Condition()


@cached(_runs, key=lambda experiment: experiment, condition=_waiting)
def _trained(experiment: Experiment) -> History:
    with one_at_a_time:
        return train(experiment)


# A live run is the same run again, a little longer; who has been away for long has it made again from its schedule.
_live: LRUCache[str, History] = LRUCache(KEPT_BYTES, getsizeof=_size)


def live_history_of(experiment: Experiment) -> History:
    """Return the run of an experiment that this session goes on with: only what is new of it is trained."""
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    with one_at_a_time:
        before = _live.get(session)
        if before is None or before.experiment != experiment:
            _live[session] = before = train(experiment, before)
    return before


def history_of(experiment: Experiment) -> History:
    """Return the run of an experiment."""
    return histories_of([experiment])[0]


def histories_of(experiments: Sequence[Experiment]) -> list[History]:
    """Return the run of each experiment, with a bar that fills up where that takes long.

    Whoever moves a control meanwhile need not wait: the bar is where Streamlit gives up what is no longer wanted.
    """
    new = [experiment for experiment in experiments if experiment not in _runs]
    total = sum(experiment.iterations for experiment in new)
    if total < SLOW_STEPS:
        return [_trained(experiment) for experiment in experiments]
    bar, text, done, found = st.empty(), _("Training …"), 0, {}
    bar.progress(0.0, text)
    for experiment in new:
        for history in _in_stretches(experiment):
            bar.progress(min((done + history.iterations) / total, 1.0), text)
            found[experiment] = history
        done += experiment.iterations
    bar.empty()
    return [found.get(experiment) or _trained(experiment) for experiment in experiments]


def _in_stretches(experiment: Experiment) -> Iterator[History]:
    """Train a run, and yield it each time that it has become longer; in the end keep it."""
    first, *later = [*range(STRETCH, experiment.iterations, STRETCH), experiment.iterations]
    history = _until(first, experiment, None)
    for end in later:
        if history.diverged_at is not None:
            break
        yield history
        history = _until(end, experiment, history)
    whole = replace(history, experiment=experiment)
    with _waiting, suppress(ValueError):  # it may be too large to be kept
        _runs[experiment] = whole
    yield whole


def _until(end: int, experiment: Experiment, before: History | None) -> History:
    """Return a run of the experiment until an iteration, which goes on from the one before."""
    with one_at_a_time:
        return train(replace(experiment, iterations=end), before)
