"""The app opens at all."""

from playwright.sync_api import expect

from tests.browser.conftest import PageAt


def test_the_app_opens_at_its_root_without_an_exception_box(page_at: PageAt) -> None:
    page = page_at("/")
    expect(page.get_by_test_id("stException")).to_have_count(0)
