"""A server that has just been started, for the first time or again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, Server, running_server, wait_until_still
from tests.browser.seen import sentence

ADDRESS = "/train?dataset=tips&learning_rate=0.0008&weights=0.1"
OFFLINE = "() => document.querySelector('[data-testid=\"stApp\"]').dataset.testConnectionState !== 'CONNECTED'"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def first_visit(shared_page_at: PageAt, folder: Path) -> Iterator[tuple[Server, Page]]:
    """A server, and the page that was the first request to it."""
    with running_server(folder / "first.txt") as server:
        yield server, shared_page_at(ADDRESS, server=server.base)


def is_the_whole_app(page: Page) -> None:
    """Look for what the app puts around its pages, and for the menu that Streamlit shows without it."""
    expect(page.get_by_role("banner").get_by_role("link", name="Train")).to_be_visible()
    expect(page.get_by_role("radio", name="TR")).to_be_attached()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)


def test_a_deep_link_to_a_run_as_the_first_request_opens_the_whole_app(first_visit: tuple[Server, Page]) -> None:
    is_the_whole_app(first_visit[1])


def test_a_deep_link_to_a_run_as_the_first_request_opens_that_run(first_visit: tuple[Server, Page]) -> None:
    expect(first_visit[1].locator(".dial-number")).to_have_value("0.0008")


def test_when_the_server_is_started_again_a_page_comes_back_with_its_settings(
    first_visit: tuple[Server, Page], folder: Path
) -> None:
    server, page = first_visit
    before = (sentence(page), page.url)
    server.kill()
    page.wait_for_function(OFFLINE)
    with running_server(folder / "second.txt", server.port):
        wait_until_still(page)
        assert (sentence(page), page.url) == before


def test_the_first_move_after_the_server_was_started_again_counts(
    first_visit: tuple[Server, Page], folder: Path
) -> None:
    server, page = first_visit
    server.kill()
    page.wait_for_function(OFFLINE)
    slider = page.get_by_role("slider", name="Learning rate")
    with running_server(folder / "third.txt", server.port):
        wait_until_still(page)
        slider.press("ArrowRight")
        expect(page).to_have_url(re.compile(r"learning_rate=0\.00085&"))
        expect(page.locator(".dial-number")).to_have_value("0.00085")
        expect(slider).to_have_attribute("aria-valuetext", re.compile("^0.00085, "))


def test_a_deep_link_to_another_page_as_the_first_request_opens_the_whole_app(page_at: PageAt, folder: Path) -> None:
    with running_server(folder / "fourth.txt") as server:
        is_the_whole_app(page_at("/about", server=server.base))
