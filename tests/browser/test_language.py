"""Languages: the browser's own, or the one that is chosen; and numbers as each of them writes them."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, wait_until_still
from tests.browser.seen import sentence

NEARLY_LEARNED = "/train?weights=1.8&bias=31"
"""A run whose loss is below one from the start, so that the axis has ticks with decimals."""
TICKS = "() => [...document.querySelectorAll('.player-figure .ytick text')].map((tick) => tick.textContent)"


@dataclass(frozen=True)
class Told:
    """What a page says where."""

    sentence: str
    caption: str
    ticks: list[str]
    first_link: str
    play: str
    address: str


def told(page: Page) -> Told:
    wait_until_still(page)
    return Told(
        sentence(page),
        page.locator(".player-caption").inner_text(),
        page.evaluate(TICKS),
        page.get_by_role("banner").get_by_role("link").first.inner_text(),
        page.locator(".player-play").inner_text(),
        page.url,
    )


def switch(page: Page, language: str, play: str) -> Told:
    page.locator(".st-key-language").get_by_text(language).click()
    expect(page.locator(".player-play")).to_contain_text(play)
    return told(page)


@pytest.fixture(scope="module")
def turkish_page(shared_page_at: PageAt) -> Page:
    return shared_page_at(NEARLY_LEARNED, locale="tr-TR")


@pytest.fixture(scope="module")
def english_page(shared_page_at: PageAt) -> Page:
    return shared_page_at(NEARLY_LEARNED)


@pytest.fixture(scope="module")
def turkish(turkish_page: Page) -> Told:
    return told(turkish_page)


@pytest.fixture(scope="module")
def english(english_page: Page) -> Told:
    return told(english_page)


@pytest.fixture(scope="module")
def switched(english_page: Page, english: Told) -> Told:
    """The page in an English browser, after a click on Turkish."""
    return switch(english_page, "TR", "Oynat")


@pytest.fixture(scope="module")
def switched_back(english_page: Page, switched: Told) -> Told:
    return switch(english_page, "EN", "Play")


def test_a_turkish_browser_gets_a_turkish_sentence(turkish: Told) -> None:
    assert "adımda hatanın yarısı gidiyor" in turkish.sentence


def test_a_turkish_browser_gets_turkish_navigation(turkish: Told) -> None:
    assert turkish.first_link == "Eğitim"


def test_a_turkish_browser_gets_turkish_words_on_the_player(turkish: Told) -> None:
    assert "Oynat" in turkish.play


def test_the_link_does_not_name_the_browser_s_own_language(turkish: Told) -> None:
    assert "lang=" not in turkish.address


def test_turkish_ticks_have_a_decimal_comma(turkish: Told) -> None:
    assert any(re.fullmatch(r"\d,\d+", tick) for tick in turkish.ticks)


def test_english_ticks_have_a_decimal_point(english: Told) -> None:
    assert any(re.fullmatch(r"\d\.\d+", tick) for tick in english.ticks)


def test_the_turkish_caption_has_a_decimal_comma_and_points_between_thousands(turkish: Told) -> None:
    assert re.fullmatch(r"yineleme 10\.000 · kayıp 0,\d+", turkish.caption)


def test_the_english_caption_has_a_decimal_point_and_commas_between_thousands(english: Told) -> None:
    assert re.fullmatch(r"iteration 10,000 · loss 0\.\d+", english.caption)


def test_a_turkish_field_takes_a_decimal_comma(turkish: Told, turkish_page: Page) -> None:
    field = turkish_page.locator(".dial-number")
    field.fill("0,00015")
    field.press("Enter")
    expect(turkish_page).to_have_url(re.compile(r"learning_rate=0\.00015"))
    field.fill("0,0001")
    field.press("Enter")
    expect(turkish_page).not_to_have_url(re.compile("learning_rate"))


def test_the_switch_changes_the_sentence(switched: Told, turkish: Told) -> None:
    assert switched.sentence == turkish.sentence


def test_the_switch_changes_the_caption(switched: Told, turkish: Told) -> None:
    assert switched.caption == turkish.caption


def test_the_switch_changes_the_numbers_in_the_charts(switched: Told, turkish: Told) -> None:
    assert switched.ticks == turkish.ticks


def test_the_switch_keeps_the_settings_and_is_in_the_link(switched: Told) -> None:
    assert re.search(r"weights=1\.8.*bias=31.*lang=tr", switched.address)


def test_the_switch_leads_back(switched_back: Told, english: Told) -> None:
    assert (switched_back.sentence, switched_back.caption) == (english.sentence, english.caption)
