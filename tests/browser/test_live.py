"""A live run: switched on, trained on, steered by dial and by hand, and on a line that breaks."""

import base64
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from core.experiment import Experiment
from core.theory.quadratic import theory
from core.theory.stretches import before_explosion
from core.training import History, train
from pages.settings.choosing import complete
from pages.settings.data import experiment_of
from pages.settings.link import from_address
from pages.settings.places import MAX_ITERATIONS
from pages.settings.table import Settings
from telling.captions import short_captions
from telling.headline import headline
from telling.live import pause, way_back
from tests.browser.conftest import PATIENCE, PageAt, running_server, wait_until_still
from tests.browser.seen import LINE_ENDS, NOW, line_heights
from wording import speak

ADDRESS = "/train?live=on"
STREAM = re.compile("_stcore/stream")
OFFLINE = "() => document.querySelector('[data-testid=\"stApp\"]').dataset.testConnectionState !== 'CONNECTED'"
SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .map((part) => part.scrollWidth - part.clientWidth)"""
LEFT, MIDDLE, RIGHT = "Left end of the line", "Middle of the line", "Right end of the line"
TENTH_OF_A_PIXEL = 0.1
"""In degrees, for the picture's axis shows about one in each pixel."""
LONGEST_LEAD = 1
"""Seconds: no turn of the dial takes effect farther ahead."""

# What is seen at one moment: the iteration of the caption and of the address, the line, and what the button says.
LOOK = r"""() => ({
  iteration: Number(document.querySelector('.player-caption').textContent.match(/\d[\d.,]*/)[0].replace(/\D/g, '')),
  known: Number(new URLSearchParams(location.search).get('iterations') ?? 0),
  line: [...document.querySelectorAll('.player-figure path.js-line')].map((path) => path.getAttribute('d')).join(),
  plays: document.querySelector('.player-play').textContent.includes('❚❚'),
})"""
FROM = "([iteration, known]) => { const now = (%s)(); return now.iteration >= iteration && now.known >= known; }" % LOOK
RESTS = "() => { const now = (%s)(); return !now.plays && now.iteration === now.known; }" % LOOK
PICTURE = "() => new Promise(requestAnimationFrame)"

# Notes what is seen in each picture, until it is asked for.
WATCH = f"""() => {{
  const seen = [], look = {LOOK};
  let on = true;
  const note = () => {{ if (on) {{ seen.push(look()); requestAnimationFrame(note); }} }};
  requestAnimationFrame(note);
  window.watched = () => {{ on = false; return seen; }};
}}"""

# Goes on, in a run that plays, for one second of an imagined clock; returns how many iterations that are.
ONE_SECOND = f"""async () => {{
  const real = [requestAnimationFrame, cancelAnimationFrame], waiting = new Map(), look = {LOOK};
  let calls = 0;
  requestAnimationFrame = (draw) => (waiting.set(--calls, draw), calls);
  cancelAnimationFrame = (call) => call < 0 ? waiting.delete(call) : real[1](call);
  await new Promise((go) => real[0](go));
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
    """What a player and its server tell each other, in the order in which that goes over the wire."""

    reports: list[Report] = field(default_factory=list)
    heard: int = 0

    def sent(self, event: dict[str, Any]) -> None:
        for n, kind in re.findall(rb'"n":(\d+),"kind":"(\w+)"', base64.b64decode(event["response"]["payloadData"])):
            self.reports.append(Report(int(n), kind.decode(), self.heard))

    def received(self, event: dict[str, Any]) -> None:
        payload = base64.b64decode(event["response"]["payloadData"])
        for n in re.findall(rb'live\W+"on\W+(?:true|false), \W+answered\W+(\d+)', payload):
            self.heard = int(n)

    @property
    def is_quiet(self) -> bool:
        return not self.reports or self.heard >= self.reports[-1].n

    @property
    def kinds(self) -> list[str]:
        return [report.kind for report in self.reports]


def wire_of(page: Page) -> Wire:
    """Begin to listen to what goes over a page's wire."""
    wire, network = Wire(), page.context.new_cdp_session(page)
    network.on("Network.webSocketFrameSent", wire.sent)
    network.on("Network.webSocketFrameReceived", wire.received)
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
    return [Seen(**each) for each in page.evaluate("() => window.watched()")]


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


