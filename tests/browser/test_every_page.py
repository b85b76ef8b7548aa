"""What holds on every page: on a wide screen in the light, and on one as narrow as a phone in the dark."""

from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.frame.shell import PAGES
from tests.browser.conftest import PHONE, PROJECTOR, PageAt, Visits, lead_to, wait_until_still
from tests.browser.faults import SIDEWAYS, faults

SCREENS = {"wide": PROJECTOR, "narrow": PHONE}
SCHEMES: dict[str, Literal["light", "dark"]] = {"wide": "light", "narrow": "dark"}


@pytest.fixture(scope="module")
def visitor(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?more=on")  # without it not every page is in the navigation


@pytest.fixture(scope="module", params=PAGES)
def each_page(visitor: Page, request: pytest.FixtureRequest) -> Page:
    """Each page, reached by a click on its name."""
    show_on(visitor, "wide")
    visitor.get_by_role("banner").locator(f"a[href$='/{request.param}']").click()
    expect(visitor).to_have_title(f"{PAGES[request.param]} · Overshoot")  # from its server, unlike the address
    wait_until_still(visitor)
    return visitor


@pytest.fixture(scope="module", params=SCREENS)
def page(each_page: Page, request: pytest.FixtureRequest) -> Page:
    """Each page on each screen."""
    show_on(each_page, request.param)
    return each_page


FULLEST = {
    "one neuron": "/train?dataset=weighted-sum&seed=1&colour=red",
    "a network": "/train?dataset=xor&muted=2&held_out=0.2&batch=20&optimiser=nesterov&colour=red",
}


@pytest.fixture(scope="module", params=list(FULLEST.values()), ids=list(FULLEST))
def fullest(visitor: Page, request: pytest.FixtureRequest) -> Page:
    """The Train page with the most fields and tabs, and with a warning."""
    lead_to(visitor, request.param)
    return visitor


def show_on(page: Page, screen: str) -> None:
    """Change the size and the colours of the screen, and wait until nothing on the page is fading any more."""
    page.set_viewport_size(SCREENS[screen])
    page.emulate_media(color_scheme=SCHEMES[screen])
    page.wait_for_function(
        """(scheme) => getComputedStyle(document.querySelector('[data-testid="stApp"]')).colorScheme === scheme
          && !document.getAnimations().length""",
        arg=SCHEMES[screen],
    )


def test_a_page_has_no_serious_accessibility_fault(page: Page) -> None:
    assert faults(page) == []


def test_a_page_does_not_scroll_sideways(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == [0, 0]


def test_a_page_has_one_heading_of_the_first_level(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_page_asks_nobody_but_its_own_server(each_page: Page, visits: Visits) -> None:
    expect(each_page.get_by_role("heading", level=1)).to_be_visible()
    assert visits.hosts == {"127.0.0.1"}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_fullest_page_has_no_serious_accessibility_fault(fullest: Page, screen: str) -> None:
    show_on(fullest, screen)
    assert faults(fullest) == []


def test_the_fullest_page_does_not_scroll_sideways_where_it_is_narrow(fullest: Page) -> None:
    show_on(fullest, "narrow")
    assert fullest.evaluate(SIDEWAYS) == [0, 0]


def test_no_tab_below_the_picture_has_a_serious_accessibility_fault(fullest: Page) -> None:
    show_on(fullest, "wide")
    tabs = fullest.get_by_role("tab").all()
    assert len(tabs) >= 2
    for tab in tabs:
        tab.click()
        panel = fullest.get_by_role("tabpanel")
        expect(panel.locator("table, code, [data-testid=stMarkdown]").first).to_be_visible()
        wait_until_still(fullest)
        assert faults(fullest, "[role=tabpanel]") == []


def test_the_browser_s_tab_names_the_page(page: Page) -> None:
    name = urlsplit(page.url).path.strip("/")
    expect(page).to_have_title(f"{PAGES[name]} · Overshoot")
