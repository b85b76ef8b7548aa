"""A class in real browsers: a teacher at the wall, students beside, at a server of two processes."""

import io
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from rooms.tries import students_in, tries_in
from telling.animals import animal_name
from tests.browser.conftest import PHONE, PROJECTOR, Visits, wait_until_still
from tests.browser.faults import SIDEWAYS, faults
from tests.browser.live import until
from tests.browser.test_nginx import connections_of
from tests.serving.test_class import Class, running_class, workers

ONE, TWO = "0.0005", "0.0009"
STREAMLIT_S_OWN = "Cannot send rerun backMessage when disconnected"


@dataclass
class Lesson:
    """A room, and who is in it; each of them has a browser of their own."""

    base: str
    served: Class
    visits: Visits
    contexts: list[BrowserContext]
    connections: dict[Page, list[WebSocket]] = field(default_factory=dict)
    word: str = ""
    teacher: Page = field(init=False)

    def browser(self, **more: object) -> BrowserContext:
        """Another browser."""
        chromium: Browser = self.visits.chromium
        context = chromium.new_context(**{"viewport": PROJECTOR, "locale": "en-GB", **more})  # type: ignore[arg-type]
        self.contexts.append(context)
        return context

    def page(self, context: BrowserContext, path: str) -> Page:
        page = context.new_page()
        self.visits.watch(page)
        page.on("websocket", lambda made: self.connections.setdefault(page, []).append(made))
        page.emulate_media(reduced_motion="reduce")
        page.goto(self.base + path)
        wait_until_still(page)
        return page


@pytest.fixture(scope="module")
def lesson(visits: Visits, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lesson]:
    with running_class(tmp_path_factory.mktemp("class") / "log.txt") as served:
        now = Lesson(f"http://127.0.0.1:{served.port}", served, visits, [])
        now.teacher = now.page(now.browser(), "/class_board")
        now.teacher.get_by_role("button", name="Open a room").click()
        now.teacher.wait_for_url("**room=*")
        now.word = now.teacher.locator(".invitation strong").inner_text()
        yield now
        for each in now.contexts:
            each.close()


@pytest.fixture(scope="module")
def ann(lesson: Lesson) -> Page:
    """A student who has followed the address on the wall."""
    return lesson.page(lesson.browser(), f"/join/{lesson.word}")


@pytest.fixture(scope="module")
def phone(lesson: Lesson) -> Page:
    """A student with a dark phone, in Turkish."""
    more = {"viewport": PHONE, "locale": "tr-TR", "has_touch": True, "is_mobile": True, "color_scheme": "dark"}
    return lesson.page(lesson.browser(**more), f"/join/{lesson.word}")


def name_on(page: Page) -> str:
    """Who the page says that one is."""
    strong = page.locator(".st-key-student strong")
    expect(strong.nth(1)).to_be_visible()
    return strong.nth(1).inner_text()


def try_rate(page: Page, rate: str) -> None:
    number = page.locator(".dial-number")
    number.fill(rate)
    number.press("Enter")


def on_the_wall(lesson: Lesson, text: str) -> None:
    expect(lesson.teacher.locator(".st-key-board_left")).to_contain_text(text)


def test_the_code_on_the_wall_is_the_address_below_it(lesson: Lesson) -> None:
    picture = lesson.teacher.locator(".invitation img").screenshot()
    (seen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert seen.text == f"{lesson.base}/join/{lesson.word}"
    expect(lesson.teacher.locator(".invitation span")).to_have_text(f"{lesson.base}/join/{lesson.word}"[7:])


def test_a_student_is_told_the_name_that_the_wall_knows(lesson: Lesson, ann: Page) -> None:
    assert name_on(ann) in {animal_name(student.name) for student in students_in(lesson.word)}
    on_the_wall(lesson, "Students: 1")


def test_a_rate_that_a_student_drags_to_is_a_point_on_the_wall_at_once(lesson: Lesson, ann: Page) -> None:
    box = ann.locator(".dial-range").bounding_box()
    assert box
    ann.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    ann.mouse.down()
    ann.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2, steps=5)
    ann.mouse.up()
    on_the_wall(lesson, "tries: 1")
    expect(lesson.teacher.locator(".st-key-board_left .scatterlayer .trace")).to_have_count(2)


def test_the_first_rate_and_the_way_of_the_hand_are_no_tries(lesson: Lesson) -> None:
    assert len(tries_in(lesson.word)) == 1


def test_who_opens_a_second_tab_is_the_same_student(lesson: Lesson, ann: Page) -> None:
    second = lesson.page(ann.context, f"/join/{lesson.word}")
    assert name_on(second) == name_on(ann)
    second.close()


def test_who_reloads_is_the_same_student(ann: Page) -> None:
    before = name_on(ann)
    ann.reload()
    wait_until_still(ann)
    assert name_on(ann) == before
    expect(ann.locator(".st-key-student")).to_contain_text("One try is noted.")


def test_another_browser_is_another_student(lesson: Lesson, ann: Page, phone: Page) -> None:
    assert len({student.name for student in students_in(lesson.word)}) == 2
    on_the_wall(lesson, "Students: 2")


def test_a_phone_in_turkish_tries_too(lesson: Lesson, phone: Page) -> None:
    try_rate(phone, "0,0011")
    expect(phone.locator(".st-key-student")).to_contain_text("Bir deneme kaydedildi.")
    on_the_wall(lesson, "tries: 2")