def caption_of(run: History) -> str:
    """What must be said of the last iteration of a run."""
    speak("en")
    return short_captions(run, [run.iterations], None)[0]


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


@pytest.fixture(scope="module")
def shared(shared_page_at: PageAt) -> Page:
    return shared_page_at(ADDRESS)


@pytest.fixture
def page(shared: Page) -> Page:
    return at_the_start(shared)


def at_the_start(page: Page) -> Page:
    """Bring a page to the start of a live run, with nothing chosen and nothing moving."""
    if look(page).plays:
        button(page).click()
    wait_until_still(page)
    if switch(page).get_attribute("aria-checked") == "false":
        press(page, "v")
        expect(switch(page)).to_be_checked()
        wait_until_still(page)
    press(page, "0")
    expect(page).to_have_url(re.compile(re.escape(ADDRESS) + "$"))
    rests(page)
    return page


@dataclass(frozen=True)
class Played:
    """A stretch of a run: each picture that was seen of it, and what is seen at its end."""

    pictures: list[Seen]
    wire: Wire
    caption: str
    heights: tuple[float, ...]
    run: History
    address: str


@pytest.fixture(scope="module")
def played(shared: Page) -> Played:
    """Some portions of a run, from its start until it was paused."""
    page = at_the_start(shared)
    wire = wire_of(page)
    at_pace(page, 200)
    page.evaluate(WATCH)
    button(page).click()
    plays_beyond(page, 650)
    button(page).click()
    until(page, lambda: wire.is_quiet)
    rests(page)
    address = page.evaluate("() => location.search")
    return Played(seen_from(page), wire, caption(page), heights(page), run_of(page), address)


# The switch


@pytest.mark.parametrize("way", ["click", "key"])
def test_the_switch_ends_a_live_run_and_begins_one(page: Page, way: str) -> None:
    for checked in ("false", "true"):
        if way == "click":
            switch(page).click()
        else:
            press(page, "v")
        expect(switch(page)).to_have_attribute("aria-checked", checked)
        wait_until_still(page)
        assert settings_of(page).live is (checked == "true")


# Training on


def test_train_on_moves_the_line_through_many_positions(played: Played) -> None:
    assert len({seen.line for seen in played.pictures}) > 10


def test_while_it_trains_the_caption_s_iteration_goes_up_and_never_back(played: Played) -> None:
    trained = [seen.iteration for seen in played.pictures if seen.plays]
    assert all(before <= after for before, after in pairwise(trained))
    assert trained[-1] > trained[0] + 500


def test_what_is_seen_is_never_beyond_the_run_in_the_address(played: Played) -> None:
    assert all(seen.iteration <= seen.known for seen in played.pictures if seen.plays)


def test_a_paused_run_rests_on_a_whole_iteration_which_the_address_names(played: Played) -> None:
    assert played.caption.startswith("iteration ")
    assert played.address == f"?live=on&iterations={played.run.iterations}"


def test_a_paused_run_has_the_loss_that_training_by_its_address_gives(played: Played) -> None:
    assert played.caption == caption_of(played.run)


def test_a_paused_run_s_line_is_the_one_that_training_by_its_address_gives(played: Played) -> None:
    heights = line_heights(played.run, played.run.iterations)
    assert played.heights == pytest.approx(heights.tolist(), abs=TENTH_OF_A_PIXEL)


def test_never_more_than_one_portion_is_asked_for_at_a_time(played: Played) -> None:
    portions = [report for report in played.wire.reports if report.kind in ("play", "more")]
    assert len(portions) > 2
    assert all(after.heard >= before.n for before, after in pairwise(portions))


def test_a_paused_run_asks_for_nothing_more(page: Page) -> None:
    wire = wire_of(page)
    train_on(page, 100, 30)
    until(page, lambda: wire.is_quiet)
    asked = wire.kinds
    dial(page).press("ArrowRight")
    expect(page).to_have_url(re.compile("0.00011"))
    wait_until_still(page)
    assert asked[-1] == "rest"
    assert wire.kinds == asked


