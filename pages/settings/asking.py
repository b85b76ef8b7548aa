"""What is asked before a page shows its run, one row each: the question, and whose numbers it has."""

from dataclasses import dataclass
from typing import Any, Literal

from pages.settings.kinds import Kind, named, whole
from pages.settings.page import PageSettings
from pages.settings.row import Nowhere, setting
from wording import N_

NOTHING = "none"
EACH_OWN: Literal["own"] = "own"
"""Each session draws a number of its own, once; the address then holds that number."""
VARIANTS = 999
A_VARIANT = N_("a whole number from 0 to 999, or own")


def a_variant() -> Kind:
    """Build the kind of a variant's number, or of that which each session draws."""
    numbers = whole(A_VARIANT, 0, VARIANTS)

    def read(text: str) -> Any:
        return EACH_OWN if text.strip() == EACH_OWN else numbers.read(text)

    return Kind(A_VARIANT, read, read, str)


@dataclass(frozen=True)
class AskingSettings(PageSettings):
    """The run, how it is shown, and what is asked first."""

    predict: str = setting(
        N_("Ask first"),
        named(NOTHING, "line", "loss", "regime", "limit"),
        Nowhere(),
        NOTHING,
        help=N_(
            "Each page about a run opens with a question, and shows the run once that is answered: the line after "
            "the next step, the loss later on, what the learning rate does, or the largest stable one."
        ),
        kept=True,
    )
    variant: int | Literal["own"] = setting(
        N_("Numbers of the question"),
        a_variant(),
        Nowhere(),
        0,
        help=N_(
            "0 asks about the run that the link opens; every other number about another learning rate and start, the "
            "same for everybody with that number. With “own” each visitor gets a number that the address then holds."
        ),
        matters=lambda s: s.predict != NOTHING,
        kept=True,
    )
