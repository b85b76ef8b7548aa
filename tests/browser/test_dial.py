"""The dial of the learning rate: dragged, with keys, typed, and on a server that is slow to answer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from core.theory.limits import Regime
from pages.settings.choosing import complete
from telling.names import regime_names
from tests.browser.conftest import PATIENCE, PHONE, PageAt, lead_to, wait_until_still
from tests.pages.known import known_of
from wording import exact, speak

OWN = "0.0001"
# Where the dial stands at each place it can be dragged to, before anything is heard of the server.
SWEEP = """(range) => [...Array(1001).keys()].map((place) => {
  range.value = place;
  range.dispatchEvent(new Event('input'));
  return [range.closest('.dial').querySelector('.dial-number').value, range.getAttribute('aria-valuetext')];
})"""


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name="Learning rate", exact=True)


def number(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Learning rate, exactly")


def rests_at(page: Page, rate: str) -> None:
    """Wait until the dial stands there, and the address says so, too."""
    expect(number(page)).to_have_value(rate)
    at_rate = re.compile(rf"learning_rate={re.escape(rate)}(&|$)")
    expect(page).to_have_url(re.compile(r"/which_way$") if rate == OWN else at_rate)
    wait_until_still(page)
    expect(number(page)).to_have_value(rate)
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(f"^{re.escape(rate)}, "))


def point(page: Page, thousandths: float) -> tuple[float, float]:
    """Where on the screen the thumb stands at this place."""
    x, y, width, height, thumb = slider(page).evaluate("""(range) => {
      const { x, y, width, height } = range.getBoundingClientRect();
      return [x, y, width, height, parseFloat(getComputedStyle(range).getPropertyValue('--thumb'))];
    }""")
    return x + thumb / 2 + thousandths / 1000 * (width - thumb), y + height / 2


@pytest.fixture(scope="module")
def shared(shared_page_at: PageAt) -> Page:
    return shared_page_at("/which_way")


@pytest.fixture
def page(shared: Page) -> Page:
    """A page with the data set's own rate, and nothing said before."""
    if shared.get_by_role("alert").filter(has_text="Learning rate").count():
        shared.goto(shared.url.partition("?")[0])
        wait_until_still(shared)
    elif "?" in shared.url:
        shared.evaluate("() => document.activeElement.blur()")
        shared.keyboard.press("a")
        rests_at(shared, OWN)
    return shared


def grab(page: Page) -> None:
    """Press the mouse down on the thumb."""
    slider(page).scroll_into_view_if_needed()
    page.mouse.move(*point(page, float(slider(page).input_value())))
    page.mouse.down()


def test_the_dial_reports_while_it_is_dragged(page: Page) -> None:
    grab(page)
    page.mouse.move(*point(page, 600), steps=10)
    assert number(page).input_value() != OWN
    expect(page).to_have_url(re.compile(f"learning_rate={number(page).input_value()}$"))
    page.mouse.up()


def test_after_a_drag_number_and_address_agree_and_the_thumb_stands_where_it_was_let_go(page: Page) -> None:
    grab(page)
    page.mouse.move(*point(page, 650), steps=10)
    page.mouse.up()
    expect(page).to_have_url(re.compile("learning_rate="))
    wait_until_still(page)
    rests_at(page, number(page).input_value())
    assert int(slider(page).input_value()) == pytest.approx(650, abs=5)


def test_a_message_that_goes_away_does_not_end_a_drag(page: Page) -> None:
    page.goto(page.url + "?colour=red")
    wait_until_still(page)
    grab(page)
    page.mouse.move(*point(page, 400), steps=5)
    expect(page.get_by_role("alert").filter(has_text="colour")).to_have_count(0)
    page.mouse.move(*point(page, 650), steps=5)
    page.mouse.up()
    rests_at(page, number(page).input_value())
    assert int(slider(page).input_value()) == pytest.approx(650, abs=5)


KEYS = [
    ("ArrowRight", "0.00011"),
    ("ArrowUp", "0.00012"),
    ("a", OWN),
    ("ArrowLeft", "9.5e-05"),
    ("a", OWN),
    ("Shift+ArrowRight", "0.000101"),
    ("Shift+ArrowLeft", OWN),
    ("PageUp", "0.0002"),
    ("Home", "1e-06"),
    ("End", "0.012"),
]
"""Keys that are pressed one after the other, and the rate that each leads to."""


def test_keys_move_the_dial(page: Page) -> None:
    for key, rate in KEYS:
        slider(page).press(key)
        assert number(page).input_value() == rate
    rests_at(page, KEYS[-1][1])


def test_a_double_click_brings_the_article_s_rate_back(page: Page) -> None:
    slider(page).press("End")
    rests_at(page, "0.012")
    page.mouse.dblclick(*point(page, 500))
    rests_at(page, OWN)


def test_key_a_is_a_letter_like_any_other_in_a_field(page: Page) -> None:
    slider(page).press("End")
    rests_at(page, "0.012")
    number(page).press("a")
    assert "a" in number(page).input_value()
    number(page).press("Escape")
    rests_at(page, "0.012")


