"""How a person's own data travel in a link: Hours~Marks;1,52;2,61, and of two classes Hours~Species_one_other;1,0;2,1.

Neither ~ nor _ stands in a safe name, and numbers are written with every digit, the same in every language.
"""

from core.data.own import OwnData
from pages.settings.kinds import Kind
from wording import N_

MOST_ROWS, LONGEST = 40, 4000
"""What a link can carry, in rows and characters: some servers and messengers cut longer ones off."""
TOO_MANY = "too-many"
"""What stands in a link in place of data that it cannot carry."""


def own_table() -> Kind:
    """A few rows of numbers with the names of their columns."""
    return Kind(N_("a table such as Hours~Marks;1,52;2,61"), read_own, read_own, write_own)


def write_own(own: OwnData) -> str:
    """Write own data the way a link has them; of too many it only says so."""
    if len(own.rows) > MOST_ROWS:
        return TOO_MANY
    names = "_".join(["~".join(own.names), *own.class_names])
    text = ";".join([names, *(",".join(map(_written, row)) for row in own.rows)])
    return text if len(text) <= LONGEST else TOO_MANY


def read_own(text: str) -> OwnData:
    """Read own data; raise ValueError where they are none, or too many for a link."""
    if len(text) > LONGEST:
        raise ValueError(text)
    header, *rows = text.split(";")
    names, *classes = header.split("_")
    numbers = tuple(tuple(map(float, row.split(","))) for row in rows)
    return OwnData(tuple(names.split("~")), numbers, tuple(classes))


def _written(value: float) -> str:
    return repr(value).removesuffix(".0")
