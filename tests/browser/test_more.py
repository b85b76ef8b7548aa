"""More neurons in the browser: the network's picture moves, its limit wanders, a click leaves a neuron out."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still

SINE = "/train?dataset=sine&iterations=400"

# Where the last zone of the dial begins: the limit, from 0 to 1.
LIMIT = "() => Number([...document.querySelectorAll('.dial-zone')].at(-1).style.getPropertyValue('--from'))"
EDGES = """() => [...document.querySelectorAll('.player-figure')[1].querySelectorAll('path.js-fill')]
  .map((path) => path.getAttribute('d')).join()"""
PLANE = """() => document.querySelector('.player-figure .heatmaplayer image').href.baseVal"""
# Everything that is seen while it plays, once a picture, until it rests.
WHILE_PLAYING = """async ([probe]) => {
  const look = eval(probe), seen = [], play = document.querySelector('.player-play');
  document.querySelector('.player-speed').value = 4;
  play.click();
  const face = play.textContent;
  while (play.textContent === face) {
    await new Promise(requestAnimationFrame);
    seen.push(look());
  }
  return seen;
}"""


def while_playing(page: Page, probe: str) -> list[Any]:
    return list(page.evaluate(WHILE_PLAYING, [probe]))


@pytest.fixture(scope="module")
def sine(shared_page_at: PageAt) -> Page:
    return shared_page_at(SINE)


def test_opening_more_neurons_and_a_network_takes_three_clicks(page_at: PageAt) -> None:
    page = page_at("/train")
    page.get_by_role("button", name="More neurons").click()
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="XOR").click()
    expect(page.locator(".player-figure")).to_have_count(3)
    expect(page).to_have_url(re.compile("dataset=xor"))


def test_while_a_network_trains_its_weights_move_in_the_diagram(sine: Page) -> None:
    assert len(set(while_playing(sine, EDGES))) > 5


def test_while_a_network_trains_the_limit_on_the_dial_wanders(sine: Page) -> None:
    limits = while_playing(sine, LIMIT)
    assert len(set(limits)) > 5
    assert limits[-1] < limits[0]  # it comes down: progressive sharpening


def test_one_frame_back_and_forth_the_limit_is_where_it_was(sine: Page) -> None:
    before = sine.evaluate(LIMIT)
    sine.locator(".player-back").click()
    assert sine.evaluate(LIMIT) != before
    sine.locator(".player-forth").click()
    assert sine.evaluate(LIMIT) == before


def test_a_click_on_a_hidden_neuron_leaves_it_out(page_at: PageAt) -> None:
    page = page_at(SINE)
    page.locator(".player-figure").nth(1).locator(".trace path.point").nth(3).click(force=True)
    expect(page.get_by_text("Without hidden neuron")).to_be_visible()
    expect(page).to_have_url(re.compile("muted=[1-8]"))
    page.get_by_role("button", name="Bring all back").click()
    expect(page.get_by_text("Without hidden neuron")).to_have_count(0)


def test_while_classes_are_learned_the_plane_is_painted_anew(page_at: PageAt) -> None:
    page = page_at("/train?dataset=moons&iterations=100")
    resting = page.evaluate(PLANE)
    planes = while_playing(page, PLANE)
    assert len(set(planes)) > 5
    wait_until_still(page)
    assert page.evaluate(PLANE) == resting == planes[-1]


def test_the_dial_answers_while_it_is_dragged_on_a_network_too(page_at: PageAt) -> None:
    page = page_at(SINE)
    dial = page.get_by_role("slider", name="Learning rate")
    before = page.locator("h1").inner_text()
    dial.focus()
    for _press in range(3):
        page.keyboard.press("PageDown")
    expect(page.locator("h1")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("learning_rate=0.0"))


def test_a_live_network_trains_on_in_the_browser(page_at: PageAt) -> None:
    page = page_at("/train?dataset=sine&live=on&iterations=100")
    page.keyboard.press("h")
    expect(page.locator(".player-caption")).to_contain_text("iteration 200")
    wait_until_still(page)
    expect(page).to_have_url(re.compile("iterations=200"))


@pytest.mark.parametrize("path", ["/train?dataset=spirals&iterations=100", "/moving_limit?dataset=sine&iterations=200"])
def test_on_a_phone_nothing_scrolls_sideways(page_at: PageAt, path: str) -> None:
    page = page_at(path, width=390, height=844, touch=True)
    widths = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]


def test_the_moving_limit_shows_the_edge_and_plays(page_at: PageAt) -> None:
    page = page_at("/moving_limit?dataset=sine&iterations=300")
    expect(page.get_by_text("edge of stability").first).to_be_visible()
    assert len(set(while_playing(page, "() => document.querySelector('.player-caption').textContent"))) > 5
