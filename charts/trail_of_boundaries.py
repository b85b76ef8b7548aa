"""The trail of a single neuron's boundary over two features: where it lay after the first steps, or the last ones."""

from collections.abc import Callable, Iterator

import numpy as np

from charts import trail
from charts.traces import Moving, Trace, line
from charts.trail_lines import STYLE
from charts.zero_lines import Frame, sums_at_boundary, zero_ends
from core.checks import Array
from core.training import History
from wording import _

POINTS = 400
"""Of a boundary so many are looked at to find where it leaves the frame."""


def trail_of_boundaries(
    history: History, frame: Frame, iterations: list[int], *, recent: bool
) -> Iterator[Trace | Moving]:
    """Yield the boundaries after the first steps, numbered at their ends; if `recent` those that follow the one now."""

    def ends(at: list[int]) -> Array:
        return zero_ends(sums_at_boundary(history, at), frame)

    return _following(ends, iterations) if recent else _numbered(trail.trail_steps(history), ends, frame)


def _numbered(steps: list[int], ends: Callable[[list[int]], Array], frame: Frame) -> Iterator[Trace]:
    places = ends(steps)
    for step, (x, y) in zip(steps, places, strict=True):
        told = {"opacity": trail.faded(step), "showlegend": False, **trail.shown_from(step)}
        yield line(_("step {step}").format(step=step), x, y, STYLE, **told)
    leaving = np.array([_leaving(x, y, frame) for x, y in places]).reshape(-1, 2)
    yield trail.numbers(steps, leaving[:, 0], leaving[:, 1], frame[1])


def _leaving(x: Array, y: Array, frame: Frame) -> tuple[float, float]:
    """Return where a boundary is seen farthest to the right; where it is never seen, its middle."""
    along = np.linspace(0.0, 1.0, POINTS)
    across, up = (end[0] + along * (end[1] - end[0]) for end in (x, y))
    seen = (across >= frame[0][0]) & (across <= frame[0][1]) & (up >= frame[1][0]) & (up <= frame[1][1])
    k = int(np.where(seen, across, -np.inf).argmax()) if seen.any() else POINTS // 2
    return float(across[k]), float(up[k])


def _following(ends: Callable[[list[int]], Array], iterations: list[int]) -> Iterator[Moving]:
    for opacity, past in trail.recent(iterations):
        places = ends(past).tolist()
        x, y = places[-1]
        drawn = line(_("steps"), x, y, STYLE, opacity=opacity, showlegend=False)
        yield Moving(drawn, [{"x": x, "y": y} for x, y in places])
