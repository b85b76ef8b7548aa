"""Fixtures for what is said."""

from collections.abc import Iterator

import pytest

from wording import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")
