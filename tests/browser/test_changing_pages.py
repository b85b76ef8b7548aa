"""From page to page: what was set on one holds, and is shown, on the others."""

import re
from collections.abc import Iterator

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


def test_a_change_of_page_is_one_entry_of_the_history(next_page: Page) -> None:
    before = entries(next_page)
    go_by_name(next_page, "About", "/about")
    assert entries(next_page) == before + 1


def test_one_way_back_leaves_a_page_on_which_a_slider_was_moved_three_times(next_page: Page) -> None:
    go_by_name(next_page, "About", "/about")
    go_by_name(next_page, "Train", "/train")
    for rate in ("0.00085", "0.0009", "0.00095"):
        next_page.get_by_role("slider", name="Learning rate").press("ArrowRight")
        expect(next_page).to_have_url(re.compile(rf"learning_rate={re.escape(rate)}(&|$)"))
    next_page.go_back()
    is_shown(next_page, "About")
    next_page.go_forward()
    is_shown(next_page, "Train")
    expect(field(next_page, "learning_rate")).to_have_value("0.00095")


def test_an_address_written_otherwise_is_put_in_order_without_an_entry_of_its_own(next_page: Page) -> None:
    before = entries(next_page)
    next_page.goto(re.sub(r"/[a-z_]+\?.*", "/train?bias=0,50&learning_rate=8e-4", next_page.url))
    expect(next_page).to_have_url(re.compile(r"/train\?learning_rate=0\.0008$"))
    assert entries(next_page) == before + 1


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


@pytest.fixture(scope="module")
def gone_along(shared_page_at: PageAt) -> Page:
    """A page that has gone along the trail."""
    page = shared_page_at("/train?learning_rate=0.0008")
    for name, path, rate in TRAIL[1:]:
        go_by_name(page, name, f"/{path}")
        leave_with(page, rate)
    return page


@pytest.fixture
def at_the_end(gone_along: Page) -> Iterator[Page]:
    """That page at the end of the trail, and a computer that is slow."""
    place = next(
        k for k, (_name, path, rate) in enumerate(TRAIL) if gone_along.url.endswith(f"{path}?learning_rate={rate}")
    )
    gone_along.evaluate("(steps) => { if (steps) history.go(steps); }", len(TRAIL) - 1 - place)
    agrees(gone_along, *TRAIL[-1])
    computer = gone_along.context.new_cdp_session(gone_along)
    computer.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    yield gone_along
    computer.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def test_the_way_back_of_the_browser_leads_to_the_page_before_and_its_settings(at_the_end: Page) -> None:
    at_the_end.go_back()
    agrees(at_the_end, *TRAIL[-2])
    expect(at_the_end.get_by_role("button", name="Play").first).to_be_visible()


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_seven_steps_through_the_history_end_with_page_address_and_settings_in_agreement(
    at_the_end: Page, steps: list[str]
) -> None:
    page = at_the_end
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


def test_a_hand_that_still_drags_a_picture_which_is_gone_does_no_harm(page_at: PageAt) -> None:
    page = page_at("/which_way")
    picture = page.locator(".player-figure .nsewdrag").first
    x, y = picture.evaluate("(part) => { const { x, y } = part.getBoundingClientRect(); return [x + 100, y + 60]; }")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 20, steps=3)
    page.get_by_role("banner").locator("a[href$='/about']").evaluate("(link) => link.click()")
    expect(page).to_have_url(re.compile("/about"))
    wait_until_still(page)
    page.mouse.move(x + 80, y + 80, steps=6)
    page.mouse.up()
    expect(page.locator(".player-figure")).to_have_count(0)
