"""The trail: what the first steps drew stays in the picture, numbered, so that the picture at rest tells the story.

While a run is steered it is the last steps that leave a trail, which follows what is now.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from charts.look import NOW, Range
from charts.traces import Trace, scatter
from core.checks import Array
from core.theory.outcome import predicted_growth
from core.theory.quadratic import theory
from core.training import History
from wording import _, number

BLANK = "\u200b"
"""A text of no width: Plotly draws nothing for an empty one, and so could not be told another later."""
STEPS = 8
"""As many as can be told apart."""
FAINTEST, STRONGEST = 0.3, 0.85
APART = 0.085
"""Numbers nearer to each other than this share of the picture's height are written as one."""
INSIDE = 0.03
"""How far from the picture's edge a number stands whose line has left it, as a share of the height."""


def trail_steps(history: History) -> list[int]:
    """Return the steps that leave a trail: the first ones, but not the last of the run, which is the picture's now."""
    return list(range(1, min(STEPS + 1, history.iterations)))


def faded(step: int) -> float:
    """Return the opacity of what a step left: the older, the fainter."""
    return FAINTEST + (STRONGEST - FAINTEST) * (step - 1) / (STEPS - 1)


def recent(iterations: Sequence[int]) -> list[tuple[float, list[int]]]:
    """Return an opacity, and for each of these iterations the one whose state is drawn so: the oldest comes first.

    They are those of 8, 7, ... 1 steps ago, or the start, where the run is not that old.
    """
    return [(faded(STEPS + 1 - ago), [max(i - ago, 0) for i in iterations]) for ago in range(STEPS, 0, -1)]


def shown_from(step: int) -> Trace:
    """Return what tells the player that a trace is not there before this step."""
    return {"meta": {"from": step}}


def numbers(steps: Sequence[int], x: Array, y: Array, range_: Range, **parts: object) -> Trace:
    """Write the number of each step at its place (n_steps,) each; those too near to be told apart are written as one.

    There is always a text for each step, some of them blank, so that the trail of another run is as long.
    """
    height = range_[1] - range_[0]
    places = np.clip(y, range_[0] + INSIDE * height, range_[1] - INSIDE * height)
    texts = [BLANK] * STEPS
    for group in _near(places, APART * height):
        texts[group[-1]] = f" {_listed([steps[k] for k in group])}"
        places[group[-1]] = places[group].mean()
    spare = STEPS - len(steps)
    return scatter(
        "text",
        _("steps"),
        [*x.tolist(), *[float(x[-1]) if len(x) else 0.0] * spare],
        [*places.tolist(), *[float(places[-1]) if len(places) else range_[0]] * spare],
        text=texts,
        textposition="middle right",
        cliponaxis=False,
        textfont={"size": 16, "color": NOW},
        hoverinfo="skip",
        showlegend=False,
        meta={"each": True},
        **parts,
    )


def _near(places: Array, distance: float) -> Iterator[list[int]]:
    """Yield groups of places, from below, each within a distance of the mean of those below it."""
    group: list[int] = []
    for k in np.argsort(places, kind="stable").tolist():
        if group and places[k] - places[group].mean() > distance:
            yield sorted(group)
            group = []
        group.append(k)
    if group:
        yield sorted(group)


def _listed(steps: list[int]) -> str:
    if len(steps) > 2 and steps[-1] - steps[0] == len(steps) - 1:
        return f"{steps[0]}–{steps[-1]}"
    return ", ".join(map(str, steps)) if len(steps) <= 4 else f"{steps[0]}, {steps[1]} … {steps[-1]}"


def first_outside(values: Array, range_: Range) -> int | None:
    """Return the first iteration at which one of the values (n + 1, k) lies outside the range; None where none does."""
    outside = ~_inside(values, range_)
    return int(np.argmax(outside)) if outside.any() else None


def outside_since(values: Array, range_: Range) -> int | None:
    """Return since which iteration the values (n + 1, k) are outside the range; None where they have come back.

    Two iterations in a row must lie inside for that: what flies from side to side, ever farther, is still seen at every
    other step, on the nearer side, when it has long been lost on the other.
    """
    inside = _inside(values, range_)
    inside[1:] &= inside[:-1].copy()
    since = int(np.flatnonzero(inside)[-1]) + 1 if inside.any() else 0
    return since if since < len(values) else None


def _inside(values: Array, range_: Range) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        inside: np.ndarray = np.all((values >= range_[0]) & (values <= range_[1]), axis=1)
    return inside


def exit_mark(history: History, left_at: int | None, x: float, range_: Range) -> Trace:
    """Write from `x` on, near the upper edge, at which step the prediction left the picture; of most runs nothing."""
    low, high = range_
    texts = [BLANK, BLANK] if left_at is None else [_("↑ off the picture at step {step}").format(step=left_at), BLANK]
    known = theory(history.experiment)
    if left_at is not None and known and (growth := predicted_growth(history, known)) > 1:
        texts[1] = _("each step {growth} times farther").format(growth=number(growth, 3))
    return scatter(
        "text",
        _("left the picture"),
        [x, x],
        [high - 0.11 * (high - low), high - 0.22 * (high - low)],
        text=texts,
        textposition="middle right",
        cliponaxis=False,
        textfont={"size": 16},
        hoverinfo="skip",
        showlegend=False,
        **shown_from(left_at or 0),
    )
