"""Fixtures for the pages."""

from collections.abc import Iterator

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager

from wording import speak


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


@pytest.fixture(autouse=True)
def _no_search_for_components(monkeypatch: pytest.MonkeyPatch) -> None:
    # Every AppTest looks through all installed packages for components; the player is none of them.
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_args, **_kwargs: None)