@pytest.mark.parametrize(("count", "key"), [(1, "."), (10, "t"), (100, "h")])
def test_a_step_s_button_trains_so_many_iterations(page: Page, count: int, key: str) -> None:
    at_pace(page, 10000)
    page.locator(".player-steps").get_by_text(f"+{count}{key.upper()}", exact=True).click()
    page.wait_for_function(FROM, arg=[count, 0])
    rests(page)
    assert look(page).iteration == count
    assert caption(page) == caption_of(run_of(page))


@pytest.mark.parametrize(("count", "key"), [(1, "."), (10, "t"), (100, "h")])
def test_a_step_s_key_pressed_three_times_at_once_trains_three_times_so_many(page: Page, count: int, key: str) -> None:
    at_pace(page, 1000)
    page.evaluate("() => document.activeElement.blur()")
    for _ in range(3):
        page.keyboard.press(key)
    page.wait_for_function(FROM, arg=[3 * count, 0])
    rests(page)
    assert look(page).iteration == 3 * count
    assert caption(page) == caption_of(run_of(page))


# The dial


@dataclass(frozen=True)
class Turned:
    """A run whose rate was raised across a limit while it played."""

    pressed_at: int
    pictures: list[Seen]
    headline: str
    run: History
    caption: str


PACE = 20


@pytest.fixture(scope="module")
def turned(shared: Page) -> Turned:
    page = at_the_start(shared)
    number = page.get_by_role("textbox", name="Learning rate, exactly")
    number.fill("0.00055")
    number.press("Enter")
    expect(page).to_have_url(re.compile("0.00055"))
    wait_until_still(page)
    at_pace(page, PACE)
    button(page).click()
    plays_beyond(page, 15)
    page.evaluate(WATCH)
    pressed_at = look(page).iteration
    dial(page).press("PageUp")
    expect(page).to_have_url(re.compile(r"learning_rate=0%3A0\.00055%2C\d+%3A0\.0011"))
    turn = settings_of(page).learning_rate[1][0]
    plays_beyond(page, turn + 30)
    pictures = seen_from(page)
    said = page.get_by_role("heading", level=1).inner_text()
    button(page).click()
    rests(page)
    return Turned(pressed_at, pictures, said, run_of(page), caption(page))


def test_a_turn_of_the_dial_holds_from_an_iteration_that_is_about_to_be_seen(turned: Turned) -> None:
    (_beginning, own), (turn, rate) = turned.run.experiment.schedule
    assert (own, rate) == (0.00055, 0.0011)
    assert turned.pressed_at - 1 <= turn <= turned.pressed_at + PACE * LONGEST_LEAD + 2 * PACE


def test_while_the_dial_is_turned_the_picture_goes_on(turned: Turned) -> None:
    assert all(seen.plays for seen in turned.pictures)
    seen = {each.iteration for each in turned.pictures}
    turn = turned.run.experiment.schedule[1][0]
    assert seen >= set(range(turn - 1, turn + 20))


def test_while_the_dial_is_turned_the_iterations_never_go_back(turned: Turned) -> None:
    assert all(before.iteration <= after.iteration for before, after in pairwise(turned.pictures))


def test_the_headline_names_the_iteration_at_which_the_rate_was_raised(turned: Turned) -> None:
    speak("en")
    turn = turned.run.experiment.schedule[1][0]
    assert turned.headline == f"Overshoots since the rate was raised at {turn}."
    assert turned.headline == str(headline(turned.run))


def test_a_run_that_was_steered_has_the_loss_that_training_by_its_address_gives(turned: Turned) -> None:
    assert turned.caption == caption_of(turned.run)


# What a run does by itself


def at_rate(page: Page, rate: str) -> None:
    """Type a rate, and wait until it is in force."""
    number = page.get_by_role("textbox", name="Learning rate, exactly")
    number.fill(rate)
    number.press("Enter")
    expect(page).to_have_url(re.compile(rf"learning_rate={re.escape(rate)}(&|$)"))
    wait_until_still(page)


