"""What the Train page shows at one moment, read from what is really drawn and put back into the units of the axes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from charts.iterations import frame_iterations
from core.checks import Array
from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import History, train
from tests.browser.conftest import wait_until_still

RUN = train(Experiment.on(celsius(), learning_rate=1e-4, iterations=10_000))
"""The run that the Train page opens with, trained here once more."""
FRAMES = frame_iterations(RUN.iterations)
LINE_ENDS = np.array([-50.0, 49.0])

# From pixels of a figure's plot to the units of its axes, or to powers of ten where these are logarithmic.
IN_UNITS = """(figure) => {
  const area = figure.querySelector('.nsewdrag[data-subplot=xy]'), { xaxis, yaxis } = figure.layout;
  const along = ([low, high], share) => low + share * (high - low), size = (side) => Number(area.getAttribute(side));
  return ([x, y]) => [along(xaxis.range, x / size('width')), along(yaxis.range, 1 - y / size('height'))];
}"""

# The last line of the picture is the one that moves, and the last marker of the curves is that of the loss.
# `__data__` is where the plotting library notes what it drew.
SCENE = """() => {
  const [picture, curve] = document.querySelectorAll('.player-figure');
  const last = (figure, mode) => [...figure.querySelectorAll('.scatterlayer .trace')]
    .find((drawn) => drawn.__data__[0].trace.index === figure.data.findLastIndex((trace) => trace.mode === mode));
  const numbers = (text) => text.match(/-?[0-9.]+(e-?[0-9]+)?/g).map(Number);
  const inUnits = (figure, place) => (IN_UNITS)(figure)(place);
  const path = last(picture, 'lines')?.querySelector('path.js-line');
  const point = last(curve, 'markers').querySelector('.point[transform]');
  const ends = path ? path.getAttribute('d').slice(1).split('L').map(numbers) : [];
  return {
    line: ends.map((end) => inUnits(picture, end)),
    marker: inUnits(curve, point ? numbers(point.getAttribute('transform')) : [NaN, NaN]),
    place: Number(document.querySelector('.player-place').value),
    caption: document.querySelector('.player-caption').textContent,
    ways: [...document.querySelectorAll('.player-progress li > :first-child')].map((way) => way.textContent),
    ranges: [picture, curve].flatMap(({ layout: { xaxis, yaxis } }) => [[...xaxis.range], [...yaxis.range]]),
    button: document.querySelector('.player-play').textContent,
  };
}""".replace("IN_UNITS", IN_UNITS)
NOW = f"""async () => {{
  for (let pictures = 0; pictures < 3; pictures++) await new Promise(requestAnimationFrame);
  return ({SCENE})();
}}"""
WHILE_PLAYING = f"""async () => {{
  const scenes = [], scene = {SCENE};
  document.querySelector('.player-play').click();
  const face = document.querySelector('.player-play').textContent;
  while (document.querySelector('.player-play').textContent === face) {{
    await new Promise(requestAnimationFrame);
    scenes.push(scene());
  }}
  return scenes;
}}"""


@dataclass(frozen=True)
class Scene:
    """The ends of the line in the picture, the marker on the loss curve, and the player's controls."""

    line: tuple[tuple[float, float], ...]
    marker: tuple[float, float]
    place: float
    caption: str
    ways: list[str]
    ranges: list[list[float]]
    button: str

    @property
    def heights(self) -> tuple[float, ...]:
        """How high the line's left and right end are."""
        return tuple(y for _, y in self.line)


def scene_of(seen: dict[str, Any]) -> Scene:
    place, height = seen["marker"]
    return Scene(**{**seen, "line": tuple((x, y) for x, y in seen["line"]), "marker": (10**place - 1, height)})


def scene(page: Page) -> Scene:
    """Return what is shown once all that was asked for is drawn."""
    return scene_of(page.evaluate(NOW))


def scenes_while_playing(page: Page) -> list[Scene]:
    """Press Play, and return every picture that is drawn until it rests again."""
    return [scene_of(seen) for seen in page.evaluate(WHILE_PLAYING)]


@contextmanager
def new_run(page: Page) -> Iterator[None]:
    """Wait, at the end of the block, until the page shows another run than at its beginning."""
    caption = page.locator(".player-caption")
    before = caption.inner_text()
    yield
    expect(caption).not_to_have_text(before)
    wait_until_still(page)


def sentence(page: Page) -> str:
    """The headline, and what is said beneath it."""
    return f"{page.get_by_role('heading', level=1).inner_text()} {page.locator('.st-key-two_numbers').inner_text()}"


def numbers_in(text: str) -> list[float]:
    """The numbers of an English text, in order."""
    return [float(number.replace(",", "").replace("−", "-")) for number in re.findall(r"−?\d[\d,]*(?:\.\d+)?", text)]


def iteration(scene: Scene) -> int:
    """The iteration that the caption names."""
    return int(numbers_in(scene.caption)[0])


def shown_iteration(page: Page) -> int:
    """The iteration that is shown now."""
    return iteration(scene(page))


def line_heights(history: History, iteration: int) -> Array:
    """How high the line's ends must be at an iteration."""
    heights: Array = history.weights[iteration, 0] * LINE_ENDS + history.bias[iteration]
    return heights


def go_to(page: Page, frame: int, frames: list[int] = FRAMES) -> None:
    """Put the player's place slider on a frame, of a run with these frames."""
    page.get_by_role("slider", name="Place in the run").fill(f"{slider_place(frames[frame], frames)}")


def slider_place(iteration: int, frames: list[int]) -> float:
    """Where an iteration stands on the place slider, in thousandths, as on the axis of the iterations."""
    return float(1000 * np.log10(1 + iteration) / np.log10(1 + frames[-1]))
