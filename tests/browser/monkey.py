"""A monkey that plays with the app: it clicks, drags, types and presses whatever it finds, as its seed says.

    python -m tests.browser.monkey       # make monkey; SEED and SECONDS say otherwise

A journey has a seed of its own, one more than the one before it, so that SEED=17 SECONDS=1 repeats journey 17 alone.
The seed says in which language it goes, on which screen it begins, and what is done.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Dialog, Download, ElementHandle, FileChooser, FilePayload, Page
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as TooLateError

from pages.frame.shell import PAGES
from tests.browser.conftest import (
    ERROR_BOXES,
    PHONE,
    PROJECTOR,
    STILL,
    PageAt,
    Visits,
    browser_at,
    running_server,
)
from tests.browser.faults import SIDEWAYS

ACTIONS = 40
"""What a monkey does in one journey."""
BLANK = "about:blank"
"""What a new tab shows: no page of the app."""
LOCALES = ("en-GB", "tr-TR")
SCREENS = (PROJECTOR, PHONE)
STARTS = ("", "?more=on", "?live=on", "?dataset=tips", "?dataset=xor", "?dataset=weighted-sum", "?dataset=own&board=on")

# All that can be used and is seen, in the order of the document.
USABLE = """() => [...document.querySelectorAll(`a[href], button, input, textarea, select, summary, label,
    [role=tab], [role=radio], [role=option], [role=menuitem], [role=slider], [role=switch], [contenteditable=true]`)]
  .filter((part) => {
    if (part.disabled || (part.href && new URL(part.href).origin !== location.origin)) return false;
    const { width, height } = part.getBoundingClientRect();
    return width > 0 && height > 0 && part.checkVisibility({ visibilityProperty: true });
  })"""
MOVABLE = """() => [...document.querySelectorAll('input[type=range], [role=slider], .nsewdrag, canvas')]
  .filter((part) => !part.disabled && part.getBoundingClientRect().width > 0)"""
FIELDS = """() => [...document.querySelectorAll(
    'input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea, [contenteditable=true]')]
  .filter((part) => !part.disabled && part.getBoundingClientRect().width > 0)"""
KIND = """(part) => {
  part.scrollIntoView({ block: 'center', behavior: 'instant' });
  if (part.matches('select')) return 'list';
  if (part.matches('input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea, [contenteditable]'))
    return 'field';
  return part.matches('a[target=_blank]') ? 'elsewhere' : 'part';
}"""
NAME = r"""(part) => {
  const name = part.ariaLabel || part.innerText || part.title || part.getAttribute('class') || '';
  return `${part.tagName.toLowerCase()} “${name.replace(/\s+/g, ' ').trim().slice(0, 40)}”`;
}"""
# A page that trains for long may take its time while it says so, if it then still answers.
STILL_OR_BUSY = f"() => ({STILL})() || document.querySelector('[data-testid=\"stProgress\"]')"
NO_PRINTER = "window.print = () => dispatchEvent(new Event('afterprint'))"

NONSENSE = (
    *("", " ", "abc", "-5", "0", "1", "3", "0.0013", "0.1", "50", "100000", "100001", "2147483648", "1,5", "0,001"),
    *(
        "1.000,5",
        "1e999",
        "-1e999",
        "1e-320",
        "1e300",
        "nan",
        "inf",
        "1;2;3",
        "1 2",
        "0:0,1; 5:0,2",
        "a\tb\n1\t2\n3\t4",
    ),
    *("<script>alert(1)</script>", "💥💥", "İıŞşĞğ", "٣", "%s{0}$x$", "x" * 3000, "9" * 500, "1," * 400),
)
FILES = (b"", b"x,y\n1,2\n2,4\n3,7\n", "a;ş\n1,5;İ\n2;ı\n".encode(), b"x\nnan\n", b"\x00\xff\xfe\x00" * 99, b"," * 9999)
KEYS = (
    *[
        "p",
        "v",
        ",",
        ".",
        "t",
        "h",
        "l",
        "a",
        "b",
        "r",
        "0",
        "?",
        "Ş",
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "ArrowDown",
        "PageUp",
        "PageDown",
        "Home",
        "End",
    ],
    *["Enter", "Space", "Escape", "Tab", "Shift+Tab", "Shift+ArrowRight", "Delete", "Control+Z"],
)


@dataclass
class Monkey:
    """One journey: a seed, the page that it is on, and what it has done so far."""

    seed: int
    page: Page
    chance: random.Random
    done: list[str] = field(default_factory=list)

    def act(self) -> None:
        """Do one thing, and wait for the page more often than not."""
        kinds: dict[Callable[[], str], int] = {
            self.use: 45,
            self.write: 10,
            self.drag: 14,
            self.press: 12,
            self.go_back: 3,
            self.go_forth: 2,
            self.reload: 2,
            self.turn_page: 6,
        }
        (action,) = self.chance.choices(list(kinds), list(kinds.values()))
        if self.page.url == BLANK:  # a way back that took its time
            self.page.go_forward()
        self.done.append(action.__name__)
        try:
            self.done[-1] = action()
        except TooLateError:
            raise
        except BrowserError:  # while it was about to be used the page has drawn it anew, or has been left
            self.done[-1] += ", but it was gone"
        if self.chance.random() < 0.7:
            self.look()

    def use(self) -> str:
        """Use any part that can be used."""
        part = self.pick(USABLE)
        if part is None:
            return "found nothing to use"
        act = {"list": self.choose, "field": self.type, "elsewhere": self.follow, "part": self.click}[
            part.evaluate(KIND)
        ]
        return act(part)

    def write(self) -> str:
        """Type into any field."""
        part = self.pick(FIELDS)
        return self.type(part) if part else "found no field"

    def pick(self, parts: str) -> ElementHandle | None:
        """One of the parts, by its number in the order of the document."""
        found, share = self.page.evaluate_handle(parts), self.chance.random()
        return found.evaluate_handle("(all, share) => all[Math.floor(share * all.length)]", share).as_element()

    def click(self, part: ElementHandle) -> str:
        name = part.evaluate(NAME)
        self.touch(*self.middle(part))
        return f"click {name}"

    def middle(self, part: ElementHandle) -> tuple[float, float]:
        box = part.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(self, x: float, y: float) -> None:
        """Click or tap whatever lies there, be it what was meant or not."""
        if self.is_phone:
            self.page.touchscreen.tap(max(x, 0), max(y, 0))
        else:
            self.page.mouse.click(x, y)

    @property
    def is_phone(self) -> bool:
        return self.page.viewport_size == PHONE

    def choose(self, part: ElementHandle) -> str:
        """Choose from a list of the browser's own."""
        n_options = part.evaluate("(list) => list.options.length")
        index = self.chance.randrange(max(n_options, 1))
        name = part.evaluate(NAME)
        part.select_option(index=index)
        return f"choose {index} of {name}"

    def type(self, part: ElementHandle) -> str:
        """Type nonsense into a field, and leave it in one way or another."""
        text, key = self.chance.choice(NONSENSE), self.chance.choice(("Enter", "Tab", "Escape", "Control+Enter"))
        name = part.evaluate(NAME)
        self.touch(*self.middle(part))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press(key)
        return f"type {text[:30]!r} ({len(text)}) into {name}, {key}"

    def follow(self, part: ElementHandle) -> str:
        """Open here what a link opens in a new tab."""
        address = str(part.evaluate("(link) => link.href"))
        self.page.goto(address)
        return f"follow {address}"

    def drag(self) -> str:
        """Drag the dial, a handle in a picture, the player's slider, or the picture itself."""
        part = self.pick(MOVABLE)
        if part is None:
            return "found nothing to drag"
        part.evaluate(KIND)
        name, box = part.evaluate(NAME), part.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
        start = self.spot(box) if box["width"] > 60 else self.middle(part)
        way = [(start[0] + self.chance.uniform(-300, 300), start[1] + self.chance.uniform(-150, 150)) for _ in range(3)]
        (self.drag_finger if self.is_phone else self.drag_mouse)([start, *way])
        return f"drag {name} along {[(round(x), round(y)) for x, y in [start, *way]]}"

    def spot(self, box: Any) -> tuple[float, float]:
        return (
            box["x"] + self.chance.random() * box["width"],
            box["y"] + self.chance.uniform(0.3, 0.7) * box["height"],
        )

    def drag_mouse(self, way: list[tuple[float, float]]) -> None:
        self.page.mouse.move(*way[0])
        self.page.mouse.down()
        for place in way[1:]:
            self.page.mouse.move(*place, steps=6)
        self.page.mouse.up()

    def drag_finger(self, way: list[tuple[float, float]]) -> None:
        finger = self.page.context.new_cdp_session(self.page)
        for number, (x, y) in enumerate(way):
            kind = "touchMove" if number else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": max(x, 0), "y": max(y, 0)}]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        finger.detach()

    def press(self) -> str:
        """Press a few keys, wherever the focus is."""
        keys = self.chance.choices(KEYS, k=self.chance.randint(1, 5))
        for key in keys:
            self.page.keyboard.press(key)
        return f"press {' '.join(keys)}"

    def go_back(self) -> str:
        self.page.go_back()
        if self.page.url == BLANK:
            self.page.go_forward()
        return "go back"

    def go_forth(self) -> str:
        self.page.go_forward()
        return "go forth"

    def reload(self) -> str:
        self.page.reload()
        return "reload"

    def turn_page(self) -> str:
        """Open a page by its address, now and then with another run."""
        address = f"/{self.chance.choice(list(PAGES))}{self.chance.choice(STARTS)}"
        self.page.goto(f"{base_of(self.page)}{address}")
        return f"open {address}"

    def look(self) -> None:
        """Fail where the page shows an error, is too wide, is not still in time, or is none of the app's."""
        try:
            self.look_once()
        except TooLateError:
            raise
        except BrowserError:  # a form has led to another page meanwhile: that one is looked at
            self.look_once()

    def look_once(self) -> None:
        self.page.wait_for_function(STILL_OR_BUSY, timeout=60_000, polling=50)
        boxes = self.page.locator(ERROR_BOXES).all_inner_texts()
        must(boxes == [], f"an error box says {boxes}")
        wider = self.page.evaluate(SIDEWAYS)
        must(wider == [0, 0], f"it scrolls sideways by {wider}")

    def find_out(self) -> None:
        """Fail where the page does not answer a click on another page any more."""
        self.look()
        self.page.set_viewport_size(PROJECTOR)
        self.page.keyboard.press("Escape")
        here = urlsplit(self.page.url).path
        links = self.page.get_by_role("banner").locator("a[href]").all()  # none where a link hides them
        other = [link for link in links if urlsplit(str(link.get_attribute("href"))).path != here]
        if other:
            self.done.append("click another page")
            other[0].click()
            self.page.wait_for_function("(path) => location.pathname !== path", arg=here)
            self.look()


