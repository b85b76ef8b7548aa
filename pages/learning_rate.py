"""Learning rate: where overshooting starts, where exploding starts, and why."""

from core.theory.quadratic import theory
from pages.frame.frame import RUN_CONTROLS, controls_beside
from pages.frame.runs import history_of
from pages.frame.session import settings
from pages.frame.shell import open_app_around_page
from pages.sections.bounces import show_bounces
from pages.sections.side_by_side import show_side_by_side
from pages.sections.u_curve import show_u_curve
from pages.settings.data import at_one_rate, experiment_of
from pages.settings.places import rates_on_dial
from pages.widgets.buttons import reset_button

open_app_around_page()
now = settings()
with controls_beside(*RUN_CONTROLS, reset_button):
    history = history_of(experiment_of(at_one_rate(now)))
    known = theory(history.experiment)
    if known:
        show_u_curve(history, known, rates_on_dial(now), history.experiment.iterations)
if known:
    show_side_by_side(history, known, now)
    show_bounces(history, known)
