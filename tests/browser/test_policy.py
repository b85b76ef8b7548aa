"""The content security policy in a real browser: what is foreign is refused.

That nothing of ours is, each browser test sees to: it fails when the browser refuses anything to one of its pages.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import PageAt, Visits, wait_until_still

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


def test_a_foreign_page_may_embed_the_app(visits: Visits, unwatched: tuple[Page, Response], tmp_path: Path) -> None:
    page, response = unwatched
    course = tmp_path / "course.html"
    course.write_text(f'<h1>Course</h1><iframe src="{response.url}?embed=true" width="1000" height="700"></iframe>')
    visits.watch(page)
    page.goto(course.as_uri())
    expect(page.frame_locator("iframe").locator(".player .main-svg").first).to_be_visible()
    assert refused(visits, page) == []


def test_the_page_that_was_taken_home_plays_as_a_file(page_at: PageAt, visits: Visits, tmp_path: Path) -> None:
    run = page_at("/train?iterations=2")
    run.get_by_role("button", name="Take home").click()
    with run.expect_download() as download:
        run.locator(".take-home-list").get_by_text("Page that works offline", exact=True).click()
    file = tmp_path / "run.html"
    download.value.save_as(file)
    page = run.context.new_page()
    visits.watch(page)
    page.emulate_media(reduced_motion="reduce")
    page.goto(file.as_uri())
    expect(page.locator(".player-caption")).to_contain_text("iteration 2")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert refused(visits, page) == []
    page.close()
