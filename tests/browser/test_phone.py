"""On a phone: in which order the parts of the pages stand under each other."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still

PHONE = {"width": 390, "height": 844}
TOP = "(part) => part.getBoundingClientRect().top"


def on_phone(page_at: PageAt, address: str) -> Page:
    return page_at(address, width=PHONE["width"], height=PHONE["height"], touch=True)


def tops(page: Page, *selectors: str) -> list[float]:
    """How far down the first part that each selector finds begins."""
    return [float(page.locator(selector).first.evaluate(TOP)) for selector in selectors]


@pytest.mark.parametrize("page", ["one_step", "which_way", "find_the_bug"])
def test_the_controls_follow_the_picture_and_come_before_all_the_rest(shared_page_at: PageAt, page: str) -> None:
    shown = on_phone(shared_page_at, f"/{page}")
    found = tops(
        shown, ".st-key-picture .player", ".st-key-controls", ".st-key-below_picture", f".st-key-{page}_task_0"
    )
    assert found == sorted(found)


@pytest.mark.parametrize("page", ["learning_rate", "loss_surface"])
def test_the_controls_follow_the_picture_where_nothing_stands_beside_it(shared_page_at: PageAt, page: str) -> None:
    found = tops(on_phone(shared_page_at, f"/{page}"), "h1", ".st-key-picture .player", ".st-key-controls")
    assert found == sorted(found)


def test_the_suspects_stand_in_the_order_of_their_letters(shared_page_at: PageAt) -> None:
    letters = on_phone(shared_page_at, "/find_the_bug").locator(".st-key-code strong").all()
    found = sorted((float(letter.evaluate(TOP)), letter.inner_text()) for letter in letters)
    assert [letter for _top, letter in found] == list("ABCDEF")


def test_a_task_s_button_stands_under_its_text(shared_page_at: PageAt) -> None:
    page = on_phone(shared_page_at, "/which_way")
    text, button, following = tops(
        page, "text=The article's question", ".st-key-which_way_task_0", "text=From far away"
    )
    assert text < button < following


def test_the_step_buttons_stay_in_reach_while_one_reads(shared_page_at: PageAt) -> None:
    page = on_phone(shared_page_at, "/one_step")
    page.get_by_text("5 · Update").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Step forth")).to_be_in_viewport()
    page.get_by_role("button", name="Step forth").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("From iteration 1 to 2:")
    wait_until_still(page)


def test_a_compared_rate_is_a_card_that_names_its_numbers(shared_page_at: PageAt) -> None:
    table = on_phone(shared_page_at, "/learning_rate").get_by_role("region", name="The learning rates compared")
    hidden, name = table.evaluate("""(frame) => [frame.scrollWidth - frame.clientWidth,
      getComputedStyle(frame.querySelector('td'), '::before').content]""")
    assert (hidden, name) == (0, '"learning rate"')
