"""A live run: switched on, trained on, steered by dial and by hand, and on a line that breaks."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from core.experiment import Experiment
from core.theory.quadratic import theory
from core.theory.stretches import before_explosion
from core.training import History, train
from pages.settings.places import MAX_ITERATIONS
from telling.headline import headline
from telling.live import pause, way_back
from tests.browser.conftest import PHONE, PageAt, wait_until_still
from tests.browser.faults import SIDEWAYS, faults
from tests.browser.live import (
    ADDRESS,
    FROM,
    OFFLINE,
    PICTURE,
    WATCH,
    Seen,
    Wire,
    at_pace,
    button,
    caption,
    caption_of,
    dial,
    goes_on,
    handle,
    heights,
    look,
    plays_beyond,
    press,
    rests,
    run_of,
    seen_from,
    settings_of,
    stands_still,
    switch,
    train_on,
    until,
    wire_of,
)
from tests.browser.seen import LINE_ENDS, line_heights
from wording import speak

LEFT, MIDDLE, RIGHT = "Left end of the line", "Middle of the line", "Right end of the line"
TENTH_OF_A_PIXEL = 0.1
"""In degrees, for the picture's axis shows about one in each pixel."""
LONGEST_LEAD = 1
"""Seconds: no turn of the dial takes effect farther ahead."""


@pytest.fixture(scope="module")
def shared(shared_page_at: PageAt) -> Page:
    return shared_page_at(ADDRESS)


@pytest.fixture
def page(shared: Page) -> Page:
    return at_the_start(shared)


@pytest.fixture
def standing(shared: Page) -> Page:
    """A live run with its own rate, at rest somewhere in its first thousand iterations."""
    is_there = re.search(r"/train\?live=on(&iterations=\d{1,3})?$", shared.url) and not look(shared).plays
    return shared if is_there else at_the_start(shared)


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
    expect(page).to_have_url(re.compile(r"/train\?(dataset=weighted-sum&)?live=on$"))
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
    plays_beyond(page, 350)
    button(page).click()
    until(page, lambda: wire.is_quiet)
    rests(page)
    address = page.evaluate("() => location.search")
    return Played(seen_from(page), wire, caption(page), heights(page), run_of(page), address)


# The switch


def test_the_switch_ends_a_live_run_and_its_key_begins_one(page: Page) -> None:
    switch(page).click()
    expect(switch(page)).to_have_attribute("aria-checked", "false")
    wait_until_still(page)
    assert not settings_of(page).live
    press(page, "v")
    expect(switch(page)).to_have_attribute("aria-checked", "true")
    wait_until_still(page)
    assert settings_of(page).live


# Training on


def test_train_on_moves_the_line_through_many_positions(played: Played) -> None:
    assert len({seen.line for seen in played.pictures}) > 10


def test_while_it_trains_the_caption_s_iteration_goes_up_and_never_back(played: Played) -> None:
    trained = [seen.iteration for seen in played.pictures if seen.plays]
    assert all(before <= after for before, after in pairwise(trained))
    assert trained[-1] >= 350


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
    assert len(portions) > 1
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


@pytest.mark.parametrize(("count", "key"), [(1, "."), (100, "h")])
def test_a_step_s_button_trains_so_many_iterations(standing: Page, count: int, key: str) -> None:
    page, before = standing, look(standing).iteration
    at_pace(page, 10000)
    page.locator(".player-steps").get_by_text(f"+{count}{key.upper()}", exact=True).click()
    page.wait_for_function(FROM, arg=[before + count, before + count])
    rests(page)
    assert look(page).iteration == before + count
    assert caption(page) == caption_of(run_of(page))


@pytest.mark.parametrize(("count", "key"), [(1, "."), (10, "t")])
def test_a_step_s_key_pressed_three_times_at_once_trains_three_times_so_many(
    standing: Page, count: int, key: str
) -> None:
    page, before = standing, look(standing).iteration
    at_pace(page, 1000)
    page.evaluate("() => document.activeElement.blur()")
    for _ in range(3):
        page.keyboard.press(key)
    page.wait_for_function(FROM, arg=[before + 3 * count, 0])
    rests(page)
    assert look(page).iteration == before + 3 * count
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


