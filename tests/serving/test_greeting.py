"""What the terminal shows when a class may come."""

import os
import re
import socket

import pytest
import segno

from serving import greeting as greetings
from serving.greeting import DARK_ON_LIGHT, EVERYWHERE, HALVES, PLAIN, QUIET, drawn, for_the_teacher, greeting

ADDRESS = "http://192.168.178.123:8501"
WINDOW = os.terminal_size((100, 40))


def squares(text: str) -> list[list[int]]:
    """The squares of a drawn code, row by row, with 1 for dark."""
    halves = {character: pair for pair, character in HALVES.items()}
    lines = [line.removeprefix(DARK_ON_LIGHT).removesuffix(PLAIN) for line in text.splitlines()]
    return [[halves[character][half] for character in line] for line in lines for half in (0, 1)]


@pytest.mark.parametrize("window", [(33, 19), (80, 24), (100, 40), (250, 90)])
def test_the_code_is_the_address_in_squares_of_one_size(window: tuple[int, int]) -> None:
    seen = squares(drawn(ADDRESS, os.terminal_size(window)))
    code = segno.make(ADDRESS, error="l", micro=False)
    scale = len(seen[0]) // code.symbol_size(border=QUIET)[0]
    expected = [list(row) for row in code.matrix_iter(scale=scale, border=QUIET)]
    assert seen[: len(expected)] == expected


@pytest.mark.parametrize("window", [(33, 19), (80, 24), (100, 40), (250, 90)])
def test_the_code_leaves_room_for_the_address_below_it(window: tuple[int, int]) -> None:
    lines = drawn(ADDRESS, os.terminal_size(window)).splitlines()
    assert len(lines) <= window[1] - 2
    assert all(len(line) - len(DARK_ON_LIGHT + PLAIN) <= window[0] for line in lines)


def test_a_larger_window_has_a_larger_code() -> None:
    assert len(drawn(ADDRESS, os.terminal_size((100, 40)))) > len(drawn(ADDRESS, os.terminal_size((80, 24))))


@pytest.mark.parametrize("window", [None, os.terminal_size((32, 60)), os.terminal_size((80, 17))])
def test_where_no_code_fits_the_address_stands_alone(window: os.terminal_size | None) -> None:
    assert greeting("192.168.178.123", 8501, window) == f"Open {ADDRESS} in a browser. Ctrl+C ends it."


def test_a_server_for_the_whole_network_is_known_by_this_machine_s_address_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(greetings, "network_address", lambda: "192.168.178.123")
    assert greeting(EVERYWHERE, 8501, WINDOW).startswith(drawn(ADDRESS, WINDOW) + f"Open {ADDRESS} ")


def test_the_teacher_s_link_has_the_key_where_no_server_is_told_it() -> None:
    told = for_the_teacher("192.168.178.123", 8501, "class_board?room=batame&iterations=1000", "a key")
    assert told.endswith(f"{ADDRESS}/class_board?room=batame&iterations=1000#a key")


def test_without_a_network_the_greeting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert re.match(
        r"No network found: only this machine .* http://127\.0\.0\.1:8501\.", greeting(EVERYWHERE, 8501, WINDOW)
    )
