"""The pages beside an app that draws one constant line: server time, repainting, first picture, smoothness."""

import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from bench.timing import report
from tests.browser.chromium import FLAGS, find

ROOT = Path(__file__).parents[1]
KEY_PRESSES = 20
PLAYED_MS = 4000
FIRST_PICTURES = 3
THROTTLES = (1, 6)
"""How many times slower than it is the browser's processor is made: 6 is an old laptop, or a phone."""

OURS, U_CURVE, CONSTANT = "Train page", "Learning rate page, iterations slider", "constant line"
APPS = {
    CONSTANT: ("bench/constant_app.py", 8790, "/"),
    OURS: ("app.py", 8791, "/train"),
    U_CURVE: ("app.py", 8792, "/learning_rate"),
}
PLAYED = {
    OURS: "/train",
    "Train page, weighted sum": "/train?dataset=weighted-sum",
    "Learning rate page, side by side": "/learning_rate",
    "Loss surface page, from above": "/loss_surface",
}
PAINTED = {
    # The line that each move of the slider changes.
    CONSTANT: "document.querySelector('path.js-line')?.getAttribute('d')",
    OURS: "document.querySelector('.player-figure:last-child path.js-line')?.getAttribute('d')",
    U_CURVE: "document.querySelector('.player-figure path.js-line')?.getAttribute('d')",
}

SLIDER = {
    CONSTANT: "[data-testid=stSlider] input",
    OURS: ".dial-range",
    U_CURVE: ".st-key-iterations_slider input",
}

WATCH = """(painted) => {
  const read = () => eval(painted), before = read();
  window.repainted = new Promise((done) => addEventListener('keydown', () => {
    const started = performance.now();
    const changed = () => (read() ?? before) !== before;
    const look = () => (changed() ? done(performance.now() - started) : requestAnimationFrame(look));
    look();
  }, { once: true, capture: true }));
}"""

COUNT_PICTURES = """(ms) => new Promise((done) => {
  const player = document.querySelector('.player:has(.player-controls:not([hidden]))');
  const plots = [...player.querySelectorAll('.player-figure')], seen = new Set();
  const picture = (plot) => [...plot.querySelectorAll('.scatterlayer path, .barlayer path')]
    .map((path) => path.getAttribute('d') + path.getAttribute('transform')).join();
  const started = performance.now();
  const look = () => {
    seen.add(plots.map(picture).join());
    const passed = performance.now() - started;
    return passed < ms ? requestAnimationFrame(look) : done(seen.size / passed * 1000);
  };
  look();
})"""


@contextmanager
def running(script: str, port: int) -> Iterator[psutil.Process]:
    """Run an app and yield the process of its server."""
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_until_healthy(port)
            yield psutil.Process(process.pid)
        finally:
            process.kill()


def _wait_until_healthy(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no app on port {port}")


def opened(browser: Browser, name: str) -> Page:
    """Open an app and wait until its charts stand."""
    _, port, path = APPS[name]
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")  # nothing plays by itself
    page.goto(f"http://127.0.0.1:{port}{path}")
    page.wait_for_selector(".scatterlayer path.js-line", state="attached", timeout=60_000)
    page.wait_for_timeout(2000)
    return page


def press_keys(pages: dict[str, Page], servers: dict[str, psutil.Process]) -> tuple[dict[str, float], dict[str, float]]:
    """Press a key on each app's slider in turn; return the median server time and time to repaint, in ms."""
    cpu: dict[str, list[float]] = {name: [] for name in pages}
    repaint: dict[str, list[float]] = {name: [] for name in pages}
    for press in range(KEY_PRESSES + 2):
        for name, page in pages.items():
            before = sum(servers[name].cpu_times()[:2])
            page.evaluate(WATCH, PAINTED[name])
            page.locator(SLIDER[name]).first.press("ArrowRight" if name == U_CURVE and press % 2 else "ArrowLeft")
            took = page.evaluate("repainted")
            page.wait_for_timeout(400)  # what the server still does afterwards, garbage collection above all, counts
            if press >= 2:
                repaint[name].append(took)
                cpu[name].append(1000 * (sum(servers[name].cpu_times()[:2]) - before))
    # The kernel counts processor time in hundredths of a second: a mean says more than a median here.
    return {n: statistics.mean(v) for n, v in cpu.items()}, {n: statistics.median(v) for n, v in repaint.items()}


def throttled(browser: Browser, throttle: int) -> Page:
    """Return a page of a new visitor, whose processor is so many times slower."""
    page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    return page


def first_pictures(browser: Browser, throttle: int) -> dict[str, float]:
    """Return the median seconds from the address to the first chart, of each app on its warm server, in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in (CONSTANT, OURS)}
    for _ in range(FIRST_PICTURES):
        for name, times in seconds.items():
            page = throttled(browser, throttle)
            started = time.perf_counter()
            page.goto(f"http://127.0.0.1:{APPS[name][1]}{APPS[name][2]}")
            page.wait_for_selector(".scatterlayer path.js-line", state="attached", timeout=120_000)
            times.append(time.perf_counter() - started)
            page.context.close()
    return {name: statistics.median(times) for name, times in seconds.items()}


def pictures_a_second(browser: Browser, path: str, throttle: int) -> float:
    """Return how many different pictures a page's first player shows each second while it plays."""
    page = throttled(browser, throttle)
    page.goto(f"http://127.0.0.1:{APPS[OURS][1]}{path}")
    page.locator(".player-play:visible").first.wait_for(timeout=120_000)
    page.emulate_media(reduced_motion="no-preference")
    page.locator(".player-play:visible").first.click()
    pictures: float = page.evaluate(COUNT_PICTURES, PLAYED_MS)
    page.context.close()
    return pictures


def report_on_slow_computers(browser: Browser) -> None:
    """Print first pictures and smoothness, at each speed of the browser's processor."""
    for throttle in THROTTLES:
        slower = f"the browser's processor {throttle} times as slow"
        report(f"Seconds to the first picture, {slower}", first_pictures(browser, throttle), "s", CONSTANT)
        print(f"\nDistinct pictures a second while playing, {slower}")
        for name, path in PLAYED.items():
            print(f"  {name:<58} {pictures_a_second(browser, path, throttle):9.0f}")


def main() -> None:
    """Print the measurements."""
    with sync_playwright() as playwright, ExitStack() as stack:
        servers = {name: stack.enter_context(running(script, port)) for name, (script, port, _) in APPS.items()}
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        pages = {name: opened(browser, name) for name in APPS}
        cpu, repaint = press_keys(pages, servers)
        report("Server's processor time for one rerun", cpu, "ms", CONSTANT)
        report("Key press on the slider to repainted chart", repaint, "ms", CONSTANT)
        for page in pages.values():
            page.close()
        report_on_slow_computers(browser)
        browser.close()
