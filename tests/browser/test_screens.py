"""Screens: a phone, and a projector."""

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import PHONE, PageAt
from tests.browser.faults import SIDEWAYS

CONTROLS = {
    "data set": "[data-testid=stSelectbox]",
    "learning rate": "role=slider[name='Learning rate']",
    "exact learning rate": ".dial-number",
    "iterations": "role=group[name='Iterations']",
    "exact iterations": ".st-key-iterations input",
    "start": "role=button[name='Start']",
    "data": "role=button[name='Data']",
    "view": "role=button[name='View']",
    "reset": "role=button[name=/^Reset/]",
    "board": "role=button[name=/^Board/]",
    "copy link": "role=button[name='Copy link']",
}
FOLDED = {
    "Start": (
        "role=textbox[name='Start weight']",
        "role=textbox[name='Start bias']",
        "role=button[name='Random start']",
    ),
    "Data": (".st-key-standardise label", ".st-key-summed label"),
    "View": ("role=radiogroup[name='Loss axis']", "role=radiogroup[name='Iteration axis']", ".st-key-valley label"),
}
"""What stands behind which button."""
PICTURE = {
    "sentence": "h1",
    "picture": ".player-picture:nth-child(1)",
    "loss curve": ".player-picture:nth-child(2)",
    "play": ".player-play",
    "one frame back": ".player-back",
    "one frame forth": ".player-forth",
    "place": ".player-place",
    "speed": ".player-speed",
    "caption": ".player-caption",
    "how far it has come": ".player-progress",
}


@pytest.fixture(scope="module")
def phone(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train", **PHONE, touch=True)


@pytest.fixture(scope="module")
def projector(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train")


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found, part
    return found


def bottom(part: Locator) -> float:
    return box(part)["y"] + box(part)["height"]


@pytest.mark.parametrize("name", [*CONTROLS, *PICTURE])
def test_on_a_projector_everything_needed_is_on_the_first_screen(projector: Page, name: str) -> None:
    part = box(projector.locator({**CONTROLS, **PICTURE}[name]))
    assert min(part["x"], part["y"]) >= 0
    assert part["x"] + part["width"] <= 1280
    assert part["y"] + part["height"] <= 720


def test_on_a_projector_the_charts_stand_side_by_side(projector: Page) -> None:
    picture, curve = (box(figure) for figure in projector.locator(".player-figure").all())
    assert picture["x"] + picture["width"] <= curve["x"]
    assert picture["y"] == curve["y"]


def test_on_a_projector_each_chart_is_as_wide_as_its_place(projector: Page) -> None:
    for figure in projector.locator(".player-figure").all():
        assert box(figure.locator(".main-svg").first)["width"] == pytest.approx(box(figure)["width"], abs=1)


def test_on_a_projector_the_language_switch_covers_nothing_of_the_navigation(projector: Page) -> None:
    links = projector.get_by_role("banner").get_by_role("link").all()
    assert max(box(link)["x"] + box(link)["width"] for link in links) < box(projector.locator(".st-key-language"))["x"]


def test_on_a_phone_the_charts_stand_one_below_the_other(phone: Page) -> None:
    picture, curve = phone.locator(".player-figure").all()
    assert bottom(picture) <= box(curve)["y"]


def test_on_a_phone_each_chart_takes_the_whole_width(phone: Page) -> None:
    assert all(box(figure)["width"] > 340 for figure in phone.locator(".player-figure").all())


def test_on_a_phone_picture_and_dial_are_together_on_the_first_screen(phone: Page) -> None:
    phone.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    dial = phone.locator(".st-key-learning_rate_dial")
    assert bottom(phone.locator(".player-figure").first) <= box(dial)["y"]
    assert bottom(dial) <= PHONE["height"]


@pytest.mark.parametrize("name", FOLDED)
def test_on_a_phone_what_is_folded_away_can_be_unfolded_and_touched(phone: Page, name: str) -> None:
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name=name, exact=True).tap()
    for selector in FOLDED[name]:
        phone.locator(selector).tap(trial=True)
    phone.keyboard.press("Escape")


@pytest.mark.parametrize("name", [*CONTROLS, *(name for name in PICTURE if name != "one frame forth")])
def test_on_a_phone_every_control_can_be_reached_and_touched(phone: Page, name: str) -> None:
    part = phone.locator({**CONTROLS, **PICTURE}[name])
    part.tap(trial=True)
    assert box(part)["x"] >= 0
    assert box(part)["x"] + box(part)["width"] <= PHONE["width"]


def test_on_a_phone_nothing_scrolls_sideways(phone: Page) -> None:
    assert phone.evaluate(SIDEWAYS) == [0, 0]


def test_on_a_phone_the_table_scrolls_inside_its_own_frame(phone: Page) -> None:
    frame = phone.get_by_role("region", name="Iterations of this run")
    hidden, scrolled = frame.evaluate("""(frame) => {
      const hidden = frame.scrollWidth - frame.clientWidth;
      frame.scrollLeft = hidden;
      return [hidden, frame.scrollLeft];
    }""")
    assert hidden > 0
    assert scrolled == pytest.approx(hidden, abs=1)


def test_on_a_phone_touch_moves_the_place_slider(phone: Page) -> None:
    slider = phone.get_by_role("slider", name="Place in the run")
    slider.tap(position={"x": 5, "y": 10})
    expect(phone.locator(".player-caption")).to_contain_text("iteration 0 ")


def test_on_a_phone_the_other_pages_are_reached_through_the_menu(phone: Page) -> None:
    phone.get_by_test_id("stExpandSidebarButton").tap()
    expect(phone.get_by_role("link", name="About")).to_be_in_viewport()
    phone.evaluate("() => localStorage.clear()")  # where the browser remembers that the menu was opened
