"""From page to page: what was set on one holds, and is shown, on the others."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still

FIELDS = {"learning_rate": "0.0008", "iterations": "500", "weights": "0.1", "bias": "2.5"}
SETTINGS = "&".join(f"{name}={value}" for name, value in FIELDS.items())
SLIDERS = {"Learning rate": "0.0008", "Iterations": "500"}


def go_by_name(page: Page, name: str, path: str) -> None:
    page.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_url(re.compile(rf"{path}\?"))
    wait_until_still(page)


@pytest.fixture(scope="module")
def page(shared_page_at: PageAt) -> Page:
    return shared_page_at(f"/train?{SETTINGS}")


@pytest.fixture(scope="module")
def next_page(page: Page) -> Page:
    """The next page, reached from the one on which everything was set."""
    go_by_name(page, "Learning rate", "/learning_rate")
    return page


@pytest.mark.parametrize("name", FIELDS)
def test_the_fields_of_the_next_page_show_what_was_set(next_page: Page, name: str) -> None:
    expect(next_page.locator(f".st-key-{name} input")).to_have_value(FIELDS[name])


@pytest.mark.parametrize("name", SLIDERS)
def test_the_sliders_of_the_next_page_stand_at_what_was_set(next_page: Page, name: str) -> None:
    expect(next_page.get_by_role("slider", name=name)).to_have_attribute("aria-valuetext", SLIDERS[name])


def test_the_address_of_the_next_page_holds_what_was_set(next_page: Page) -> None:
    assert all(f"{name}={value}" in next_page.url for name, value in FIELDS.items())


def test_the_fields_still_show_what_was_set_after_a_visit_to_a_page_without_them(next_page: Page) -> None:
    go_by_name(next_page, "About", "/about")
    go_by_name(next_page, "Train", "/train")
    for name, value in FIELDS.items():
        expect(next_page.locator(f".st-key-{name} input")).to_have_value(value)


def test_the_way_back_of_the_browser_leads_to_the_page_before(page_at: PageAt) -> None:
    page = page_at("/train?learning_rate=0.0008")
    go_by_name(page, "About", "/about")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/train\?learning_rate=0\.0008$"))
    expect(page.locator(".player-play")).to_be_visible()
