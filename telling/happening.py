"""What became of a run, in a word: by its regime where a formula knows it, else as it was seen."""

import numpy as np

from core.theory.quadratic import theory
from core.training import History
from telling.names import regime_names
from wording import _, number

UPS = 0.01
"""A run whose loss rises in fewer of its steps goes down steadily."""


def happened(history: History) -> str:
    """Say what became of a run."""
    known = theory(history.experiment)
    if known and known.is_closed and known.has_limits:
        return regime_names()[known.limits.regime(history.learning_rate)]
    if history.diverged_at is not None:
        return _("explodes at iteration {iteration}").format(iteration=number(history.diverged_at))
    if history.loss[-1] > history.loss[0]:
        return _("goes up")
    return _seen(history)


def _seen(history: History) -> str:
    if history.loss[-1] == history.loss[0]:
        return _("stays where it is")
    rises = np.diff(history.loss) > 0
    return _("goes down steadily") if rises.mean() < UPS else _("goes down, with ups and downs")
