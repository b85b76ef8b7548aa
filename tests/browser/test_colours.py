"""Light and dark: what is written in the charts can be read in both."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text, criterion 1.4.3."""
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
FILLS = """(texts) => [...document.querySelectorAll('.player-figure text')].filter((text) => text.matches(texts))
  .map((text) => getComputedStyle(text).fill)"""
TEXTS = {"ticks": ".xtick text, .ytick text", "titles": ".xtitle, .ytitle", "legends": ".legendtext"}


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2, from `rgb(red, green, blue)` between 0 and 255."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(scope="module")
def dark(shared_page_at: PageAt) -> Page:
    return shared_page_at("/train", color_scheme="dark")


@pytest.fixture(scope="module")
def turned_light(dark: Page) -> Page:
    """The same page, once the system has turned light and all ticks of the charts have followed."""
    before = dark.evaluate(FILLS, TEXTS["ticks"])
    dark.emulate_media(color_scheme="light")
    dark.wait_for_function(
        f"([texts, before]) => ({FILLS})(texts).every((fill) => fill !== before)", arg=[TEXTS["ticks"], before[0]]
    )
    return dark


def contrasts(page: Page, texts: str) -> list[float]:
    """The contrast of each of these texts in the charts with the page behind it."""
    background = page.evaluate(BACKGROUND)
    return [contrast(fill, background) for fill in page.evaluate(FILLS, TEXTS[texts])]


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)


@pytest.mark.parametrize("texts", TEXTS)
def test_on_dark_the_text_of_the_charts_can_be_read(dark: Page, texts: str) -> None:
    assert luminance(dark.evaluate(BACKGROUND)) < 0.1
    assert min(contrasts(dark, texts)) >= READABLE


@pytest.mark.parametrize("texts", TEXTS)
def test_when_the_system_turns_light_the_text_of_the_charts_can_be_read_too(turned_light: Page, texts: str) -> None:
    assert luminance(turned_light.evaluate(BACKGROUND)) > 0.8
    assert min(contrasts(turned_light, texts)) >= READABLE
