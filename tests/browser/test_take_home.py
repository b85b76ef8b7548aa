"""What is taken home: each file is opened where there is no app."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import train
from pages.player.joining import joined
from pages.take_home.take_home import HERE as SCRIPTS
from telling.spreadsheet import spreadsheet
from tests.browser.conftest import PageAt, Visits

ADDRESS = "/train?iterations=2"
RUN = train(Experiment.on(celsius(), iterations=2))
NAME = "overshoot-celsius-0.0001"
EVIL = "</script><script>window.attacked = true</script><img src=x onerror='window.attacked = true'><!--shown-->"

# A picture's width and height, and how many different colours are in it.
COLOURS = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  return [image.width, image.height, new Set(pixels).size];
}"""
# A film's length in seconds, width and height, and the colour in its middle at each of these times.
SCREENING = """async ([address, times]) => {
  const film = Object.assign(document.createElement('video'), { muted: true, src: address });
  await new Promise((done, failed) => Object.assign(film, { onloadeddata: done, onerror: () => failed(film.error) }));
  const { videoWidth: width, videoHeight: height, duration } = film, colours = [];
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  for (const time of times) {
    await new Promise((done) => { film.onseeked = done; film.currentTime = time; });
    context.drawImage(film, 0, 0);
    colours.push([...context.getImageData(width / 2, height / 2, 1, 1).data]);
  }
  return [duration, width, height, colours];
}"""
# Three pictures of one colour each, in the wrong order of their times made into a film.
THREE_PICTURES = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  const context = canvas.getContext('2d', { alpha: false }), pictures = [];
  for (const colour of ['#ff0000', '#00ff00', '#0000ff']) {
    context.fillStyle = colour;
    context.fillRect(0, 0, 64, 48);
    pictures.push(await MAKE.compressed(canvas));
  }
  const film = await MAKE.film({ canvas, context }, pictures, [0, 300, 600], 900);
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(film);
  });
}"""


def menu(page: Page) -> Page:
    page.get_by_role("button", name="Take home").click()
    return page


def taken(page: Page, thing: str, folder: Path) -> Path:
    """Take a thing home; return where it lies."""
    with page.expect_download() as download:
        page.locator(".take-home-list").get_by_text(thing, exact=True).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def as_address(file: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


@pytest.fixture(scope="module")
def page(shared_page_at: PageAt) -> Page:
    """A short run, whose film shows whole frames only."""
    page = shared_page_at(ADDRESS)
    page.emulate_media(reduced_motion="reduce")
    return menu(page)


@pytest.fixture
def offline(visits: Visits) -> Iterator[Page]:
    """A browser without a network, which remembers whom it asked for something."""
    browser: Browser = visits.chromium
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        visits.watch(page)
        yield page


def test_the_numbers_are_those_of_the_run_in_a_file_that_spreadsheets_know_as_utf_8(page: Page, tmp_path: Path) -> None:
    file = taken(page, "Numbers, written as 1,8", tmp_path)
    assert file.name == f"{NAME}-comma.csv"
    assert file.read_bytes() == spreadsheet([("", RUN)], ",").encode()
    expect(page.locator(".take-home-said")).to_have_text(f"Saved: {file.name}")


def test_the_picture_is_twice_as_sharp_as_the_screen_and_shows_something(page: Page, tmp_path: Path) -> None:
    width, height, colours = page.evaluate(COLOURS, as_address(taken(page, "Picture", tmp_path), "image/png"))
    box = page.locator(".player-figures").bounding_box()
    assert box
    assert abs(width - 2 * (box["width"] + 32)) <= 2
    assert 2 * box["height"] < height < 2 * box["height"] + 400
    assert colours > 100


def test_the_film_shows_the_run_and_rests_at_its_end(page: Page, offline: Page, tmp_path: Path) -> None:
    film = as_address(taken(page, "Film of the run", tmp_path), "video/webm")
    duration, width, height, _colours = offline.evaluate(SCREENING, [film, [0, 4, 8.9]])
    canvas = page.locator(".player-figures").bounding_box()
    assert duration == 9
    assert canvas
    assert abs(width - canvas["width"] - 32) <= 2
    assert height > canvas["height"]
    expect(page.locator(".player-caption")).to_contain_text("iteration 2")
    expect(page.locator(".player-play")).to_contain_text("Play")


def test_a_film_that_takes_too_long_can_be_cancelled(page_at: PageAt) -> None:
    page = menu(page_at("/train"))
    page.locator(".take-home-list").get_by_text("Film of the run").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".take-home-said")).to_have_text("Cancelled.")
    expect(page.locator(".player-caption")).to_contain_text("iteration 10,000")


def colours_of_film(page: Page, **functions: str) -> tuple[Any, ...]:
    """Make a film of three colours with these functions; return what can be seen of it."""
    page.add_script_tag(content=joined(SCRIPTS / name for name in ("kinds.js", "webm.js", "recorder.js")))
    script = THREE_PICTURES
    for name, function in functions.items():
        script = script.replace(f"MAKE.{name}", f"({function})")
    film = page.evaluate(script)
    duration, width, height, colours = page.evaluate(SCREENING, [film, [0.1, 0.4, 0.7]])
    return duration, width, height, [int(np.argmax(colour[:3])) for colour in colours]


def test_each_picture_of_a_film_comes_at_its_time(offline: Page) -> None:
    film = "(camera, pictures, times, end) => webm(pictures, times, end, camera.canvas)"
    assert colours_of_film(offline, compressed="compressed", film=film) == (0.9, 64, 48, [0, 1, 2])


def test_a_browser_that_compresses_no_pictures_records_a_film(offline: Page) -> None:
    whole = "(canvas) => new Promise((done) => canvas.toBlob(done))"
    film = "(...given) => recorded(...given, new AbortController().signal)"
    _duration, width, height, _colours = colours_of_film(offline, compressed=whole, film=film)
    assert (width, height) == (64, 48)


# The line in the picture, as it is drawn.
LINE = """() => [...document.querySelector('.player-figure').querySelectorAll('.scatterlayer .trace path.js-line')]
  .at(-1).getAttribute('d')"""


def test_the_page_plays_without_a_network_and_asks_for_nothing(page: Page, offline: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))
    offline.emulate_media(reduced_motion="reduce")
    file = taken(page, "Page that works offline", tmp_path)
    offline.goto(file.as_uri())
    expect(offline.locator(".player-caption")).to_contain_text("iteration 2")
    end = offline.evaluate(LINE)
    offline.locator(".player-place").focus()
    offline.keyboard.press("ArrowLeft")
    expect(offline.locator(".player-caption")).to_contain_text("iteration 1")
    assert offline.evaluate(LINE) != end
    offline.get_by_role("button", name="Play").click()
    expect(offline.get_by_role("button", name="Pause")).to_be_visible()
    expect(offline.locator(".player-caption")).to_contain_text("iteration 2")
    assert offline.evaluate(LINE) == end
    assert [address for address in asked if not address.startswith(("data:", "blob:"))] == [file.as_uri()]
    expect(offline.locator(".player-live")).to_be_hidden()
    expect(offline.locator(".player-handle")).to_have_count(0)
    expect(offline.locator("h1")).to_have_text(page.locator("h1").inner_text())
    expect(offline.locator("footer")).to_contain_text(page.url)


def test_foreign_words_are_harmless_in_the_page_and_in_the_picture(
    page_at: PageAt, offline: Page, tmp_path: Path
) -> None:
    page = page_at(ADDRESS)
    page.evaluate(
        """(evil) => {
          const { wanted } = document.querySelector('.player').player, shown = JSON.parse(wanted.text);
          shown.captions = shown.captions.map(() => evil);
          for (const figure of shown.figures) {
            figure.alt = evil;
            figure.data.forEach((trace) => { trace.name = evil; });
          }
          wanted.text = JSON.stringify(shown);
          document.querySelector('h1').textContent = evil;
        }""",
        EVIL,
    )
    menu(page)
    taken(page, "Picture", tmp_path)
    offline.goto(taken(page, "Page that works offline", tmp_path).as_uri())
    expect(offline.locator(".player-caption")).to_have_text(EVIL)
    expect(offline.locator("h1")).to_have_text(EVIL)
    assert offline.title() == EVIL
    assert offline.evaluate("window.attacked") is None


def test_the_menu_is_reached_and_left_with_keys(page_at: PageAt) -> None:
    page = page_at(ADDRESS)
    page.get_by_role("button", name="Take home").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".take-home-list button").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".take-home-list button").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".take-home-menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Take home")).to_be_focused()


def test_on_a_phone_the_menu_stays_on_the_screen(page_at: PageAt) -> None:
    page = page_at(ADDRESS, width=390, height=844, touch=True)
    page.get_by_role("button", name="Take home").tap()
    box = page.locator(".take-home-menu").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844


def test_of_a_live_run_that_plays_the_whole_is_taken_home(page_at: PageAt, tmp_path: Path) -> None:
    page = page_at("/train?live=on")
    page.locator(".player-play").click()
    expect(page.locator(".player-caption")).to_contain_text("iteration 1")
    file = taken(menu(page), "Page that works offline", tmp_path).read_text(encoding="utf-8")
    shown = json.loads(re.findall(r'<script id="shown" type="application/json">(.*?)</script>', file)[0])
    expect(page.locator(".player-caption")).to_have_text(shown["captions"][-1])
    assert shown["names"][0] == "0"
    assert shown["live"] is None
