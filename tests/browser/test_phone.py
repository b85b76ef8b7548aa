"""On a phone: in which order the parts of the pages stand under each other, and that none is too wide."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, PageAt, lead_to, wait_until_still
from tests.browser.faults import SIDEWAYS

TOP = "(part) => part.getBoundingClientRect().top"
SIXTY_PICTURES = """async () => {
  for (let pictures = 0; pictures < 60; pictures++) await new Promise(requestAnimationFrame);
}"""


@pytest.fixture(scope="module")
def phone(shared_page_at: PageAt) -> Page:
    return shared_page_at("/one_step", **PHONE, touch=True)


def at(phone: Page, address: str) -> Page:
    """The phone at this address, to which it is led unless it is there."""
    if not re.search(rf"{re.escape(address)}(\?|$)", phone.url):
        lead_to(phone, address)
    return phone


def tops(page: Page, *selectors: str) -> list[float]:
    """How far down the first part that each selector finds begins."""
    return [float(page.locator(selector).first.evaluate(TOP)) for selector in selectors]


def test_the_step_buttons_stay_in_reach_while_one_reads(phone: Page) -> None:
    page = at(phone, "/one_step")
    page.get_by_text("5 · Update").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Step forth")).to_be_in_viewport()
    page.get_by_role("button", name="Step forth").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("From iteration 1 to 2:")
    wait_until_still(page)


@pytest.mark.parametrize("page", ["one_step", "which_way", "find_the_bug"])
def test_the_controls_follow_the_picture_and_come_before_all_the_rest(phone: Page, page: str) -> None:
    shown = at(phone, f"/{page}")
    found = tops(
        shown, ".st-key-picture .player", ".st-key-controls", ".st-key-below_picture", f".st-key-{page}_task_0"
    )
    assert found == sorted(found)


def test_the_suspects_stand_in_the_order_of_their_letters(phone: Page) -> None:
    letters = at(phone, "/find_the_bug").locator(".st-key-code strong").all()
    found = sorted((float(letter.evaluate(TOP)), letter.inner_text()) for letter in letters)
    assert [letter for _top, letter in found] == list("ABCDEF")


def test_a_task_s_button_stands_under_its_text(phone: Page) -> None:
    page = at(phone, "/which_way")
    text, button, following = tops(
        page, "text=The article's question", ".st-key-which_way_task_0", "text=From far away"
    )
    assert text < button < following


@pytest.mark.parametrize("page", ["loss_surface", "learning_rate"])
def test_the_controls_follow_the_picture_where_nothing_stands_beside_it(phone: Page, page: str) -> None:
    found = tops(at(phone, f"/{page}"), "h1", ".st-key-picture .player", ".st-key-controls")
    assert found == sorted(found)


def test_a_compared_rate_is_a_card_that_names_its_numbers(phone: Page) -> None:
    table = at(phone, "/learning_rate").get_by_role("region", name="The learning rates compared")
    hidden, name = table.evaluate("""(frame) => [frame.scrollWidth - frame.clientWidth,
      getComputedStyle(frame.querySelector('td'), '::before').content]""")
    assert (hidden, name) == (0, '"learning rate"')


@pytest.mark.parametrize(
    "address",
    [
        "/learning_rate?dataset=weighted-sum",
        "/loss_surface?dataset=weighted-sum&view=3d",
        "/train?dataset=spirals&iterations=100",
        "/moving_limit?dataset=sine&iterations=200",
    ],
)
def test_nothing_scrolls_sideways(phone: Page, address: str) -> None:
    assert at(phone, address).evaluate(SIDEWAYS) == [0, 0]


def test_a_finger_that_is_drawn_sideways_across_a_picture_stays_on_the_page(page_at: PageAt) -> None:
    page = page_at("/your_data", **PHONE, touch=True)
    picture = page.locator(".player-figure .nsewdrag").first
    picture.scroll_into_view_if_needed()
    x, y = picture.evaluate("(part) => { const { x, y } = part.getBoundingClientRect(); return [x, y]; }")
    finger = page.context.new_cdp_session(page)
    for kind, way in (("touchStart", 100), ("touchMove", 85), ("touchMove", 310)):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + way, "y": y + 50}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.evaluate(SIXTY_PICTURES)  # the way back would take some of them
    assert page.url.endswith("/your_data")
