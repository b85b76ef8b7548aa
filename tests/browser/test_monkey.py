"""A minute of the monkey; `make monkey` lets it loose for longer, and with other seeds."""

import pytest

from tests.browser.conftest import PageAt, Visits
from tests.browser.monkey import JourneyError, Monkey, begin, follow_through

SEEDS = (2, 11, 23)
"""From a live start in English, on a phone in Turkish, and from a network in Turkish."""
ACTIONS = 20

# What a page must never show, by what the monkey says of it; the page takes it away again at the next look.
FAULTS = {
    "stException": "<div data-testid=stException>stException</div>",
    "sideways": "<div style='position: absolute; left: 0; top: 0; width: 9999px; height: 1px'></div>",
}
SHOW = "(fault) => { document.body.insertAdjacentHTML('beforeend', fault); }"
HIDE = "() => document.body.lastElementChild.remove()"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_monkey_that_plays_with_the_app_breaks_nothing(seed: int, visits: Visits, page_at: PageAt) -> None:
    assert len(follow_through(begin(page_at, seed), visits, ACTIONS)) > ACTIONS


@pytest.fixture(scope="module")
def monkey(shared_page_at: PageAt) -> Monkey:
    return begin(shared_page_at, 9)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_monkey_notices_what_a_page_must_never_show(fault: str, monkey: Monkey, visits: Visits) -> None:
    monkey.page.evaluate(SHOW, FAULTS[fault])
    with pytest.raises(JourneyError, match=fault):
        follow_through(monkey, visits, 0)
    monkey.page.evaluate(HIDE)


def test_a_monkey_notices_an_error_of_the_browser(monkey: Monkey, visits: Visits) -> None:
    visits.errors.append("console: an error")
    with pytest.raises(JourneyError, match="an error"):
        follow_through(monkey, visits, 1)
    visits.errors.clear()
