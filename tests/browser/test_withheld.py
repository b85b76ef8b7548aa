"""What a teacher's link withholds, in a browser: a dial that nothing moves, a code to scan, a page inside another."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still
from tests.browser.test_dial import number, slider

LOCKED = "/train?learning_rate=0.0003&hide=iterations,schedule&lock=learning_rate,start"


def link_on(page: Page) -> str:
    return page.locator(".st-key-built_link code").first.inner_text()


def test_a_locked_dial_is_moved_by_no_drag_no_key_and_no_double_click_and_what_is_hidden_is_not_there(
    page_at: PageAt,
) -> None:
    page = page_at(LOCKED)
    box = slider(page).bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 5, middle, steps=4)
    page.mouse.up()
    page.mouse.dblclick(box["x"] + box["width"] - 50, middle)
    page.mouse.click(5, 300)
    for key in ("a", "l", "ArrowRight", "End", "0"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Reset").click()
    wait_until_still(page)
    expect(slider(page)).to_be_disabled()
    expect(number(page)).to_be_disabled()
    expect(number(page)).to_have_value("0.0003")
    expect(page).to_have_url(re.compile("learning_rate=0.0003"))
    expect(page.locator(".player-handle")).to_have_count(0)
    expect(page.get_by_role("button", name="Schedule")).to_have_count(0)
    expect(page.get_by_role("slider", name="Iterations")).to_have_count(0)


def test_the_code_on_the_page_is_read_as_the_link_which_opens_also_inside_another_page(
    page_at: PageAt, server: str
) -> None:
    page = page_at("/teach?dataset=tips&learning_rate=0.0008", color_scheme="dark")
    page.get_by_role("tab", name="A link for the class").click()
    page.get_by_text("Answers wait until asked for").click()
    expect(page.locator(".st-key-built_link code").first).to_contain_text("wait=on")
    wait_until_still(page)
    address = link_on(page)
    assert address == f"{server}/train?dataset=tips&learning_rate=0.0008&wait=on"
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator("img.qr").screenshot())))
    assert seen.text == address
    page.get_by_text("Preview", exact=True).click()
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(inside.get_by_text("What does this run do?")).to_be_visible()


def test_an_embedded_link_has_no_menu_and_no_complaint(page_at: PageAt) -> None:
    page = page_at("/train?wait=on&embed=true")
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(page.locator('[data-testid="stAlert"]')).to_have_count(0)
    expect(page).to_have_url(re.compile(r"wait=on&embed=true$"))
