"""What this product promises: drag the learning rate, and see the neuron overshoot."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, lead_to, wait_until_still
from tests.browser.seen import IN_UNITS, go_to

BEST_AT_49 = 1.8 * 49 + 32
BEST_WEIGHT = 1.8

# The drawn lines of the steps by their names, each with its two ends in the units of the axes; only what is not hidden.
TRAIL = """() => {
  const figure = document.querySelector('.player-figure'), inUnits = (IN_UNITS)(figure);
  const groups = [...figure.querySelectorAll('.scatterlayer .trace')].filter(({ style }) => style.display !== 'none');
  const numbers = (text) => text.match(/-?[0-9.]+(e-?[0-9]+)?/g).map(Number);
  const named = groups.map((group) => [group.__data__[0].trace.name, group.querySelector('path.js-line')]);
  return Object.fromEntries(named.filter(([name, path]) => /^step [0-9]+$/.test(name) && path)
    .map(([name, path]) => [name, path.getAttribute('d').slice(1).split('L').map(numbers).map(inUnits)]));
}""".replace("IN_UNITS", IN_UNITS)
# Of the curves: the points of the drawn weight and loss as shares of their plots, from the left and from the bottom.
CURVES = """() => {
  const figure = document.querySelectorAll('.player-figure')[1];
  const numbers = (text) => text.match(/-?[0-9.]+(e-?[0-9]+)?/g).map(Number);
  const drawn = (subplot) => {
    const area = figure.querySelector(`.nsewdrag[data-subplot=${subplot}]`);
    const [width, height] = ['width', 'height'].map((side) => Number(area.getAttribute(side)));
    const strong = [...figure.querySelectorAll(`.subplot.${subplot} .scatterlayer .trace`)]
      .find((group) => group.__data__[0].trace.meta?.grows);
    return strong.querySelector('path.js-line').getAttribute('d').slice(1).split('L').map(numbers)
      .map(([x, y]) => [x / width, 1 - y / height]);
  };
  return { weight: drawn('xy2'), loss: drawn('xy') };
}"""
TEXTS = """() => [...document.querySelectorAll('.player-figure .textpoint')]
  .filter((text) => text.style.display !== 'none' && text.closest('.trace').style.display !== 'none')
  .map((text) => text.textContent.replaceAll('\\u200b', '').trim()).filter(Boolean)"""
LINES = """() => [...document.querySelector('.player-figure').querySelectorAll('.scatterlayer path')]
  .map((path) => path.getAttribute('d')).join()"""
AXES = """() => [...document.querySelectorAll('.player-figure')].map(({ layout }) => Object.entries(layout)
  .filter(([name]) => name.includes('axis')).map(([name, { range, type }]) => [name, ...range, type]))"""


def inside(points: list[list[float]]) -> list[list[float]]:
    return [point for point in points if all(0 <= share <= 1 for share in point)]


@pytest.fixture(scope="module")
def bouncing(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?learning_rate=0.00119")


@pytest.fixture(scope="module")
def exploding(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?learning_rate=0.005")


def test_at_rest_the_numbered_trail_lies_on_both_sides_of_the_data(bouncing: Page) -> None:
    trail = bouncing.evaluate(TRAIL)
    assert list(trail) == [f"step {k}" for k in range(1, 9)]
    sides = [trail[f"step {k}"][1][1] > BEST_AT_49 for k in range(1, 9)]
    assert sides == [True, False] * 4
    assert {"1, 3, 5, 7", "2, 4, 6, 8"} <= set(bouncing.evaluate(TEXTS))


def test_at_rest_the_weight_crosses_its_best_value_at_least_ten_times_inside_the_frame(bouncing: Page) -> None:
    curve = inside(bouncing.evaluate(CURVES)["weight"])
    best = bouncing.evaluate(
        """(best) => {
      const [low, high] = document.querySelectorAll('.player-figure')[1].layout.yaxis2.range;
      return (best - low) / (high - low);
    }""",
        BEST_WEIGHT,
    )
    above = [height > best for _, height in curve]
    assert sum(before != after for before, after in pairwise(above)) >= 10


def test_the_first_ten_iterations_take_at_least_a_fifth_of_the_curve_s_width(bouncing: Page) -> None:
    places = [share for share, _ in bouncing.evaluate(CURVES)["loss"]]
    assert places[10] - places[0] > 0.2


def test_a_trail_that_leaves_the_picture_says_at_which_step_and_how_much_farther_each_goes(exploding: Page) -> None:
    texts = exploding.evaluate(TEXTS)
    assert "↑ off the picture at step 1" in texts
    assert "each step 7.34 times farther" in texts
    low, high = exploding.evaluate("document.querySelector('.player-figure').layout.yaxis.range")
    first = exploding.evaluate(TRAIL)["step 1"]
    assert all(not low < height < high for _, height in first)


def test_the_loss_of_a_run_that_explodes_is_a_curve_inside_the_frame_with_a_mark_at_its_end(exploding: Page) -> None:
    assert len(inside(exploding.evaluate(CURVES)["loss"])) >= 20
    assert any(re.fullmatch(r"✕ step \d+: too large for a computer", text) for text in exploding.evaluate(TEXTS))


def test_at_a_place_in_the_run_the_steps_taken_so_far_have_left_their_lines(bouncing: Page) -> None:
    go_to(bouncing, 3)
    bouncing.wait_for_function(f"() => Object.keys(({TRAIL})()).length === 3")
    assert list(bouncing.evaluate(TRAIL)) == ["step 1", "step 2", "step 3"]
    assert bouncing.evaluate(CURVES)["loss"][-1][0] < 0.5


def test_the_trail_can_be_switched_off(bouncing: Page) -> None:
    lead_to(bouncing, "/train?learning_rate=0.00119&trail=off")
    assert bouncing.evaluate(TRAIL) == {}


def test_the_valley_stands_beside_the_line_and_its_ball_jumps_across(bouncing: Page) -> None:
    lead_to(bouncing, "/train?learning_rate=0.00119&valley=on")
    expect(bouncing.locator(".player-figure")).to_have_count(3)
    balls = []
    for frame in (0, 1, 2):
        go_to(bouncing, frame)
        balls.append(
            bouncing.evaluate("""async () => {
          for (let pictures = 0; pictures < 3; pictures++) await new Promise(requestAnimationFrame);
          const ball = [...document.querySelectorAll('.player-figure')[1].querySelectorAll('.point')].at(-1);
          return ball.getBoundingClientRect().x;
        }""")
        )
    assert balls[0] < balls[1] > balls[2]


@pytest.fixture(scope="module")
def short(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?iterations=2000")


@pytest.fixture
def held(short: Page) -> Iterator[tuple[Page, dict[str, float]]]:
    """The Train page with its own rate, and with the dial's thumb held by the mouse."""
    dial = short.get_by_role("slider", name="Learning rate")
    if "learning_rate" in short.url:
        dial.press("a")
        expect(short).not_to_have_url(re.compile("learning_rate"))
        wait_until_still(short)
    box = dial.bounding_box()
    assert box
    short.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
    short.mouse.down()
    yield short, {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}
    short.mouse.up()
    expect(short).to_have_url(re.compile("learning_rate="))
    wait_until_still(short)