def test_on_a_phone_nothing_scrolls_sideways(phone: Page) -> None:
    assert phone.evaluate(SIDEWAYS) == [0, 0]


def test_a_student_s_page_in_the_dark_on_a_phone_has_no_serious_accessibility_fault(phone: Page) -> None:
    assert faults(phone) == []


def test_who_loses_the_network_for_a_while_goes_on_as_the_same_student(lesson: Lesson, ann: Page) -> None:
    before = name_on(ann)
    ann.context.set_offline(True)
    ann.wait_for_function("() => !navigator.onLine")
    ann.context.set_offline(False)
    try_rate(ann, ONE)
    on_the_wall(lesson, "tries: 3")
    assert name_on(ann) == before


def test_when_a_process_is_killed_everybody_comes_back_and_nothing_is_lost(
    lesson: Lesson, ann: Page, phone: Page
) -> None:
    names = [name_on(ann), name_on(phone)]
    before = sum(map(len, lesson.connections.values()))
    os.kill(max(workers(lesson.served), key=lambda worker: connections_of(worker, lesson.served.port)), signal.SIGKILL)
    until(ann, lambda: sum(map(len, lesson.connections.values())) > before)
    for page in (ann, phone, lesson.teacher):
        page.bring_to_front()
        until(page, lambda page=page: not lesson.connections[page][-1].is_closed())  # type: ignore[misc]
        wait_until_still(page)
    assert [name_on(ann), name_on(phone)] == names
    # Streamlit itself asks for a part of the board twice a second, connected or not.
    lesson.visits.errors[:] = [error for error in lesson.visits.errors if STREAMLIT_S_OWN not in error]
    try_rate(ann, TWO)
    on_the_wall(lesson, "tries: 4")
    assert len(tries_in(lesson.word)) == 4


def test_a_frozen_room_tells_its_students(lesson: Lesson, ann: Page) -> None:
    lesson.teacher.get_by_role("button", name="Freeze").click()
    expect(ann.locator(".st-key-student")).to_contain_text("The room is frozen")
    lesson.teacher.get_by_role("button", name="Take tries again").click()
    expect(ann.locator(".st-key-student")).not_to_contain_text("The room is frozen")


def test_what_is_revealed_on_the_wall_is_told_on_every_page(lesson: Lesson, ann: Page, phone: Page) -> None:
    expect(ann.locator(".regime")).to_have_count(0)
    lesson.teacher.get_by_role("button", name="Lay the theory over it").click()
    expect(lesson.teacher.locator(".st-key-board_left .shapelayer path").first).to_be_attached()
    expect(ann.get_by_role("heading", level=1)).to_contain_text("vershoots")
    expect(phone.locator(".st-key-student")).to_contain_text("Yanıt açıklandı.")


def test_the_board_has_no_serious_accessibility_fault_and_does_not_scroll_sideways(lesson: Lesson) -> None:
    assert faults(lesson.teacher) == []
    assert lesson.teacher.evaluate(SIDEWAYS) == [0, 0]


def test_students_follow_to_the_next_task(lesson: Lesson, ann: Page, phone: Page) -> None:
    lesson.teacher.get_by_role("button", name="Next task").click()
    lesson.teacher.get_by_role("button", name="Land it").click()
    on_the_wall(lesson, "Land it: to the goal")
    for page in (ann, phone):
        page.wait_for_url("**land=1**")
        expect(page.locator(".st-key-landing")).to_be_visible()


def test_a_link_with_the_key_opens_the_board_elsewhere_and_does_not_stay_in_the_address(lesson: Lesson) -> None:
    lesson.teacher.get_by_role("button", name="Room", exact=True).click()
    lesson.teacher.get_by_role("button", name="Make a link with the key").click()
    link = lesson.teacher.locator("[data-testid=stCode]").inner_text().strip()
    other = lesson.page(lesson.browser(), link.removeprefix(lesson.base))
    expect(other.locator(".invitation strong")).to_have_text(lesson.word)
    assert "#" not in other.url
    assert link.partition("#")[2] not in other.url


def test_a_link_with_a_wrong_key_opens_nothing_and_says_so(lesson: Lesson) -> None:
    page = lesson.page(lesson.browser(), f"/class_board?room={lesson.word}#{'x' * 32}")
    expect(page.locator(".entrance-said")).to_contain_text("This link opens no room")
    assert "#" not in page.url
    expect(page.locator(".invitation")).to_have_count(0)


def test_the_word_can_be_typed_at_the_door(lesson: Lesson) -> None:
    page = lesson.page(lesson.browser(**{"viewport": PHONE, "locale": "tr-TR"}), "/class_board")
    page.get_by_label("Duvardaki sözcük").fill(f" {lesson.word.upper()}")
    page.get_by_role("button", name="Katıl").click()
    page.wait_for_url("**/train?**")
    wait_until_still(page)
    assert name_on(page)
    assert page.evaluate(SIDEWAYS) == [0, 0]


def test_a_wrong_word_is_told_at_the_door(lesson: Lesson) -> None:
    page = lesson.page(lesson.browser(), "/class_board")
    page.get_by_label("The word on the wall").fill("zazaza")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("There is no room of this word.")).to_be_visible()
    wait_until_still(page)
    assert faults(page) == []
