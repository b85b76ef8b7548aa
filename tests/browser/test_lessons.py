import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, PageAt, lead_to, wait_until_still
from tests.browser.faults import SIDEWAYS, faults

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text, criterion 1.4.3."""
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
FORMULA_COLOURS = """() => [...document.querySelectorAll('[data-testid="stMain"] .katex')]
  .map((formula) => getComputedStyle(formula).color)"""


@pytest.fixture(scope="module")
def dark_phone(shared_page_at: PageAt) -> Page:
    return shared_page_at("/one_step?iteration=1", color_scheme="dark", **PHONE, touch=True)


@pytest.fixture(
    scope="module",
    params=["one_step?dataset=tips&lang=tr&digits=on&iteration=7", "one_step?dataset=weighted-sum&lang=tr"],
)
def phone(dark_phone: Page, request: pytest.FixtureRequest) -> Page:
    """What `test_every_page` does not show: every digit, in Turkish, and many weights."""
    lead_to(dark_phone, f"/{request.param}")
    return dark_phone


@pytest.fixture(scope="module")
def one_step(shared_page_at: PageAt) -> Page:
    return shared_page_at("/one_step")


def title(page: Page, iteration: int) -> None:
    """Wait until the page is about the step that follows this iteration."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"From iteration {iteration} to {iteration + 1}:")
    wait_until_still(page)


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2, from `rgb(red, green, blue)` between 0 and 255."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


# The arrow keys


def test_the_left_arrow_key_at_the_start_changes_nothing(one_step: Page) -> None:
    one_step.keyboard.press("ArrowLeft")
    wait_until_still(one_step)
    title(one_step, 0)


def test_the_arrow_keys_in_a_field_move_in_its_text_and_not_in_the_run(one_step: Page) -> None:
    one_step.locator(".st-key-iteration input").focus()
    one_step.keyboard.press("ArrowRight")
    one_step.keyboard.press("ArrowLeft")
    wait_until_still(one_step)
    title(one_step, 0)


def test_the_arrow_keys_step_forth_and_back(one_step: Page) -> None:
    one_step.evaluate("document.activeElement.blur()")
    for key, iteration in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)):
        one_step.keyboard.press(key)
        title(one_step, iteration)
    expect(one_step).to_have_url(re.compile(r"[?&]iteration=1(&|$)"))


# What holds on a phone


def test_a_lesson_in_the_dark_on_a_phone_has_no_serious_accessibility_fault(phone: Page) -> None:
    assert faults(phone) == []


def test_a_lesson_does_not_scroll_sideways_on_a_phone(phone: Page) -> None:
    assert phone.evaluate(SIDEWAYS) == [0, 0]


# The formulas


def all_formulas_are_rendered(page: Page) -> None:
    expect(page.locator("[data-testid=stMain] .katex").first).to_be_visible()
    assert page.locator("[data-testid=stMain] .katex").count() >= 9
    expect(page.locator(".katex-error")).to_have_count(0)


def test_every_formula_is_rendered(phone: Page) -> None:
    all_formulas_are_rendered(phone)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_formulas_can_be_read(one_step: Page, scheme: Literal["dark", "light"]) -> None:
    one_step.emulate_media(color_scheme=scheme)
    one_step.wait_for_function(
        """(scheme) => getComputedStyle(document.querySelector('[data-testid="stApp"]')).colorScheme === scheme
          && !document.getAnimations().length""",
        arg=scheme,
    )
    background = one_step.evaluate(BACKGROUND)
    found = one_step.evaluate(FORMULA_COLOURS)
    assert len(found) >= 15
    assert min(contrast(colour, background) for colour in found) >= READABLE


def test_every_digit_of_a_long_formula_can_be_reached_on_a_phone(phone: Page) -> None:
    reached = phone.evaluate("""() => [...document.querySelectorAll('[data-testid="stMain"] .katex')]
      .every((formula) => {
        for (let part = formula; part && part !== document.body; part = part.parentElement) {
          if (part.getBoundingClientRect().right <= innerWidth + 1 && part.scrollWidth <= part.clientWidth + 1)
            continue;
          if (['auto', 'scroll'].includes(getComputedStyle(part).overflowX)) return true;
        }
        return formula.getBoundingClientRect().right <= innerWidth + 1;
      })""")
    assert reached


def test_every_formula_of_a_run_that_explodes_is_rendered(one_step: Page) -> None:
    lead_to(one_step, "/one_step?learning_rate=0.01&iteration=60")
    all_formulas_are_rendered(one_step)
