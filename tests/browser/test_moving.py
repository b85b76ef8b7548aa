"""Between two frames the player moves what is drawn by itself: just as Plotly would, and without asking it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, lead_to
from tests.browser.seen import FRAMES

PAGES = {
    "lines": "/train?iterations=200",
    "bars": "/train?dataset=weighted-sum",
    "several lines": "/learning_rate?iterations=200",
    "a path on a map": "/loss_surface?iterations=200",
}
PLAYER = ".player:has(.player-controls:not([hidden]))"
COUNT_CALLS = """() => {
  window.calls = 0;
  for (const name of ['animate', 'react', 'redraw', 'restyle', 'update']) {
    const real = Plotly[name];
    Plotly[name] = (...given) => {
      if ([...document.querySelectorAll('.player-play')].some((play) => play.textContent.includes('❚❚'))) calls++;
      return real(...given);
    };
  }
}"""
# Where the lines, markers and bars of one player's figures are, first as moved by the player, then as drawn by Plotly;
# of what lies far outside the window only that it does.
TWICE = """async ([selector, place]) => {
  const player = document.querySelector(selector), slider = player.querySelector('.player-place');
  const plots = [...player.querySelectorAll('.player-figure')];
  const boxes = () => plots.flatMap((plot) => [...plot.querySelectorAll('.scatterlayer path, .barlayer path')])
    .map((path) => path.getBoundingClientRect()).map(({ x, y, right, bottom }) => [x, y, right, bottom])
    .map((sides) => (sides.every((side) => side > -2000 && side < 4000) ? sides : [0, 0, 0, 0]));
  const drawn = Promise.all(plots.map((plot) => new Promise((done) => plot.once('plotly_animated', done))));
  slider.value = place;
  slider.dispatchEvent(new Event('input'));
  const moved = boxes();
  await drawn;
  return [moved, boxes()];
}"""


@pytest.fixture(scope="module")
def visitor(shared_page_at: PageAt) -> Page:
    return shared_page_at("/about")


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, visitor: Page) -> Page:
    lead_to(visitor, PAGES[request.param])
    return visitor


@pytest.mark.parametrize("place", [0, 150, 400, 700])
def test_what_is_moved_lies_where_plotly_draws_it(page: Page, place: int) -> None:
    moved, drawn = page.evaluate(TWICE, [PLAYER, place])
    assert len(moved) == len(drawn)
    for here, there in zip(moved, drawn, strict=True):
        assert here == pytest.approx(there, abs=1)


def test_while_it_plays_plotly_is_asked_for_nothing(page: Page) -> None:
    player = page.locator(PLAYER).first
    page.evaluate(TWICE, [PLAYER, 100])
    page.evaluate(COUNT_CALLS)
    player.get_by_label("Speed").select_option("4")
    player.get_by_role("button", name="Play").click()
    expect(player.get_by_role("button", name="Pause")).to_be_visible()
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate("calls") == 0


def test_keys_move_the_player_that_was_last_touched(visitor: Page) -> None:
    lead_to(visitor, "/learning_rate?iterations=10000&dataset=celsius")
    players = visitor.locator(PLAYER)
    captions = [players.nth(k).locator(".player-caption") for k in (0, 1)]
    visitor.keyboard.press(",")
    expect(captions[0]).to_have_text(f"iteration {FRAMES[-2]:,}")
    expect(captions[1]).to_contain_text("step 40")
    captions[1].click()
    visitor.keyboard.press(",")
    visitor.keyboard.press(",")
    expect(captions[0]).to_have_text(f"iteration {FRAMES[-2]:,}")
    expect(captions[1]).to_contain_text("step 38")
