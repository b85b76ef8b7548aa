"""Links: whoever opens one sees what its sender saw."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, PageAt, wait_until_still
from tests.browser.seen import Scene, new_run, numbers_in, scene, sentence

START_LINE = "() => document.querySelector('.player-figure').data[1].y"


@pytest.fixture(scope="module")
def sender(shared_page_at: PageAt) -> Page:
    """The page of somebody who drew a start, moved the learning rate and chose the logarithmic axis."""
    page = shared_page_at("/train")
    unfold(page, "Start")
    with new_run(page):
        page.get_by_role("button", name="Random start").click()
    with new_run(page):
        page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    unfold(page, "View")
    page.get_by_text("logarithmic", exact=True).click()
    expect(page).to_have_url(re.compile("loss_axis=log"))
    wait_until_still(page)
    return page


@pytest.fixture(scope="module")
def receiver(shared_page_at: PageAt, sender: Page) -> Page:
    """The page of somebody else, who opened the sender's address in another browser, on a phone."""
    return shared_page_at(sender.url[sender.url.index("/train") :], **PHONE, touch=True)


def unfold(page: Page, name: str) -> None:
    """Show controls that are seldom used."""
    page.keyboard.press("Escape")
    page.get_by_role("button", name=name, exact=True).click()


def start_fields(page: Page) -> list[str]:
    unfold(page, "Start")
    return [page.get_by_label(name, exact=True).input_value() for name in ("Start weight", "Start bias", "Seed")]


def test_the_link_opens_with_the_same_sentence(sender: Page, receiver: Page) -> None:
    assert sentence(receiver) == sentence(sender)


def test_the_link_opens_with_the_same_start_in_its_fields(sender: Page, receiver: Page) -> None:
    assert start_fields(receiver) == start_fields(sender)


def test_the_link_opens_with_the_same_line_before_training(sender: Page, receiver: Page) -> None:
    assert receiver.evaluate(START_LINE) == sender.evaluate(START_LINE)


def test_the_link_opens_with_the_same_picture_and_curve(sender: Page, receiver: Page) -> None:
    assert same_drawing(scene(receiver)) == same_drawing(scene(sender))


def same_drawing(seen: Scene) -> list[object]:
    """What must be the same; a pixel's rounding aside."""
    return [seen.caption, seen.place, seen.ranges, *(f"{number:.3g}" for number in (*seen.heights, *seen.marker))]


def test_the_link_opens_with_the_same_loss_axis(receiver: Page) -> None:
    unfold(receiver, "View")
    expect(receiver.get_by_role("radio", name="logarithmic")).to_be_checked()


def test_the_link_stays_as_it_is_when_it_is_opened(sender: Page, receiver: Page) -> None:
    assert receiver.url == sender.url


@pytest.fixture(scope="module")
def from_the_root(shared_page_at: PageAt) -> Page:
    """A page whose link leads to the root of the address, with a setting."""
    return shared_page_at("/?learning_rate=0.0008")


def test_the_root_of_the_address_leads_to_the_train_page(from_the_root: Page) -> None:
    expect(from_the_root).to_have_url(re.compile(r"/train\?"))


def test_a_setting_in_a_link_to_the_root_holds(from_the_root: Page) -> None:
    assert 0.0008 in numbers_in(sentence(from_the_root))