def pauses_by_itself(page: Page, rate: str) -> History:
    """Train at a rate until the run rests of its own accord; return that run."""
    at_rate(page, rate)
    at_pace(page, 10000)
    button(page).click()
    expect(button(page)).to_contain_text("Pause")
    expect(button(page)).to_contain_text("Train on")
    wait_until_still(page)
    return run_of(page)


def said(page: Page) -> str:
    return page.locator(".st-key-two_numbers").inner_text()


def test_a_run_that_arrives_pauses_and_says_so(page: Page) -> None:
    run = pauses_by_itself(page, "0.0008")
    speak("en")
    assert look(page).iteration == look(page).known == run.iterations
    assert pause(run, settings_of(page).tolerance, MAX_ITERATIONS).startswith("Arrived: at iteration 2,589 ")
    expect(page.locator(".st-key-two_numbers")).to_contain_text(pause(run, settings_of(page).tolerance, MAX_ITERATIONS))


@pytest.fixture(scope="module")
def exploded(shared: Page) -> tuple[str, str, History]:
    """What is said of a run that exploded, what the way back is called, and the run."""
    page = at_the_start(shared)
    train_on(page, 50, 20)
    dial(page).press("End")
    expect(page).to_have_url(re.compile("0.012"))
    wait_until_still(page)
    at_pace(page, 1000)
    button(page).click()
    expect(page.locator(".st-key-way_back button")).to_be_visible()
    wait_until_still(page)
    told, run = said(page), run_of(page)
    way = page.locator(".st-key-way_back button")
    called = way.inner_text()
    way.click()
    expect(way).to_have_count(0)
    rests(page)
    return told, called, run


def test_a_run_that_explodes_pauses_and_says_so(exploded: tuple[str, str, History]) -> None:
    told, _called, run = exploded
    speak("en")
    assert run.diverged_at is not None
    assert f"Exploded at iteration {run.diverged_at}." in told
    assert pause(run, 0.5, MAX_ITERATIONS) in told


def test_the_way_back_names_the_iteration_and_the_rate_before_the_explosion(
    exploded: tuple[str, str, History],
) -> None:
    _told, called, run = exploded
    speak("en")
    at, rate = before_explosion(run, theory(run.experiment))
    assert (at, rate) == (run.experiment.schedule[1][0], 0.0001)
    assert called == way_back(run)


def test_the_way_back_leads_where_it_says(shared: Page, exploded: tuple[str, str, History]) -> None:
    at, rate = before_explosion(exploded[2], theory(exploded[2].experiment))
    assert (look(shared).iteration, settings_of(shared).iterations, settings_of(shared).rate) == (at, at, rate)
    assert caption(shared) == caption_of(run_of(shared))


# A hand on the line


def grab(page: Page, name: str) -> tuple[float, float]:
    """Press the mouse down on a handle; return where."""
    box = handle(page, name).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def height_of(page: Page, name: str) -> float:
    """How far down a handle stands on the screen."""
    box = handle(page, name).bounding_box()
    assert box
    return box["y"] + box["height"] / 2


@dataclass(frozen=True)
class Dragged:
    """A run whose line was dragged while it trained."""

    before: Seen
    held: list[Seen]
    pointer: float
    handle: float
    run: History
    caption: str


@pytest.fixture(scope="module")
def dragged(shared: Page) -> Dragged:
    page = at_the_start(shared)
    at_rate(page, "0.0008")
    at_pace(page, 20)
    button(page).click()
    plays_beyond(page, 5)
    x, y = grab(page, LEFT)
    before = look(page)
    page.evaluate(WATCH)
    for dy in range(0, 65, 5):
        page.mouse.move(x, y - dy)
        page.evaluate(PICTURE)
    held, stands = seen_from(page), height_of(page, LEFT)
    page.mouse.up()
    expect(page).to_have_url(re.compile("nudges="))
    plays_beyond(page, settings_of(page).nudges[0][0] + 5)
    button(page).click()
    rests(page)
    return Dragged(before, held, y - 60, stands, run_of(page), caption(page))


