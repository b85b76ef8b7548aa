"""The content security policy in a real browser: nothing of ours is refused, and what is foreign is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from pages.frame.shell import PAGES
from tests.browser.conftest import PageAt, Visits, lead_to, wait_until_still
from tests.browser.live import ADDRESS as LIVE
from tests.browser.live import button, plays_beyond

RUN_A_FOREIGN_SCRIPT = """() => {
  const script = Object.assign(document.createElement('script'), { textContent: 'window.attacked = true' });
  document.body.append(script);
}"""


@pytest.fixture
def unwatched(visits: Visits, server: str) -> Iterator[tuple[Page, Response]]:
    """A page whose errors are the test's own, and the answer that brought it."""
    page = visits.context("en-GB", touch=False).new_page()
    response = page.goto(f"{server}/train")
    assert response
    wait_until_still(page)
    yield page, response
    page.close()


@pytest.fixture(scope="module")
def visitor(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train?more=on")


def refused(visits: Visits, page: Page) -> list[str]:
    """What the browser has refused or complained of until now; all it has to say is there after its next answer."""
    page.evaluate("0")
    return visits.errors


def test_the_app_sends_its_policy(unwatched: tuple[Page, Response]) -> None:
    headers = unwatched[1].headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' ")
    assert headers["x-content-type-options"] == "nosniff"


def test_a_script_that_gets_into_the_page_does_not_run_and_is_noticed(unwatched: tuple[Page, Response]) -> None:
    page = unwatched[0]
    with page.expect_console_message(lambda message: message.text.startswith("refused by script-src")):
        page.evaluate(RUN_A_FOREIGN_SCRIPT)
    assert page.evaluate("window.attacked") is None


def test_no_page_may_talk_to_another_server(unwatched: tuple[Page, Response]) -> None:
    page = unwatched[0]
    with page.expect_console_message(lambda message: message.text.startswith("refused by connect-src")):
        page.evaluate("() => fetch('http://127.0.0.1:9/').catch(() => 0)")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "train"])
def test_nothing_of_a_page_is_refused(visitor: Page, visits: Visits, name: str) -> None:
    lead_to(visitor, f"/{name}")
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    assert refused(visits, visitor) == []


@pytest.mark.parametrize("address", ["/train?dataset=xor&board=on", "/train?valley=on&tour=1", LIVE])
def test_nothing_of_a_run_is_refused(visitor: Page, visits: Visits, address: str) -> None:
    lead_to(visitor, address)
    expect(visitor.locator(".player .main-svg").first).to_be_visible()
    assert refused(visits, visitor) == []


def test_nothing_of_a_live_run_that_plays_is_refused(page_at: PageAt, visits: Visits) -> None:
    page = page_at(LIVE)
    button(page).click()
    plays_beyond(page, 2)
    assert refused(visits, page) == []


def test_nothing_of_own_data_is_refused(page_at: PageAt, visits: Visits, tmp_path: Path) -> None:
    page = page_at("/your_data")
    file = tmp_path / "marks.csv"
    file.write_text("Hours,Marks\n1,50\n2,60\n3,70\n")
    page.set_input_files(".door-file", file)
    expect(page.get_by_text("marks.csv")).to_be_visible()
    wait_until_still(page)
    assert refused(visits, page) == []


def test_nothing_of_the_loss_surface_in_3_d_is_refused(page_at: PageAt, visits: Visits) -> None:
    page = page_at("/loss_surface")
    page.get_by_text("in 3-D", exact=True).click()
    expect(page.locator(".player canvas").first).to_be_visible()
    wait_until_still(page)
    assert refused(visits, page) == []


def test_the_preview_of_a_link_shows_the_app_within_the_app(page_at: PageAt, visits: Visits) -> None:
    page = page_at("/teach")
    page.get_by_role("tab", name="A link for the class").click()
    page.get_by_text("Preview", exact=True).click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    expect(page.frame_locator("iframe").locator(".player .main-svg").first).to_be_visible()
    assert refused(visits, page) == []


def test_a_foreign_page_may_embed_the_app(visits: Visits, unwatched: tuple[Page, Response], tmp_path: Path) -> None:
    page, response = unwatched
    course = tmp_path / "course.html"
    course.write_text(f'<h1>Course</h1><iframe src="{response.url}?embed=true" width="1000" height="700"></iframe>')
    visits.watch(page)
    page.goto(course.as_uri())
    expect(page.frame_locator("iframe").locator(".player .main-svg").first).to_be_visible()
    assert refused(visits, page) == []


@pytest.fixture(scope="module")
def short_run(shared_page_at: PageAt) -> Page:
    page = shared_page_at("/train?iterations=2")
    page.get_by_role("button", name="Take home").click()
    return page


@pytest.mark.parametrize("thing", ["Picture", "Film of the run", "Page that works offline", "Numbers, written as 1.8"])
def test_what_is_taken_home_is_made_under_the_policy(short_run: Page, visits: Visits, thing: str) -> None:
    with short_run.expect_download() as download:
        short_run.locator(".take-home-list").get_by_text(thing, exact=True).click()
    assert download.value.suggested_filename.startswith("overshoot-celsius")
    assert refused(visits, short_run) == []


def test_the_page_that_was_taken_home_plays_as_a_file(short_run: Page, visits: Visits, tmp_path: Path) -> None:
    with short_run.expect_download() as download:
        short_run.locator(".take-home-list").get_by_text("Page that works offline", exact=True).click()
    file = tmp_path / "run.html"
    download.value.save_as(file)
    page = short_run.context.new_page()
    visits.watch(page)
    page.emulate_media(reduced_motion="reduce")
    page.goto(file.as_uri())
    expect(page.locator(".player-caption")).to_contain_text("iteration 2")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert refused(visits, page) == []
    page.close()
