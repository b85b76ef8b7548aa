"""What is said of several runs and the edge of stability."""

from collections.abc import Sequence

from core.theory.factors import has_factors, stable_product
from core.theory.in_force import edge_shares, is_at_edge
from core.training import History
from telling.happening import happened
from telling.tables import html_table
from wording import _, number, percent


def headline(histories: Sequence[History]) -> str:
    """Say how many of the runs end at the edge."""
    if not has_factors(histories[0].experiment.optimiser):
        return _("For this optimiser no edge is known: each parameter has a pace of its own.")
    at_edge = sum(map(is_at_edge, histories))
    exploded = sum(history.diverged_at is not None for history in histories)
    text = _("{at_edge} of {all} learning rates end at the edge of stability, {exploded} beyond it.")
    return text.format(at_edge=number(at_edge), all=number(len(histories)), exploded=number(exploded))


def table(histories: Sequence[History]) -> str:
    """Return the table: how near the edge each run is at its start, half-way and at its end, and what becomes of it."""
    shares = [_("the edge: sharpness"), _("at the start"), _("half-way"), _("at the end")]
    known = shares if has_factors(histories[0].experiment.optimiser) else []
    header = [_("learning rate"), *known, _("what happens"), _("loss at the end")]
    return html_table(_("How near the edge each run is"), header, map(_row, histories), cards=True)


def _row(history: History) -> list[str]:
    rate, optimiser = history.learning_rate, history.experiment.optimiser
    if not has_factors(optimiser):
        return [number(rate), *_end(history)]
    shares = edge_shares(history, [0, history.iterations // 2, history.iterations]).tolist()
    edge = number(stable_product(optimiser) / rate, 3) if rate else _("none")
    return [number(rate), edge, *map(_share, shares), *_end(history)]


def _share(share: float) -> str:
    return percent(share, 3) if share < 100 else _("far beyond")


def _end(history: History) -> list[str]:
    loss = number(float(history.loss[-1]), 3)
    if history.diverged_at is not None:
        return [_("explodes at iteration {iteration}").format(iteration=number(history.diverged_at)), loss]
    if not has_factors(history.experiment.optimiser):
        return [happened(history), loss]
    return [_("at the edge") if is_at_edge(history) else _("below the edge"), loss]


def explained() -> list[str]:
    """Return paragraphs on what is to be seen."""
    return [
        _(
            "**Sharpness** is the largest eigenvalue of the loss's Hessian: how strongly the valley curves across its "
            "steepest direction, here and now. It is computed from the same chain rule as the gradient."
        ),
        _(
            "**Progressive sharpening**: as long as the limit is far, training makes the valley sharper. **Edge of "
            "stability**: once the limit has come down to the learning rate the run begins to jump from side to side, "
            "which drives it to where the valley is just wide enough. Nobody chose that sharpness: the learning rate "
            "did. Cohen, Kaur, Li, Kolter and Talwalkar found it in 2021."
        ),
    ]