PACE = 50


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
    assert len({seen.line for seen in turned.pictures}) > 20


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


@pytest.mark.parametrize("plays", [True, False], ids=["playing", "at rest"])
def test_a_click_on_a_handle_that_does_not_move_it_is_no_nudge(page: Page, plays: bool) -> None:
    at_pace(page, 50)
    button(page).click()
    plays_beyond(page, 5)
    if not plays:
        button(page).click()
        rests(page)
    grab(page, LEFT)
    page.mouse.up()
    if plays:
        plays_beyond(page, look(page).iteration + 20)
        button(page).click()
    else:
        press(page, ".")
    rests(page)
    assert settings_of(page).nudges == ()


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


def test_an_arrow_key_on_a_handle_nudges_a_live_run_where_it_stands(page: Page) -> None:
    at_pace(page, 10000)
    press(page, "t")
    page.wait_for_function(FROM, arg=[10, 10])
    rests(page)
    for name, key, moves in ((LEFT, "ArrowUp", [1, 0]), (MIDDLE, "ArrowDown", [-1, -1]), (RIGHT, "ArrowUp", [0, 1])):
        before, address = np.array(heights(page)), page.url
        handle(page, name).press(key)
        expect(page).not_to_have_url(address)
        rests(page)
        assert np.sign(np.round(np.array(heights(page)) - before, 1)).tolist() == moves
    assert [at for at, _parameters in settings_of(page).nudges] == [10]
    assert caption(page) == caption_of(run_of(page))


