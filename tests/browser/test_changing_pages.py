"""From page to page: what was set on one holds, and is shown, on the others."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageAt, wait_until_still

FIELDS = {"learning_rate": "0.0008", "iterations": "500", "weights": "0.1", "bias": "2.5"}
SETTINGS = "&".join(f"{name}={value}" for name, value in FIELDS.items())
SLIDERS: dict[str, str | re.Pattern[str]] = {"Learning rate": re.compile("^0.0008, "), "Iterations": "500"}


def go_by_name(page: Page, name: str, path: str) -> None:
    link(page, name).click()
    is_shown(page, name)
    expect(page).to_have_url(re.compile(rf"{path}(\?|$)"))


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("banner").get_by_role("link", name=name, exact=True)


def is_shown(page: Page, name: str) -> None:
    """Wait until the server has answered with this page."""
    expect(link(page, name)).to_have_attribute("aria-current", "page")
    wait_until_still(page)


def entries(page: Page) -> int:
    """The number of entries in the browser's history of this page."""
    number: int = page.evaluate("history.length")
    return number


@pytest.fixture(scope="module")
def page(shared_page_at: PageAt) -> Page:
    return shared_page_at(f"/train?{SETTINGS}")


@pytest.fixture(scope="module")
def next_page(page: Page) -> Page:
    """The next page, reached from the one on which everything was set."""
    go_by_name(page, "Learning rate", "/learning_rate")
    return page


def field(page: Page, name: str) -> Locator:
    """Where the exact value of a setting stands."""
    return page.locator(".dial-number" if name == "learning_rate" else f".st-key-{name} input")


@pytest.mark.parametrize("name", FIELDS)
def test_the_fields_of_the_next_page_show_what_was_set(next_page: Page, name: str) -> None:
    expect(field(next_page, name)).to_have_value(FIELDS[name])


@pytest.mark.parametrize("name", SLIDERS)
def test_the_sliders_of_the_next_page_stand_at_what_was_set(next_page: Page, name: str) -> None:
    expect(next_page.get_by_role("slider", name=name)).to_have_attribute("aria-valuetext", SLIDERS[name])


def test_the_address_of_the_next_page_holds_what_was_set(next_page: Page) -> None:
    assert all(f"{name}={value}" in next_page.url for name, value in FIELDS.items())


def test_the_fields_still_show_what_was_set_after_a_visit_to_a_page_without_them(next_page: Page) -> None:
    go_by_name(next_page, "About", "/about")
    go_by_name(next_page, "Train", "/train")
    next_page.get_by_role("button", name="Start", exact=True).click()
    for name, value in FIELDS.items():
        expect(field(next_page, name)).to_have_value(value)


def test_a_change_of_page_is_one_entry_of_the_history(page_at: PageAt) -> None:
    page = page_at("/train?learning_rate=0.0008")
    before = entries(page)
    go_by_name(page, "About", "/about")
    assert entries(page) == before + 1


def test_the_way_back_of_the_browser_leads_to_the_page_before_and_its_settings(page_at: PageAt) -> None:
    page = page_at("/train?learning_rate=0.0008")
    go_by_name(page, "About", "/about")
    page.go_back()
    is_shown(page, "Train")
    expect(page).to_have_url(re.compile(r"/train\?learning_rate=0\.0008$"))
    expect(field(page, "learning_rate")).to_have_value("0.0008")
    expect(page.locator(".player-play")).to_be_visible()


def test_one_way_back_leaves_a_page_on_which_a_slider_was_moved_ten_times(page_at: PageAt) -> None:
    page = page_at("/about")
    go_by_name(page, "Train", "/train")
    for rate in range(11, 21):
        page.get_by_role("slider", name="Learning rate").press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"learning_rate=0\.000{f'{rate}'.rstrip('0')}$"))
    page.go_back()
    is_shown(page, "About")
    page.go_forward()
    is_shown(page, "Train")
    expect(field(page, "learning_rate")).to_have_value("0.0002")


def test_an_address_written_otherwise_is_put_in_order_without_an_entry_of_its_own(page_at: PageAt) -> None:
    page = page_at("/about")
    before = entries(page)
    page.goto(page.url.partition("?")[0].replace("about", "train") + "?bias=0,50&learning_rate=8e-4")
    expect(page).to_have_url(re.compile(r"/train\?learning_rate=0\.0008$"))
    assert entries(page) == before + 1


TRAIL = [
    ("Train", "train", "0.0008"),
    ("About", "about", "0.0008"),
    ("Train", "train", "0.0009"),
    ("About", "about", "0.0009"),
    ("Loss surface", "loss_surface", "0.0005"),
    ("Train", "train", "0.0005"),
    ("About", "about", "0.0005"),
    ("Learning rate", "learning_rate", "0.0004"),
    ("Train", "train", "0.0003"),
]
"""The pages of a visit, and the learning rate with which each is left."""
STEPS = {
    "back": ["back"] * 7,
    "there and back": ["back", "back", "back", "forward", "forward", "back", "back"],
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_seven_steps_through_the_history_end_with_page_address_and_settings_in_agreement(
    page_at: PageAt, steps: list[str]
) -> None:
    page = page_at("/train?learning_rate=0.0008")
    for name, path, rate in TRAIL[1:]:
        go_by_name(page, name, f"/{path}")
        leave_with(page, rate)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for step in steps:
        page.evaluate(f"history.{step}()")
        page.wait_for_timeout(100)
    place = len(TRAIL) - 1 + steps.count("forward") - steps.count("back")
    agrees(page, *TRAIL[place])
    page.go_forward()  # what was passed on the way has kept its own settings
    agrees(page, *TRAIL[place + 1])


def leave_with(page: Page, rate: str) -> None:
    """Set the learning rate, where it is another one."""
    if not page.url.endswith(f"?learning_rate={rate}"):
        field(page, "learning_rate").fill(rate)
        field(page, "learning_rate").press("Enter")
        expect(page).to_have_url(re.compile(rf"\?learning_rate={re.escape(rate)}$"))
        wait_until_still(page)


def agrees(page: Page, name: str, path: str, rate: str) -> None:
    """Look for the page, its address and the learning rate it shows."""
    is_shown(page, name)
    expect(page).to_have_url(re.compile(rf"/{path}\?learning_rate={re.escape(rate)}$"))
    if name == "About":
        expect(field(page, "learning_rate")).to_have_count(0)
    else:
        expect(field(page, "learning_rate")).to_have_value(rate)
