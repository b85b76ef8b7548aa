"""A server that is killed while a run plays and while a hand holds the dial, and is started again."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ERROR_BOXES, PageAt, running_server, wait_until_still
from tests.browser.live import OFFLINE, button, caption_of, dial, run_of, settings_of
from tests.browser.seen import sentence, shown_iteration

ADDRESS = "/train?learning_rate=0.001&iterations=2000"
PLAYS_BEYOND = """(iteration) => {
  const now = Number(document.querySelector('.player-caption').textContent.match(/\\d[\\d,]*/)[0].replace(',', ''));
  return now > iteration && document.querySelector('.player-play').textContent.includes('❚❚');
}"""
RESTS = "() => !document.querySelector('.player-play').textContent.includes('❚❚')"


@dataclass(frozen=True)
class Killed:
    """What was seen of a run that played on without a server, and of a dial that was held meanwhile."""

    playing: Page
    before: tuple[str, str]
    alone: tuple[int, str]
    after: tuple[str, str]
    held: Page
    reported: float
    let_go: str


def pull(page: Page, thousandths: int) -> str:
    """Drag the dial that is held to a place, and return the rate that stands there."""
    x, y, width, height = dial(page).evaluate(
        "(range) => { const { x, y, width, height } = range.getBoundingClientRect(); return [x, y, width, height]; }"
    )
    page.mouse.move(x + thousandths / 1000 * width, y + height / 2, steps=10)
    return page.locator(".dial-number").input_value()


def hold(page: Page) -> float:
    """Take the dial and drag it until the server has heard of it; return the rate that it has heard of."""
    pull(page, int(dial(page).input_value()))
    page.mouse.down()
    rate = pull(page, 550)
    expect(page.locator(".st-key-two_numbers")).to_contain_text(f"{rate} ")
    return float(rate)


@pytest.fixture(scope="module")
def killed(shared_page_at: PageAt, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killed]:
    folder = tmp_path_factory.mktemp("killed")
    with running_server(folder / "first.txt") as server:
        held = shared_page_at(ADDRESS, server=server.base)
        playing = shared_page_at(ADDRESS, server=server.base, locale="en-US")  # in a window of its own
        before = (sentence(playing), playing.url)
        button(playing).click()
        playing.wait_for_function(PLAYS_BEYOND, arg=0)
        reported = hold(held)
        server.kill()
    for page in (held, playing):
        page.wait_for_function(OFFLINE)
    let_go = pull(held, 700)
    playing.wait_for_function(RESTS)
    alone = shown_iteration(playing), playing.locator(".player-caption").inner_text()
    with running_server(folder / "second.txt", server.port):
        for page in (held, playing):
            wait_until_still(page)
        held.mouse.up()
        after = (sentence(playing), playing.url)
        yield Killed(playing, before, alone, after, held, reported, let_go)


def test_a_run_that_plays_while_its_server_is_killed_plays_on_to_its_end(killed: Killed) -> None:
    assert killed.alone == (2000, caption_of(run_of(killed.playing)))


def test_a_run_that_played_to_its_end_without_a_server_is_the_same_once_there_is_one(killed: Killed) -> None:
    assert killed.after == killed.before


def test_a_run_that_played_without_a_server_plays_again_once_there_is_one(killed: Killed) -> None:
    button(killed.playing).click()
    killed.playing.wait_for_function(PLAYS_BEYOND, arg=0)


def test_a_dial_that_was_dragged_without_a_server_is_heard_once_there_is_one(killed: Killed) -> None:
    assert float(killed.let_go) > killed.reported
    killed.held.wait_for_function(
        "(rate) => new URLSearchParams(location.search).get('learning_rate') === rate", arg=killed.let_go
    )
    wait_until_still(killed.held)
    expect(killed.held.locator(".dial-number")).to_have_value(killed.let_go)


def test_a_dial_that_was_dragged_without_a_server_shows_its_run_once_there_is_one(killed: Killed) -> None:
    assert settings_of(killed.held).iterations == 2000
    expect(killed.held.locator(".player-caption")).to_have_text(caption_of(run_of(killed.held)))


def test_a_server_that_was_killed_leaves_no_error_box(killed: Killed) -> None:
    for page in (killed.held, killed.playing):
        expect(page.locator(ERROR_BOXES)).to_have_count(0)
