"""What the player does when something is missing: Plotly's script, the server, or the time to finish a drawing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import STREAM, Visits, wait_until_still

PLOTLY = re.compile(r"/plotly-[0-9.]+\.min\.js")
MISSING = "The picture could not be loaded. Trying again …"
STALE = "Not connected: this picture may be old. Trying again …"
FREEZE_LONG_PAUSES = """window.setTimeout = ((real) => (act, ms, ...rest) => real(act, ms >= 2000 ? 1e9 : ms, ...rest))(
  window.setTimeout);"""
OPACITY = "(figures) => Number(getComputedStyle(figures).opacity)"


@pytest.fixture
def page(visits: Visits) -> Iterator[Page]:
    """A page that may have errors: those of a browser which does not get what it asks for."""
    page = visits.context("en-GB", touch=False).new_page()
    page.emulate_media(reduced_motion="reduce")  # nothing plays by itself
    yield page
    page.close()


def open_without_plotly(page: Page, visits: Visits) -> None:
    page.route(PLOTLY, lambda route: route.abort())
    page.goto(f"{visits.server}/train")
    expect(page.get_by_role("alert")).to_have_text(MISSING)
    page.unroute(PLOTLY)


def expect_pictures(page: Page) -> None:
    expect(page.locator(".player-figure .scatterlayer")).to_have_count(3)
    expect(page.locator(".player-note")).to_be_empty()


def test_plotly_s_script_that_did_not_arrive_is_asked_for_again(page: Page, visits: Visits) -> None:
    open_without_plotly(page, visits)
    expect_pictures(page)


def test_plotly_s_script_is_asked_for_again_when_the_browser_is_online_again(page: Page, visits: Visits) -> None:
    page.add_init_script(FREEZE_LONG_PAUSES)
    open_without_plotly(page, visits)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect_pictures(page)


def test_plotly_s_script_is_asked_for_again_with_a_new_run(page: Page, visits: Visits) -> None:
    page.add_init_script(FREEZE_LONG_PAUSES)
    open_without_plotly(page, visits)
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect_pictures(page)


@dataclass
class Held:
    """Requests for Plotly's script that are not answered yet, and the page's errors."""

    routes: list[Route] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def holding_plotly(page: Page, visits: Visits) -> Iterator[Held]:
    """Open the Train page, whose pictures wait for Plotly's script until the end of the block."""
    held = Held()
    page.on("pageerror", lambda error: held.errors.append(str(error)))
    page.route(PLOTLY, lambda route: held.routes.append(route))
    page.goto(f"{visits.server}/train")
    page.locator(".player-figures").wait_for(state="attached")
    page.wait_for_function("() => document.querySelector('script[src*=\"/plotly-\"]')")
    yield held
    for route in held.routes:
        route.continue_()
    page.unroute(PLOTLY)
    wait_until_still(page)


def test_keys_sizes_and_runs_before_the_first_picture_do_no_harm_and_the_last_run_is_shown(
    page: Page, visits: Visits
) -> None:
    with holding_plotly(page, visits) as held:
        for key in ("p", ",", ".", "p"):
            page.keyboard.press(key)
        page.set_viewport_size({"width": 1100, "height": 700})
        page.locator(".st-key-iterations input").fill("40")
        page.locator(".st-key-iterations input").press("Enter")
        page.wait_for_url("**iterations=40**")
    expect(page.locator(".player-caption")).to_contain_text("iteration 40 ")
    assert held.errors == []


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


def test_a_picture_that_rests_on_a_lost_connection_does_not_look_fresh(page: Page, visits: Visits) -> None:
    line = Line()
    page.route_web_socket(STREAM, line.connect)
    page.goto(f"{visits.server}/train")
    wait_until_still(page)
    figures = page.locator(".player-figures")
    fresh = figures.evaluate(OPACITY)
    line.cut()
    expect(page.get_by_role("alert").filter(has_text=STALE)).to_be_visible()
    assert figures.evaluate(OPACITY) < fresh
    line.is_cut = False
    expect(page.locator(".player-note")).to_be_empty()
    assert figures.evaluate(OPACITY) == fresh
