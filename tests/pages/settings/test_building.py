from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import zxingcpp
from hypothesis import given
from PIL import Image
from segno import make

from core.data.own import OwnData
from pages.settings.building import Wish, built, embedded, link, snippet
from pages.settings.choosing import complete
from pages.settings.link import from_address
from pages.settings.own import write_own
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
    wish = Wish(hide=("start", "reset"), lock=("learning_rate",), wait=True, lang="tr")
    wished = built(chosen, wish)
    received = complete(read_back(link(PLACE, "train", wished.address)))
    assert received == complete(wished.chosen)
    assert (received.hide, received.lock, received.wait, received.lang) == (wish.hide, wish.lock, True, "tr")


def test_a_link_holds_only_what_differs_from_the_usual() -> None:
    assert link(PLACE, "train", built({}, Wish()).address) == f"{PLACE}/train"
    wish = Wish(as_it_stands=False, dataset="tips", hide=("start", "reset"), wait=True)
    assert link(PLACE, "one_step", built(OWN, wish).address) == (
        f"{PLACE}/one_step?dataset=tips&hide=start,reset&wait=on"
    )


def test_the_run_as_it_stands_goes_without_what_is_the_teacher_s_own() -> None:
    assert built(OWN, Wish()).address == {"dataset": "tips", "learning_rate": "0.0008"}
    assert built(OWN, Wish(as_it_stands=False)).address == {}


def test_other_data_bring_their_own_rate_unless_one_is_typed() -> None:
    assert built(OWN, Wish(dataset="celsius")).address == {}
    assert built(OWN, Wish(dataset="celsius", learning_rate="0.0003")).address == {"learning_rate": "0.0003"}


def test_the_session_s_own_choice_stays_as_it_is() -> None:
    before = dict(OWN)
    built(OWN, Wish(dataset="celsius", iterations="7", lock=("start",)))
    assert before == OWN


@pytest.mark.parametrize("lang", LANGUAGES)
def test_typed_numbers_are_read_as_the_language_writes_them(lang: str) -> None:
    speak(lang)
    try:
        typed = Wish(learning_rate="0,0003" if lang == "tr" else "0.0003", iterations="20")
        assert built({}, typed).address == {"learning_rate": "0.0003", "iterations": "20"}
    finally:
        speak("en")


@pytest.mark.parametrize("text", ["fast", "<b>", "1e999", "-1"])
def test_a_text_that_is_no_value_is_told_and_left_out(text: str) -> None:
    wished = built(OWN, Wish(learning_rate=text))
    assert wished.faults == [("learning_rate", text)]
    assert wished.address == built(OWN, Wish()).address


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
    address = link(PLACE, "train", built(chosen, replace(Wish(), hide=("start",))).address)
    code = make(address, error="m", micro=False, boost_error=False)
    side = int(code.symbol_size(scale=3, border=4)[0])
    dots = bytes(0 if dark else 255 for row in code.matrix_iter(scale=3, border=4) for dark in row)
    (seen,) = zxingcpp.read_barcodes(Image.frombytes("L", (side, side), dots))
    assert seen.text == address


def test_own_data_that_are_known_go_into_the_link_that_asks_for_them() -> None:
    own = OwnData(("x", "y"), ((1.0, 2.0), (2.0, 5.0)))
    assert built({"own": own}, Wish(dataset="own")).address == {"dataset": "own", "own": write_own(own)}
    assert built({"own": own}, Wish()).address == {}
    stands = {"dataset": "own", "own": own, "iterations": 7}
    assert built(stands, Wish(dataset="own")).address["iterations"] == "7"
