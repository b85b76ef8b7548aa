"""The table that compares learning rates side by side."""

from collections.abc import Sequence

from core.theory.limits import Regime
from core.theory.quadratic import Quadratic, theory
from core.theory.settling import settled_at
from core.training import History
from telling.names import names_in, regime_names
from telling.tables import html_table
from wording import _, number


def comparison_table(histories: Sequence[History], tolerance: float, now: float | None = None) -> str:
    """Return the table: what each rate does, until when, and how it ends; the rate in force `now` is marked."""
    header = [
        _("learning rate"),
        _("what happens"),
        _("within {tolerance} from iteration").format(tolerance=number(tolerance)),
        _("iterations"),
        _("loss at the end"),
        *names_in(histories[0].experiment),
    ]
    rows = [_row(history, tolerance, now) for history in histories]
    return html_table(_("The learning rates compared"), header, rows, cards=True)


def _row(history: History, tolerance: float, now: float | None) -> list[str]:
    rate, known = history.learning_rate, theory(history.experiment)
    name = regime_names()[known.limits.regime(rate)] if known and known.has_limits else _("unknown")
    settled = _settled(history, known, tolerance) if known else _("unknown")
    values = [history.iterations, float(history.loss[-1]), *history.parameters[-1].tolist()]
    written = f"{number(rate)} ({_('now')})" if rate == now else number(rate)
    return [written, name, settled, *map(number, values)]


def _settled(history: History, known: Quadratic, tolerance: float) -> str:
    rate = history.learning_rate
    iterations = settled_at(history, known, tolerance)
    settled = [iteration for iteration in iterations if iteration is not None]
    return number(max(settled)) if len(settled) == len(iterations) else _never(rate, known)


def _never(rate: float, known: Quadratic) -> str:
    if rate == 0:
        return _("never: nothing moves")
    if not known.is_plain:
        return _("not in this run")
    match known.limits.regime(rate):
        case Regime.DIVERGING:
            return _("never: every step makes it worse")
        case Regime.BOUNCING:
            return _("never: it bounces for ever")
        case _:
            return _("never: the steps are too short")
