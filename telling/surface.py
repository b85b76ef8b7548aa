"""What is said of the map of the loss: which valley it shows, how much of the path, and what is held."""

import math

from core.theory.planes import Sheet, gets_down
from core.theory.quadratic import Quadratic
from core.theory.sharpness import sharpness
from core.theory.slices import Plane
from core.training import History
from telling.names import names_in
from telling.sentence import rate_sentence, special_case
from wording import _, number, percent

Pair = tuple[int, int] | None
"""Two parameters, counted from 0; none of them for the path's own two directions."""


def axis_names(history: History, pair: Pair) -> tuple[str, str]:
    """Return what the two axes are called: two parameters, counted from 0, or the path's directions."""
    if pair is None:
        return _("first direction"), _("second direction")
    names = names_in(history.experiment)
    return names[pair[0]], names[pair[1]]


def surface_sentence(history: History, known: Quadratic | None, plane: Plane | Sheet, pair: Pair) -> str:
    """Say what the valley is like, as far as the map shows it, and how the learning rate suits it."""
    if isinstance(plane, Sheet) and history.diverged_at is not None:
        return special_case(history) or _leaves(history)
    if isinstance(plane, Sheet):
        valley = _on_sheet(history, plane, pair)
    else:
        valley = _of_parabola(history, known) if known else ""
    return f"{valley} {special_case(history) or rate_sentence(history)}".lstrip()


def _of_parabola(history: History, known: Quadratic) -> str:
    if history.experiment.data.n_samples == 1:
        return _("The valley has no end: every pair of weights along its floor is equally good.")
    if known.condition_number < 1.01:
        return _("The valley is round: every direction is equally steep, and one learning rate suits them all.")
    text = _("The valley is narrow: {ratio} times as steep across as along.")
    return text.format(ratio=number(known.condition_number, 3))


def _on_sheet(history: History, sheet: Sheet, pair: Pair) -> str:
    """Say how much of the path the map shows; where it shows all there is, how the valley bends."""
    count = history.parameters.shape[1]
    if count == 2:
        return _bending(history)
    text = _("Two of {count} parameters show {share} of the path.")
    if pair is None:
        text = _("Two directions in {count} dimensions show {share} of the path.")
    return text.format(count=number(count), share=percent(sheet.share, 3))


def _bending(history: History) -> str:
    first, last = sharpness(history, [0, history.iterations]).tolist()
    if not math.isfinite(first + last) or number(first, 3) == number(last, 3):
        return _("This valley is no parabola.")
    text = _("This valley is no parabola: its curvature changes from {first} to {last} on the way.")
    return text.format(first=number(first, 3), last=number(last, 3))


def _leaves(history: History) -> str:
    text = _("The run explodes at iteration {iteration}, and leaves the map. {rate}")
    return text.format(iteration=number(history.diverged_at or 0), rate=rate_sentence(history))


def held(history: History, plane: Plane | Sheet, pair: Pair) -> str:
    """Say what the map is a section of; nothing where it shows all parameters."""
    is_apart = isinstance(plane, Sheet) and not gets_down(history)
    if pair is None and is_apart:
        return _("The map goes through where the loss is least, along the two directions in which the path is longest.")
    if pair is None:
        return _(
            "The map goes through the end of the path, along the two directions in which the path is longest. What "
            "lies beside it is seen where it comes nearest."
        )
    if history.parameters.shape[1] == 2:
        return ""
    if is_apart:
        return _("The other parameters are held where the loss of this run is least.")
    return _("The other parameters are held where this run ends.")
