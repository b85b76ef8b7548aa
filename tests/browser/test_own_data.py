"""Own data in a real browser: a file is chosen, cells are pasted, a point is clicked, and the link carries them."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt

PATIENCE = 20_000


def click_into_picture(page: Page, across: float, down: float) -> None:
    """Click at shares of the picture's own width and height."""
    area = page.locator(".player-places .nsewdrag").bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + across * area["width"], area["y"] + down * area["height"])


def test_a_file_that_is_chosen_and_a_point_that_is_clicked_travel_in_the_link(page_at: PageAt, tmp_path: Path) -> None:
    page = page_at("/your_data")
    file = tmp_path / "marks.csv"
    file.write_text("Hours;Marks\n1;50\n2;60\n3;70,5\n")
    page.set_input_files(".door-file", file)
    expect(page).to_have_url(re.compile(r"own=Hours_Marks%3B1%2C50%3B2%2C60%3B3%2C70\.5$"), timeout=PATIENCE)
    expect(page.locator(".player-places .main-svg").first).to_be_visible()
    click_into_picture(page, 0.5, 0.5)
    expect(page).to_have_url(re.compile(r"70\.5%3B2%2C60$"), timeout=PATIENCE)
    page.get_by_role("link", name="Train on these").click()
    expect(page).to_have_url(re.compile("/train.*70"), timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_text("marks.csv")).to_be_visible(timeout=PATIENCE)


def test_pasted_cells_become_data_and_a_file_that_is_too_large_is_refused_in_the_browser(
    page_at: PageAt, tmp_path: Path
) -> None:
    page = page_at("/your_data")
    page.get_by_label("Or paste cells from a spreadsheet here").fill("Hours\tMarks\n1,5\t52\n2\t61\n")
    page.get_by_role("button", name="Read it").click()
    expect(page).to_have_url(re.compile(r"own=Hours_Marks%3B1\.5%2C52%3B2%2C61$"), timeout=PATIENCE)
    large = tmp_path / "large.csv"
    large.write_bytes(b"1,2\n" * 2**22)
    page.set_input_files(".door-file", large)
    expect(page.get_by_text("larger than 8 MB")).to_be_visible()
    assert page.url.endswith("2%2C61")
