"""Links of every kind, drawn from a seed: good ones, ones at the edge of what is allowed, and hostile ones."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, quote

from pages.frame.shell import PAGES
from pages.settings.choosing import complete
from pages.settings.controls import CONTROLS, LOCKABLE
from pages.settings.table import TABLE

SEED = 20_26
MOST_NAMES = 9
LONGEST = 500_000
"""Signs of a link; of a longer one Streamlit reads nothing."""

NUMBERS = (
    *("0", "1", "2", "3", "5", "16", "17", "100", "101", "999", "1000", "10000", "100000", "100001", "1e5", "1e6"),
    *("2147483647", "2147483648", "-1", "-0.0", "+1", "0.1", "0.5", "0.9", "0.91", "0.999", "1e-3", "1e-12", "1e-15"),
    *("9e-16", "1e-300", "5e-324", "1e100", "1.1e100", "1e300", "-1e300", "1.1e300", "1e308", "1.7976931348623157e308"),
    *("-2.4", "-2.41", "10", "10.01", "1,5", "1.000", "10.000", "1,000,000", "−3", " 7 ", "1_000", "0x10", "٣", "１"),
    *("0.00119", "0.0012", "0.0013", "0.1234567890123456789", "1" * 400, "0." + "3" * 400, "1e999", "-1e999", "1e-999"),
    *("nan", "inf", "-inf", "Infinity", "NaN", "1+2j", "True", "None", "1/3", "1e", "--1", "1..2", "½", "²"),
)
LISTS = (
    *("1,2", "2,1", "1;2", "1,2,3,4", "1e100,1e100,-1e100,1e100", "1,1", "4,5", "0.1,0.25,0.15,0.3", "1,,2", ",", ";"),
    *("0.001,0.002,0.003", "1,2,3,4,5,6", "1,2,3,4,5,6,7", ",".join(["5"] * 100), ",".join(["5"] * 101), "path", "1 2"),
    *("0:0.0001,980:0.0013", "0:0.1;5:0.2", "0:0.1,0:0.2", "5:0.1", "0:1e300,1:0", "0:-1", "0:", ":1", "0:1:2"),
    *("3:1,30", "3:1,30;9:2,31", "1:1e300,-1e300", "9:1,2;3:1,2", "100000:0,0", "100001:0,0", "-1:0,0", "3:nan,1"),
    ",".join(f"{at}:0.0001" for at in range(200)),
    ",".join(f"{at}:0.0001" for at in range(201)),
)
OWN = (
    *(
        "Hours_Marks;1,52;2,61",
        "Hours_Passed__no_yes;1,0;2,1",
        "x_y;1,1;1,1",
        "x_y;0,0;0,0",
        "x_y;1e100,-1e100;-1e100,1",
    ),
    *("x_y;5e-324,1;0,2", "a_b_c;1,2,3;4,5,6;7,8,9", "Ağırlık_Boy;1,2;2,3", "x_y__no_yes;1,0;2,0", "x_y;1e101,1;2,2"),
    *("too-many", "x_y", "x_y;1,2", "x_x;1,2;3,4", "x_y;1,2;3", "x_y;nan,1;2,2", "x_y;inf,1;2,2", "x;1;2", "_;1,2;3,4"),
    *(
        "<b>_y;1,2;2,3",
        "x_y__no;1,0;2,1",
        "x_y__no_no;1,0;2,1",
        "x_y__no_yes;1,0.5;2,1",
        ";;;;",
        "x_y;,;,",
        "x_y;1,2;;",
    ),
    "a_b_c_d_e_f_g_h_y;1,2,3,4,5,6,7,8,9;9,8,7,6,5,4,3,2,1",
    "x_y;" + ";".join(f"{k},{k * k}" for k in range(40)),
    "x_y;" + ";".join(f"{k},{k * k}" for k in range(41)),
)
HOSTILE = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\u200b",
        "\u202eevil",
        "\ufeff",
        "\ufffe",
        "💥",
        "İıŞş",
    ),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</div></body>", "<!--", "&lt;b&gt;", "&#0;", "]]>"),
    *("' OR 1=1 --", '"; DROP TABLE runs; --', "1; SELECT 1", "**x**", "_x_", "[a](javascript:alert(1))", "# Title"),
    *("![a](https://example.com/x.png)", "https://example.com", "```", "~~~", "| a | b |", "---", ":red[x]", ":smile:"),
    *(
        ":material/home:",
        "$x$",
        "$$\\frac{1}{0}$$",
        "\\input{/etc/passwd}",
        "\\def\\x{\\x}\\x",
        "^^^",
        "{{7*7}}",
        "${7}",
    ),
    *("%s%s%n", "{0}", "{name}", "{name.__class__}", "%(name)s", "{", "}", "../../etc/passwd", "\\\\host\\x", "`id`"),
    *("__class__", "self.x", "constructor", "__proto__", "null", "undefined", "[]", "{}", "[object Object]", "a" * 300),
    *("x" * 100_000, "1," * 50_000, "9" * 100_000, "0:1," * 25_000, "1;" * 50_000, "(" * 100_000, "_" * 100_000),
    *("\ud800", "a\udfffb", "1\x00", "0.1\n", "\r\n\r\nSet-Cookie: a=b", "on\x00", "on,off", "ON", "On", "off "),
)
JUNK = (
    "%",
    "%zz",
    "%0",
    "%00",
    "%ff",
    "%ff%fe",
    "%c0%80",
    "%ed%a0%80",
    "%u0041",
    "%25",
    "%2525",
    "+",
    "=",
    "==",
    "%26",
)
"""Pieces of an address that are no text, or are one in a disguise."""
UNKNOWN: tuple[str, ...] = (
    "colour",
    "Dataset",
    "learning-rate",
    "learning_rate[]",
    "settings",
    "__class__",
    "<b>x</b>",
    "**x**",
    "$x$",
)
UNKNOWN += ("{name}", "%s", "\x00", "💥", "ö", "' OR 1=1", "name" * 5000, "constructor", "\ud800", " dataset", "lang ")
SIGNS = "0123456789.,;:eE+-−_ xX%&=<>'\"\\{}[]()$*#\x00\n\tİğ٣💥"


@dataclass(frozen=True)
class Link:
    """A page, and what stands in its address after the question mark."""

    page: str
    query: str

    def read(self, errors: str = "replace") -> dict[str, str]:
        """What the app is given, of a repeated name the last; where bytes are no text Streamlit has them replaced."""
        read = parse_qs(self.query, keep_blank_values=True, errors=errors)
        return {name: values[-1] for name, values in read.items()}


def links(count: int, seed: int = SEED) -> Iterator[Link]:
    """Yield links that depend on the seed alone, to all pages in turn."""
    chance = random.Random(seed)
    pages = list(PAGES)
    for number in range(count):
        names = sorted(chance.sample(list(TABLE), chance.randint(1, MOST_NAMES)))
        pieces = [piece(chance, name) for name in names] + surplus(chance, names)
        while sum(map(len, pieces)) > LONGEST:
            pieces.pop()
        yield Link(pages[number % len(pages)], "&".join(pieces))


def surplus(chance: random.Random, names: list[str]) -> list[str]:
    """What a link has too much, now and then: names that do not exist, repeated ones, and junk."""
    pieces = [f"{written(chance.choice(UNKNOWN))}={written(chance.choice(HOSTILE[:-12]))}"] * (chance.random() < 0.2)
    pieces += [piece(chance, chance.choice(names))] * (chance.random() < 0.2)
    return pieces + [chance.choice(JUNK) * chance.randint(1, 9)] * (chance.random() < 0.1)


def piece(chance: random.Random, name: str) -> str:
    """A setting as it stands in a link, with a text of some kind."""
    make = chance.choices((good, mutated, anything, junk), weights=(10, 4, 5, 1))[0]
    return f"{name}={make(chance, name)}"


def good(chance: random.Random, name: str) -> str:
    return written(chance.choice(readable(name)))


def mutated(chance: random.Random, name: str) -> str:
    """A good text with a change."""
    text, sign = chance.choice(readable(name)), chance.choice(SIGNS)
    at = chance.randint(0, len(text))
    changes: tuple[Callable[[], str], ...] = (
        lambda: text[:at] + sign + text[at:],
        lambda: text[:at] + text[at + 1 :],
        lambda: text[:at] + sign + text[at + 1 :],
        lambda: text + text,
        lambda: text[::-1],
        text.swapcase,
    )
    return written(chance.choice(changes)())


def anything(chance: random.Random, name: str) -> str:
    return written(chance.choice(chance.choice((NUMBERS, LISTS, OWN, HOSTILE))))


def junk(chance: random.Random, name: str) -> str:
    return chance.choice(readable(name)) + chance.choice(JUNK) * chance.randint(1, 3)


@cache
def readable(name: str) -> tuple[str, ...]:
    """The texts that a setting takes, of all there are here; some of them suit only other data."""
    row = TABLE[name]
    words = (*row.kind.allowed.split(", "), *CONTROLS, ",".join(LOCKABLE), "on", "off", "all")
    texts = (*words, row.kind.write(row.default_in(complete({}))), *NUMBERS, *LISTS, *OWN)
    return tuple(text for text in texts if is_readable(name, text))


def is_readable(name: str, text: str) -> bool:
    try:
        TABLE[name].kind.read(text)
    except (ValueError, OverflowError):
        return False
    return True


def written(text: str) -> str:
    """Write a text as it stands in an address; half of a pair of surrogates as the bytes that some write for it."""
    return quote(text, errors="surrogatepass")