@pytest.mark.parametrize("leave", ["Enter", "Tab"])
def test_a_typed_rate_is_shown_exactly_and_the_thumb_stands_at_its_true_place(page: Page, leave: str) -> None:
    number(page).fill("0.00080123456")
    number(page).press(leave)
    rests_at(page, "0.00080123456")
    assert 420 < int(slider(page).input_value()) < 750


@pytest.mark.parametrize(("rate", "place"), [("0", "0"), ("5", "1000")])
def test_a_rate_off_the_scale_is_shown_as_itself_with_the_thumb_at_the_end(page: Page, rate: str, place: str) -> None:
    number(page).fill(rate)
    number(page).press("Enter")
    expect(page).to_have_url(re.compile(rf"learning_rate={rate}\.0$"))
    expect(number(page)).to_have_value(rate)
    expect(slider(page)).to_have_js_property("value", place)


def test_typed_nonsense_is_complained_about_and_the_rate_in_force_is_shown_again(page: Page) -> None:
    number(page).fill("fast")
    number(page).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="fast")).to_contain_text("Learning rate")
    rests_at(page, OWN)


def test_a_text_that_is_left_as_it_was_is_reported_to_nobody(page: Page) -> None:
    number(page).fill("0.5")
    number(page).fill(OWN)
    number(page).press("Enter")
    number(page).press("Tab")
    wait_until_still(page)
    rests_at(page, OWN)


def names_rate_and_regime_as_the_server_would(page: Page, dataset: str, lang: str) -> None:
    """Drag the dial everywhere, and compare what it says with what the server would say there."""
    swept: list[tuple[str, str]] = page.locator(".dial-range").evaluate(SWEEP)
    speak(lang)
    limits, names = known_of(complete({"dataset": dataset})).limits, regime_names()
    rates = [float(text.replace(",", ".")) for text, _spoken in swept]
    zones = [Regime.CREEPING] * 200 + [Regime.MONOTONE] * 220 + [Regime.OVERSHOOTING] * 330 + [Regime.DIVERGING] * 251
    assert [text for text, _spoken in swept] == [exact(rate) for rate in rates]
    assert [limits.regime(rate) for rate in rates] == zones
    assert [spoken for _text, spoken in swept] == [f"{exact(r)}, {names[z]}" for r, z in zip(rates, zones, strict=True)]
    assert rates == sorted(rates)
    page.locator(".dial-range").press("a")
    expect(page).not_to_have_url(re.compile("learning_rate"))
    wait_until_still(page)


def test_wherever_it_is_dragged_the_dial_names_rate_and_regime_as_the_server_would(page: Page) -> None:
    names_rate_and_regime_as_the_server_would(page, "celsius", "en")


@pytest.fixture(scope="module")
def turkish(shared_page_at: PageAt) -> Page:
    return shared_page_at("/which_way?dataset=weighted-sum", locale="tr-TR")


def turkish_dial(page: Page) -> Locator:
    return page.get_by_role("slider", name="Öğrenme oranı", exact=True)


