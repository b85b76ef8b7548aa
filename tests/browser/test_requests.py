"""Whom the app asks for something: its own server and nobody else, whatever is opened on whichever page."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.frame.shell import PAGES
from tests.browser.conftest import PageAt, wait_until_still

MENUS = ", ".join(
    [
        *(".take-home-open", '[data-testid="stPopover"] button', '[data-testid="stMain"] summary'),
        '[data-testid="stMainMenu"] button',
    ]
)
OWN = ("data", "blob", "about")
"""Addresses that no request leaves the browser for."""


@dataclass
class Asked:
    """A page, and the server of each request that it and the pages inside it have made."""

    page: Page
    servers: list[str] = field(default_factory=list)

    def note(self, address: str) -> None:
        place = urlsplit(address)
        if place.scheme not in OWN:
            self.servers.append(place.netloc)

    def listen(self) -> None:
        self.page.context.on("request", lambda request: self.note(request.url))
        self.page.on("websocket", lambda socket: self.note(socket.url))

    def open_all(self, parts: str) -> int:
        """Open one part after the other, and return how many there are."""
        found = self.page.locator(parts)
        count = found.count()
        for k in range(count):
            found.nth(k).evaluate("(part) => part.click()")
            wait_until_still(self.page)
        return count


@pytest.fixture(scope="module")
def visitor(shared_page_at: PageAt) -> Asked:
    asked = Asked(shared_page_at("/about?more=on"))
    asked.listen()
    return asked


@pytest.fixture
def asked(visitor: Asked) -> Asked:
    visitor.servers.clear()
    return visitor


@pytest.mark.parametrize("name", PAGES)
def test_a_page_and_its_menus_ask_nobody_but_their_own_server(name: str, asked: Asked, server: str) -> None:
    asked.page.goto(f"{server}/{name}?more=on")
    wait_until_still(asked.page)
    assert asked.open_all(MENUS) > 0
    assert len(asked.servers) > 10
    assert {*asked.servers} == {urlsplit(server).netloc}


def test_lessons_worksheet_code_and_preview_ask_nobody_but_their_own_server(asked: Asked, server: str) -> None:
    page = asked.page
    page.goto(f"{server}/teach")
    wait_until_still(page)
    assert asked.open_all("[role=tab]") == 3
    page.get_by_role("tab", name="A link for the class").click()
    page.get_by_role("button", name="Show it to the back row").click()
    expect(page.get_by_role("dialog").get_by_role("img", name="QR code of the link")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("Preview", exact=True).click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    assert {*asked.servers} == {urlsplit(server).netloc}
