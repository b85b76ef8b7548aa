"""Theory and answers: what a page may say of them while the link lets them wait."""

from core.experiment import Experiment
from core.theory.quadratic import Quadratic, theory
from pages.frame.session import is_waiting


def told_theory(experiment: Experiment) -> Quadratic | None:
    """Return the theory of an experiment; None where there is none, and while answers wait."""
    return None if is_waiting() else theory(experiment)
