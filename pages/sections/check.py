"""The gradient check: a suspect's gradient beside finite differences, and how exact these are."""

from functools import lru_cache

import numpy as np
import streamlit as st

from charts.differences import differences_figure
from core.checks import Array
from core.experiment import Experiment
from core.lesson.differences import difference_errors
from core.theory.quadratic import theory
from pages.player.player import Picture, player
from telling.checking import check_tables
from wording import _

STEPS, FEWER_STEPS = np.logspace(-15, 2, 120), np.logspace(-15, 2, 35)
FEW = 6
"""With more parameters than these the curve has fewer points: each of them costs two losses for each parameter."""


def show_check(experiment: Experiment, step: float) -> None:
    """Show the tables of the check at the start."""
    for table in check_tables(experiment, step):
        st.html(table)


def show_v_curve(experiment: Experiment, step: float) -> None:
    """Show how wrong finite differences are over the size of their step, for the right gradient."""
    alt = _("The relative error of forward and central differences over their step, for the right gradient.")
    player([Picture(differences_figure(*_errors(experiment), step), alt)], key="v_curve", height=260)
    if theory(experiment):
        st.markdown(
            _(
                "Forward differences: too large a step truncates, for the parabola bends away; too small a step "
                "rounds, for two nearly equal losses are subtracted. So the error is a V. Central differences are "
                "exact for a parabola, whatever the step, because what bends away on one side is made up for on the "
                "other: only rounding is left."
            )
        )
        return
    st.markdown(
        _(
            "Too large a step truncates, for the loss bends away; too small a step rounds, for two nearly equal losses "
            "are subtracted. So the error is a V. This loss is no parabola, so central differences are not exact "
            "either, but better: what bends away on one side is nearly made up for on the other."
        )
    )


@lru_cache(maxsize=16)
def _errors(experiment: Experiment) -> tuple[Array, Array, Array]:
    """Return steps, and how wrong forward and central differences are with each of them."""
    steps = STEPS if len(experiment.start) <= FEW else FEWER_STEPS
    return steps, *difference_errors(experiment, np.array(experiment.start), steps)