def test_a_line_that_is_held_follows_the_pointer(dragged: Dragged) -> None:
    assert dragged.handle == pytest.approx(dragged.pointer, abs=1)
    assert len({seen.line for seen in dragged.held}) > 5


def test_while_the_line_is_held_time_stands(dragged: Dragged) -> None:
    assert len({seen.iteration for seen in dragged.held[2:]}) == 1


def test_a_line_that_was_dragged_is_a_nudge_where_it_was_held(dragged: Dragged) -> None:
    ((at, (weight, bias)),) = dragged.run.experiment.nudges
    assert at == dragged.held[-1].iteration
    left, right = weight * LINE_ENDS + bias
    before = line_heights(dragged.run, at - 1)
    assert left > before[0] + 30
    assert right == pytest.approx(before[1], abs=5)


def test_training_brings_a_line_that_was_dragged_back(dragged: Dragged) -> None:
    ((at, _parameters),) = dragged.run.experiment.nudges
    assert all(np.diff(dragged.run.loss[at:]) < 0)
    assert dragged.caption == caption_of(dragged.run)


@pytest.mark.parametrize(("name", "key"), [(LEFT, "ArrowUp"), (MIDDLE, "ArrowDown"), (RIGHT, "ArrowUp")])
def test_an_arrow_key_on_a_handle_nudges_a_live_run_where_it_stands(page: Page, name: str, key: str) -> None:
    at_pace(page, 10000)
    press(page, "t")
    page.wait_for_function(FROM, arg=[10, 10])
    rests(page)
    before = np.array(heights(page))
    handle(page, name).press(key)
    expect(page).to_have_url(re.compile("nudges=10%3A"))
    rests(page)
    moved = np.sign(np.round(np.array(heights(page)) - before, 1))
    up = 1 if key == "ArrowUp" else -1
    assert moved.tolist() == {LEFT: [up, 0], MIDDLE: [up, up], RIGHT: [0, up]}[name]
    assert caption(page) == caption_of(run_of(page))


@pytest.mark.parametrize("is_live", [True, False], ids=["live", "not live"])
def test_a_handle_that_is_moved_at_the_start_makes_another_start(page: Page, is_live: bool) -> None:
    if not is_live:
        press(page, "v")
        expect(page).to_have_url(re.compile(r"/train$"))
        wait_until_still(page)
    handle(page, MIDDLE).press("ArrowUp")
    expect(page).to_have_url(re.compile("bias="))
    wait_until_still(page)
    now = settings_of(page)
    assert (now.nudges, now.weights) == ((), (0.5,))
    assert now.bias > 1
    assert caption(page) == caption_of(run_of(page))


TRAIL = """() => document.querySelector('.player-figure').data
  .map((trace) => [...(trace.y ?? [])].join()).filter((heights, k) => k > 1)"""
DRAWN = """() => [...document.querySelectorAll('.player-figure')[0].querySelectorAll('.scatterlayer .trace path')]
  .map((path) => path.getAttribute('d') + (path.getAttribute('transform') ?? '')).join()"""


def test_the_trail_follows_a_start_that_is_dragged(page: Page) -> None:
    press(page, "v")
    expect(page).to_have_url(re.compile(r"/train$"))
    wait_until_still(page)
    x, y = grab(page, LEFT)
    page.mouse.move(x, y - 20)
    page.wait_for_function("() => location.search.includes('weights=')")
    first = settings_of(page)
    page.mouse.move(x, y - 40)
    page.wait_for_function("(before) => location.search !== before", arg=page.evaluate("() => location.search"))
    trail = page.evaluate(DRAWN)
    page.mouse.move(x, y - 60)
    page.wait_for_function(f"(before) => ({DRAWN})() !== before", arg=trail)
    assert settings_of(page).weights != first.weights
    page.mouse.up()
    wait_until_still(page)


