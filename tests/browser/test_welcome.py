"""The first visit, the tour, the board, and the link to take along."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still

FONT_SIZES = """() => [...document.querySelectorAll('.st-key-instrument *, .player-figure text')]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }))
  .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((part) => [part.textContent.trim(), parseFloat(getComputedStyle(part).fontSize)])"""


def test_the_first_run_plays_by_itself_once(page_at: PageAt) -> None:
    page = page_at("/about")
    page.goto(re.sub("/about.*", "/train", page.url))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("p")
    for name in ("About", "Train"):
        page.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_url(re.compile(f"/{name.lower()}"))
        wait_until_still(page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize("path", ["/train", "/train?learning_rate=0.001"])
def test_with_less_motion_or_from_a_link_nothing_plays_by_itself(page_at: PageAt, path: str) -> None:
    page = page_at("/about")
    page.emulate_media(reduced_motion="reduce" if path == "/train" else "no-preference")
    page.goto(re.sub("/about.*", path, page.url))
    wait_until_still(page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_hint_at_the_dial_is_gone_after_the_first_move(page_at: PageAt) -> None:
    page = page_at("/train")
    hint = page.get_by_text("Drag me to the right until it overshoots")
    expect(hint).to_be_visible()
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(hint).to_be_hidden()
    expect(page.get_by_text("How fast should it learn?")).to_be_hidden()


def test_the_tour_ends_with_the_first_explosion(page_at: PageAt) -> None:
    page = page_at("/train")
    page.get_by_role("button", name="Show me, in one minute").click()
    for step in (1, 2, 3):
        expect(page.get_by_text(f"{step} of 4.")).to_be_visible()
        page.get_by_role("button", name="Next").click()
    page.get_by_role("slider", name="Learning rate").press("End")
    expect(page.get_by_text("Your first explosion!")).to_be_visible()
    page.get_by_role("button", name="Leave the tour").click()
    expect(page.get_by_text("4 of 4.")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("tour"))


def test_a_link_starts_the_tour(page_at: PageAt) -> None:
    expect(page_at("/train?tour=1").get_by_text("1 of 4.")).to_be_visible()


@pytest.fixture(scope="module")
def board(shared_page_at: PageAt) -> Page:
    page = shared_page_at("/train?learning_rate=0.0011")
    page.keyboard.press("b")
    expect(page).to_have_url(re.compile("board=on"))
    wait_until_still(page)
    return page


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


def test_key_b_leaves_the_board_again(page_at: PageAt) -> None:
    page = page_at("/train?board=on")
    page.keyboard.press("b")
    expect(page.get_by_role("combobox", name="Data set")).to_be_visible()
    expect(page).not_to_have_url(re.compile("board"))


def test_copy_link_copies_the_address_and_says_so(page_at: PageAt) -> None:
    page = page_at("/train?learning_rate=0.0011")
    page.evaluate("""() => { window.copied = [];
      navigator.clipboard.writeText = async (text) => { copied.push(text); }; }""")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("copied") == [page.url]


def test_where_the_browser_has_no_clipboard_the_link_is_copied_all_the_same(page_at: PageAt) -> None:
    page = page_at("/train?learning_rate=0.0011")
    page.evaluate("""() => { Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => { window.copied = getSelection().toString(); }); }""")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("copied") == page.url
