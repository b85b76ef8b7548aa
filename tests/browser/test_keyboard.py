"""Without a mouse: everything can be reached with Tab, used, and the main things have a key of their own."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still
from tests.browser.seen import FRAMES, go_to, new_run, shown_iteration

LAST = len(FRAMES) - 1
STATIONS = [
    "Train",
    "About",
    "Copy linkLink",
    "Show me, in one minute",
    "Why?",
    "PlayP",
    "One frame back",
    "Place in the run",
    "Speed",
    "LiveV",
    "Learning rate, exactly",
    "Learning rate",
    "Data set",
    "Iterations",
    "Start",
    "View",
    "Reset0",
    "BoardB",
    "Take home",
    "More iterations to show",
    "Iterations of this run",
]
"""What Tab must reach on the Train page, in this order; what else it reaches on the way is not looked at."""
FOCUSED = """() => {
  const { ariaLabel, labels, textContent } = document.activeElement;
  return (ariaLabel ?? labels?.[0]?.textContent ?? textContent).replace('expand_more', ''); // an icon
}"""
ENOUGH_TABS = 44


@pytest.fixture(scope="module")
def train_page(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train")


@pytest.fixture(scope="module")
def tabbed(train_page: Page) -> list[str]:
    """The names of what Tab reaches on the Train page, in order."""
    names = []
    for _ in range(ENOUGH_TABS):
        train_page.keyboard.press("Tab")
        names.append(train_page.evaluate(FOCUSED).strip())
    return names


@pytest.fixture
def page(train_page: Page) -> Page:
    """The Train page, with the player at rest in the middle of the run and nothing focused."""
    if "?" in train_page.url:
        train_page.goto(train_page.url.partition("?")[0])
        wait_until_still(train_page)
    if "Pause" in train_page.locator(".player-play").inner_text():
        train_page.locator(".player-play").click()
    train_page.get_by_label("Speed").select_option("0.25")
    go_to(train_page, 20)
    blur(train_page)
    return train_page


def blur(page: Page) -> None:
    page.evaluate("() => document.activeElement.blur()")


def place(page: Page) -> int:
    return FRAMES.index(shown_iteration(page))


def test_tab_reaches_everything_in_the_order_in_which_it_is_read(tabbed: list[str]) -> None:
    names = iter(tabbed)
    assert [station for station in STATIONS if not any(name.endswith(station) for name in names)] == []


def test_a_focused_button_of_the_player_is_outlined(page: Page) -> None:
    page.get_by_role("slider", name="Place in the run").focus()
    page.keyboard.press("Shift+Tab")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_on_the_play_button_this_key_plays(page: Page, key: str) -> None:
    page.get_by_role("button", name="Play").press(key)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_on_the_pause_button_this_key_pauses(page: Page, key: str) -> None:
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").press(key)
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_p_plays(page: Page) -> None:
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_p_pauses_what_plays(page: Page) -> None:
    page.get_by_role("button", name="Play").click()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_comma_goes_one_frame_back(page: Page) -> None:
    page.keyboard.press(",")
    assert place(page) == 19


def test_period_goes_one_frame_forth(page: Page) -> None:
    page.keyboard.press(".")
    assert place(page) == 21


def test_l_goes_to_the_learning_rate(page: Page) -> None:
    page.keyboard.press("l")
    expect(page.get_by_role("slider", name="Learning rate")).to_be_focused()


def test_what_is_typed_into_a_field_moves_nothing(page: Page) -> None:
    page.locator(".dial-number").focus()
    page.keyboard.press(",")
    page.keyboard.press(".")
    page.keyboard.press("p")
    page.keyboard.press("Control+a")
    page.keyboard.type("0.0001")
    assert place(page) == 20


def test_the_browser_s_own_shortcuts_move_nothing(page: Page) -> None:
    page.keyboard.press("Control+.")
    page.keyboard.press("Alt+,")
    assert place(page) == 20


def test_0_resets(page: Page) -> None:
    with new_run(page):
        page.get_by_role("slider", name="Learning rate").press("PageUp")
    expect(page.locator(".dial-number")).not_to_have_value("0.0001")
    blur(page)
    with new_run(page):
        page.keyboard.press("0")
    expect(page.locator(".dial-number")).to_have_value("0.0001")


def test_a_key_works_once_after_a_visit_to_another_page(page: Page) -> None:
    page.get_by_role("banner").get_by_role("link", name="About").click()
    page.get_by_role("heading", name="Keys").wait_for()
    page.get_by_role("banner").get_by_role("link", name="Train").click()
    page.get_by_role("button", name="Play").wait_for()
    page.keyboard.press(",")
    assert place(page) == LAST - 1


def test_a_data_set_is_chosen_without_a_mouse(page: Page) -> None:
    with new_run(page):
        page.get_by_role("combobox", name="Data set").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert "dataset=" in page.url
