"""It looks finished, but is it? How far each parameter still is from its best value, and how long it will take."""

import numpy as np
import streamlit as st

from charts.iterations import curve_iterations
from charts.progress import progress_figure
from core.theory.outcome import distances
from core.theory.quadratic import theory
from core.training import History
from pages.player.player import Picture, player
from pages.widgets.show import show
from telling.names import names_in
from telling.settling import pace_table, settling_table
from wording import _


def show_finished(history: History, tolerance: float) -> None:
    """Show the distances on a logarithmic axis, when they fall below the tolerance, and the pace of each direction."""
    known = theory(history.experiment)
    if known is None:
        return
    show("tolerance")
    iterations = curve_iterations(history.iterations, [])
    away, names = np.abs(distances(history, known, iterations)), names_in(history.experiment)
    alt = _("The distance of each parameter to its best value over the iterations, on a logarithmic axis.")
    player([Picture(progress_figure(away, iterations, names, tolerance), alt)], key="progress", height=260)
    left, right = st.columns(2)
    left.html(settling_table(history, tolerance))
    right.html(pace_table(history))
