"""Mini-batches: the floor that a constant learning rate stays up at, and a falling one gets below."""

from math import isfinite

import streamlit as st

from charts.noise_floor import noise_floor_figure, spread_figure
from core.theory.noise_floor import Floor, floor_of, has_arrived, height, steep_errors
from core.training import History
from pages.frame.runs import histories_of
from pages.player.player import Picture, player
from telling import noise_floor as telling
from wording import _

SMALLEST = 2
"""Which of the runs has the smallest constant rate, counted from 0."""
HEIGHT = 340


def show_noise_floor(history: History) -> None:
    """Show what mini-batches leave of the loss at several rates; nothing where each step sees all samples."""
    if history.experiment.batches is None or not history.experiment.learning_rate or history.diverged_at == 0:
        return
    floor = floor_of(history.experiment)
    histories, at_best = _runs(floor)
    heights = [height(run, floor.least) for run in histories]
    st.header(_("Mini-batches: the noise floor"), anchor=False)
    text = telling.headline(heights, has_noise=floor.has_noise, knows_least=floor.least is not None)
    st.subheader(text, anchor=False)
    player(_pictures(floor, histories, heights, text), key="noise_floor", height=HEIGHT)
    st.markdown(telling.explained(histories, heights, floor, at_best=at_best))


def _runs(floor: Floor) -> tuple[list[History], bool]:
    """Return the runs from the start; where these have not come down to a floor that there is, those from the best."""
    if floor.best is None or not floor.has_noise:
        return histories_of(floor.from_start()), False
    slow, there = histories_of([runs[SMALLEST] for runs in (floor.from_start(), floor.from_best())])
    if has_arrived(slow, there, floor.least):
        return histories_of(floor.from_start()), False
    return histories_of(floor.from_best()), True


def _pictures(floor: Floor, histories: list[History], heights: list[float], text: str) -> list[Picture]:
    names = telling.run_names(histories)
    floors = heights if floor.has_noise else []
    drawn = [Picture(noise_floor_figure(histories, names, floors, floor.least), text, 1.5)]
    if floor.best is not None and floor.has_noise and all(map(isfinite, heights)):
        alt = _("Where each run is in its last quarter: all around the best, the farther the greater the rate.")
        errors = [steep_errors(run, floor.best) for run in histories]
        drawn.append(Picture(spread_figure(errors, names), alt))
    return drawn