def turkish_number(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Öğrenme oranı, tam değer")


def test_in_turkish_with_many_weights_it_does_so_too(turkish: Page) -> None:
    names_rate_and_regime_as_the_server_would(turkish, "weighted-sum", "tr")


def test_in_turkish_the_number_has_a_decimal_comma(turkish: Page) -> None:
    expect(turkish_number(turkish)).to_have_value("0,1")
    turkish_dial(turkish).press("ArrowRight")
    expect(turkish_number(turkish)).to_have_value("0,11")
    turkish_number(turkish).fill("0,08")
    turkish_number(turkish).press("Enter")
    expect(turkish).to_have_url(re.compile(r"learning_rate=0\.08$"))
    expect(turkish_number(turkish)).to_have_value("0,08")


def test_the_largest_stable_rate_bounces_for_ever(turkish: Page) -> None:
    turkish_number(turkish).fill("0,25")
    turkish_number(turkish).press("Enter")
    speak("tr")
    expect(turkish_dial(turkish)).to_have_attribute("aria-valuetext", f"0,25, {regime_names()[Regime.BOUNCING]}")


def test_the_dial_of_flat_data_moves_without_a_regime(turkish: Page) -> None:
    lead_to(turkish, "/train?dataset=weighted-sum&features=0,0,0,0")
    expect(turkish_dial(turkish)).to_have_attribute("aria-valuetext", "0,1")
    turkish_dial(turkish).press("End")
    expect(turkish_dial(turkish)).to_have_attribute("aria-valuetext", "1")
    expect(turkish).to_have_url(re.compile(r"learning_rate=1\.0"))


class SlowServer:
    """Holds back what the server says of its runs until it is told not to, and counts what it is asked."""

    def __init__(self) -> None:
        self.held: list[Any] | None = None
        self.asked = 0

    def stand_between(self, browser: WebSocketRoute) -> None:
        self.browser, server = browser, browser.connect_to_server()

        def ask(message: str | bytes) -> None:
            self.asked += 1
            server.send(message)

        browser.on_message(ask)
        server.on_message(lambda message: browser.send(message) if self.held is None else self.held.append(message))

    def hold(self) -> None:
        self.held, self.asked = [], 0

    def let_go(self) -> None:
        held, self.held = self.held or [], None
        for message in held:
            self.browser.send(message)


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page draw on until what the test's own side waits for has come."""
    for _ in range(PATIENCE):
        if holds():
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("it has not come")


@pytest.fixture(scope="module")
def far_away(shared_page_at: PageAt) -> tuple[SlowServer, Page]:
    """A page whose server can be made slow."""
    server = SlowServer()
    return server, shared_page_at("/which_way", stream=server.stand_between)


@pytest.fixture
def slow(far_away: tuple[SlowServer, Page]) -> Iterator[tuple[SlowServer, Page]]:
    """That page with the data set's own rate, and with nothing on its way to the server or from it."""
    server, page = far_away
    if "?" in page.url:
        page.goto(page.url.partition("?")[0])
        wait_until_still(page)
    yield server, page
    server.held = None


def test_while_the_server_is_busy_only_the_latest_rate_waits(slow: tuple[SlowServer, Page]) -> None:
    server, page = slow
    server.hold()
    grab(page)
    page.mouse.move(*point(page, 800), steps=20)
    assert server.asked == 1
    server.let_go()
    expect(page).to_have_url(re.compile(f"learning_rate={number(page).input_value()}$"))
    page.mouse.up()
    rests_at(page, number(page).input_value())
    assert server.asked <= 4


def test_a_key_that_is_kept_down_reports_its_first_and_its_last_rate_to_a_busy_server(
    slow: tuple[SlowServer, Page],
) -> None:
    server, page = slow
    slider(page).focus()
    server.hold()
    for _ in range(10):
        page.keyboard.down("ArrowRight")
    page.wait_for_function("() => document.querySelector('.dial-number').value === '0.0002'")
    until(page, lambda: server.asked > 0)
    assert server.asked == 1
    page.keyboard.up("ArrowRight")
    server.let_go()
    rests_at(page, "0.0002")
    assert server.asked == 2


def test_a_late_answer_does_not_move_what_is_held(slow: tuple[SlowServer, Page]) -> None:
    server, page = slow
    server.hold()
    grab(page)
    page.mouse.move(*point(page, 300))
    page.mouse.move(*point(page, 700))
    before = number(page).input_value()
    server.let_go()
    expect(page).to_have_url(re.compile("learning_rate="))
    assert number(page).input_value() == before
    page.mouse.up()
    rests_at(page, before)


def test_a_connection_that_was_lost_while_it_was_moved_does_not_hang_the_dial(
    slow: tuple[SlowServer, Page],
) -> None:
    server, page = slow
    server.hold()
    slider(page).press("End")
    until(page, lambda: server.asked > 0)
    server.browser.close()
    server.held = None
    rests_at(page, "0.012")


def test_a_finger_drags_the_dial(page_at: PageAt) -> None:
    page = page_at("/which_way", **PHONE, touch=True)
    slider(page).scroll_into_view_if_needed()
    finger = page.context.new_cdp_session(page)
    for kind, place in (("touchStart", 249), ("touchMove", 400), ("touchMove", 500), ("touchMove", 600)):
        x, y = point(page, place)
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    expect(page).to_have_url(re.compile("learning_rate="))
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_until_still(page)
    rests_at(page, number(page).input_value())
    assert int(slider(page).input_value()) == pytest.approx(600, abs=15)


def test_a_drag_may_end_anywhere_on_the_page(page: Page) -> None:
    grab(page)
    page.mouse.move(*point(page, 600), steps=5)
    page.mouse.move(700, 100)
    page.mouse.up()
    wait_until_still(page)
    number(page).fill("0.0009")
    number(page).press("Enter")
    rests_at(page, "0.0009")
    assert 420 < int(slider(page).input_value()) < 750


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_dial_has_no_serious_fault(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    slider(page).focus()
    page.wait_for_function(
        """(scheme) => getComputedStyle(document.querySelector('[data-testid="stApp"]')).colorScheme === scheme
          && !document.getAnimations().length""",
        arg=scheme,
    )
    found = Axe().run(page, context=".dial", options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_dial_is_large_enough_for_a_finger(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    box = slider(page).bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["x"] + box["width"] <= width
    assert (
        page.evaluate("parseFloat(getComputedStyle(document.querySelector('.dial')).getPropertyValue('--thumb'))") >= 28
    )


def test_a_focused_dial_shows_the_names_of_its_marks(page: Page) -> None:
    slider(page).press("ArrowRight")
    expect(page.locator(".dial-name")).to_have_count(3)
    expect(page.locator(".dial-names")).to_be_visible()
