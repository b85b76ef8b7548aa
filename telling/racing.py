"""What is said of optimisers side by side."""

from collections.abc import Sequence

from core.training import History
from wording import _, number


def short_names() -> list[str]:
    """Return what the optimisers are called in a legend, in the order of `core.optimisers.OPTIMISERS`."""
    return [_("plain descent"), _("momentum"), "Nesterov", "RMSProp", "Adam"]


def race_sentence(histories: Sequence[History], names: Sequence[str], arrivals: Sequence[int | None]) -> str:
    """Say which of the optimisers arrives first; where none does, which one gets farthest."""
    arrived = [(iteration, k) for k, iteration in enumerate(arrivals) if iteration is not None]
    if arrived:
        iteration, first = min(arrived)
        text = _("From the same start {name} arrives first, at iteration {iteration}.")
        return text.format(name=names[first], iteration=number(iteration))
    ends = [(float(history.loss[-1]), k) for k, history in enumerate(histories) if history.diverged_at is None]
    if not ends:
        return _("From the same start all of them explode.")
    loss, lowest = min(ends)
    text = _("From the same start none arrives in this run; {name} gets lowest, to a loss of {loss}.")
    return text.format(name=names[lowest], loss=number(loss, 3))


def rates_sentence(is_adaptive: bool) -> str:
    """Say at which learning rates they are compared."""
    if is_adaptive:
        return _(
            "RMSProp and Adam take the learning rate in the hand; the three others, for which it means something else, "
            "the one that they begin with on these data."
        )
    return _(
        "Plain descent and both kinds of momentum take the learning rate in the hand; RMSProp and Adam, for which it "
        "means something else, the one that they begin with on these data."
    )
