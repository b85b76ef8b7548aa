"""What holds for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms import database
from wording import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Whatever language a test speaks, the next one in this process begins in English."""
    speak("en")
    yield
    speak("en")


@pytest.fixture(autouse=True, scope="session")
def _own_rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test opens a room in the app's own database; the servers that tests start have that of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERSHOOT_DATABASE", f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite'}")
        yield
    database.dispose()


@pytest.fixture
def own_rooms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Rooms of a test's own: only so many may be opened in a minute."""
    monkeypatch.setenv("OVERSHOOT_DATABASE", f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    yield
    database.dispose()