def test_a_handle_has_the_keyboard_still_when_its_line_was_drawn_anew(page: Page) -> None:
    handle(page, LEFT).focus()
    for _ in range(2):
        address = page.url
        page.keyboard.press("ArrowUp")
        expect(page).not_to_have_url(address)
        rests(page)
        expect(handle(page, LEFT)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(handle(page, MIDDLE)).to_be_focused()


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


@pytest.fixture(scope="module")
def second_tab(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?dataset=weighted-sum&live=on")


def test_on_the_weighted_sum_a_bar_can_be_moved(second_tab: Page) -> None:
    page = at_the_start(second_tab)
    press(page, ".")
    page.wait_for_function(FROM, arg=[1, 1])
    rests(page)
    handle(page, "Bar of w2").press("ArrowUp")
    expect(page).to_have_url(re.compile("nudges=1%3A"))
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

PRESSES: dict[str, Callable[[Page], object]] = {
    "play": lambda page: press(page, "p"),
    "one step": lambda page: press(page, "."),
    "ten steps": lambda page: press(page, "t"),
    "hundred steps": lambda page: press(page, "h"),
    "reset": lambda page: press(page, "0"),
    "switch": lambda page: press(page, "v"),
    "faster": lambda page: dial(page).press("PageUp"),
    "slower": lambda page: dial(page).press("ArrowLeft"),
    "nudge": lambda page: nudge_down(page),
}
TAKE = "() => [...document.querySelectorAll('.player-handle:not([hidden])')].at(-1)?.focus()"


def nudge_down(page: Page) -> None:
    page.evaluate(TAKE)
    press(page, "ArrowDown")


@pytest.mark.parametrize("seed", [1, 3])
def test_after_quick_hands_the_run_that_rests_is_the_one_in_its_address(page: Page, seed: int) -> None:
    wire, hands = wire_of(page), random.Random(seed)
    at_pace(page, 500)
    for action in hands.choices(list(PRESSES), k=40):
        PRESSES[action](page)
    if look(page).plays:
        press(page, "p")
    until(page, lambda: wire.is_quiet and not look(page).plays and all_is_taken(page) and is_as_addressed(page))


def all_is_taken(page: Page) -> bool:
    """Whether the server has answered all that the hands have done: what it did not hear is told again."""
    return page.locator(".player").get_attribute("data-untaken") == "0"


def is_as_addressed(page: Page) -> bool:
    """Whether what stands still is the run in the address: where that ends, if it is live."""
    run, at = run_of(page), look(page).iteration
    shown = caption(page).removeprefix("fast forward: ")
    ends = range(run.iterations, run.iterations + 1) if settings_of(page).live else range(run.iterations + 1)
    return at in ends and shown == caption_of(run, at)


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
    """The way to the server, which a test can cut and mend, and on which it can hold back what the server says.

    With `holds_after` it does so by itself once a report of that kind has gone to the server.
    """

    wire: Wire = field(default_factory=Wire)
    holds_after: str = ""
    is_cut: bool = False
    held: list[str | bytes] | None = None
    ends: list[WebSocketRoute] = field(default_factory=list)

    def connect(self, end: WebSocketRoute) -> None:
        if self.is_cut:
            end.close()
            return
        server = end.connect_to_server()

        def ask(message: str | bytes) -> None:
            self.wire.sent(as_bytes(message))
            if self.wire.kinds[-1:] == [self.holds_after]:
                self.hold()
            server.send(message)

        end.on_message(ask)
        server.on_message(self.hear)
        self.ends.append(end)

    def hear(self, message: str | bytes) -> None:
        if self.held is not None:
            self.held.append(message)
            return
        self.wire.received(as_bytes(message))
        self.ends[-1].send(message)

    def hold(self) -> None:
        self.held = []

    def holds(self, text: bytes) -> bool:
        return any(text in as_bytes(message) for message in self.held or [])

    def let_go(self) -> None:
        held, self.held, self.holds_after = self.held or [], None, ""
        for message in held:
            self.hear(message)

    def cut(self) -> None:
        self.is_cut = True
        self.ends[-1].close()


def as_bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else message


@dataclass(frozen=True)
class CutOff:
    """A page whose connection was lost while a live run played, and what was seen of it until it came to its end."""

    line: Line
    page: Page
    pictures: list[Seen]
    stood: Seen


@pytest.fixture(scope="module")
def cut_off(shared_page_at: PageAt) -> CutOff:
    line = Line()
    page = shared_page_at(ADDRESS, stream=line.connect)
    button(page).click()
    plays_beyond(page, 5)
    line.cut()
    page.wait_for_function(OFFLINE)
    page.evaluate(WATCH)
    stands_still(page)
    for _ in range(30):
        page.evaluate(PICTURE)
    return CutOff(line, page, seen_from(page), look(page))


def test_a_run_whose_connection_was_lost_shows_nothing_that_its_address_does_not_know(cut_off: CutOff) -> None:
    assert cut_off.stood.iteration == cut_off.stood.known
    assert all(seen.iteration <= seen.known for seen in cut_off.pictures)


def test_a_run_whose_connection_was_lost_goes_on_at_its_pace_when_it_is_back(cut_off: CutOff) -> None:
    cut_off.line.is_cut = False
    wait_until_still(cut_off.page)
    gone_on = goes_on(cut_off.page, cut_off.line.wire)
    assert gone_on.second == pytest.approx(10, abs=1)
    assert gone_on.caption == caption_of(gone_on.run)


def test_a_late_answer_does_not_let_time_go_on_while_the_line_is_held(cut_off: CutOff) -> None:
    page, line = cut_off.page, cut_off.line
    line.is_cut = False
    wait_until_still(page)
    until(page, lambda: line.wire.is_quiet)
    if not look(page).plays:
        button(page).click()
    until(page, lambda: line.wire.kinds[-1] in ("play", "more") and line.wire.is_quiet)
    line.hold()
    asked = len(line.wire.kinds)
    until(page, lambda: len(line.wire.kinds) > asked)
    x, y = grab(page, LEFT)
    page.mouse.move(x, y - 10)
    page.evaluate(PICTURE)
    before = look(page).iteration
    line.let_go()
    until(page, lambda: line.wire.is_quiet)
    for _ in range(30):
        page.evaluate(PICTURE)
    assert look(page).iteration == before
    page.mouse.up()
    expect(page).to_have_url(re.compile("nudges="))
    button(page).click()


def test_a_run_that_was_paused_does_not_move_when_a_portion_comes_that_was_asked_for_before(page_at: PageAt) -> None:
    line = Line(holds_after="more")
    page = page_at(ADDRESS, stream=line.connect)
    at_pace(page, 1000)
    button(page).click()
    until(page, lambda: line.holds(b"answered"))
    page.evaluate(WATCH)
    button(page).click()
    line.let_go()
    rests(page)
    seen = {each.iteration for each in seen_from(page) if not each.plays}
    assert seen == {look(page).iteration}
    assert caption(page) == caption_of(run_of(page))


def test_two_tabs_of_one_person_do_not_touch_each_other(page: Page, second_tab: Page) -> None:
    heard = wire_of(second_tab)
    before = second_tab.evaluate("() => location.href"), caption(second_tab)
    page.bring_to_front()  # what is drawn behind another page stands still
    train_on(page, 1000, 100)
    assert (second_tab.evaluate("() => location.href"), caption(second_tab)) == before
    assert (heard.kinds, heard.heard) == ([], 0)
    assert settings_of(page).dataset == "celsius"


# Other languages, screens and senses


@pytest.fixture(scope="module")
def phone(shared_page_at: PageAt) -> Page:
    """A phone that speaks Turkish, whose words are longer, with a run that plays."""
    page = shared_page_at(ADDRESS, locale="tr-TR", **PHONE, touch=True)
    page.get_by_role("button", name="100 yineleme eğit").tap()
    rests(page)
    button(page).tap()
    plays_beyond(page, 110)
    return page


@pytest.mark.parametrize(
    "part", [".player-play", ".player-steps button", ".player-pace", ".player-live", ".dial-range"]
)
def test_on_a_phone_each_control_of_a_live_run_is_within_reach(phone: Page, part: str) -> None:
    for control in phone.locator(part).all():
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=1)
        control.tap(trial=True)


def test_on_a_phone_a_live_run_does_not_scroll_sideways(phone: Page) -> None:
    assert phone.evaluate(SIDEWAYS) == [0, 0]


def test_on_a_phone_what_passes_below_the_dial_does_not_shine_through(phone: Page) -> None:
    behind, page_s_own = phone.evaluate(
        "() => ['.dial', '.stApp'].map((part) => getComputedStyle(document.querySelector(part)).backgroundColor)"
    )
    assert behind == page_s_own


def test_on_a_phone_the_dial_s_explanation_is_seen_whole(phone: Page) -> None:
    phone.locator(".dial-help summary").tap()
    expect(phone.locator(".dial-explanation")).to_be_in_viewport(ratio=1)
    phone.locator(".dial-help summary").tap()


def test_a_finger_drags_the_line(phone: Page) -> None:
    end = phone.locator(".player-handle").last
    end.scroll_into_view_if_needed()
    box = end.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = phone.context.new_cdp_session(phone)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for dy in (10, 20, 30):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + dy}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(phone).to_have_url(re.compile("nudges="))


def test_in_turkish_the_controls_of_a_live_run_are_turkish(phone: Page) -> None:
    expect(phone.get_by_role("switch", name="Canlı")).to_be_checked()
    expect(button(phone)).to_contain_text("Duraklat")
    button(phone).tap()
    expect(button(phone)).to_contain_text("Eğit")
    rests(phone)


def test_in_turkish_thousands_have_a_point(phone: Page) -> None:
    phone.get_by_label("Saniyedeki yineleme sayısı").select_option("10.000 / sn")
    button(phone).tap()
    plays_beyond(phone, 1000)
    button(phone).tap()
    rests(phone)
    at = f"{settings_of(phone).iterations:,}".replace(",", ".")
    expect(phone.locator(".player-caption")).to_have_text(re.compile(rf"^yineleme {re.escape(at)} "))


def test_a_live_run_at_rest_has_no_serious_accessibility_fault(page: Page) -> None:
    assert faults(page) == []


def test_a_live_run_that_plays_has_no_serious_accessibility_fault(page: Page) -> None:
    at_pace(page, 10)
    button(page).click()
    plays_beyond(page, 3)
    found = faults(page)
    assert look(page).plays
    assert found == []
