"""Predict first, with hands: a mouse, keys and a finger on the picture, then the truth beside what they said."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import PHONE, PageAt, lead_to, wait_until_still
from tests.browser.faults import SIDEWAYS, faults

LEFT, RIGHT = "Left end of the line", "Right end of the line"
SHOWN = "(name) => document.querySelector('.player-figure').data.find((trace) => trace.name === name)?.y"
EVERYTHING = """() => document.body.innerText + [...document.querySelectorAll('.player-figure')]
  .map((figure) => figure.getAttribute('aria-label') + JSON.stringify(figure.data) + JSON.stringify(figure.layout))"""
MOVE_AND_CHECK = """(handle) => {
  handle.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
  document.querySelector('.st-key-first_check button').click();
}"""
TRUTH = "953.1"
"""The loss at iteration 100 of the article's run."""


def handle(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, name: str, by: float) -> None:
    x, y = middle(handle(page, name))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + by, steps=5)
    page.mouse.up()


def height(page: Page, name: str) -> float:
    return float(str(handle(page, name).get_attribute("aria-valuenow")))


def check(page: Page, word: str = "Check") -> None:
    page.get_by_role("button", name=word).click()
    expect(page.locator(".st-key-next_try")).to_be_visible()
    wait_until_still(page)


def shown(page: Page, name: str) -> Any:
    """The heights of what is drawn under this name."""
    return page.evaluate(SHOWN, name)


def verdict(page: Page) -> str:
    return page.locator(".st-key-asked_first h2").inner_text()


def points(page: Page) -> int:
    return int(page.locator(".st-key-first_score").get_by_text(re.compile(r"^\d+ of 100$")).inner_text().split()[0])


