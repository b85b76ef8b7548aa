"""The dial while it is dragged: pictures a second, and how late the last one is after it is let go."""

import statistics
from contextlib import ExitStack

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from bench.pages import APPS, CONSTANT, OURS, SLIDER, THROTTLES, opened, running
from bench.timing import report
from tests.browser.chromium import FLAGS, find

DRAGGED_MS = 3000
RELEASES = 5

# Notes each new picture of the first chart, with its time.
NOTE_PICTURES = """() => {
  const picture = () => [...document.querySelector('.js-plotly-plot').querySelectorAll('.scatterlayer path')]
    .map((path) => path.getAttribute('d')).join();
  window.noted = [];
  const mine = window.noting = (window.noting ?? 0) + 1;
  let last = picture();
  const look = () => {
    const now = picture();
    if (now !== last) noted.push(performance.now());
    last = now;
    if (mine === noting) requestAnimationFrame(look);
  };
  look();
}"""


def grip(page: Page, name: str) -> FloatRect:
    """Take hold of an app's slider a quarter from its left end; return where it is."""
    box = page.locator(SLIDER[name]).first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    page.mouse.down()
    return box


def pull(page: Page, box: FloatRect, start: float, end: float, milliseconds: float) -> None:
    """Drag evenly from one share of the slider's width to another."""
    steps = int(milliseconds / 16)
    for step in range(1, steps + 1):
        share = start + (end - start) * step / steps
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        page.wait_for_timeout(16)


def pictures_while_dragging(page: Page) -> float:
    """Return how many pictures a second follow the dial while it is held."""
    box = grip(page, OURS)
    page.evaluate(NOTE_PICTURES)
    started: float = page.evaluate("performance.now()")
    pull(page, box, 0.25, 0.95, DRAGGED_MS)
    pictures, ended = page.evaluate("[noted.length, performance.now()]")
    page.mouse.up()
    return float(1000 * pictures / (ended - started))


def lag_after_release(page: Page, name: str) -> float:
    """Return how many ms after letting go the last new picture is drawn."""
    box = grip(page, name)
    pull(page, box, 0.25, 0.4, 300)
    page.evaluate(NOTE_PICTURES)
    released: float = page.evaluate("performance.now()")
    page.mouse.up()
    page.wait_for_timeout(2500)
    return float(page.evaluate("noted.at(-1) ?? performance.now()")) - released


def measure(browser: Browser, throttle: int) -> None:
    """Print the measurements with a browser whose processor is so many times slower."""
    slower = f"the browser's processor {throttle} times as slow"
    lags = {}
    for name in (CONSTANT, OURS):
        page = opened(browser, name)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        lags[name] = statistics.median(lag_after_release(page, name) for _ in range(RELEASES))
        if name == OURS:
            page.wait_for_timeout(1000)
            print(f"\nPictures a second while the dial is dragged, {slower}: {pictures_while_dragging(page):.0f}")
        page.context.close()
    report(f"From letting go to the last new picture, {slower}", lags, "ms", CONSTANT)


def main() -> None:
    """Print the measurements."""
    with sync_playwright() as playwright, ExitStack() as stack:
        for name in (CONSTANT, OURS):
            stack.enter_context(running(*APPS[name][:2]))
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        for throttle in THROTTLES:
            measure(browser, throttle)
        browser.close()
