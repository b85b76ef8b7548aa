"""Make the README's moving picture: `python docs/record.py` starts the app, drags the dial, plays, and writes the file.

It needs what the tests need: the packages of requirements-dev.txt, and a browser.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.pages import running  # noqa: E402 # only found from here
from tests.browser.chromium import FLAGS, find  # noqa: E402

PORT = 8799
SIZE = ViewportSize(width=1280, height=720)
WIDTH = 800
STOPS = 40
FRAME_MS, LAST_MS = 120, 1500
COLOURS = 64


def shot(page: Page) -> Image.Image:
    """Return what the page shows, smaller and with few colours."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    smaller = picture.resize((WIDTH, WIDTH * picture.height // picture.width), Image.Resampling.LANCZOS)
    return smaller.quantize(COLOURS, dither=Image.Dither.NONE)


def drag(page: Page) -> list[Image.Image]:
    """Drag the dial from where it stands to the right, until the run explodes, and back to where it overshoots."""
    box = page.get_by_role("slider", name="Learning rate").bounding_box()
    assert box
    there, back = [0.25 + 0.6 * k / STOPS for k in range(STOPS)], [0.85 - 0.12 * k / 8 for k in range(9)]
    shots = []
    for k, share in enumerate([*there, *back]):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        if k == 0:
            page.mouse.down()
        page.wait_for_timeout(FRAME_MS)
        shots.append(shot(page))
    page.mouse.up()
    page.wait_for_timeout(1000)
    return shots


def play(page: Page) -> list[Image.Image]:
    """Play the run that overshoots."""
    page.get_by_label("Speed").select_option("2")
    page.keyboard.press("p")
    shots = []
    while "Pause" in page.locator(".player-play").inner_text():
        shots.append(shot(page))
        page.wait_for_timeout(FRAME_MS / 3)
    return [*shots, shot(page)]


def main() -> None:
    """Record, and write the file."""
    with running("app.py", PORT), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        page.goto(f"http://127.0.0.1:{PORT}/train?iterations=10000")
        page.wait_for_selector(".scatterlayer path.js-line", state="attached", timeout=60_000)
        page.wait_for_timeout(2000)
        shots = [*drag(page), *play(page)]
        browser.close()
    times = [*[FRAME_MS] * (len(shots) - 1), LAST_MS]
    shots[0].save(
        ROOT / "docs" / "overshoot.gif", save_all=True, append_images=shots[1:], duration=times, loop=0, optimize=True
    )


if __name__ == "__main__":
    main()
