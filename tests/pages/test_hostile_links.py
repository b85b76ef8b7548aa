"""Two thousand links, many of them hostile: none breaks the app, and each bad value is named."""

from dataclasses import dataclass

import pytest

from core.experiment import Experiment
from pages.frame.shell import PAGES
from pages.settings.choosing import Chosen, complete
from pages.settings.data import experiment_of
from pages.settings.link import Fault, from_address, to_address
from pages.settings.table import TABLE
from tests.pages.hostile import Link, links
from tests.pages.visit import Visit
from wording import _, speak

LINKS = 2000
OPENED = 22
"""Links of each page that are opened for real, of the 200 that there are: which takes some 25 seconds."""
OPENS = {"moving_limit": "more"}
"""The setting that a page turns on, whatever its link says."""
NO_SUCH = "The link sets “{name}”, which does not exist here; it was left out."
NO_DATA = (
    "The data in the link cannot be read. Used instead: a few points.",
    "These data were too many for a link: open the file again under “Your data”. Used instead: a few points.",
)


@dataclass(frozen=True)
class Read:
    """A link with all of its bytes, even where Streamlit would replace them, and what the app reads in it."""

    address: dict[str, str]
    chosen: Chosen
    faults: list[Fault]


@pytest.fixture(scope="module")
def drawn() -> list[Link]:
    return list(links(LINKS))


@pytest.fixture(scope="module")
def read(drawn: list[Link]) -> list[Read]:
    addresses = [link.read("surrogateescape") for link in drawn]
    return [Read(address, *from_address(address)) for address in addresses]


def test_each_of_two_thousand_links_makes_an_experiment(read: list[Read]) -> None:
    for link in read:
        assert isinstance(experiment_of(complete(link.chosen)), Experiment)


def test_each_text_of_two_thousand_links_is_chosen_or_named(read: list[Read]) -> None:
    for link in read:
        assert link.chosen.keys() | {name for name, _text in link.faults} == link.address.keys()


def test_what_the_app_writes_for_two_thousand_links_is_stable(read: list[Read]) -> None:
    for address in (to_address(link.chosen) for link in read):
        again, faults = from_address(address)
        assert (to_address(again), faults) == (address, [])


def test_what_the_app_writes_for_two_thousand_links_opens_the_same_settings(read: list[Read]) -> None:
    for link in read:
        assert complete(from_address(to_address(link.chosen))[0]) == complete(link.chosen)


def test_the_links_are_of_many_kinds(read: list[Read]) -> None:
    assert sum(not link.faults for link in read) > LINKS / 10
    assert sum(len(link.faults) > 2 for link in read) > LINKS / 10


@pytest.mark.parametrize("page", PAGES)
def test_no_link_breaks_a_page_and_each_bad_value_is_named(page: str, drawn: list[Link]) -> None:
    visit = Visit(page)
    for link in [link for link in drawn if link.page == page][:OPENED]:
        opens(visit, link)


def opens(visit: Visit, link: Link) -> None:
    """Open a link on the page of a visit, and look for what it must and must not show."""
    chosen, faults = from_address(link.read())
    visit.follow(**link.read())
    opened = {name: value for name, value in chosen.items() if name != OPENS.get(link.page)}
    assert opened.items() <= visit.chosen.items()  # to which a page may add what it begins with
    assert visit.address == to_address(visit.chosen)
    assert len(visit.warnings) == len(faults)
    assert [name for name, _text in faults if not is_named(name, visit)] == []


def is_named(name: str, visit: Visit) -> bool:
    """Whether a complaint begins with the name of a setting, or says of another name or of own data what is wrong."""
    speak(visit.settings.lang or "en")
    said = (_(TABLE[name].label) + ": “",) if name in TABLE and name != "own" else (_(NO_SUCH), *map(_, NO_DATA))
    return any(warning.startswith(tuple(text.split("{")[0] for text in said)) for warning in visit.warnings)