def drag_to(page: Page, box: dict[str, float], share: float) -> None:
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def test_every_move_of_the_dial_that_is_held_draws_a_picture_of_its_own(held: tuple[Page, dict[str, float]]) -> None:
    page, box = held
    pictures = {page.evaluate(LINES)}
    for k in range(8):
        before = page.evaluate(LINES)
        drag_to(page, box, 0.3 + 0.06 * (k + 1))
        page.wait_for_function(f"(before) => ({LINES})() !== before", arg=before)
        pictures.add(page.evaluate(LINES))
    assert len(pictures) == 9


def test_the_axes_change_only_when_the_dial_is_let_go(held: tuple[Page, dict[str, float]]) -> None:
    page, box = held
    before = page.evaluate(AXES)
    drag_to(page, box, 0.9)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Explodes")
    assert page.evaluate(AXES) == before
    page.mouse.up()
    page.wait_for_function("() => document.querySelectorAll('.player-figure')[1].layout.yaxis.type === 'log'")


def test_what_stands_around_the_instrument_follows_when_the_dial_is_let_go(held: tuple[Page, dict[str, float]]) -> None:
    page, box = held
    drag_to(page, box, 0.6)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Overshoots")
    assert "learning_rate" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile("learning_rate="))
    wait_until_still(page)
    (rate,) = re.findall(r"learning_rate=([^&]+)", page.url)
    assert float(page.locator(".dial-number").input_value()) == float(rate)
