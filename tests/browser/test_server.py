"""A server that has just been started, for the first time or again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.settings.table import Settings
from tests.browser.conftest import PageAt, Server, running_server, wait_until_still
from tests.browser.live import ADDRESS as LIVE
from tests.browser.live import (
    OFFLINE,
    GoneOn,
    button,
    caption_of,
    dial,
    goes_on,
    plays_beyond,
    settings_of,
    stands_still,
    until,
    wire_of,
)
from tests.browser.seen import sentence

ADDRESS = "/train?dataset=tips&learning_rate=0.0008&weights=0.1"


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


@dataclass(frozen=True)
class Return:
    """A page whose server was started again, with what it said before and afterwards; and a live run beside it."""

    page: Page
    before: tuple[str, str]
    after: tuple[str, str]
    steered: Settings
    gone_on: GoneOn


def steer(page: Page) -> None:
    """Raise the learning rate of a live run that plays, and wait until that is seen."""
    wire = wire_of(page)
    button(page).click()
    plays_beyond(page, 2)
    dial(page).press("PageUp")
    until(page, lambda: wire.turn > 0 and wire.is_quiet)
    wait_until_still(page)
    plays_beyond(page, settings_of(page).learning_rate[1][0] + 1)


@pytest.fixture(scope="module")
def returned(first_visit: tuple[Server, Page], shared_page_at: PageAt, folder: Path) -> Iterator[Return]:
    server, page = first_visit
    before = (sentence(page), page.url)
    live = shared_page_at(LIVE, server=server.base)
    live.bring_to_front()  # what is drawn behind another page stands still
    steer(live)
    server.kill()
    live.wait_for_function(OFFLINE)
    steered, wire = settings_of(live), wire_of(live)
    stands_still(live)
    with running_server(folder / "second.txt", server.port):
        wait_until_still(live)
        gone_on = goes_on(live, wire)
        page.bring_to_front()
        wait_until_still(page)
        yield Return(page, before, (sentence(page), page.url), steered, gone_on)


def test_when_the_server_is_started_again_a_page_comes_back_with_its_settings(returned: Return) -> None:
    assert returned.after == returned.before


def test_the_first_move_after_the_server_was_started_again_counts(returned: Return) -> None:
    slider = returned.page.get_by_role("slider", name="Learning rate")
    slider.press("ArrowRight")
    expect(returned.page).to_have_url(re.compile(r"learning_rate=0\.00085&"))
    expect(returned.page.locator(".dial-number")).to_have_value("0.00085")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0.00085, "))


def test_after_its_server_was_started_again_a_live_run_goes_on_at_its_pace(returned: Return) -> None:
    assert returned.gone_on.second == pytest.approx(10, abs=1)
    assert returned.gone_on.caption == caption_of(returned.gone_on.run)


def test_after_its_server_was_started_again_a_live_run_has_not_forgotten_how_it_was_steered(returned: Return) -> None:
    assert returned.gone_on.run.experiment.schedule == returned.steered.learning_rate
