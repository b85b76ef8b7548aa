"""A live run as it is seen on the Train page, and what the page and its server say to each other meanwhile."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Locator, Page

from core.experiment import Experiment
from core.training import History, train
from pages.settings.choosing import complete
from pages.settings.data import experiment_of
from pages.settings.link import from_address
from pages.settings.table import Settings
from telling.captions import short_captions
from tests.browser.conftest import PATIENCE, wait_until_still
from tests.browser.seen import NOW
from wording import speak

ADDRESS = "/train?live=on"
OFFLINE = "() => document.querySelector('[data-testid=\"stApp\"]').dataset.testConnectionState !== 'CONNECTED'"

# What is seen at one moment: the iteration of the caption and of the address, the line, and what the button says. While
# other figures are drawn there is no caption.
LOOK = r"""() => ({
  iteration: Number((CAPTION.textContent.match(/\d[\d.,]*/) ?? ['-1'])[0].replace(/[.,]/g, '')),
  known: Number(new URLSearchParams(location.search).get('iterations') ?? 0),
  line: [...document.querySelectorAll('.player-figure path.js-line')].map((path) => path.getAttribute('d')).join(),
  plays: document.querySelector('.player-play').textContent.includes('❚❚'),
})""".replace("CAPTION", "document.querySelector('.player-caption')")
FROM = f"([iteration, known]) => {{ const now = ({LOOK})(); return now.iteration >= iteration && now.known >= known; }}"
RESTS = f"() => {{ const now = ({LOOK})(); return !now.plays && now.iteration === now.known; }}"
PICTURE = "() => new Promise(requestAnimationFrame)"

# Notes what is seen in each picture, until it is asked for.
WATCH = f"""() => {{
  const seen = [], look = {LOOK};
  let on = true;
  const note = () => {{ if (on) {{ seen.push(look()); requestAnimationFrame(note); }} }};
  requestAnimationFrame(note);
  window.watched = () => {{ on = false; return seen; }};
}}"""

# Goes on, once a run that plays knows more than the next second, for one second of an imagined clock; returns how many
# iterations that are. The address may know them before the player has taken the answer.
ONE_SECOND = f"""async () => {{
  const real = [requestAnimationFrame, cancelAnimationFrame], waiting = new Map(), look = {LOOK};
  const picture = requestAnimationFrame.bind(window), cancel = cancelAnimationFrame.bind(window);
  const untaken = () => document.querySelector('[data-untaken]').dataset.untaken !== '0';
  while (look().plays && (untaken() || look().known < look().iteration + 15)) await new Promise(picture);
  let calls = 0;
  requestAnimationFrame = (draw) => (waiting.set(--calls, draw), calls);
  cancelAnimationFrame = (call) => call < 0 ? waiting.delete(call) : cancel(call);
  await new Promise((go) => picture(go));
  const run = (now) => [...waiting].forEach(([call, draw]) => {{ waiting.delete(call); draw(now); }});
  const start = performance.now();
  run(start);
  const before = look().iteration;
  run(start + 1000);
  const after = look().iteration;
  [requestAnimationFrame, cancelAnimationFrame] = real;
  waiting.forEach((draw) => requestAnimationFrame(() => draw(performance.now())));
  return after - before;
}}"""


@dataclass(frozen=True)
class Seen:
    """What was seen in one picture."""

    iteration: int
    known: int
    line: str
    plays: bool


@dataclass(frozen=True)
class Report:
    """What the player told the server, and the number of its last report that had been answered by then."""

    n: int
    kind: str
    heard: int


@dataclass
class Wire:
    """What player and dial tell their server and hear of it, in the order in which that goes over the wire."""

    reports: list[Report] = field(default_factory=list)
    heard: int = 0
    turn: int = 0
    turned: int = 0

    def sent(self, payload: bytes) -> None:
        for n, kind in re.findall(rb'"n":(\d+),"kind":"(\w+)"', payload):
            if not self.reports or int(n) > self.reports[-1].n:  # each comes with those not answered yet
                self.reports.append(Report(int(n), kind.decode(), self.heard))
        for n in re.findall(rb'"rate":[^}]*"n":(\d+)', payload):
            self.turn = int(n)

    def received(self, payload: bytes) -> None:
        for heard, turned in re.findall(rb"live\W+on\W+(?:true|false)\W+answered\W+(\d+)\W+turned\W+(\d+)", payload):
            self.heard, self.turned = int(heard), int(turned)

    @property
    def is_quiet(self) -> bool:
        """Whether all that was reported since somebody listens has been answered."""
        return self.turned >= self.turn and (not self.reports or self.heard >= self.reports[-1].n)

    @property
    def kinds(self) -> list[str]:
        return [report.kind for report in self.reports]


def payload_of(event: dict[str, Any]) -> bytes:
    return base64.b64decode(event["response"]["payloadData"])


def wire_of(page: Page) -> Wire:
    """Begin to listen to what goes over a page's wire."""
    wire, network = Wire(), page.context.new_cdp_session(page)
    network.on("Network.webSocketFrameSent", lambda event: wire.sent(payload_of(event)))
    network.on("Network.webSocketFrameReceived", lambda event: wire.received(payload_of(event)))
    network.send("Network.enable")
    return wire


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page draw on until what the test's own side waits for has come."""
    for _ in range(PATIENCE // 10):
        if holds():
            return
        page.evaluate(PICTURE)
    raise AssertionError("it has not come")


def look(page: Page) -> Seen:
    return Seen(**page.evaluate(LOOK))


def seen_from(page: Page) -> list[Seen]:
    """Every picture since WATCH."""
    seen = [Seen(**each) for each in page.evaluate("() => window.watched()")]
    return [each for each in seen if each.iteration >= 0]


def settings_of(page: Page) -> Settings:
    """What the page's address says."""
    address = page.evaluate("() => location.href")
    chosen, faults = from_address(dict(parse_qsl(urlsplit(address).query)))
    assert faults == []
    return complete(chosen)


def run_of(page: Page) -> History:
    """The run in the page's address, trained here once more."""
    experiment: Experiment = experiment_of(settings_of(page))
    return train(experiment)


def caption_of(run: History, iteration: int | None = None) -> str:
    """What must be said of an iteration of a run, of its last one unless another is asked for."""
    speak("en")
    return short_captions(run, [run.iterations if iteration is None else iteration], None)[0]


def caption(page: Page) -> str:
    return page.locator(".player-caption").inner_text()


def heights(page: Page) -> tuple[float, ...]:
    """How high the ends of the line are, once all that was asked for is drawn."""
    return tuple(y for _x, y in page.evaluate(NOW)["line"])


def button(page: Page) -> Locator:
    return page.locator(".player-play")


def switch(page: Page) -> Locator:
    return page.get_by_role("switch", name="Live")


def handle(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def dial(page: Page) -> Locator:
    return page.get_by_role("slider", name="Learning rate", exact=True)


def at_pace(page: Page, iterations_per_second: int) -> None:
    page.get_by_label("Iterations per second").select_option(str(iterations_per_second))


def press(page: Page, key: str) -> None:
    """Press a key that belongs to no control."""
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press(key)


def plays_beyond(page: Page, iteration: int, known: int = 0) -> None:
    """Wait until a run that plays has come so far."""
    page.wait_for_function(FROM, arg=[iteration, known])


def rests(page: Page) -> None:
    """Wait until a live run rests where its address says that it does."""
    page.wait_for_function(RESTS)
    wait_until_still(page)


def train_on(page: Page, pace: int, iteration: int) -> None:
    """Train until a run has passed an iteration, and let it rest."""
    at_pace(page, pace)
    button(page).click()
    plays_beyond(page, iteration)
    button(page).click()
    rests(page)


def stands_still(page: Page) -> Seen:
    """Wait until a run that plays has come to the end of what is known of it."""
    page.wait_for_function(f"() => {{ const now = ({LOOK})(); return now.iteration >= now.known; }}")
    return look(page)


@dataclass(frozen=True)
class GoneOn:
    """How a run went on: iterations in an imagined second, what is said at last, and the run in the address."""

    second: int
    caption: str
    run: History


def goes_on(page: Page, wire: Wire) -> GoneOn:
    """Once a page is connected again, train on where it does not do so by itself, and then let it rest."""
    until(page, lambda: wire.is_quiet)
    wait_until_still(page)
    if not look(page).plays:
        button(page).click()
    plays_beyond(page, look(page).iteration + 5)
    second = page.evaluate(ONE_SECOND)
    button(page).click()
    until(page, lambda: wire.is_quiet)
    rests(page)
    return GoneOn(second, caption(page), run_of(page))
