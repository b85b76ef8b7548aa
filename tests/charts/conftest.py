"""Fixtures for the figures."""

import pytest

from wording import speak


@pytest.fixture
def turkish() -> None:
    """Speak Turkish during one test."""
    speak("tr")
