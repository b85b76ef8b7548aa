import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from core.data.builtin import DATASETS
from core.data.more import MORE_DATASETS
from wording import CATALOGUES, LANGUAGES, N_, _, catalogue, language, speak

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "N_": None}
BARE_SYMBOLS = {"f1", "f2", "f3", "f4", "x", "y", "x1", "x2"}


def messages_of_the_source() -> set[str]:
    found = set()
    for folder in ("charts", "pages", "programs", "tables", "telling", "wording"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            assert isinstance(message, str)
            found.add(message)
    return found


def names_of_the_data_sets() -> Iterator[str]:
    for make in {**DATASETS, **MORE_DATASETS}.values():
        dataset = make()
        names = {dataset.name, dataset.target_name, *dataset.input_names, *dataset.class_names}
        yield from names - BARE_SYMBOLS


MESSAGES = sorted(messages_of_the_source() | set(names_of_the_data_sets()))


def read(code: str) -> Catalog:
    return read_po((CATALOGUES / f"{code}.po").read_bytes().splitlines(keepends=True), locale=code)


TRANSLATIONS = {str(message.id): str(message.string) for message in read("tr") if message.id}


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def test_messages_are_found_in_all_rooms_that_speak_and_in_data_sets() -> None:
    assert {"least possible", "About", "It exploded.", "what happens", "no number", "Restaurant bills and tips"} <= set(
        MESSAGES
    )


def test_every_message_of_the_source_has_a_turkish_translation() -> None:
    assert [message for message in MESSAGES if not TRANSLATIONS.get(message)] == []


def test_nothing_in_the_turkish_catalogue_is_left_over() -> None:
    assert sorted(TRANSLATIONS.keys() - set(MESSAGES)) == []


def test_no_translation_is_marked_as_doubtful_or_kept_as_obsolete() -> None:
    turkish = read("tr")
    assert [message.id for message in turkish if message.id and message.fuzzy] == []
    assert list(turkish.obsolete) == []


@pytest.mark.parametrize("message", MESSAGES)
def test_both_languages_have_the_same_placeholders(message: str) -> None:
    assert placeholders(TRANSLATIONS.get(message, "")) == placeholders(message)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_translation_begins_and_ends_as_its_message_does(message: str) -> None:
    translation = TRANSLATIONS.get(message, "")
    assert translation == translation.strip()
    assert (translation[-1:] in set(".:?!")) == (message[-1:] in set(".:?!"))


def test_only_names_that_are_the_same_in_turkish_are_left_as_they_are() -> None:
    assert {message for message in MESSAGES if TRANSLATIONS.get(message) == message} == {"Celsius", "Fahrenheit"}


def test_a_catalogue_exists_for_every_language_but_english() -> None:
    assert {file.stem for file in CATALOGUES.glob("*.po")} == set(LANGUAGES) - {"en"}


def test_english_is_spoken_at_first() -> None:
    assert language() == "en"


def test_english_says_what_the_source_says() -> None:
    assert [_(message) for message in MESSAGES] == MESSAGES


def test_turkish_says_what_the_catalogue_says() -> None:
    speak("tr")
    assert language() == "tr"
    assert [_("Train"), _("bias"), _("Reset")] == ["Eğitim", "sapma", "Sıfırla"]
    assert [_(message) for message in MESSAGES] == [TRANSLATIONS[message] for message in MESSAGES]


def test_a_sentence_without_translation_stays_english() -> None:
    speak("tr")
    assert _("This is not in the catalogue.") == "This is not in the catalogue."


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_stays_nothing_in_every_language(code: str) -> None:
    speak(code)
    # gettext's own answer to "" is the header of its catalogue.
    assert _("") == ""


def test_a_message_marked_for_later_is_not_translated_yet() -> None:
    speak("tr")
    assert N_("Train") == "Train"


def test_a_catalogue_is_compiled_once() -> None:
    assert catalogue("tr") is catalogue("tr")
