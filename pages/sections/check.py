"""The gradient check: a suspect's gradient beside finite differences, and how exact these are."""

import numpy as np
import streamlit as st

from charts.differences import differences_figure
from core.experiment import Experiment
from core.lesson.differences import difference_errors
from pages.player.player import Picture, player
from telling.checking import check_table
from wording import _

STEPS = np.logspace(-15, 2, 120)


def show_check(experiment: Experiment, step: float) -> None:
    """Show the table of the check at the start."""
    st.html(check_table(experiment, step))


def show_v_curve(experiment: Experiment, step: float) -> None:
    """Show how wrong finite differences are over the size of their step, for the right gradient."""
    forward_errors, central_errors = difference_errors(experiment, np.array(experiment.start), STEPS)
    alt = _("The relative error of forward and central differences over their step, for the right gradient.")
    player([Picture(differences_figure(STEPS, forward_errors, central_errors, step), alt)], key="v_curve", height=260)
    st.markdown(
        _(
            "Forward differences: too large a step truncates, for the parabola bends away; too small a step rounds, "
            "for two nearly equal losses are subtracted. So the error is a V. Central differences are exact for a "
            "parabola, whatever the step, because what bends away on one side is made up for on the other: only "
            "rounding is left."
        )
    )
