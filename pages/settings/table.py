"""Everything a person can set, one row each: the same word is the widget's key, the field and the name in the link."""

from dataclasses import dataclass, fields

from pages.settings.asking import AskingSettings
from pages.settings.controls import CONTROLS, LOCKABLE
from pages.settings.kinds import Kind, named, on_or_off, several_named
from pages.settings.row import Nowhere, Row, setting
from rooms.words import read_word
from wording import LANGUAGES, N_

CONTROL_NAMES = N_("the name of a control, as the page for teachers lists them")
A_ROOM = N_("the word of a room, of six letters")
LOCKABLE_NAMES = N_("the name of a control that can be locked, as the page for teachers lists them")


def a_word(text: str) -> str:
    """Read the word of a room; an empty one stands for none."""
    return read_word(text) if text else ""


@dataclass(frozen=True)
class Settings(AskingSettings):
    """Everything that is in force on a page, complete: the run, how it is shown, what is asked, and what is withheld.

    `lang` is None where nobody chose one.
    """

    hide: tuple[str, ...] = setting(
        N_("Hidden controls"),
        several_named(CONTROL_NAMES, tuple(CONTROLS)),
        Nowhere(),
        (),
        help=N_(
            "A link can leave controls out. Reset, tasks and other data may still change what they set: lock it, too."
        ),
        kept=True,
    )
    lock: tuple[str, ...] = setting(
        N_("Locked controls"),
        several_named(LOCKABLE_NAMES, LOCKABLE),
        Nowhere(),
        (),
        help=N_("What is locked is shown, and nothing on any page changes it."),
        kept=True,
    )
    wait: bool = setting(
        N_("Answers wait"),
        on_or_off(),
        Nowhere(),
        False,
        help=N_("Verdicts, limits and best values are not shown until they are asked for."),
        kept=True,
    )
    room: str = setting(N_("Room"), Kind(A_ROOM, a_word, a_word, str), Nowhere(), "", kept=True)
    lang: str | None = setting(N_("Language"), named(*LANGUAGES), Nowhere(), None, kept=True)


TABLE: dict[str, Row] = {field.name: field.metadata["row"] for field in fields(Settings)}
