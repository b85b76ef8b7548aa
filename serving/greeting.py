"""What the terminal says when a class may come: the address, and its QR code as large as the window allows."""

import os
import socket

import segno

EVERYWHERE = "0.0.0.0"
NOWHERE = "192.0.2.1"
"""An address for documentation. Nothing is sent to it: the system only says from which address of ours it would be."""

QUIET = 4
"""Modules of light margin that a QR code needs."""

DARK_ON_LIGHT, PLAIN = "\x1b[30;107m", "\x1b[0m"
HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def greeting(host: str, port: int, window: os.terminal_size | None) -> str:
    """Return what to print when the server listens at `host`: the address and, with a `window`, its QR code."""
    known_as = network_address() if host == EVERYWHERE else host
    if known_as is None:
        return f"No network found: only this machine can open http://127.0.0.1:{port}. Ctrl+C ends it."
    address = f"http://{known_as}:{port}"
    code = drawn(address, window) if window else ""
    return f"{code}Open {address} in a browser. Ctrl+C ends it."


def for_the_teacher(host: str, port: int, board: str, key: str) -> str:
    """Return what to print for the teacher: the link to the address of a room's board, with the room's key.

    The key stands behind the #, where no server and no log sees it.
    """
    known_as = (network_address() if host == EVERYWHERE else host) or "127.0.0.1"
    return f"The class board, for the teacher alone: http://{known_as}:{port}/{board}#{key}"


def network_address() -> str | None:
    """Return the address under which this machine is known in its network, None when there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        try:
            way_out.connect((NOWHERE, 9))
        except OSError:
            return None
        address: str = way_out.getsockname()[0]
        return address


def drawn(text: str, window: os.terminal_size) -> str:
    """Return the largest QR code of the text that leaves two lines of the window free, "" when none fits.

    A character is two squares high, so that the squares are square.
    """
    code = segno.make(text, error="l", micro=False)
    side = int(code.symbol_size(border=QUIET)[0])
    scale = min(window.columns // side, 2 * (window.lines - 2) // side)
    if not scale:
        return ""
    rows = [*code.matrix_iter(scale=scale, border=QUIET), bytes(scale * side)]
    pairs_of_rows = zip(rows[::2], rows[1::2], strict=False)  # a light row completes the last pair, or is left over
    lines = ("".join(HALVES[squares] for squares in zip(*pair, strict=True)) for pair in pairs_of_rows)
    return "".join(f"{DARK_ON_LIGHT}{line}{PLAIN}\n" for line in lines)
