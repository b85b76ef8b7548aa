"""More neurons in the browser: the network's picture moves, its limit wanders, a click leaves a neuron out."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, lead_to, wait_until_still

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
def visitor(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train")


@pytest.fixture(scope="module")
def sine(visitor: Page) -> Page:
    lead_to(visitor, SINE)
    return visitor


@pytest.fixture(scope="module")
def played(sine: Page) -> list[tuple[str, float]]:
    """The edges of the diagram and the limit on the dial, in each picture of a run."""
    return [(edges, limit) for edges, limit in while_playing(sine, f"() => [({EDGES})(), ({LIMIT})()]")]


def test_opening_more_neurons_and_a_network_takes_three_clicks(visitor: Page) -> None:
    visitor.get_by_role("button", name="More neurons").click()
    visitor.get_by_role("combobox", name="Data set").click()
    visitor.get_by_role("option", name="XOR").click()
    expect(visitor.locator(".player-figure")).to_have_count(3)
    expect(visitor).to_have_url(re.compile("dataset=xor"))
    wait_until_still(visitor)


def test_a_click_on_a_hidden_neuron_leaves_it_out(sine: Page) -> None:
    sine.locator(".player-figure").nth(1).locator(".trace path.point").nth(3).click(force=True)
    expect(sine.get_by_text("Without hidden neuron")).to_be_visible()
    expect(sine).to_have_url(re.compile("muted=[1-8]"))
    sine.get_by_role("button", name="Bring all back").click()
    expect(sine.get_by_text("Without hidden neuron")).to_have_count(0)
    wait_until_still(sine)


def test_while_a_network_trains_its_weights_move_in_the_diagram(played: list[tuple[str, float]]) -> None:
    assert len({edges for edges, _limit in played}) > 5


def test_while_a_network_trains_the_limit_on_the_dial_wanders(played: list[tuple[str, float]]) -> None:
    limits = [limit for _edges, limit in played]
    assert len(set(limits)) > 5
    assert limits[-1] < limits[0]  # it comes down: progressive sharpening


def test_one_frame_back_and_forth_the_limit_is_where_it_was(sine: Page) -> None:
    before = sine.evaluate(LIMIT)
    sine.locator(".player-back").click()
    assert sine.evaluate(LIMIT) != before
    sine.locator(".player-forth").click()
    assert sine.evaluate(LIMIT) == before


def test_the_dial_answers_with_keys_on_a_network_too(sine: Page) -> None:
    dial = sine.get_by_role("slider", name="Learning rate")
    before = sine.locator("h1").inner_text()
    dial.focus()
    for _press in range(3):
        sine.keyboard.press("PageDown")
    expect(sine.locator("h1")).not_to_have_text(before)
    expect(sine).to_have_url(re.compile("learning_rate=0.0"))


def test_a_live_network_trains_on_in_the_browser(sine: Page) -> None:
    lead_to(sine, "/train?dataset=sine&live=on&iterations=100")
    sine.evaluate("() => document.activeElement.blur()")
    sine.keyboard.press("h")
    expect(sine.locator(".player-caption")).to_contain_text("iteration 200")
    wait_until_still(sine)
    expect(sine).to_have_url(re.compile("iterations=200"))


def test_while_classes_are_learned_the_plane_is_painted_anew(sine: Page) -> None:
    lead_to(sine, "/train?dataset=moons&iterations=100")
    resting = sine.evaluate(PLANE)
    planes = while_playing(sine, PLANE)
    assert len(set(planes)) > 5
    wait_until_still(sine)
    assert sine.evaluate(PLANE) == resting == planes[-1]


def test_the_moving_limit_shows_the_edge_and_plays(sine: Page) -> None:
    lead_to(sine, "/moving_limit?dataset=sine&iterations=300")
    expect(sine.get_by_text("edge of stability").first).to_be_visible()
    assert len(set(while_playing(sine, "() => document.querySelector('.player-caption').textContent"))) > 5
