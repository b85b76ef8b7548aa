"""Fixtures for the figures."""

from collections.abc import Iterator

import pytest

from wording import speak


@pytest.fixture
def turkish() -> Iterator[None]:
    """Speak Turkish during one test."""
    speak("tr")
    yield
    speak("en")