@pytest.fixture(scope="module")
def page(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?predict=line")


@pytest.fixture(scope="module")
def phone(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?predict=loss", color_scheme="dark", **PHONE, touch=True)


def test_both_ends_of_a_line_are_dragged_and_stay_where_the_mouse_left_them_beside_the_truth(page: Page) -> None:
    drag(page, RIGHT, -60)
    drag(page, LEFT, 25)
    expect(handle(page, RIGHT)).not_to_have_attribute("aria-valuenow", "25")
    wait_until_still(page)
    left, right = height(page, LEFT), height(page, RIGHT)
    assert left < -24.5 - 5
    assert right > 25 + 20
    check(page)
    assert shown(page, "your line") == pytest.approx([left, right], rel=1e-3)
    assert shown(page, "after the step") == pytest.approx([-35.2, 35.5], abs=0.1)
    assert verdict(page).startswith("At ")
    assert page.locator(".dial").count() == 1


def test_the_next_try_begins_untouched_with_other_numbers(page: Page) -> None:
    page.get_by_role("button", name="Next try").click()
    expect(page).to_have_url(re.compile("variant=1"))
    expect(page.get_by_role("button", name="Check")).to_be_visible()
    wait_until_still(page)
    assert shown(page, "your line") == shown(page, "before the step")
    assert shown(page, "after the step") is None
    assert page.locator(".dial").count() == 0


def test_the_keys_move_an_end_and_the_right_line_has_all_points(page: Page) -> None:
    before = height(page, LEFT)
    handle(page, LEFT).press("ArrowDown")
    handle(page, LEFT).press("ArrowDown")
    wait_until_still(page)
    once = (before - height(page, LEFT)) / 2
    handle(page, LEFT).press("Shift+ArrowUp")
    wait_until_still(page)
    assert height(page, LEFT) == pytest.approx(before - 1.9 * once, rel=1e-2)
    handle(page, LEFT).press("ArrowRight")
    expect(handle(page, RIGHT)).to_be_focused()
    check(page)
    expect(page.locator(".st-key-first_score")).to_contain_text("of 100")


def test_a_move_that_comes_together_with_the_click_counts_and_is_not_told_again(page_at: PageAt) -> None:
    page = page_at("/train?predict=loss")
    before = height(page, "Your loss")
    handle(page, "Your loss").evaluate(MOVE_AND_CHECK)
    expect(page.locator(".st-key-next_try")).to_be_visible()
    wait_until_still(page)
    assert float(str(shown(page, "your loss")[0])) < before
    expect(page.locator(".player").first).to_have_attribute("data-untaken", "0")


def test_a_point_on_a_logarithmic_axis_moves_by_as_much_of_it_wherever_it_is_and_so_does_its_number(
    page_at: PageAt,
) -> None:
    page = page_at("/learning_rate?predict=loss")
    heights = []
    for _press in range(3):
        handle(page, "Your loss").press("ArrowDown")
        wait_until_still(page)
        heights.append(height(page, "Your loss"))
    assert heights[0] / heights[1] == pytest.approx(heights[1] / heights[2], rel=0.01)
    field = page.get_by_label("Your loss", exact=True).and_(page.locator("input"))
    expect(field).to_have_value(re.compile(r"^6[78]\d$"))
    drag(page, "Your loss", 40)
    wait_until_still(page)
    assert height(page, "Your loss") < heights[2] / 2


def test_no_key_moves_a_handle_out_of_the_picture(page_at: PageAt) -> None:
    page = page_at("/train?predict=limit")
    for _press in range(60):
        handle(page, "Your limit").press("ArrowUp")
    expect(handle(page, "Your limit")).to_have_attribute("aria-valuenow", "0.1")
    expect(handle(page, "Your limit")).to_be_visible()


def test_nothing_on_the_page_gives_the_answer_away_before_it_is_checked(page_at: PageAt) -> None:
    received: list[str] = []

    def listen(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            received.append(str(message))
            route.send(message)

        server.on_message(pass_on)

    page = page_at("/train?predict=loss", stream=listen)
    handle(page, "Your loss").press("ArrowDown")
    wait_until_still(page)
    assert TRUTH not in page.evaluate(EVERYTHING)
    assert not any(TRUTH in message for message in received)
    check(page)
    assert TRUTH in page.evaluate(EVERYTHING)
    assert any(TRUTH in message for message in received)


def test_a_typed_number_moves_the_point_and_nonsense_stays_to_be_mended(page_at: PageAt) -> None:
    page = page_at("/train?predict=loss")
    field = page.get_by_label("Your loss", exact=True).and_(page.locator("input"))
    field.fill("950")
    field.press("Enter")
    expect(handle(page, "Your loss")).to_have_attribute("aria-valuenow", "950")
    field.fill("a lot")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("that is not a number yet")).to_be_visible()
    wait_until_still(page)
    expect(page.get_by_role("button", name="Check")).to_be_visible()
    field.fill("953")
    check(page)
    assert points(page) == 100


def test_a_finger_drags_the_point_on_a_phone_and_checks_it(phone: Page) -> None:
    before = height(phone, "Your loss")
    x, y = middle(handle(phone, "Your loss"))
    finger = phone.context.new_cdp_session(phone)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for dy in (10, 20, 30):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + dy}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(handle(phone, "Your loss")).not_to_have_attribute("aria-valuenow", json.dumps(before))
    wait_until_still(phone)
    assert height(phone, "Your loss") < before / 2
    assert phone.evaluate(SIDEWAYS) == [0, 0]
    phone.get_by_role("button", name="Check").tap()
    expect(phone.locator(".st-key-next_try")).to_be_visible()
    wait_until_still(phone)
    assert verdict(phone).startswith("You said ")
    assert phone.evaluate(SIDEWAYS) == [0, 0]


@pytest.mark.parametrize("predict", ["line", "loss", "regime", "limit"])
def test_a_question_on_a_dark_phone_can_be_reached_and_has_no_serious_accessibility_fault(
    phone: Page, predict: str
) -> None:
    lead_to(phone, f"/train?predict={predict}&variant=3")
    assert phone.evaluate(SIDEWAYS) == [0, 0]
    expect(phone.get_by_role("button", name="Check")).to_be_in_viewport(ratio=1)
    assert faults(phone) == []


@pytest.mark.parametrize("predict", ["line", "loss", "regime", "limit"])
def test_a_question_and_its_answer_fit_a_projector(page: Page, predict: str) -> None:
    lead_to(page, f"/one_step?predict={predict}&variant=5")
    expect(page.get_by_role("button", name="Check")).to_be_in_viewport(ratio=1)
    if predict == "regime":
        page.get_by_role("radio", name="steady").click()
        expect(page.get_by_role("radio", name="steady")).to_be_checked()
    check(page)
    expect(page.get_by_role("button", name="Next try")).to_be_in_viewport(ratio=1)
    assert faults(page) == []
