"""It looks finished, but is it? How far each parameter still is from its best value, and how long it will take."""

import numpy as np

from core.theory.limits import half_life
from core.theory.outcome import distances
from core.theory.quadratic import Quadratic, theory
from core.theory.settling import settled_at
from core.training import History
from telling.names import names_in
from telling.tables import html_table
from wording import _, number


def settling_table(history: History, tolerance: float) -> str:
    """Return the table of when each parameter is within the tolerance for good, even beyond the run."""
    header = [
        _("parameter"),
        _("distance at the end"),
        _("within {tolerance} from iteration").format(tolerance=number(tolerance)),
    ]
    names, known = names_in(history.experiment), theory(history.experiment)
    cells = _settling(history, known, tolerance) if known else [[_("unknown")] * 2 for _name in names]
    rows = [[name, *row] for name, row in zip(names, cells, strict=True)]
    return html_table(_("When each parameter is near enough"), header, rows)


def _settling(history: History, known: Quadratic, tolerance: float) -> list[list[str]]:
    ends = np.abs(distances(history, known, [history.iterations]))[0].tolist()
    settled = settled_at(history, known, tolerance)
    never = _("never") if known.is_plain else _("not in this run")
    return [
        [number(end), never if iteration is None else _settled(history, iteration)]
        for end, iteration in zip(ends, settled, strict=True)
    ]


def _settled(history: History, iteration: int) -> str:
    """Write the iteration, and how far beyond the run it lies."""
    beyond = iteration - history.iterations
    if beyond <= 0:
        return number(iteration)
    return _("{iteration} ({beyond} beyond this run)").format(iteration=number(iteration), beyond=number(beyond))


def pace_table(history: History) -> str:
    """Return the table of each sloping direction: how steep, what a step leaves of the error, and its half-life."""
    known = theory(history.experiment)
    rows = _paces(known, history.learning_rate) if known and known.is_closed else [[_("unknown")] * 3]
    header = [_("steepness of the direction"), _("factor of a step"), _("half-life in steps")]
    return html_table(_("The pace of each direction"), header, rows)


def _paces(known: Quadratic, learning_rate: float) -> list[list[str]]:
    with np.errstate(over="ignore"):
        factors = known.step_factors(learning_rate)
    pairs = zip(known.sloping[::-1].tolist(), factors[::-1].tolist(), strict=True)
    return [[number(steepness), number(factor), number(half_life(factor))] for steepness, factor in pairs]
