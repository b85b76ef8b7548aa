"""What a lesson is: a link, what to ask, what the class will say, what to show then, and what to conclude."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wording import _

Numbers = Mapping[str, str]
"""What stands in a text's placeholders, written in the language spoken."""


@dataclass(frozen=True)
class Link:
    """A page, and the settings with which it opens: their names and values, as an address holds them."""

    page: str
    address: Mapping[str, str]


@dataclass(frozen=True)
class Lesson:
    """One lesson of `minutes`; its texts are in English, for `told`, and hold no number that is not computed.

    `says` is the misconception in the students' own words; `then` opens a second picture.
    """

    title: str
    minutes: int
    link: Link
    ask: str
    says: str
    show: tuple[str, ...]
    conclude: str
    numbers: Callable[[], Numbers]
    then: Link | None = None


@dataclass(frozen=True)
class Told:
    """The texts of a lesson as a teacher reads them."""

    title: str
    ask: str
    says: str
    show: tuple[str, ...]
    conclude: str


def told(lesson: Lesson) -> Told:
    """Return a lesson's texts in the language spoken, with their numbers."""
    numbers = lesson.numbers()

    def filled(text: str) -> str:
        return _(text).format(**numbers)

    return Told(
        _(lesson.title),
        filled(lesson.ask),
        filled(lesson.says),
        tuple(map(filled, lesson.show)),
        filled(lesson.conclude),
    )
