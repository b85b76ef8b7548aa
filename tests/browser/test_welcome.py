"""The first visit, the tour, the board, and the link to take along."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageAt, lead_to, wait_until_still

FONT_SIZES = """() => [...document.querySelectorAll('.st-key-instrument *, .player-figure text')]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }))
  .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((part) => [part.textContent.trim(), parseFloat(getComputedStyle(part).fontSize)])"""


@pytest.fixture(scope="module")
def newcomer(shared_page_at: PageAt) -> Page:
    """Somebody who has just come, and whose browser asks for less motion."""
    return shared_page_at("/train")


def hint(page: Page) -> Locator:
    return page.get_by_text("Drag me to the right until it overshoots")


def test_with_less_motion_nothing_plays_by_itself(newcomer: Page) -> None:
    expect(newcomer.get_by_role("button", name="Play")).to_be_visible()


def test_who_has_just_come_has_a_hint_at_the_dial(newcomer: Page) -> None:
    expect(hint(newcomer)).to_be_visible()


def test_the_tour_ends_with_the_first_explosion(newcomer: Page) -> None:
    newcomer.get_by_role("button", name="Show me, in one minute").click()
    for step in (1, 2, 3):
        expect(newcomer.get_by_text(f"{step} of 4.")).to_be_visible()
        newcomer.get_by_role("button", name="Next").click()
    newcomer.get_by_role("slider", name="Learning rate").press("End")
    expect(newcomer.get_by_text("Your first explosion!")).to_be_visible()
    newcomer.get_by_role("button", name="Leave the tour").click()
    expect(newcomer.get_by_text("4 of 4.")).to_have_count(0)
    expect(newcomer).not_to_have_url(re.compile("tour"))


def test_the_hint_at_the_dial_is_gone_after_the_first_move(newcomer: Page) -> None:
    newcomer.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    expect(hint(newcomer)).to_be_hidden()
    expect(newcomer.get_by_text("How fast should it learn?")).to_be_hidden()


def test_a_link_starts_the_tour(newcomer: Page) -> None:
    lead_to(newcomer, "/train?tour=1")
    expect(newcomer.get_by_text("1 of 4.")).to_be_visible()


def test_the_first_run_plays_by_itself_once(newcomer: Page) -> None:
    newcomer.goto(re.sub("/train.*", "/train", newcomer.url))  # with the motion that most people like
    expect(newcomer.get_by_role("button", name="Pause")).to_be_visible()
    newcomer.keyboard.press("p")
    for name in ("About", "Train"):
        newcomer.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
        expect(newcomer).to_have_url(re.compile(f"/{name.lower()}"))
        wait_until_still(newcomer)
    expect(newcomer.get_by_role("button", name="Play")).to_be_visible()


@pytest.fixture(scope="module")
def overshooting(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?learning_rate=0.0011")


def copies_the_link(page: Page) -> None:
    expect(page.get_by_role("button", name="Link copied")).to_have_count(0)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("copied") == [page.url]


def test_copy_link_copies_the_address_and_says_so(overshooting: Page) -> None:
    overshooting.evaluate("""() => { window.copied = [];
      navigator.clipboard.writeText = async (text) => { copied.push(text); }; }""")
    copies_the_link(overshooting)


def test_where_the_browser_has_no_clipboard_the_link_is_copied_all_the_same(overshooting: Page) -> None:
    overshooting.evaluate("""() => { window.copied = [];
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => { copied.push(getSelection().toString()); }); }""")
    copies_the_link(overshooting)


@pytest.fixture(scope="module")
def board(overshooting: Page) -> Page:
    overshooting.evaluate("() => document.activeElement.blur()")
    overshooting.keyboard.press("b")
    expect(overshooting).to_have_url(re.compile("board=on"))
    wait_until_still(overshooting)
    return overshooting


def test_the_board_shows_headline_picture_and_dial_and_nothing_else(board: Page) -> None:
    expect(board.get_by_role("heading", level=1)).to_be_visible()
    expect(board.locator(".player-figure")).to_have_count(1)
    expect(board.get_by_role("slider", name="Learning rate")).to_be_visible()
    for gone in (board.get_by_role("banner"), board.get_by_label("Data set"), board.get_by_role("tab")):
        expect(gone.first).to_be_hidden()


def test_on_the_board_every_text_is_large_enough_for_the_back_row(board: Page) -> None:
    assert [text for text in board.evaluate(FONT_SIZES) if text[1] < 24] == []


def test_the_board_fits_on_one_screen(board: Page) -> None:
    dial = board.get_by_role("slider", name="Learning rate").bounding_box()
    assert dial
    assert dial["y"] + dial["height"] <= 720


def test_key_b_leaves_the_board_again(board: Page) -> None:
    board.keyboard.press("b")
    expect(board.get_by_role("combobox", name="Data set")).to_be_visible()
    expect(board).not_to_have_url(re.compile("board"))
