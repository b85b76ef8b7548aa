"""Databases for the tests of rooms."""

from collections.abc import Iterator

import pytest

from tests.debian import ProgramMissingError
from tests.rooms.postgres import running_postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL database, empty before the first test and gone after the last."""
    try:
        with running_postgres() as url:
            yield url
    except ProgramMissingError as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None