def test_on_the_weighted_sum_a_bar_can_be_moved(page_at: PageAt) -> None:
    page = page_at("/train?dataset=weighted-sum&live=on")
    at_pace(page, 10000)
    press(page, "t")
    page.wait_for_function(FROM, arg=[10, 10])
    rests(page)
    handle(page, "Bar of w2").press("ArrowUp")
    expect(page).to_have_url(re.compile("nudges=10%3A"))
    rests(page)
    run = run_of(page)
    ((at, weights),) = run.experiment.nudges
    untouched = run_of_until(run, at)
    assert np.flatnonzero(~np.isclose(weights, untouched, rtol=1e-3)).tolist() == [1]
    assert weights[1] > untouched[1]
    assert caption(page) == caption_of(run)


def run_of_until(run: History, at: int) -> list[float]:
    """Where a run would have been at an iteration if no hand had touched it."""
    before = run.until(at - 1).experiment
    parameters: list[float] = train(Experiment(**{**vars(before), "iterations": at})).parameters[-1].tolist()
    return parameters


# Quick hands

PRESSES = {
    "play": lambda page: press(page, "p"),
    "one step": lambda page: press(page, "."),
    "ten steps": lambda page: press(page, "t"),
    "hundred steps": lambda page: press(page, "h"),
    "reset": lambda page: press(page, "0"),
    "switch": lambda page: press(page, "v"),
    "faster": lambda page: dial(page).press("PageUp"),
    "slower": lambda page: dial(page).press("ArrowLeft"),
    "nudge": lambda page: page.evaluate(NUDGE),
}
NUDGE = """() => [...document.querySelectorAll('.player-handle:not([hidden])')].at(-1)
  ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_quick_hands_the_run_that_rests_is_the_one_in_its_address(page: Page, seed: int) -> None:
    wire, hands = wire_of(page), random.Random(seed)
    at_pace(page, 500)
    for action in hands.choices(list(PRESSES), k=40):
        PRESSES[action](page)
    if look(page).plays:
        press(page, "p")
    until(page, lambda: wire.is_quiet and not look(page).plays)
    wait_until_still(page)
    assert caption(page) == caption_of(run_of(page))


# Reloads, lost connections, tabs


def test_a_page_that_is_loaded_anew_in_mid_run_comes_back_as_far_as_it_was(page: Page) -> None:
    at_pace(page, 50)
    button(page).click()
    plays_beyond(page, 20)
    before = look(page)
    page.reload()
    wait_until_still(page)
    expect(switch(page)).to_be_checked()
    after = look(page)
    assert after.iteration == after.known >= before.known
    assert caption(page) == caption_of(run_of(page))


@dataclass
class Line:
    """The way to the server, which a test can cut and mend."""

    is_cut: bool = False
    ends: list[WebSocketRoute] = field(default_factory=list)

    def connect(self, end: WebSocketRoute) -> None:
        if self.is_cut:
            end.close()
        else:
            end.connect_to_server()
            self.ends.append(end)

    def cut(self) -> None:
        self.is_cut = True
        self.ends[-1].close()


def stands_still(page: Page) -> Seen:
    """Wait until a run that plays has come to the end of what is known of it."""
    page.wait_for_function(f"() => {{ const now = ({LOOK})(); return now.iteration >= now.known; }}")
    return look(page)


@pytest.fixture
def cut_off(page_at: PageAt) -> tuple[Line, Page, Seen]:
    """A page that lost its server while a live run played, and has come to the end of what it knew."""
    line, page = Line(), page_at("/about")
    page.route_web_socket(STREAM, line.connect)
    page.goto(page.url.replace("/about", ADDRESS))
    wait_until_still(page)
    button(page).click()
    plays_beyond(page, 5)
    line.cut()
    page.wait_for_function(OFFLINE)
    page.evaluate(WATCH)
    stood = stands_still(page)
    return line, page, stood


def goes_on(page: Page, stood: Seen) -> None:
    """Train on where a run does not do so by itself; look that it does, at its pace, and is the run in its address."""
    if not look(page).plays:
        button(page).click()
    plays_beyond(page, stood.known + 15)
    assert page.evaluate(ONE_SECOND) == pytest.approx(10, abs=1)
    button(page).click()
    rests(page)
    assert caption(page) == caption_of(run_of(page))


def test_a_run_whose_connection_was_lost_shows_nothing_that_its_address_does_not_know(
    cut_off: tuple[Line, Page, Seen],
) -> None:
    _line, page, stood = cut_off
    for _ in range(30):
        page.evaluate(PICTURE)
    assert stood.iteration == stood.known
    assert all(seen.iteration <= seen.known for seen in seen_from(page))


def test_a_run_whose_connection_was_lost_goes_on_when_it_is_back(cut_off: tuple[Line, Page, Seen]) -> None:
    line, page, stood = cut_off
    line.is_cut = False
    wait_until_still(page)
    goes_on(page, stood)


def test_a_run_goes_on_after_its_server_was_started_again(page_at: PageAt, tmp_path: Path) -> None:
    with running_server(tmp_path / "first.txt") as server:
        page = page_at(ADDRESS, server=server.base)
        button(page).click()
        plays_beyond(page, 5)
        server.kill()
        page.wait_for_function(OFFLINE)
        stood = stands_still(page)
        with running_server(tmp_path / "second.txt", server.port):
            wait_until_still(page)
            goes_on(page, stood)


def test_two_tabs_do_not_touch_each_other(page: Page, page_at: PageAt) -> None:
    other = page_at(f"{ADDRESS}&learning_rate=0.0008")
    heard = wire_of(other)
    train_on(page, 200, 100)
    assert (look(other).iteration, heard.kinds, heard.heard) == (0, [], 0)
    train_on(other, 100, 50)
    for each in (page, other):
        assert caption(each) == caption_of(run_of(each))
    assert [settings_of(each).rate for each in (page, other)] == [0.0001, 0.0008]


# Other languages, screens and senses


def test_in_turkish_the_controls_are_turkish_and_thousands_have_a_point(page_at: PageAt) -> None:
    page = page_at(ADDRESS, locale="tr-TR")
    expect(button(page)).to_contain_text("Eğit")
    expect(page.get_by_role("switch", name="Canlı")).to_be_checked()
    expect(page.get_by_role("button", name="100 yineleme eğit")).to_be_visible()
    page.get_by_label("Saniyedeki yineleme sayısı").select_option("10.000 / sn")
    button(page).click()
    expect(button(page)).to_contain_text("Duraklat")
    page.wait_for_function(FROM, arg=[1000, 0])
    button(page).click()
    rests(page)
    at = settings_of(page).iterations
    expect(page.locator(".player-caption")).to_have_text(re.compile(rf"yineleme {at:,} ".replace(",", r"\.")))


@pytest.fixture(scope="module")
def phone(shared_page_at: PageAt) -> Page:
    page = shared_page_at(ADDRESS, width=390, height=844, touch=True)
    button(page).tap()
    plays_beyond(page, 10)
    return page


@pytest.mark.parametrize("part", [".player-play", ".player-steps button", ".player-pace", ".player-live", ".dial-range"])
def test_on_a_phone_each_control_of_a_live_run_is_within_reach(phone: Page, part: str) -> None:
    for control in phone.locator(part).all():
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=1)
        control.tap(trial=True)


def test_on_a_phone_a_live_run_does_not_scroll_sideways(phone: Page) -> None:
    assert phone.evaluate(SIDEWAYS) == [0, 0]


def test_a_finger_drags_the_line(phone: Page) -> None:
    handle(phone, RIGHT).scroll_into_view_if_needed()
    box = handle(phone, RIGHT).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = phone.context.new_cdp_session(phone)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for dy in (10, 20, 30):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + dy}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(phone).to_have_url(re.compile("nudges="))


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:300]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


def test_a_live_run_at_rest_has_no_serious_accessibility_fault(page: Page) -> None:
    assert faults(page) == []


def test_a_live_run_that_plays_has_no_serious_accessibility_fault(page: Page) -> None:
    at_pace(page, 10)
    button(page).click()
    plays_beyond(page, 3)
    found = faults(page)
    assert look(page).plays
    assert found == []
