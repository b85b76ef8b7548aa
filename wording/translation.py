"""Which language is spoken, and what the source's English sentences are in it."""

import gettext
import io
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "tr": "Türkçe"}
CATALOGUES = Path(__file__).parent

_language: ContextVar[str] = ContextVar("language", default="en")


def speak(language: str) -> None:
    """Use `language`, a key of LANGUAGES, for everything this thread says from now on."""
    _language.set(language)


def language() -> str:
    """Return the language spoken at the moment."""
    return _language.get()


class AsGiven(str):
    """What somebody called something of their own: the same in every language."""

    __slots__ = ()


def _(message: str) -> str:
    """Return `message`, an English sentence of the source, in the language spoken at the moment."""
    if isinstance(message, AsGiven):
        return str(message)
    return catalogue(language()).gettext(message) if message else ""


def N_(message: str) -> str:
    """Mark a message that is translated later, where the language is known: return it as it is."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Read and compile the catalogue of a language once; English needs none."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open(encoding="utf-8") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
