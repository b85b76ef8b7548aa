"""Fixtures for the pages."""

from collections.abc import Iterator

import pytest

from wording import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    speak("en")
    yield
    speak("en")
