"""The Train page beside an app that draws one constant line: processor time, key press to repaint, smoothness."""

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

OURS, U_CURVE, CONSTANT = "Train page", "Learning rate page, iterations slider", "constant line"
APPS = {
    CONSTANT: ("bench/constant_app.py", 8790, "/"),
    OURS: ("app.py", 8791, "/train"),
    U_CURVE: ("app.py", 8792, "/learning_rate"),
}
PAINTED = {
    # The line that each move of the slider changes.
    CONSTANT: "document.querySelector('path.js-line')?.getAttribute('d')",
    OURS: "document.querySelector('.player-figure:last-child path.js-line')?.getAttribute('d')",
    U_CURVE: "document.querySelector('.player-figure path.js-line')?.getAttribute('d')",
}

SLIDER = {
    CONSTANT: "[data-testid=stSlider] input",
    OURS: ".st-key-learning_rate_slider input",
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
  const plots = [...document.querySelectorAll('.player-figure')], seen = new Set();
  const picture = (plot) => [...plot.querySelectorAll('.scatterlayer path')]
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
    page = browser.new_page(viewport={"width": 1280, "height": 720})
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


def main() -> None:
    """Print the three measurements."""
    with sync_playwright() as playwright, ExitStack() as stack:
        servers = {name: stack.enter_context(running(script, port)) for name, (script, port, _) in APPS.items()}
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        pages = {name: opened(browser, name) for name in APPS}
        cpu, repaint = press_keys(pages, servers)
        report("Server's processor time for one rerun", cpu, "ms", CONSTANT)
        report("Key press on the slider to repainted chart", repaint, "ms", CONSTANT)
        pages[OURS].keyboard.press("p")
        pictures = pages[OURS].evaluate(COUNT_PICTURES, PLAYED_MS)
        print(f"\nDistinct pictures a second while playing two charts in step: {pictures:.0f}")
        browser.close()
