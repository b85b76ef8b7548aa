"""What holds for every test."""

from collections.abc import Iterator

import pytest

from wording import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Whatever language a test speaks, the next one in this process begins in English."""
    speak("en")
    yield
    speak("en")
