"""The worksheet on paper: the sheets alone, a page of paper for each of their pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from core.lesson.variant import Variant
from telling.worksheet import answer_key, worksheet
from tests.browser.conftest import Visits
from wording import LANGUAGES, speak

SECTION = Path(__file__).parents[2] / "pages" / "sections"
VARIANTS = [Variant(number) for number in range(1, 13)]
PAGES_OF_A_VARIANT = 3
BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"


@pytest.fixture
def desk(visits: Visits) -> Iterator[Page]:
    """A page with the button and, in a narrow frame, the sheets; it notes whether it was asked to print."""
    page = visits.context("en-GB", touch=False).new_page()
    yield page
    page.close()
    speak("en")


def lay_out(page: Page, language: str) -> None:
    speak(language)
    sheets = "".join([*map(worksheet, VARIANTS), *map(answer_key, VARIANTS)])
    style, script = ((SECTION / f"worksheet.{kind}").read_text("utf-8") for kind in ("css", "js"))
    frame = f'<div style="height: 90px; overflow: auto"><div class="sheets">{sheets}</div></div>'
    button = '<div id="part"><button></button></div>'
    dark = "background: #123; color: #eee"
    page.set_content(f'<style>{style}</style><body style="{dark}"><main>The app{button}{frame}</main></body>')
    section = script.replace("export default function", "function section")
    page.add_script_tag(content=f"print = () => {{ window.asked = true; }};\n{section}")
    page.evaluate("section({ data: { print: 'Print' }, parentElement: document.querySelector('#part') })")
    page.get_by_role("button", name="Print").click()


def n_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_variant_fits_on_one_page_of_paper(desk: Page, language: str, paper: str) -> None:
    lay_out(desk, language)
    assert n_pages(desk.pdf(format=paper)) == len(VARIANTS) * PAGES_OF_A_VARIANT


def test_on_paper_there_are_the_sheets_alone_black_on_white_and_afterwards_the_app_again(desk: Page) -> None:
    lay_out(desk, "en")
    desk.emulate_media(media="print", color_scheme="dark")
    assert desk.evaluate("window.asked")
    assert not desk.get_by_text("The app").is_visible()
    paper = desk.locator(".paper .sheets")
    assert paper.is_visible()
    colours = "sheet => [getComputedStyle(sheet).color, getComputedStyle(sheet).backgroundColor]"
    assert paper.evaluate(colours) == [BLACK, WHITE]
    desk.emulate_media(media="screen")
    desk.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert desk.locator(".paper").count() == 0
    assert desk.get_by_text("The app").is_visible()
