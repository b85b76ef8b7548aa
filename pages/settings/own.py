"""How a person's own data travel in a link: Hours_Marks;1,52;2,61, and of two classes Hours_Passed__no_yes;1,0;2,1.

No _ stands in a safe name, and browser and server write it alike in an address, which not every sign can say of itself.
Numbers have every digit, the same in every language.
"""

from dataclasses import replace

from core.data.dataset import Dataset
from core.data.own import STARTER, OwnData, own_dataset
from pages.settings.kinds import Kind
from wording import N_, AsGiven

MOST_LINKED, LONGEST = 40, 4000
"""What a link can carry, in rows and characters: some servers and messengers cut longer ones off."""
TOO_MANY = "too-many"
"""What stands in a link in place of data that it cannot carry."""


def own_table() -> Kind:
    """A few rows of numbers with the names of their columns."""
    return Kind(N_("a table such as Hours_Marks;1,52;2,61"), read_own, read_own, write_own)


def write_own(own: OwnData) -> str:
    """Write own data the way a link has them; of too many it only says so."""
    if len(own.rows) > MOST_LINKED:
        return TOO_MANY
    header = "__".join("_".join(names) for names in (own.names, own.class_names) if names)
    text = ";".join([header, *(",".join(map(_written, row)) for row in own.rows)])
    return text if len(text) <= LONGEST else TOO_MANY


def read_own(text: str) -> OwnData:
    """Read own data; raise ValueError where they are none, or too many for a link."""
    if len(text) > LONGEST:
        raise ValueError(text)
    header, *rows = text.split(";")
    names, _apart, classes = header.partition("__")
    numbers = tuple(tuple(map(float, row.split(","))) for row in rows)
    return OwnData(tuple(names.split("_")), numbers, tuple(classes.split("_")) if classes else ())


def own_data(own: OwnData = STARTER) -> Dataset:
    """Return a person's own data as a data set, whose names no language translates: a bill there is no Bill here."""
    data = own_dataset(own)
    return replace(
        data,
        input_names=tuple(map(AsGiven, data.input_names)),
        target_name=AsGiven(data.target_name),
        class_names=tuple(map(AsGiven, data.class_names)),
    )


def _written(value: float) -> str:
    return repr(value).removesuffix(".0")
