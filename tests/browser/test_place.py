"""Going to any place in the run by hand, and what is shown there: always exactly one frame of the run."""

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageAt
from tests.browser.seen import (
    FRAMES,
    RUN,
    Scene,
    go_to,
    iteration,
    line_heights,
    numbers_in,
    scene,
    shown_iteration,
    slider_place,
)

LAST = len(FRAMES) - 1
FOUR_DIGITS = 5e-4
TENTH_OF_A_PIXEL = 0.1
"""In degrees, for the picture's axis shows about one in each pixel."""
DRAWN_BY_PLOTLY = """(heights) => document.querySelector('.player-figure').data
  .findLast(({ mode }) => mode === 'lines').y
  .every((height, k) => Math.abs(height - heights[k]) <= 1e-12 * Math.abs(heights[k]))"""


@pytest.fixture(scope="module")
def page(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train")


@pytest.fixture(scope="module")
def walk(page: Page) -> list[Scene]:
    """What is shown at each frame, reached one after the other with the right arrow key on the place slider."""
    page.get_by_role("slider", name="Place in the run").press("Home")
    scenes = [scene(page)]
    for _ in range(LAST):
        page.keyboard.press("ArrowRight")
        scenes.append(scene(page))
    return scenes


@pytest.fixture
def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Place in the run")


def test_the_right_arrow_key_goes_through_every_frame(walk: list[Scene]) -> None:
    assert [iteration(seen) for seen in walk] == FRAMES


def test_caption_and_ways_name_iteration_loss_weight_and_bias(walk: list[Scene]) -> None:
    words = [part.rsplit(" ", 1)[0] for part in [*walk[20].caption.split(" · "), *walk[20].ways]]
    assert words == ["iteration", "loss", "weight", "bias"]


def test_at_every_frame_the_numbers_shown_are_the_run_s(walk: list[Scene]) -> None:
    for seen, i in zip(walk, FRAMES, strict=True):
        numbers = [i, RUN.loss[i], RUN.weights[i, 0], RUN.bias[i]]
        assert numbers_in(" ".join([seen.caption, *seen.ways])) == pytest.approx(numbers, rel=FOUR_DIGITS)


def test_at_every_frame_the_line_is_drawn_where_the_run_had_it(walk: list[Scene]) -> None:
    for seen, i in zip(walk, FRAMES, strict=True):
        assert seen.heights == pytest.approx(line_heights(RUN, i).tolist(), abs=TENTH_OF_A_PIXEL)


def test_at_every_frame_the_marker_stands_at_the_run_s_loss(walk: list[Scene]) -> None:
    for seen, i in zip(walk, FRAMES, strict=True):
        assert seen.marker == pytest.approx((i, RUN.loss[i]), rel=1e-3, abs=1)


@pytest.mark.parametrize("place", [0, 17, LAST])
def test_at_rest_the_line_has_the_run_s_numbers_to_the_last_digits(page: Page, place: int) -> None:
    go_to(page, place)
    page.wait_for_function(DRAWN_BY_PLOTLY, arg=line_heights(RUN, FRAMES[place]).tolist())


def test_the_left_arrow_key_goes_back_frame_by_frame(page: Page, slider: Locator) -> None:
    go_to(page, 4)
    shown = []
    for _ in range(4):
        slider.press("ArrowLeft")
        shown.append(iteration(scene(page)))
    assert shown == [3, 2, 1, 0]


def test_dragging_with_the_mouse_goes_to_the_frame_under_the_pointer_and_back_again(
    page: Page, slider: Locator
) -> None:
    go_to(page, LAST)
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    dragged = []
    for share in (0.7, 0.2, 0.5):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=5)
        dragged.append(scene(page))
    page.mouse.up()
    # The thumb is 16 pixels wide, and its middle never leaves the track.
    wanted = [1000 * (share * box["width"] - 8) / (box["width"] - 16) for share in (0.7, 0.2, 0.5)]
    frames = [min(FRAMES, key=lambda i: abs(slider_place(i, FRAMES) - place)) for place in wanted]
    assert [iteration(seen) for seen in dragged] == frames
    for seen, i in zip(dragged, frames, strict=True):
        assert seen.heights == pytest.approx(line_heights(RUN, i).tolist(), abs=TENTH_OF_A_PIXEL)


def test_presses_that_follow_fast_upon_each_other_all_count(page: Page) -> None:
    go_to(page, 20)
    page.evaluate("() => { for (let press = 0; press < 7; press++) document.querySelector('.player-back').click(); }")
    assert shown_iteration(page) == FRAMES[13]


def test_the_buttons_go_one_frame_forth_and_back(page: Page) -> None:
    go_to(page, 20)
    shown = []
    for name in ("One frame forth", "One frame forth", "One frame back"):
        page.get_by_role("button", name=name).click()
        shown.append(iteration(scene(page)))
    assert shown == [FRAMES[21], FRAMES[22], FRAMES[21]]


def test_one_frame_forth_while_it_plays_rests_there(page: Page) -> None:
    go_to(page, 0)
    page.get_by_label("Speed").select_option("0.25")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="One frame forth").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    seen = scene(page)
    assert seen.heights == pytest.approx(line_heights(RUN, iteration(seen)).tolist(), abs=TENTH_OF_A_PIXEL)


def test_at_the_start_there_is_no_frame_back(page: Page) -> None:
    go_to(page, 0)
    expect(page.get_by_role("button", name="One frame back")).to_be_disabled()


def test_at_the_end_there_is_no_frame_forth(page: Page) -> None:
    go_to(page, LAST)
    expect(page.get_by_role("button", name="One frame forth")).to_be_disabled()


def test_the_place_slider_says_the_caption_to_who_cannot_see_it(page: Page, slider: Locator) -> None:
    go_to(page, 12)
    expect(slider).to_have_attribute("aria-valuetext", scene(page).caption)


def test_a_screen_reader_is_told_each_resting_place_once(page: Page) -> None:
    go_to(page, 12)
    spoken = page.locator(".player :is(output, [role=status], [aria-live]):not([aria-live=off])")
    assert spoken.all_text_contents() == [scene(page).caption]


def test_the_marker_goes_along_the_curve_as_far_as_the_run_went(walk: list[Scene]) -> None:
    assert all(before.marker[0] < after.marker[0] for before, after in pairwise(walk))