def base_of(page: Page) -> str:
    place = urlsplit(page.url)
    return f"{place.scheme}://{place.netloc}"


def keep_inside(page: Page, chance: random.Random) -> None:
    """Have no file saved, no dialogue waited for and no other tab, and offer files of all kinds where one is wanted."""

    def offer(chooser: FileChooser) -> None:
        file: FilePayload = {"name": "data.csv", "mimeType": "text/csv", "buffer": chance.choice(FILES)}
        with suppress(BrowserError):  # the field may be gone by now
            chooser.set_files(file)

    def cancel(download: Download) -> None:
        download.cancel()

    def dismiss(dialog: Dialog) -> None:
        dialog.dismiss()

    page.on("filechooser", offer)
    page.on("download", cancel)
    page.on("dialog", dismiss)
    page.on("popup", lambda popup: popup.close())
    page.add_init_script(NO_PRINTER)
    page.evaluate(NO_PRINTER)


class JourneyError(AssertionError):
    """A journey has found something: what, and all that was done before."""


def begin(page_at: PageAt, seed: int) -> Monkey:
    """Open a page as the seed says."""
    chance = random.Random(seed)
    locale, screen = chance.choice(LOCALES), chance.choice(SCREENS)
    address = f"/{chance.choice(list(PAGES))}{chance.choice(STARTS)}"
    page = page_at(address, locale=locale, touch=screen is PHONE, **screen)
    keep_inside(page, random.Random(seed))
    return Monkey(seed, page, chance, [f"open {address} in {locale}, {screen['width']} wide"])


