"""The iterations: on which scale they stand, which of them are drawn, which get a frame, and for how long."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from typing import Any

import numpy as np

from charts.look import axis, padded
from core.checks import Array
from core.training import History
from wording import _, number

FIRST_FRAMES = 20
LATER_FRAMES = 24
"""Few are enough, for the player moves smoothly from one to the next, and every frame costs the server time."""
FIRST_POINTS = 60
LATER_POINTS = 120
SHARPNESS_POINTS = 60

EVEN_POINTS, LATEST_POINTS = 200, 60
"""Of the curves of a run that is steered: so many over the whole run, and its last iterations each."""
SHORTEST_AXIS, ROOM_AHEAD = 50, 1.25
"""Of a live run: the iterations its axis shows at least, and how many times those that it has."""
PER_SECOND, MOST_STEPS = 40, 100
"""Of a portion of a live run: about so many frames while a second is played, and so many steps from one to the next."""

SLOW_STEP, STEP, LATER_SECONDS = 0.5, 0.25, 3.0
SLOW_STEPS = 8
"""The first steps take their time, the next ones half of it, and all frames after these share some seconds."""
FORWARD_SECONDS = 1.5
"""All that is left of a run whose prediction has left the picture."""


def frame_iterations(last: int, chosen: tuple[int, ...] = ()) -> list[int]:
    """Return the iterations that get a frame: each of the first ones, then geometrically up to the last.

    Two that follow on each other are an odd number of steps apart, so that a run which jumps from side to side is seen
    to jump. The `chosen` ones among 0 ... last are always there.
    """
    return sorted({*_thinned(last, FIRST_FRAMES, LATER_FRAMES), *(i for i in chosen if 0 <= i <= last)})


def curve_iterations(last: int, iterations: Sequence[int]) -> list[int]:
    """Return the iterations at which a curve is drawn: those of the frames, and more in the same manner."""
    return sorted({*_thinned(last, FIRST_POINTS, LATER_POINTS), *iterations})


def sharpness_iterations(last: int, iterations: Sequence[int]) -> list[int]:
    """Return the iterations at which the sharpness is computed: it costs more than a loss."""
    return sorted({*_thinned(last, FIRST_FRAMES, SHARPNESS_POINTS), *iterations})


def hand_placed(history: History) -> list[int]:
    """Return the iterations at which the run is where a hand has put it: the start, and each nudge."""
    return [0, *(i for i, _parameters in history.experiment.nudges if i <= history.iterations)]


def even_iterations(history: History, iterations: Sequence[int]) -> list[int]:
    """Return the iterations at which the curves of a steered run are drawn, over an axis on which they stand evenly.

    Evenly about 200, an odd number of steps apart, and between each two the greatest loss and the least; the last 60;
    where the run was steered; and those of the frames. Always two at least: a line.
    """
    last = history.iterations
    latest = range(max(last - LATEST_POINTS, 0), last + 1)
    return sorted({*_peaks(history.loss), *latest, *turns(history), *iterations}) if last else [0, 0]


def turns(history: History) -> list[int]:
    """Return the iterations at which a hand has changed the run, each with the ones before it and after it."""
    now = history.experiment
    changed = [beginning for beginning, _changed in (*now.schedule, *now.nudges)]
    return [i for turn in changed for i in (turn - 1, turn, turn + 1) if 0 <= i <= history.iterations]


def _peaks(losses: Array) -> set[int]:
    """Return every so manieth place of the losses, and those of the greatest and the least in between."""
    apart = len(losses) // EVEN_POINTS | 1
    starts = np.arange(0, len(losses), apart)
    within = np.minimum(starts[:, np.newaxis] + np.arange(apart + 1), len(losses) - 1)
    ends = (losses[within].argmin(axis=1), losses[within].argmax(axis=1))
    return {*starts.tolist(), *(place for end in ends for place in within[range(len(starts)), end].tolist())}


def live_end(iteration: int) -> int:
    """Return where the axis of a live run ends: 50, 100, 200, 500, 1000, ..., a quarter beyond the iteration."""
    end, factors = SHORTEST_AXIS, cycle((2, 2, 2.5))
    while end < ROOM_AHEAD * iteration:
        end = round(end * next(factors))
    return end


def portion_iterations(first: int, last: int, per_second: float) -> list[int]:
    """Return the iterations that get a frame in a portion of a live run, played at so many iterations a second.

    They are an odd number of steps apart, as those of `frame_iterations`.
    """
    steps = last - first
    least = math.ceil(steps / (MOST_STEPS - 2)) if steps > MOST_STEPS else 1
    apart = max(int(per_second / PER_SECOND) // 2 * 2, least) | 1
    kept = list(range(first, last + 1, apart))
    left = last - kept[-1]
    return kept + ([] if not left else [last] if left % 2 else [last - 1, last])


@lru_cache
def _thinned(last: int, first: int, later: int) -> tuple[int, ...]:
    kept = list(range(min(last, first) + 1))
    wanted = np.geomspace(first, last, later + 1)[1:].round().astype(int).tolist() if last > first else []
    for iteration in wanted:
        odd = iteration + (iteration - kept[-1] + 1) % 2
        if odd < last:
            kept.append(odd)
    if last > kept[-1]:
        kept += [last] if (last - kept[-1]) % 2 else [last - 1, last]
    return tuple(kept)


def pace(iterations: Sequence[int], left_at: int | None = None) -> list[float]:
    """Return for how many seconds the player moves from each frame to the next.

    The time goes where something happens: into the first steps, and not into what follows on the iteration at which
    the prediction has left the picture.
    """
    starts = iterations[:-1]
    late = sum(i >= FIRST_FRAMES for i in starts)
    seconds = [_step_seconds(i, late) for i in starts]
    gone = len(seconds) if left_at is None else sum(i <= left_at for i in iterations)
    left = len(seconds) - gone
    return seconds[:gone] + [min(s, FORWARD_SECONDS / left) for s in seconds[gone:]]


def _step_seconds(iteration: int, late: int) -> float:
    """Return how long the step after an iteration takes, where `late` ones share the last seconds."""
    if iteration < SLOW_STEPS:
        return SLOW_STEP
    return STEP if iteration < FIRST_FRAMES else min(STEP, LATER_SECONDS / late)


@dataclass(frozen=True)
class IterationScale:
    """Where the iterations 0 ... `last` stand: at log10(1 + i), which shows the first ten steps, or evenly."""

    last: int
    logarithmic: bool = True

    def places(self, iterations: Sequence[int] | Array) -> Array:
        """Return where these iterations stand on the axis."""
        counted = np.asarray(iterations, float)
        return np.log10(1 + counted).round(4) if self.logarithmic else counted

    def axis(self, **parts: Any) -> dict[str, Any]:
        """Return the axis, named and labelled with the iterations themselves."""
        end = float(self.places([max(self.last, 1)])[0])
        ticks = self._ticks()
        labels = {"tickvals": self.places(ticks).tolist(), "ticktext": [number(i) for i in ticks]}
        return axis(_("iteration"), padded(0, end, 0.03), **(labels if self.logarithmic else {}), **parts)

    def _ticks(self) -> list[int]:
        fine = (1, 2, 5) if self.last <= 1000 else (1,)
        later = [m * 10**decade for decade in range(1, 7) for m in fine]
        return [i for i in (0, 1, 2, 5, *later) if i <= max(self.last, 1)]
