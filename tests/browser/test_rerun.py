"""Moving a control: what changes in the picture, and what stays."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from charts.iterations import frame_iterations
from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import History, train
from tests.browser.conftest import PageAt
from tests.browser.seen import (
    FRAMES,
    RUN,
    Scene,
    go_to,
    iteration,
    line_heights,
    new_run,
    numbers_in,
    scene,
    scenes_while_playing,
    sentence,
)

TENTH_OF_A_PIXEL = 0.1
"""In degrees, for the picture's axis shows about one in each pixel."""


@dataclass(frozen=True)
class Seen:
    """What is seen of the whole page."""

    sentence: str
    address: str
    scene: Scene

    @property
    def run(self) -> History:
        """The run that this address must show, in which nothing but the learning rate was chosen."""
        (rate,) = parse_qs(urlsplit(self.address).query).get("learning_rate", ["0.0001"])
        return train(Experiment.on(celsius(), learning_rate=float(rate), iterations=10_000))


def seen(page: Page) -> Seen:
    return Seen(sentence(page), page.url, scene(page))


def press_on_learning_rate(page: Page, key: str) -> None:
    with new_run(page):
        page.get_by_role("slider", name="Learning rate").press(key)


def type_exactly(page: Page, setting: str, text: str) -> None:
    field = page.locator(f".st-key-{setting} input")
    field.fill(text)
    field.press("Enter")


@pytest.fixture(scope="module")
def train_page(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train")


@pytest.fixture
def page(train_page: Page) -> Page:
    return at_the_beginning(train_page)


def at_the_beginning(page: Page) -> Page:
    """Bring the page back to the run it opened with: at the end of it, with nothing moving."""
    if "Pause" in page.locator(".player-play").inner_text():
        page.locator(".player-play").click()
    page.get_by_role("slider", name="Place in the run").press("End")
    if "?" in page.url:
        with new_run(page):
            page.get_by_role("button", name="Reset").click()
    return page


@pytest.fixture(scope="module")
def before(train_page: Page) -> Seen:
    return seen(at_the_beginning(train_page))


@pytest.fixture(scope="module")
def after(train_page: Page, before: Seen) -> Seen:
    """The page after a press of the right arrow key on the slider of the learning rate."""
    press_on_learning_rate(at_the_beginning(train_page), "ArrowRight")
    return seen(train_page)


@pytest.fixture(scope="module")
def exploding(train_page: Page) -> list[Seen]:
    """Every picture of the run with the largest learning rate on the slider."""
    press_on_learning_rate(at_the_beginning(train_page), "End")
    train_page.get_by_label("Speed").select_option("4")
    return [Seen(sentence(train_page), train_page.url, scene) for scene in scenes_while_playing(train_page)]


def test_the_learning_rate_slider_changes_the_address(before: Seen, after: Seen) -> None:
    assert "learning_rate" not in before.address
    assert "learning_rate=0.00011" in after.address


def test_the_learning_rate_slider_changes_the_sentence(before: Seen, after: Seen) -> None:
    assert 0.00011 not in numbers_in(before.sentence)
    assert 0.00011 in numbers_in(after.sentence)


def test_the_learning_rate_slider_changes_the_picture(before: Seen, after: Seen) -> None:
    for moment in (before, after):
        assert moment.scene.heights == pytest.approx(line_heights(moment.run, 10_000).tolist(), abs=TENTH_OF_A_PIXEL)
    assert before.scene.heights != pytest.approx(after.scene.heights, abs=TENTH_OF_A_PIXEL)


def test_the_curve_s_end_names_the_iteration_at_which_the_run_exploded(train_page: Page, exploding: list[Seen]) -> None:
    expect(train_page.locator(".player-figure").last).to_contain_text(f"step {exploding[0].run.diverged_at}:")


def test_a_run_that_explodes_does_not_move_the_axes(exploding: list[Seen]) -> None:
    assert all(moment.scene.ranges == exploding[0].scene.ranges for moment in exploding)


def test_a_run_that_explodes_leaves_the_picture(exploding: list[Seen]) -> None:
    low, high = exploding[-1].scene.ranges[1]
    assert all(not low < height < high for height in exploding[-1].scene.heights)


def test_a_new_run_keeps_the_iteration(page: Page) -> None:
    go_to(page, 20)
    press_on_learning_rate(page, "ArrowRight")
    assert iteration(scene(page)) == FRAMES[20]


def test_a_run_of_another_length_keeps_the_nearest_iteration_it_has(page: Page) -> None:
    go_to(page, 30)
    with new_run(page):
        type_exactly(page, "iterations", "2000")
    frames = frame_iterations(2000)
    assert FRAMES[30] not in frames
    assert iteration(scene(page)) == min(frames, key=lambda i: abs(i - FRAMES[30]))


def test_who_stands_at_the_end_stays_at_the_end(page: Page) -> None:
    with new_run(page):
        type_exactly(page, "iterations", "2000")
    assert iteration(scene(page)) == 2000


def test_a_new_run_while_it_plays_goes_on_from_the_same_iteration(page: Page) -> None:
    page.get_by_label("Speed").select_option("0.25")
    go_to(page, 20)
    page.get_by_role("button", name="Play").click()
    type_exactly(page, "iterations", "2000")
    expect(page.locator(".player-figure").last).to_have_attribute("aria-label", re.compile("at iteration 2,000"))
    page.get_by_role("button", name="Pause").click()
    assert iteration(scene(page)) >= min(frame_iterations(2000), key=lambda i: abs(i - FRAMES[20]))


def test_reset_brings_the_first_run_back(page: Page) -> None:
    press_on_learning_rate(page, "ArrowRight")
    with new_run(page):
        type_exactly(page, "iterations", "50")
    with new_run(page):
        page.get_by_role("button", name="Reset").click()
    assert scene(page).heights == pytest.approx(line_heights(RUN, RUN.iterations).tolist(), abs=TENTH_OF_A_PIXEL)


def zoom(page: Page) -> None:
    """Draw a rectangle in the picture with the mouse."""
    box = page.locator(".player-figure .nsewdrag").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"], steps=4)
    page.mouse.up()
    page.wait_for_function("() => document.querySelector('.player-figure').layout.xaxis.range[0] > -50")


def test_a_new_run_keeps_the_zoom(page: Page) -> None:
    before = scene(page).ranges
    zoom(page)
    zoomed = scene(page).ranges
    press_on_learning_rate(page, "ArrowRight")
    assert zoomed != before
    assert np.array(scene(page).ranges) == pytest.approx(np.array(zoomed))
    page.locator(".player-figure .nsewdrag").first.dblclick()  # as it was, for the other tests
    page.wait_for_function("() => document.querySelector('.player-figure').layout.xaxis.range[0] <= -50")