def follow_through(monkey: Monkey, visits: Visits, actions: int = ACTIONS) -> list[str]:
    """Make a journey that has begun, and return what was done; raise JourneyError where it finds an error."""
    try:
        for _action in range(actions):
            monkey.act()
            must(visits.errors == [], "the browser tells of an error")
        monkey.find_out()
        must(visits.hosts == {"127.0.0.1"}, f"it asked {visits.hosts}")
    except (AssertionError, BrowserError) as problem:
        raise JourneyError(report(monkey, visits, problem)) from problem
    return monkey.done


def report(monkey: Monkey, visits: Visits, problem: Exception) -> str:
    """Write down a journey and what it found."""
    found = "\n".join([str(problem), *visits.errors, f"at {monkey.page.url[:500]}"])
    return f"Journey {monkey.seed} (SEED={monkey.seed} SECONDS=1 repeats it):\n{listed(monkey.done)}\n{found}"


def must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


def listed(done: list[str]) -> str:
    return "\n".join(f"  {number}. {action}" for number, action in enumerate(done))


def journeys(visits: Visits, seed: int, seconds: float) -> int:
    """Make journeys for so many seconds, and print what they find; return how many found something."""
    n_found, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        n_found += not is_fine(visits, seed)
        seed += 1
    return n_found


def is_fine(visits: Visits, seed: int) -> bool:
    """Make a journey, print what it did, and return whether it found nothing."""
    visits.errors.clear()
    visits.hosts.clear()
    with visits.visiting() as page_at:
        try:
            done = follow_through(begin(page_at, seed), visits)
        except JourneyError as found:
            print(found, flush=True)
            return False
    print(f"Journey {seed} has found nothing:\n{listed(done)}", flush=True)
    return True


def main() -> int:
    """Run a server, let the monkey loose for SECONDS, and return how many of its journeys found something."""
    seed, seconds = int(os.environ.get("SEED") or time.time()), float(os.environ.get("SECONDS") or 600)
    print(f"SEED={seed} SECONDS={seconds:g}", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder) / "log.txt") as server,
        browser_at(server.base) as visits,
    ):
        return journeys(visits, seed, seconds)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
