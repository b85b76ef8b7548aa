from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import zxingcpp
from hypothesis import given
from PIL import Image
from segno import make

from pages.settings.building import Draft, built, embedded, link, snippet
from pages.settings.choosing import complete
from pages.settings.link import from_address
from tests.pages.settings.strategies import PROPERTY, choices
from wording import LANGUAGES, speak

PLACE = "https://class.example:8501/overshoot"
OWN = {"dataset": "tips", "learning_rate": ((0, 0.0008),), "lang": "tr", "board": True, "hide": ("reset",)}


def read_back(address: str) -> dict[str, Any]:
    """What a browser that opens the link lets the app choose; a link without faults."""
    chosen, faults = from_address(dict(parse_qsl(urlsplit(address).query, strict_parsing="?" in address)))
    assert faults == []
    return dict(chosen)


@PROPERTY
@given(choices())
def test_whatever_is_chosen_a_link_gives_to_somebody_else(chosen: dict[str, Any]) -> None:
    draft = Draft(hide=("start", "reset"), lock=("learning_rate",), wait=True, lang="tr")
    wished = built(chosen, draft)
    received = complete(read_back(link(PLACE, "train", wished.address)))
    assert received == complete(wished.chosen)
    assert (received.hide, received.lock, received.wait, received.lang) == (draft.hide, draft.lock, True, "tr")


def test_a_link_holds_only_what_differs_from_the_usual() -> None:
    assert link(PLACE, "train", built({}, Draft()).address) == f"{PLACE}/train"
    draft = Draft(as_it_stands=False, dataset="tips", hide=("start", "reset"), wait=True)
    assert link(PLACE, "one_step", built(OWN, draft).address) == (
        f"{PLACE}/one_step?dataset=tips&hide=start,reset&wait=on"
    )


def test_the_run_as_it_stands_goes_without_what_is_the_teacher_s_own() -> None:
    assert built(OWN, Draft()).address == {"dataset": "tips", "learning_rate": "0.0008"}
    assert built(OWN, Draft(as_it_stands=False)).address == {}


def test_other_data_bring_their_own_rate_unless_one_is_typed() -> None:
    assert built(OWN, Draft(dataset="celsius")).address == {}
    assert built(OWN, Draft(dataset="celsius", learning_rate="0.0003")).address == {"learning_rate": "0.0003"}


def test_the_session_s_own_choice_stays_as_it_is() -> None:
    before = dict(OWN)
    built(OWN, Draft(dataset="celsius", iterations="7", lock=("start",)))
    assert before == OWN


@pytest.mark.parametrize("lang", LANGUAGES)
def test_typed_numbers_are_read_as_the_language_writes_them(lang: str) -> None:
    speak(lang)
    try:
        typed = Draft(learning_rate="0,0003" if lang == "tr" else "0.0003", iterations="20")
        assert built({}, typed).address == {"learning_rate": "0.0003", "iterations": "20"}
    finally:
        speak("en")


@pytest.mark.parametrize("text", ["fast", "<b>", "1e999", "-1"])
def test_a_text_that_is_no_value_is_told_and_left_out(text: str) -> None:
    wished = built(OWN, Draft(learning_rate=text))
    assert wished.faults == [("learning_rate", text)]
    assert wished.address == built(OWN, Draft()).address


def test_an_embedded_link_is_the_same_link_for_streamlit_s_bare_frame() -> None:
    assert embedded(f"{PLACE}/train") == f"{PLACE}/train?embed=true"
    assert embedded(f"{PLACE}/train?wait=on") == f"{PLACE}/train?wait=on&embed=true"


def test_the_snippet_is_one_frame_whose_address_nothing_breaks_out_of() -> None:
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    address = f'{PLACE}/train?a="><script>&b=1'
    Reader().feed(snippet(address, 640, 480))
    ((tag, attributes),) = found
    assert (tag, attributes["src"]) == ("iframe", embedded(address))
    assert (attributes["width"], attributes["height"]) == ("640", "480")


@PROPERTY
@given(choices())
def test_a_reader_finds_the_link_in_its_code(chosen: dict[str, Any]) -> None:
    address = link(PLACE, "train", built(chosen, replace(Draft(), hide=("start",))).address)
    code = make(address, error="m", micro=False, boost_error=False)
    side = int(code.symbol_size(scale=3, border=4)[0])
    dots = bytes(0 if dark else 255 for row in code.matrix_iter(scale=3, border=4) for dark in row)
    (seen,) = zxingcpp.read_barcodes(Image.frombytes("L", (side, side), dots))
    assert seen.text == address
