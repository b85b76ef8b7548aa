"""A minute of the monkey; `make monkey` lets it loose for longer, and with other seeds."""

import pytest

from tests.browser.conftest import PageAt, Visits
from tests.browser.monkey import journey

SEEDS = (3, 5, 101)
"""One in Turkish on a phone, one in English on a phone, and one on a projector."""
ACTIONS = 24


@pytest.mark.parametrize("seed", SEEDS)
def test_a_monkey_that_plays_with_the_app_breaks_nothing(seed: int, visits: Visits, page_at: PageAt) -> None:
    assert len(journey(visits, page_at, seed, ACTIONS)) > ACTIONS
